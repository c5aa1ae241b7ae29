import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../base/quote.ts";
import type { CanonicalName } from "../profiles/canonical.ts";
import { countOf, numberOrNull, selectRow } from "./query.ts";
import type { CorrelationMatrix } from "./summarySchema.ts";

/**
 * Pearson's and Spearman's correlations of numeric columns by SQL, over the rows that know both columns of a pair.
 * Spearman's is Pearson's of the ranks, equal values sharing the mean of theirs.
 *
 * Ranks take a sort a column. They are made once and shared by all pairs whose columns are known in the same rows, which
 * is the usual case; a pair that misses values in different rows is ranked by itself.
 *
 * @param columns numeric columns the relation has, at least one value each
 */
export async function correlations(
  connection: DuckDBConnection,
  relation: string,
  columns: readonly CanonicalName[],
): Promise<{ pearson: CorrelationMatrix; spearman: CorrelationMatrix }> {
  if (columns.length === 0) return { pearson: matrixOf([], []), spearman: matrixOf([], []) };
  const from = quoteIdentifier(relation);
  const pairs = columns.flatMap((_, i) => columns.slice(i).map((_unused, k): Pair => [i, i + k]));
  const known = (i: number) => `${quoteIdentifier(columns[i])} IS NOT NULL`;
  const both = await selectRow(
    connection,
    `SELECT ${pairs.map(([i, j]) => `count(*) FILTER (${known(i)} AND ${known(j)}) AS "${i}_${j}"`).join(", ")} FROM ${from}`,
  );
  const shared = (i: number, j: number) => countOf(both[`${i}_${j}`]);
  const numbers = columns.map((name, i) => `${quoteIdentifier(name)}::DOUBLE AS c${i}`);
  const pearson = await pairwise(connection, `(SELECT ${numbers.join(", ")} FROM ${from})`, pairs);
  const ranks = columns.map((name, i) => `${rankOf(quoteIdentifier(name))} AS c${i}`);
  const same = pairs.filter(([i, j]) => shared(i, j) === shared(i, i) && shared(i, j) === shared(j, j));
  const spearman = await pairwise(connection, `(SELECT ${ranks.join(", ")} FROM ${from})`, same);
  for (const pair of pairs.filter((candidate) => !same.includes(candidate))) {
    const [i, j] = pair;
    const two = pair.map((column) => `${rankOf(quoteIdentifier(columns[column]))} AS c${column}`).join(", ");
    const alone = await pairwise(
      connection,
      `(SELECT ${two} FROM ${from} WHERE ${known(i)} AND ${known(j)})`,
      [pair],
    );
    for (const [key, value] of alone) spearman.set(key, value);
  }
  const square = (found: Map<string, number | null>) =>
    columns.map((_, i) =>
      columns.map((_unused, j) => found.get(keyOf(Math.min(i, j), Math.max(i, j))) ?? null),
    );
  return { pearson: matrixOf(columns, square(pearson)), spearman: matrixOf(columns, square(spearman)) };
}

type Pair = [number, number];

const keyOf = (i: number, j: number) => `${i}_${j}`;

const matrixOf = (columns: readonly CanonicalName[], values: (number | null)[][]): CorrelationMatrix => ({
  columns: [...columns],
  values,
});

/** The mean rank of a value among the known ones: half way from the first equal value to the last. NULL stays NULL. */
function rankOf(column: string): string {
  const order = `OVER (ORDER BY ${column} NULLS LAST)`;
  // count(*) with an ORDER BY counts up to and with the equal values: the last one's rank.
  return `CASE WHEN ${column} IS NOT NULL THEN (rank() ${order} + count(*) ${order}) / 2.0 END`;
}

async function pairwise(
  connection: DuckDBConnection,
  from: string,
  pairs: readonly Pair[],
): Promise<Map<string, number | null>> {
  if (pairs.length === 0) return new Map();
  const list = pairs.map(([i, j]) => `corr(c${i}, c${j}) AS "${keyOf(i, j)}"`);
  const row = await selectRow(connection, `SELECT ${list.join(", ")} FROM ${from}`);
  return new Map(
    pairs.map(([i, j]) => {
      const value = numberOrNull(row[keyOf(i, j)]);
      // Rounding can put a perfect correlation a hair beyond 1.
      return [keyOf(i, j), value === null ? null : i === j ? 1 : Math.max(-1, Math.min(1, value))];
    }),
  );
}
