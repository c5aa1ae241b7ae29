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
