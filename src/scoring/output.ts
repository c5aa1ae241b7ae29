import { InsightsError } from "../base/error.ts";
import { quoteLiteral } from "../profiles/sql.ts";

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

/**
 * A query's result into a file, as SQL. The same rows give the same bytes.
 *
 * @param header whether a CSV begins with the columns' names
 * @param unlike whether no two rows are alike, as ids and probabilities are: then Parquet does not look for what repeats, which
 *   takes a third of the time of writing it
 */
export function copySql(
  query: string,
  path: string,
  { format, gzip }: OutputFormat,
  { header, unlike }: { readonly header: boolean; readonly unlike: boolean },
): string {
  const compression = gzip ? ", COMPRESSION gzip" : "";
  const options = {
    csv: `FORMAT csv, HEADER ${header}${compression}`,
    ndjson: `FORMAT json, ARRAY false${compression}`,
    parquet: `FORMAT parquet, ROW_GROUP_SIZE ${ROW_GROUP_ROWS}, COMPRESSION ${unlike ? "snappy, DICTIONARY_SIZE_LIMIT 1" : "zstd"}`,
  }[format];
  return `COPY (${query}) TO ${quoteLiteral(path)} (${options})`;
}
