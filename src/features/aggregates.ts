import { double } from "./dialect.ts";
import type { Aggregate } from "./feature.ts";

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

/**
 * Logarithms closer together than this are as good as the same: a thousandth more or less of a count. Dividing by less would
 * blow up the last digits, in which engines differ.
 */
export const NARROWEST = 1e-3;

/** From the 10th to the 90th percentile of a normal distribution, in deviations: 2 x 1.2816. */
const NORMAL_SPREAD = 2.563_103_131_089_201;

/** Deviations at which a standardised logarithm is clipped: beyond it, how far does not matter. */
export const CLIP = 3;

/**
 * The median of an expression and its deviation, from the 10th to the 90th percentile; 1 where these are the same. No single
 * star moves them.
 */
export async function robustScale(
  aggregate: Aggregate,
  relation: string,
  expression: string,
): Promise<{ center: number; scale: number }> {
  const found = await quantiles(aggregate, relation, expression, [0.5, 0.1, 0.9]);
  const [center, low, high] = found ?? [0, 0, 0];
  return { center, scale: high - low > NARROWEST ? (high - low) / NORMAL_SPREAD : 1 };
}

/** A DOUBLE expression, never NULL, held within `CLIP` deviations. */
export function clipSql(expression: string): string {
  return `least(greatest(${expression}, ${double(-CLIP)}), ${double(CLIP)})`;
}

/** What `clipSql` gives, of one value in TypeScript. */
export function clip(value: number): number {
  return Math.min(Math.max(value, -CLIP), CLIP);
}

/**
 * Quantiles of an expression over the rows where it is known, by linear interpolation, whatever order the rows come in.
 * Null where it is known in none. Quantiles rather than means: a few accounts have a million times what the others have.
 *
 * @param shares each from 0 to 1
 */
export async function quantiles(
  aggregate: Aggregate,
  relation: string,
  expression: string,
  shares: readonly number[],
): Promise<number[] | null> {
  const list = shares.map((share, i) => `quantile_cont(x, ${double(share)}) AS q${i}`);
  const [row] = await aggregate(
    `SELECT ${list.join(", ")} FROM (SELECT ${expression} AS x FROM ${relation})`,
  );
  if (row.q0 === null) return null;
  return shares.map((_, i) => Number(row[`q${i}`]));
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
