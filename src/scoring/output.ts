import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { openDatabase } from "../base/duckdb.ts";
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

/**
 * Counts the rows of a file that was written: what is there, whatever was said of it.
 *
 * @param header whether a CSV begins with the columns' names
 */
export async function writtenRows(
  path: string,
  { format, gzip }: OutputFormat,
  header: boolean,
): Promise<number> {
  if (format === "parquet") {
    const { connection, close } = await openDatabase({ threads: 1 });
    try {
      const [{ rows }] = await query(
        connection,
        `SELECT sum(num_rows) AS rows FROM parquet_file_metadata(${quoteLiteral(path)})`,
      );
      return Number(rows);
    } finally {
      close();
    }
  }
  const bytes = createReadStream(path, { highWaterMark: 1 << 20 });
  let lines = 0;
  let quoted = false;
  for await (const chunk of gzip ? bytes.pipe(createGunzip()) : bytes) {
    const piece = chunk as Buffer;
    for (let at = 0; at < piece.length; ) {
      // In JSON no line end stands inside of quotes as it is; in CSV a doubled quote opens and closes.
      const quote = format === "csv" ? piece.indexOf(QUOTE, at) : -1;
      const end = quote < 0 ? piece.length : quote;
      if (!quoted) lines += countLineEnds(piece, at, end);
      if (quote >= 0) quoted = !quoted;
      at = end + 1;
    }
  }
  return format === "csv" && header ? lines - 1 : lines;
}

function countLineEnds(piece: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = piece.indexOf(LINE_END, from); at >= 0 && at < to; at = piece.indexOf(LINE_END, at + 1))
    count++;
  return count;
}

const QUOTE = 0x22;
const LINE_END = 0x0a;
