import { cholesky, choleskySolve } from "../base/statistics.ts";

/**
 * Weighted least squares of many right-hand sides on the same columns, each row predicted by a fit to the other folds.
 * Columns that are sums of earlier ones get no weight, so constant and repeated columns do no harm.
 *
 * @param columns standardised columns, without NaN
 * @param folds fold of each row, 0 up to `count - 1`; with `count` 1 the rows are predicted by a fit to themselves
 * @param weights one a row, or null for equal ones
 * @param ridge added to the diagonal, in units of the rows' weight
 * @returns a function from right-hand sides to predictions
 */
export function crossFit(
  columns: readonly Float64Array[],
  folds: Uint8Array,
  count: number,
  weights: Float64Array | null,
  ridge = 0,
): (y: Float64Array) => Float64Array {
  const n = folds.length;
  const design = [new Float64Array(n).fill(1), ...columns];
  const size = design.length;
  const grams = Array.from({ length: count }, () => new Float64Array(size * size));
  for (let a = 0; a < size; a++)
    for (let b = 0; b <= a; b++) {
      const [x, z] = [design[a], design[b]];
      for (let i = 0; i < n; i++) grams[folds[i]][a * size + b] += (weights?.[i] ?? 1) * x[i] * z[i];
    }
  const factors = grams.map((left) => {
    const gram = new Float64Array(size * size);
    for (const other of grams)
      if (count === 1 || other !== left) for (let k = 0; k < gram.length; k++) gram[k] += other[k];
    const total = gram[0];
    for (let a = 1; a < size; a++) gram[a * size + a] += ridge * total;
    return cholesky(gram, size);
  });
  return (y) => {
    const sides = Array.from({ length: count }, () => new Float64Array(size));
    for (let a = 0; a < size; a++)
      for (let i = 0; i < n; i++) sides[folds[i]][a] += (weights?.[i] ?? 1) * design[a][i] * y[i];
    const coefficients = sides.map((left, fold) => {
      const side = new Float64Array(size);
      for (const other of sides)
        if (count === 1 || other !== left) for (let a = 0; a < size; a++) side[a] += other[a];
      return choleskySolve(factors[fold], side);
    });
    const predicted = new Float64Array(n);
    for (let a = 0; a < size; a++)
      for (let i = 0; i < n; i++) predicted[i] += coefficients[folds[i]][a] * design[a][i];
    return predicted;
  };
}

/**
 * Coefficients of a weighted least-squares fit, the constant first.
 *
 * @param columns without NaN
 */
export function leastSquares(
  columns: readonly Float64Array[],
  y: Float64Array,
  weights: Float64Array,
): Float64Array {
  const size = columns.length + 1;
  const gram = new Float64Array(size * size);
  const side = new Float64Array(size);
  const row = new Float64Array(size).fill(1);
  for (let i = 0; i < y.length; i++) {
    for (let a = 1; a < size; a++) row[a] = columns[a - 1][i];
    for (let a = 0; a < size; a++) {
      const weighted = weights[i] * row[a];
      side[a] += weighted * y[i];
      for (let b = 0; b <= a; b++) gram[a * size + b] += weighted * row[b];
    }
  }
  return choleskySolve(cholesky(gram, size), side);
}

/**
 * A column less its mean, divided by its deviation, both weighted; unknown values become the mean. A constant column becomes
 * zeros.
 */
export function standardised(values: Float64Array, weights: Float64Array | null = null): Float64Array {
  let total = 0;
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    const weight = weights?.[i] ?? 1;
    total += weight;
    const step = values[i] - mean;
    mean += (weight / total) * step;
    squares += weight * step * (values[i] - mean);
  }
  const deviation = Math.sqrt(squares / total);
  const scale = deviation > 1e-12 * Math.abs(mean) ? 1 / deviation : 0;
  return values.map((value) => (Number.isNaN(value) ? 0 : (value - mean) * scale));
}

/** Weighted share of the variance of y that the predictions explain: below 0 where they are worse than the mean. */
export function rSquared(y: Float64Array, predicted: Float64Array, weights: Float64Array | null): number {
  let total = 0;
  let mean = 0;
  for (let i = 0; i < y.length; i++) {
    const weight = weights?.[i] ?? 1;
    total += weight;
    mean += (weight / total) * (y[i] - mean);
  }
  let left = 0;
  let whole = 0;
  for (let i = 0; i < y.length; i++) {
    const weight = weights?.[i] ?? 1;
    left += weight * (y[i] - predicted[i]) ** 2;
    whole += weight * (y[i] - mean) ** 2;
  }
  return whole > 0 ? 1 - left / whole : 0;
}

/** Folds 0..count-1 in a seeded order, as even as can be. */
export function shuffledFolds(
  rows: number,
  count: number,
  random: { shuffle<T extends { length: number; [index: number]: unknown }>(array: T): T },
): Uint8Array {
  return random.shuffle(Uint8Array.from({ length: rows }, (_, i) => i % count));
}
