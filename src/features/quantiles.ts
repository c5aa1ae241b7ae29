import { double } from "./dialect.ts";
import type { Aggregate } from "./feature.ts";

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
