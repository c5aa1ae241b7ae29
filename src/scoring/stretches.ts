import { open, stat } from "node:fs/promises";
import type { ScanOptions } from "../profiles/scan/scan.ts";
import { recogniseFile } from "../profiles/scan/scanProfiles.ts";
import type { Part } from "./manifest.ts";

/** What is to be scored next: all of a file, or a stretch of it. */
export interface Stretch {
  readonly unit: Part["unit"];
  readonly from: number;
  /** Past the last; 0 for all of a file, and for bytes, whose end is found in reading. */
  readonly to: number;
}

/** What there is to know of a file before it is cut into stretches. */
export interface Cuttable {
  readonly unit: Part["unit"];
  readonly bytes: number;
  /** Rows of a Parquet file; 0 for others. */
  readonly rows: number;
}

/** A last stretch may be this much longer than the others, so that no scrap is left. */
export const SCRAP = 1.25;

/**
 * Whether and how a file can be cut: Parquet by rows, plain delimited text by bytes. Others, and small ones, are scored in
 * one go.
 *
 * @param size bytes that a stretch is to have
 */
export async function cuttable(
  path: string,
  size: number,
  options: Pick<ScanOptions, "signal" | "temporaryDirectory">,
): Promise<Cuttable> {
  const bytes = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  const whole: Cuttable = { unit: "file", bytes, rows: 0 };
  if (bytes <= size * SCRAP || (await looksLikeJson(path))) return whole;
  const found = await recogniseFile(path, options);
  if (found === undefined) return whole;
  if (found.rows !== null) return { unit: "rows", bytes, rows: found.rows };
  return found.compression === "none" ? { unit: "bytes", bytes, rows: 0 } : whole;
}

/**
 * The stretch behind the last part of a file; undefined where the file is done.
 *
 * @param last its last finished part
 */
export function nextStretch(file: Cuttable, size: number, last: Part | undefined): Stretch | undefined {
  if (last?.unit === "file" || file.unit === "file") {
    return last === undefined ? { unit: "file", from: 0, to: 0 } : undefined;
  }
  const from = last?.to ?? 0;
  if (file.unit === "bytes") return from < file.bytes ? { unit: "bytes", from, to: 0 } : undefined;
  const step = Math.max(1, Math.floor((file.rows * size) / file.bytes));
  if (from >= file.rows) return undefined;
  const to = file.rows - from <= step * SCRAP ? file.rows : from + step;
  return { unit: "rows", from, to };
}

/** JSON is read by another reader, and to ask it would mean to read all of the file. */
async function looksLikeJson(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    return /^\uFEFF?\s*[[{]/.test(buffer.toString("utf8", 0, bytesRead));
  } finally {
    await file.close();
  }
}
