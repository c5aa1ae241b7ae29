import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import { type DatabaseOptions, openDatabase } from "../base/duckdb.ts";
import { InsightsError } from "../base/error.ts";
import { quoteLiteral } from "../base/quote.ts";
import { query } from "../profiles/source/relation.ts";
import { copySql, type OutputFormat, writtenRows } from "./output.ts";
import { describeFile, isAsWritten, type Part, type WrittenFile } from "./unfinished.ts";

/** What is to be put together. */
export interface Assembly {
  /** Folder of the parts, and of the whole. */
  readonly folder: string;
  /** The parts, in their order, at least one. */
  readonly parts: readonly Pick<Part, "name" | "file">[];
  readonly format: OutputFormat;
  /** Rows that Parquet must have in the end. */
  readonly rows: number;
  /** As for each part. */
  readonly unlike: boolean;
}

/**
 * Makes one file of finished parts, each of which must be as it was written. Texts are joined byte by byte, packed ones too, since gzip allows
 * for several members in a file. Parquet is copied by DuckDB.
 *
 * @returns the path of the whole file (of a single part, its own) and what it is
 * @throws InsightsError that names a part that was damaged since
 */
export async function assemble(
  assembly: Assembly,
  options: DatabaseOptions,
  signal?: AbortSignal,
): Promise<WrittenFile & { readonly path: string }> {
  const { folder, parts, format } = assembly;
  const whole = join(folder, "whole");
  if (parts.length > 1 && format.format !== "parquet") {
    return { path: whole, ...(await joinTexts(assembly, whole, signal)) };
  }
  for (const { name, file } of parts) {
    if (!(await isAsWritten(join(folder, name), file))) throw damaged(join(folder, name));
  }
  // A single part keeps its name, by which a run that is killed now finds it again.
  if (parts.length === 1) return { path: join(folder, parts[0].name), ...parts[0].file };
  await joinParquet(assembly, whole, options, signal);
  return { path: whole, ...(await describeFile(whole)) };
}

async function joinTexts(
  { folder, parts }: Assembly,
  whole: string,
  signal: AbortSignal | undefined,
): Promise<WrittenFile> {
  const all = createHash("sha256");
  const out = await open(whole, "w", 0o600);
  try {
    for (const { name, file } of parts) {
      const own = createHash("sha256");
      for await (const chunk of createReadStream(join(folder, name), { highWaterMark: 1 << 20, signal })) {
        own.update(chunk);
        all.update(chunk);
        await out.appendFile(chunk);
      }
      if (own.digest("hex") !== file.sha256) throw damaged(join(folder, name));
    }
  } finally {
    await out.close();
  }
  const bytes = parts.reduce((sum, { file }) => sum + file.bytes, 0);
  const { size } = await stat(whole);
  if (size !== bytes) throw new Error(`${size} bytes written of ${bytes} (${whole})`);
  return { bytes, sha256: all.digest("hex") };
}

async function joinParquet(
  { folder, parts, format, rows, unlike }: Assembly,
  whole: string,
  options: DatabaseOptions,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { connection, close } = await openDatabase(options);
  try {
    const select = `FROM read_parquet([${parts.map(({ name }) => quoteLiteral(join(folder, name))).join(", ")}])`;
    await query(connection, copySql(select, whole, format, { header: true, unlike }), signal);
  } finally {
    close();
  }
  const there = await writtenRows(whole, format, true);
  if (there !== rows) throw new Error(`${there} rows written of ${rows} (${whole})`);
}

function damaged(path: string): InsightsError {
  return new InsightsError(
    `damaged part: ${path} is not as it was written (the same command with --resume makes it anew)`,
  );
}
