import { double } from "./dialect.ts";
import type { Aggregate } from "./feature.ts";

/**
 * Logarithms closer together than this are as good as the same: a thousandth more or less of a count. Dividing by less would
 * blow up the last digits, in which engines differ.
 */
export const NARROWEST = 1e-3;

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
