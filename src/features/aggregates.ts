import type { DuckDBConnection } from "@duckdb/node-api";
import { double } from "./dialect.ts";
import type { Aggregate } from "./feature.ts";

/** Runs queries on a connection. */
export function aggregateOf(connection: DuckDBConnection): Aggregate {
  return async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJS();
}

/**
 * The median of each expression over the rows where it is known; 0 where it is known in none. It is what unknown values
 * are taken to be: counts and rates have such long tails that a mean would make an unknown profile a star.
 */
export async function medians(
  aggregate: Aggregate,
  relation: string,
  expressions: readonly string[],
): Promise<number[]> {
  const list = expressions.map((expression, i) => `median(${expression}) AS m${i}`);
  const [row] = await aggregate(`SELECT ${list.join(", ")} FROM ${relation}`);
  return expressions.map((_, i) => Number(row[`m${i}`] ?? 0));
}

/** An expression with the unknown replaced. */
export function orElse(expression: string, imputed: number): string {
  return `coalesce(${expression}, ${double(imputed)})`;
}

/** First and second moments of some columns. */
export interface Moments {
  readonly rows: number;
  readonly mean: number[];
  /** Population covariances (divided by the number of rows), square. */
  readonly covariance: number[][];
}

/** Terms are counted in units of 2^-61: a term of size 1 fits a BIGINT with room, and 2^64 of them fit the sum. */
const UNIT = 2 ** 61;

/**
 * Means and covariances in three passes over the rows: the range, then the mean, then products of deviations from the
 * mean, so that nothing cancels when counts reach 10^9 and beyond.
 *
 * Sums are of integers: every term is scaled by its column's range to at most 1 and rounded to 2^-61. DuckDB adds rows in
 * whatever order its threads reach them, and a sum of floating-point numbers would change in its last digits from run to
 * run; a sum of integers does not. The rounding is far below that of the terms themselves.
 *
 * @param expressions DOUBLE expressions that are never NULL
 * @param relation SQL after FROM, with at least one row
 */
export async function moments(
  aggregate: Aggregate,
  relation: string,
  expressions: readonly string[],
): Promise<Moments> {
  const indices = expressions.map((_, i) => i);
  const [edges] = await aggregate(
    `SELECT count(*) AS n, ${expressions.map((x, i) => `min(${x}) AS low${i}, max(${x}) AS high${i}`).join(", ")} FROM ${relation}`,
  );
  const rows = Number(edges.n);
  const low = indices.map((i) => Number(edges[`low${i}`]));
  const range = indices.map((i) => Number(edges[`high${i}`]) - low[i]);
  const scaled = (i: number, from: number) =>
    range[i] > 0 ? `(((${expressions[i]}) - ${double(from)}) / ${double(range[i])})` : double(0);

  const shares = await sums(
    aggregate,
    relation,
    indices.map((i) => scaled(i, low[i])),
  );
  const mean = indices.map((i) => low[i] + (shares[i] / rows) * range[i]);

  const pairs = indices.flatMap((i) => indices.slice(i).map((j) => [i, j] as const));
  const deviations = indices.map((i) => scaled(i, mean[i]));
  const totals = await sums(aggregate, relation, [
    ...deviations,
    ...pairs.map(([i, j]) => `${deviations[i]} * ${deviations[j]}`),
  ]);
  const covariance = indices.map(() => indices.map(() => 0));
  pairs.forEach(([i, j], k) => {
    // The mean is itself rounded; what it was off by is taken out of the products.
    const product = totals[indices.length + k] / rows - (totals[i] / rows) * (totals[j] / rows);
    covariance[i][j] = product * range[i] * range[j];
    covariance[j][i] = covariance[i][j];
  });
  return { rows, mean, covariance };
}

/** Sums of terms in -1..1, the same whatever order the rows come in. */
async function sums(aggregate: Aggregate, relation: string, terms: readonly string[]): Promise<number[]> {
  const list = terms.map((term, i) => `sum(CAST(round(${term} * ${double(UNIT)}) AS BIGINT)) AS s${i}`);
  const [row] = await aggregate(`SELECT ${list.join(", ")} FROM ${relation}`);
  return terms.map((_, i) => Number(row[`s${i}`]) / UNIT);
}
