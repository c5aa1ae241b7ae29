import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteLiteral } from "../../../base/quote.ts";
import { countRows, renamed } from "../relation.ts";
import type { Compression } from "../text.ts";

/** A delimited file as DuckDB is to read it. */
export interface CsvLayout {
  /** Path without pattern characters. */
  readonly path: string;
  readonly compression: Compression;
  readonly delimiter: string;
  readonly columns: readonly string[];
  /** Whether it has a header and no ordinals (an original), or ordinals first and no header (a copy). */
  readonly kind: "original" | "copy";
  /** Whether every line ends in LF alone. */
  readonly linefeeds: boolean;
  /** Bytes of the longest record; 0 when it is not known to be long. */
  readonly longest: number;
}

/** A delimited file that is known to be in order. */
export interface CsvFile extends CsvLayout {
  /** Records that must come out. */
  readonly records: number;
  /** Whether a record begins or ends with a line end in quotes. There the parallel scan may begin behind the quote, or before it. */
  readonly hasLineEndAtEdge: boolean;
}

/** DuckDB's limit on the length of a line when nothing is said. */
const DEFAULT_LINE_BYTES = 2_000_000;
/** Bytes that DuckDB reads at a time. It takes 32 million by itself, which with threads that wait is a good part of the memory. */
const BUFFER_BYTES = 4_000_000;

/** Bytes of the longest line and of a buffer, which decides where the parallel scan cuts a text. */
export interface CsvBuffers {
  readonly line: number;
  readonly buffer: number;
}

function buffersFor(longest: number): CsvBuffers {
  // A copy may have quotes doubled that the original has not.
  const line = longest > DEFAULT_LINE_BYTES / 2 ? 2 * longest + 4096 : DEFAULT_LINE_BYTES;
  return { line, buffer: Math.max(2 * line, BUFFER_BYTES) };
}

/** The table function that reads a delimited file, strictly: columns `c0`, `c1`, ... and, of a copy, `__row`. */
export function csvSql(
  file: CsvLayout,
  parallel: boolean,
  { line, buffer } = buffersFor(file.longest),
): string {
  const names = file.columns.map((_, index) => `c${index}`);
  const types = names.map((name) => `'${name}': 'VARCHAR'`);
  const options = [
    quoteLiteral(file.path),
    "auto_detect = false",
    `delim = ${quoteLiteral(file.delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    `header = ${file.kind === "original"}`,
    `columns = {${[...(file.kind === "copy" ? ["'__row': 'BIGINT'"] : []), ...types].join(", ")}}`,
    // Without it, an empty field without quotes is NULL and one with quotes is not.
    `force_not_null = [${names.map((name) => `'${name}'`).join(", ")}]`,
    "strict_mode = true",
    "hive_partitioning = false",
    `compression = '${file.compression}'`,
    `parallel = ${parallel}`,
    `max_line_size = ${line}`,
    `buffer_size = ${buffer}`,
  ];
  if (file.linefeeds) {
    // Said only for LF: DuckDB 1.5 reads no rows at all when told that lines end in CRLF.
    options.push("new_line = '\\n'");
  }
  return `read_csv(${options.join(", ")})`;
}

/**
 * The SELECT that reads a delimited file: `__row` and the columns, in the file's order. DuckDB's parallel scan can take
 * lines inside quoted fields for records, so the number of rows is compared with ours; the sequential scan is next.
 *
 * @returns undefined when neither scan gives the records that are there
 */
export async function selectCsv(
  connection: DuckDBConnection,
  file: CsvFile,
  signal?: AbortSignal,
): Promise<string | undefined> {
  for (const parallel of file.hasLineEndAtEdge ? [false] : [true, false]) {
    const scan = csvSql(file, parallel);
    const rows = await countRows(connection, scan, signal).catch((error: unknown) => {
      // What the scan finds wrong with a file that we have found right is its own limit. Memory, say, is another matter.
      if (signal?.aborted || !/^(Invalid Input|IO|Not implemented) Error/.test((error as Error).message)) {
        throw error;
      }
      return -1;
    });
    if (rows === file.records) {
      const ordinal = file.kind === "copy" ? "__row" : "row_number() OVER () - 1 AS __row";
      return `SELECT ${ordinal}, ${renamed(file.columns)} FROM ${scan}`;
    }
  }
  return undefined;
}
