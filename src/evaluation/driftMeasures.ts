import { lowerBound, nextAbove, upperBound } from "../base/statistics.ts";

/** How far a sample has moved from another over bins. */
export interface Stability {
  /** Population stability index, at least 0. */
  readonly psi: number;
  /** What one comparison in a hundred exceeds where nothing has moved. */
  readonly chance: number;
  /** Bins compared, missing values among them. */
  readonly bins: number;
}

/**
 * Population stability index (Siddiqi, Credit Risk Scorecards, 2006; Kullback and Leibler's divergence both ways):
 * sum (q - p) ln(q / p) over bins, p the reference's share and q the new one's. Bins hold a tenth of the reference each; a
 * value that fills more than that has a bin of its own, and so do missing values. Half a row is added to each bin, so that an
 * empty one costs much but not everything. By custom below 0.1 little has moved, from 0.25 much.
 *
 * Where nothing has moved it is about (1 / n + 1 / m) times a chi-squared variable with bins - 1 degrees of freedom
 * (Yurdakul, Statistical Properties of Population Stability Index, 2018): `chance` is its 99th percentile.
 *
 * @param reference sorted ascending, none NaN
 * @param current as `reference`
 * @param missing how many values each sample lacks besides
 * @param parts bins to cut the reference into, 10 unless told
 * @throws RangeError where a sample has no rows at all
 */
export function populationStability(
  reference: Float64Array,
  current: Float64Array,
  missing: { readonly reference: number; readonly current: number } = { reference: 0, current: 0 },
  parts = 10,
): Stability {
  const edges = binEdges(reference, parts);
  const before = countBins(reference, edges);
  const after = countBins(current, edges);
  if (missing.reference + missing.current > 0) {
    before.push(missing.reference);
    after.push(missing.current);
  }
  return stabilityOf(before, after);
}

/**
 * The index over groups that are given, as {@link populationStability}.
 *
 * @param before rows of the reference in each group
 * @param after new rows in each, the same groups
 * @throws RangeError where a sample has no rows
 */
export function wordStability(before: readonly number[], after: readonly number[]): Stability {
  // Groups that nobody is in are none.
  const used = (_: number, i: number) => before[i] + after[i] > 0;
  return stabilityOf(before.filter(used), after.filter(used));
}

function stabilityOf(before: readonly number[], after: readonly number[]): Stability {
  const n = before.reduce((sum, rows) => sum + rows, 0);
  const m = after.reduce((sum, rows) => sum + rows, 0);
  if (n === 0 || m === 0) throw new RangeError("no values to compare");
  const bins = before.length;
  let psi = 0;
  for (let bin = 0; bin < bins; bin++) {
    const p = (before[bin] + 0.5) / (n + bins / 2);
    const q = (after[bin] + 0.5) / (m + bins / 2);
    psi += (q - p) * Math.log(q / p);
  }
  return { psi, chance: (1 / n + 1 / m) * chiSquared99(bins - 1), bins };
}

/** Upper edges of the bins, each a value of the sample; values above the last edge fall into one more bin. */
function binEdges(sorted: Float64Array, parts: number): number[] {
  const edges: number[] = [];
  const n = sorted.length;
  for (let part = 1; part < parts && n > 0; part++) {
    const edge = sorted[Math.ceil((part * n) / parts) - 1];
    const last = edges.at(-1);
    if (last !== undefined && edge <= last) continue;
    // A heavy value has a bin of its own: the one before it ends just below, even where nothing lies there yet.
    const weight = upperBound(sorted, edge) - lowerBound(sorted, edge);
    const below = -nextAbove(-edge);
    if (weight > Math.max(1, n / parts) && below > (last ?? Number.NEGATIVE_INFINITY)) edges.push(below);
    edges.push(edge);
  }
  return edges;
}

function countBins(sorted: Float64Array, edges: readonly number[]): number[] {
  const ends = edges.map((edge) => upperBound(sorted, edge));
  return [...ends, sorted.length].map((end, i) => end - (i === 0 ? 0 : ends[i - 1]));
}

/** 99th percentile of chi squared by Wilson and Hilferty's cube (1931), good to 1 % from two degrees of freedom on. */
function chiSquared99(freedom: number): number {
  if (freedom <= 0) return 0;
  const spread = 2 / (9 * freedom);
  return freedom * (1 - spread + 2.3263 * Math.sqrt(spread)) ** 3;
}

/** Two samples compared by the Kolmogorov-Smirnov test. */
export interface KolmogorovSmirnov {
  /** Largest distance between the two cumulative shares, 0 to 1. */
  readonly statistic: number;
  /** Chance of a distance this large between samples of one population; with ties the true chance is lower still. */
  readonly p_value: number;
  /** The distance that one pair of samples in twenty exceeds by chance. */
  readonly critical: number;
}

/** Up to this product of sizes the chance is counted exactly; beyond it the limit law is good to three digits. */
const EXACT = 10_000;

/**
 * The two-sample Kolmogorov-Smirnov test: D = max |F1(x) - F2(x)|. Its chance is counted exactly over lattice paths
 * (Hodges 1958) for small samples. For large ones it is the limit law at (sqrt(N) + 0.12 + 0.11 / sqrt(N)) D with
 * N = nm / (n + m) (Stephens 1970). The critical value is c sqrt(1 / N), c = sqrt(-ln(0.05 / 2) / 2) = 1.358.
 *
 * @param first sorted ascending, at least one value, none NaN
 * @param second as `first`
 * @throws RangeError where a sample is empty
 */
export function kolmogorovSmirnov(first: Float64Array, second: Float64Array): KolmogorovSmirnov {
  const n = first.length;
  const m = second.length;
  if (n === 0 || m === 0) throw new RangeError("no values to compare");
  // In units of 1 / nm, so that equal distances are equal.
  let largest = 0;
  for (let i = 0, j = 0; i < n && j < m; ) {
    const value = Math.min(first[i], second[j]);
    while (i < n && first[i] === value) i++;
    while (j < m && second[j] === value) j++;
    largest = Math.max(largest, Math.abs(i * m - j * n));
  }
  const statistic = largest / (n * m);
  const size = Math.sqrt((n * m) / (n + m));
  return {
    statistic,
    p_value:
      n * m <= EXACT ? exactChance(n, m, largest) : kolmogorovChance((size + 0.12 + 0.11 / size) * statistic),
    critical: Math.min(1, Math.sqrt(-Math.log(0.05 / 2) / 2) / size),
  };
}

/**
 * Chance that Kolmogorov's limit variable exceeds x: 2 sum (-1)^(k-1) exp(-2 k^2 x^2) (Kolmogorov 1933). Below 1 its
 * theta-function twin is summed instead, where the first series hardly converges.
 */
export function kolmogorovChance(x: number): number {
  if (!(x > 0)) return 1;
  if (x < 1) {
    let below = 0;
    for (let k = 1; k <= 7; k += 2) below += Math.exp(-((k * Math.PI) ** 2) / (8 * x * x));
    return Math.min(1, Math.max(0, 1 - (Math.sqrt(2 * Math.PI) / x) * below));
  }
  let sum = 0;
  for (let k = 1; k <= 6; k++) sum += (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * x * x);
  return Math.min(1, Math.max(0, 2 * sum));
}

/**
 * Every order in which n and m values of one population can fall is equally likely: the share of the paths from (0, 0) to
 * (n, m) that come as far from the diagonal as `largest` (in units of 1 / nm) somewhere.
 */
function exactChance(n: number, m: number, largest: number): number {
  if (largest === 0) return 1;
  const inside = new Float64Array(m + 1);
  const all = new Float64Array(m + 1);
  for (let i = 0; i <= n; i++)
    for (let j = 0; j <= m; j++) {
      const start = i === 0 && j === 0;
      all[j] = start ? 1 : (i > 0 ? all[j] : 0) + (j > 0 ? all[j - 1] : 0);
      const near = Math.abs(i * m - j * n) < largest;
      inside[j] = near ? (start ? 1 : (i > 0 ? inside[j] : 0) + (j > 0 ? inside[j - 1] : 0)) : 0;
    }
  return Math.min(1, Math.max(0, 1 - inside[m] / all[m]));
}
