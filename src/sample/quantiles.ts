/** The probabilities at which every quantile table of `data/sample/population.json` is given. */
export const PROBABILITIES = [
  0, 0.005, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.995, 1,
] as const;

/** Quantiles at `PROBABILITIES`, rising. */
export type Quantiles = readonly number[];

/** Quantiles of one quantity where another one has the value of each knot. */
export interface ConditionalQuantiles {
  /** Values of the other quantity, rising. */
  readonly knots: readonly number[];
  /** One table a knot. */
  readonly tables: readonly Quantiles[];
}

/**
 * The value below which a share `p` of the population lies: linear between the table's probabilities.
 *
 * @param p a probability in 0..1
 */
export function quantile(table: Quantiles, p: number): number {
  const i = cell(p);
  const low = PROBABILITIES[i];
  return table[i] + ((table[i + 1] - table[i]) * (p - low)) / (PROBABILITIES[i + 1] - low);
}

/**
 * The quantile at `p` where the other quantity is `at`: linear between the tables of the two knots around it, and the
 * first or last knot's own beyond them.
 */
export function conditionalQuantile(given: ConditionalQuantiles, at: number, p: number): number {
  const { knots, tables } = given;
  const last = knots.length - 1;
  if (at <= knots[0]) return quantile(tables[0], p);
  if (at >= knots[last]) return quantile(tables[last], p);
  let k = 0;
  while (at > knots[k + 1]) k++;
  const share = (at - knots[k]) / (knots[k + 1] - knots[k]);
  return quantile(tables[k], p) * (1 - share) + quantile(tables[k + 1], p) * share;
}

/**
 * The probability at which the conditional table gives x where the other quantity is `at`: 0 below its least value, 1
 * above its greatest, and the middle of the range where it is flat.
 */
export function conditionalProbability(given: ConditionalQuantiles, at: number, x: number): number {
  const lower = crossing((p) => conditionalQuantile(given, at, p) < x - 1e-9);
  const upper = crossing((p) => conditionalQuantile(given, at, p) <= x + 1e-9);
  return (lower + upper) / 2;
}

/** Where a condition that holds for small p ends, to 2^-20. */
function crossing(holds: (p: number) => boolean): number {
  let low = 0;
  let high = 1;
  for (let i = 0; i < 20; i++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** A curve through points, linear between them and flat beyond the ends. */
export interface Curve {
  /** Where the points are, rising. */
  readonly knots: readonly number[];
  readonly values: readonly number[];
}

/** The value of a curve at `at`. */
export function curveAt({ knots, values }: Curve, at: number): number {
  const last = knots.length - 1;
  if (at <= knots[0]) return values[0];
  if (at >= knots[last]) return values[last];
  let k = 0;
  while (at > knots[k + 1]) k++;
  return values[k] + ((values[k + 1] - values[k]) * (at - knots[k])) / (knots[k + 1] - knots[k]);
}

/** The place in `PROBABILITIES` of the cell that holds p. */
function cell(p: number): number {
  let low = 0;
  let high = PROBABILITIES.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (PROBABILITIES[middle] <= p) low = middle;
    else high = middle;
  }
  return low;
}
