import { stat } from "node:fs/promises";
import { describePlainFile } from "../profiles/scan/plainFile.ts";
import type { ScanOptions } from "../profiles/scan/scan.ts";

/** What is scored in one go: all of a file, or some rows of a Parquet file. */
export interface PlannedPart {
  /** Which of the files, from 0. */
  readonly input: number;
  /** Rows of a part of a Parquet file; all of the file without it. */
  readonly rows?: { readonly from: number; readonly to: number };
  /** Bytes of the file that the part is, about. */
  readonly bytes: number;
}

/** A last part may be this much larger than the others, so that no scrap is left. */
const SCRAP = 1.25;

/**
 * Cuts files into parts, in their order: large Parquet files by rows, since a text can only be read from its beginning to its end. The same
 * files give the same parts.
 *
 * @param partBytes bytes of a Parquet file that a part has, about
 * @throws InsightsError when a Parquet file cannot be read
 */
export async function planParts(
  files: readonly string[],
  partBytes: number,
  options: Pick<ScanOptions, "signal" | "temporaryDirectory">,
): Promise<readonly PlannedPart[]> {
  const parts: PlannedPart[] = [];
  for (const [input, file] of files.entries()) {
    const { size } = await stat(file);
    const large = size > partBytes * SCRAP;
    const all = (large && (await describePlainFile(file, options))?.rows) || 0;
    const step = Math.max(1, Math.floor((all * partBytes) / size));
    if (all === 0 || all <= step * SCRAP) {
      parts.push({ input, bytes: size });
      continue;
    }
    for (let from = 0; from < all; ) {
      const to = all - from <= step * SCRAP ? all : from + step;
      parts.push({ input, rows: { from, to }, bytes: (size * (to - from)) / all });
      from = to;
    }
  }
  return parts;
}
