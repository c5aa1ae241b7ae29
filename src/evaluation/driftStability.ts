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
    const weight = lowerBound(sorted, nextAbove(edge)) - lowerBound(sorted, edge);
    const below = -nextAbove(-edge);
    if (weight > Math.max(1, n / parts) && below > (last ?? Number.NEGATIVE_INFINITY)) edges.push(below);
    edges.push(edge);
  }
  return edges;
}

function countBins(sorted: Float64Array, edges: readonly number[]): number[] {
  const ends = edges.map((edge) => lowerBound(sorted, nextAbove(edge)));
  return [...ends, sorted.length].map((end, i) => end - (i === 0 ? 0 : ends[i - 1]));
}

/** Elements below a value. */
function lowerBound(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

const word = new Float64Array(1);
const bits = new BigInt64Array(word.buffer);

/** The next double above a finite one. */
export function nextAbove(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  if (!Number.isFinite(value)) return value;
  word[0] = value;
  bits[0] += value > 0 ? 1n : -1n;
  return word[0];
}

/** 99th percentile of chi squared by Wilson and Hilferty's cube (1931), good to 1 % from two degrees of freedom on. */
function chiSquared99(freedom: number): number {
  if (freedom <= 0) return 0;
  const spread = 2 / (9 * freedom);
  return freedom * (1 - spread + 2.3263 * Math.sqrt(spread)) ** 3;
}
