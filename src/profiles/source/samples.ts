import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../../base/quote.ts";
import type { Samples } from "../readingOptions.ts";
import { query } from "./relation.ts";

/** Records that are sampled, if they are short. */
const SAMPLED_RECORDS = 200;
/**
 * Bytes that the sampled records may take as delimited text. Together with a header of {@link LONGEST_SAMPLED_HEADER} they fit into the
 * beginning of a text that is looked at first. So the same records are sampled whether the whole file is read or its beginning alone.
 */
const SAMPLED_BYTES = 3 << 16;

/** Bytes of the longest header beside which all sampled records lie in the beginning of a text. */
export const LONGEST_SAMPLED_HEADER = 1 << 16;

/**
 * Gathers the first values of each column: those of the first 200 records, or of fewer where they are long, but of the first one at least.
 *
 * @param records values of each record in the columns' order; null is left out
 */
export function samplesOf(
  columns: readonly string[],
  records: Iterable<readonly (string | null)[]>,
): Samples {
  const values = columns.map((): string[] => []);
  let count = 0;
  let bytes = 0;
  for (const record of records) {
    for (const value of record) bytes += writtenBytes(value ?? "");
    if (count > 0 && bytes > SAMPLED_BYTES) break;
    record.forEach((value, column) => {
      if (value !== null) values[column].push(value);
    });
    if (++count === SAMPLED_RECORDS) break;
  }
  return new Map(columns.map((column, i) => [column, values[i]]));
}

/** Bytes that a value takes at most in delimited text: in quotes, with its own doubled, and what parts it from the next. */
function writtenBytes(value: string): number {
  return Buffer.byteLength(value) + value.split('"').length + 3;
}

/**
 * The samples of a relation with `__row` and the columns as VARCHAR. A column that cannot be read has none.
 *
 * @param ordinals whether `__row` tells cheaply which rows come first; else the relation must give them in the file's order
 * @throws the signal's reason when it is aborted
 */
export async function sampleRelation(
  connection: DuckDBConnection,
  relation: string,
  columns: readonly string[],
  { ordinals, signal }: { readonly ordinals: boolean; readonly signal?: AbortSignal | undefined },
): Promise<Samples> {
  const first = (names: readonly string[]) =>
    query(
      connection,
      `SELECT ${names.map((name, i) => `${quoteIdentifier(name)} AS v${i}`).join(", ")} FROM ${quoteIdentifier(relation)}
       ${ordinals ? `WHERE __row < ${SAMPLED_RECORDS} ORDER BY __row` : `LIMIT ${SAMPLED_RECORDS}`}`,
      signal,
    );
  const valuesOf = (names: readonly string[], rows: readonly Record<string, unknown>[]) =>
    samplesOf(
      names,
      rows.map((row) => names.map((_, i) => row[`v${i}`] as string | null)),
    );
  try {
    return valuesOf(columns, await first(columns));
  } catch {
    signal?.throwIfAborted();
  }
  // One column that cannot be read is no reason to know nothing of the others.
  const samples = new Map<string, readonly string[]>();
  for (const column of columns) {
    const rows = await first([column]).catch(() => []);
    signal?.throwIfAborted();
    samples.set(column, valuesOf([column], rows).get(column) ?? []);
  }
  return samples;
}
