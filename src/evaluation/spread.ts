/** How a number varies over repeated trainings. */
export interface Spread {
  readonly mean: number;
  /** Sample standard deviation (divisor n - 1); 0 for a single value. */
  readonly standard_deviation: number;
  readonly min: number;
  readonly max: number;
}

/**
 * Mean, sample standard deviation and range. Throws `RangeError` where there are no values or one is not finite.
 */
export function spread(values: ArrayLike<number>): Spread {
  const n = values.length;
  if (n === 0) throw new RangeError("no values to summarise");
  let sum = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < n; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) throw new RangeError(`the value ${value} at position ${i} is not finite`);
    sum += value;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  // Rounding can put the mean of equal values a hair outside them.
  const mean = Math.min(max, Math.max(min, sum / n));
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i] - mean) ** 2;
  return { mean, standard_deviation: n === 1 ? 0 : Math.sqrt(squares / (n - 1)), min, max };
}
