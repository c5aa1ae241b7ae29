import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { type DatabaseOptions, openDatabase } from "../base/duckdb.ts";
import { InsightsError } from "../base/error.ts";
import { quoteLiteral } from "../base/quote.ts";
import { query } from "../profiles/source/relation.ts";

/** How scores are written. */
export interface OutputFormat {
  readonly format: "csv" | "ndjson" | "parquet";
  readonly gzip: boolean;
}

const ENDINGS: readonly (readonly [ending: string, format: OutputFormat])[] = [
  [".csv", { format: "csv", gzip: false }],
  [".csv.gz", { format: "csv", gzip: true }],
  [".ndjson", { format: "ndjson", gzip: false }],
  [".jsonl", { format: "ndjson", gzip: false }],
  [".ndjson.gz", { format: "ndjson", gzip: true }],
  [".jsonl.gz", { format: "ndjson", gzip: true }],
  [".parquet", { format: "parquet", gzip: false }],
];

/**
 * The format that a file's ending asks for.
 *
 * @throws InsightsError `unknown ending: scores.xls (expected .csv, .ndjson or .parquet)`, exit code 2
 */
export function outputFormat(path: string): OutputFormat {
  const found = ENDINGS.find(([ending]) => path.toLowerCase().endsWith(ending));
  if (found === undefined) {
    throw new InsightsError(
      `unknown ending: ${path} (expected .csv, .ndjson, .jsonl or .parquet, also .gz of the first three)`,
      { exitCode: 2 },
    );
  }
  return found[1];
}

/**
 * Rows of a row group of Parquet: more than a row group of most files that are read. DuckDB makes one group of ours whenever it is through with
 * one of theirs, so that smaller ones pile up in memory until the end.
 */
const ROW_GROUP_ROWS = 245_760;

/** How {@link copySql} writes. */
export interface CopyOptions {
  /** Whether a CSV begins with the columns' names. */
  readonly header: boolean;
  /**
   * Whether no two rows are alike, as ids and probabilities are: then Parquet does not look for what repeats, which takes a third of the
   * time of writing it.
   */
  readonly unlike: boolean;
}

/** A query's result into a file, as SQL. The same rows give the same bytes. */
export function copySql(
  query: string,
  path: string,
  { format, gzip }: OutputFormat,
  { header, unlike }: CopyOptions,
): string {
  const compression = gzip ? ", COMPRESSION gzip" : "";
  const options = {
    csv: `FORMAT csv, HEADER ${header}${compression}`,
    ndjson: `FORMAT json, ARRAY false${compression}`,
    parquet: `FORMAT parquet, ROW_GROUP_SIZE ${ROW_GROUP_ROWS}, COMPRESSION ${unlike ? "snappy, DICTIONARY_SIZE_LIMIT 1" : "zstd"}`,
  }[format];
  return `COPY (${query}) TO ${quoteLiteral(path)} (${options})`;
}

/** What is to be put together. */
export interface Assembly {
  /** Folder of the parts, and of the whole. */
  readonly folder: string;
  /** Names of the parts, in their order, at least one. */
  readonly names: readonly string[];
  readonly format: OutputFormat;
  /** Rows that Parquet must have in the end. */
  readonly rows: number;
  /** As for each part. */
  readonly unlike: boolean;
}

/**
 * Makes one file of finished parts. Texts are joined byte by byte, packed ones too, since gzip allows for several members in a file. Parquet is
 * copied by DuckDB.
 *
 * @returns the path of the whole file; of a single part, its own
 */
export async function assemble(
  { folder, names, format, rows, unlike }: Assembly,
  options: DatabaseOptions,
  signal?: AbortSignal,
): Promise<string> {
  const parts = names.map((name) => join(folder, name));
  // It keeps its name, by which a run that is killed now finds it again.
  if (parts.length === 1) return parts[0];
  const whole = join(folder, "whole");
  if (format.format === "parquet") {
    const { connection, close } = await openDatabase(options);
    try {
      const select = `FROM read_parquet([${parts.map(quoteLiteral).join(", ")}])`;
      const copy = copySql(select, whole, format, { header: true, unlike });
      const [{ Count }] = await query(connection, copy, signal);
      if (Number(Count) !== rows) throw new Error(`${Count} rows written of ${rows} (${whole})`);
    } finally {
      close();
    }
    return whole;
  }
  let bytes = 0;
  for (const [i, part] of parts.entries()) {
    await pipeline(
      createReadStream(part, { highWaterMark: 1 << 20 }),
      createWriteStream(whole, { flags: i === 0 ? "w" : "a" }),
      signal === undefined ? {} : { signal },
    );
    bytes += (await stat(part)).size;
  }
  const { size } = await stat(whole);
  if (size !== bytes) throw new Error(`${size} bytes written of ${bytes} (${whole})`);
  return whole;
}
