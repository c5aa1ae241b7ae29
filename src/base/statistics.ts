import type { Interval, Spread } from "./schemas.ts";

/** 1 / (1 + exp(-z)), without overflow for any z. */
export function sigmoid(z: number): number {
  const power = Math.exp(-Math.abs(z));
  return (z >= 0 ? 1 : power) / (1 + power);
}

/** ln(p / (1 - p)), of a probability kept away from 0 and 1 by 1e-12. */
export function logit(probability: number): number {
  const p = Math.min(Math.max(probability, 1e-12), 1 - 1e-12);
  return Math.log(p / (1 - p));
}

/** ln(1 + exp(z)), without overflow. */
export function softplus(z: number): number {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}

/**
 * Binary cross-entropy of one row from its logit, in nats: max(z, 0) - z y + log(1 + exp(-|z|)), the form that neither
 * overflows nor loses digits (as torch.nn.BCEWithLogitsLoss).
 *
 * @param label 0..1
 */
export function crossEntropy(logit: number, label: number): number {
  return Math.max(logit, 0) - logit * label + Math.log1p(Math.exp(-Math.abs(logit)));
}

/** Mean binary cross-entropy over the rows, in nats. */
export function meanCrossEntropy(logits: ArrayLike<number>, labels: ArrayLike<number>): number {
  let sum = 0;
  for (let row = 0; row < logits.length; row++) sum += crossEntropy(logits[row], labels[row]);
  return sum / logits.length;
}

/** Mean squared difference between probability and label (Brier 1950), 0 to 1. */
export function meanSquaredError(logits: ArrayLike<number>, labels: ArrayLike<number>): number {
  let sum = 0;
  for (let row = 0; row < logits.length; row++) sum += (sigmoid(logits[row]) - labels[row]) ** 2;
  return sum / logits.length;
}

/** Mean, sample standard deviation and range. Throws `RangeError` where there are no values or one is not finite. */
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

/**
 * A percentile of sorted numbers, linear between neighbours: NumPy's default, DuckDB's `quantile_cont`.
 *
 * @param sorted ascending, without NaN
 * @param share 0..1
 * @returns NaN where there are no numbers
 */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

/** How many elements of a sorted array are below a value, by bisection: where the value would be put in first. */
export function lowerBound(sorted: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many elements of a sorted array are at or below a value: where the value would be put in last. */
export function upperBound(sorted: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

const double = new Float64Array(1);
const doubleBits = new BigInt64Array(double.buffer);

/** The next double above a finite one. */
export function nextAbove(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  if (!Number.isFinite(value)) return value;
  double[0] = value;
  doubleBits[0] += value > 0 ? 1n : -1n;
  return double[0];
}

/** The 97.5 % quantile of the normal distribution, for intervals of 95 %. */
const NORMAL_97_5 = 1.959963984540054;

/** A share, 0 to 1, with its 95 % interval. */
export interface Proportion extends Interval {
  readonly share: number;
}

/**
 * A share with Wilson's 95 % score interval (Wilson 1927), which holds for few rows and for shares of 0 and 1 too.
 *
 * @param count how many of `n`
 * @returns null where there are none
 */
export function proportion(count: number, n: number): Proportion | null {
  if (n === 0) return null;
  const share = count / n;
  const square = NORMAL_97_5 ** 2 / n;
  const middle = (share + square / 2) / (1 + square);
  const half = (NORMAL_97_5 / (1 + square)) * Math.sqrt((share * (1 - share)) / n + square / (4 * n));
  // At the ends the interval reaches them; rounding must not say otherwise.
  return {
    share,
    low: count === 0 ? 0 : Math.max(0, middle - half),
    high: count === n ? 1 : Math.min(1, middle + half),
  };
}

/**
 * By how many standard errors the share of a second sample is above that of a first, under one pooled share: the z of two proportions. 0
 * where all rows agree.
 *
 * @param first of `n` rows, at least one, `count` have it
 * @param second as `first`
 */
export function proportionsZ(
  first: { readonly count: number; readonly n: number },
  second: { readonly count: number; readonly n: number },
): number {
  const pooled = (first.count + second.count) / (first.n + second.n);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / first.n + 1 / second.n));
  return error === 0 ? 0 : (second.count / second.n - first.count / first.n) / error;
}

/**
 * The test of Mann and Whitney (1947): the share of pairs in which the value of the second sample is above that of the first, ties
 * counting half, and by how many standard errors it is above one half (normal limit, corrected for ties; 0 where all values are equal).
 *
 * @param first sorted ascending, at least one value, none NaN
 * @param second as `first`
 */
export function mannWhitney(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
): { readonly higher: number; readonly z: number } {
  const [n, m] = [first.length, second.length];
  let twice = 0;
  let tied = 0;
  for (let i = 0, j = 0; i < n || j < m; ) {
    const value = j < m && !(first[i] < second[j]) ? second[j] : first[i];
    const [a, b] = [i, j];
    while (i < n && first[i] === value) i++;
    while (j < m && second[j] === value) j++;
    twice += (j - b) * (a + i);
    const ties = i - a + j - b;
    tied += ties ** 3 - ties;
  }
  const higher = twice / 2 / n / m;
  const all = n + m;
  const variance = (all + 1 - tied / (all * (all - 1))) / (12 * n * m);
  return { higher, z: variance > 0 ? (higher - 0.5) / Math.sqrt(variance) : 0 };
}

/**
 * The values nearest to the given ones (least squares, weighted) that never rise: pool adjacent violators (Ayer et al.
 * 1955). Neighbours that rise are replaced by their weighted mean, until none does.
 *
 * @param values finite
 * @param weights positive, one a value
 */
export function poolAdjacentViolators(values: readonly number[], weights: readonly number[]): number[] {
  const pools: { mean: number; weight: number; length: number }[] = [];
  values.forEach((value, i) => {
    let pool = { mean: value, weight: weights[i], length: 1 };
    for (let before = pools.at(-1); before !== undefined && before.mean < pool.mean; before = pools.at(-1)) {
      pools.pop();
      const weight = before.weight + pool.weight;
      pool = {
        mean: (before.mean * before.weight + pool.mean * pool.weight) / weight,
        weight,
        length: before.length + pool.length,
      };
    }
    pools.push(pool);
  });
  return pools.flatMap(({ mean, length }) => new Array<number>(length).fill(mean));
}

/** Part of a column's size below which what is left of it after the columns before is rounding. */
const RANK = 1e-11;

/**
 * Cholesky's lower triangle of a symmetric matrix without negative eigenvalues. A column that the ones before explain keeps a
 * pivot of 0.
 *
 * @param matrix row by row; its lower triangle is read
 * @param size rows and columns
 */
export function cholesky(matrix: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = matrix[a * size + b];
      for (let k = 0; k < b; k++) sum -= lower[a * size + k] * lower[b * size + k];
      if (a === b) lower[a * size + a] = sum > RANK * matrix[a * size + a] ? Math.sqrt(sum) : 0;
      else lower[a * size + b] = lower[b * size + b] > 0 ? sum / lower[b * size + b] : 0;
    }
  }
  return lower;
}

/** Solves a linear system by its {@link cholesky} triangle. Unknowns whose pivot is 0 are 0. */
export function choleskySolve(lower: Float64Array, right: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(right);
  const size = x.length;
  for (let a = 0; a < size; a++) {
    for (let k = 0; k < a; k++) x[a] -= lower[a * size + k] * x[k];
    const pivot = lower[a * size + a];
    x[a] = pivot > 0 ? x[a] / pivot : 0;
  }
  for (let a = size - 1; a >= 0; a--) {
    for (let k = a + 1; k < size; k++) x[a] -= lower[k * size + a] * x[k];
    const pivot = lower[a * size + a];
    x[a] = pivot > 0 ? x[a] / pivot : 0;
  }
  return x;
}
