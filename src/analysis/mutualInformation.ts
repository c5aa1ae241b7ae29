import { Random } from "../base/random.ts";
import { spread } from "../base/statistics.ts";

/** Options of the nearest-neighbour estimator. */
export interface NumericInformationOptions {
  /** Seed of the noise that parts equal values. */
  readonly seed?: number;
  /** Noise draws the score is averaged over; by default 2,000,000 / rows, from 1 to 20: it matters less the more rows there are. */
  readonly draws?: number;
}

/** What shuffled labels give, in the same units. */
export interface ShuffleOptions {
  /** Shuffles to average over, 20 unless given. */
  readonly shuffles?: number;
  readonly seed?: number;
}

/** Noise is this part of the mean size of the scaled values: scikit-learn's figure, as Kraskov et al. (2004) advise. */
const NOISE = 1e-10;

/** Neighbours of the same class that set a point's radius, as in Ross (2014) and scikit-learn. */
const NEIGHBORS = 3;

/** -psi(1), Euler's constant. */
const EULER = 0.5772156649015329;

/**
 * Mutual information of a number and a class in nats, by nearest neighbours (Ross 2014, "Mutual Information between
 * Discrete and Continuous Data Sets", eq. 8), the estimator of scikit-learn's `mutual_info_classif`:
 * psi(n) + mean psi(k) - mean psi(n of the class) - mean psi(m), where m counts the points, itself among them, that lie
 * nearer than the k-th neighbour of the same class, with k = 3. Values are divided by their deviation and get a tiny
 * noise. A class with one member is left out.
 *
 * In one dimension neighbours are neighbours in sorted order, so it takes O(n log n). Where values or distances
 * are equal (counts, rounded numbers) the noise decides who is near, so the score is the mean over several draws of it.
 *
 * @param x one value a row; rows without a finite one are left out
 * @param labels one class a row, 0 or 1
 * @returns nats, at least 0; 0 for a constant column
 */
export function mutualInformationNumeric(
  x: Float64Array,
  labels: Uint8Array,
  options: NumericInformationOptions = {},
): number {
  const scaled = scaledByClass(x, labels);
  const rows = scaled[0].length + scaled[1].length;
  if (rows === 0) return 0;
  const draws = options.draws ?? Math.min(20, Math.max(1, Math.round(2e6 / rows)));
  const random = new Random(options.seed ?? 0);
  let sum = 0;
  for (let draw = 0; draw < draws; draw++) {
    sum += estimate(sortWithNoise(scaled, random.fork(draw)));
  }
  return sum / draws;
}

/**
 * The mean of {@link mutualInformationNumeric} over shuffled labels: what chance gives on these values. One draw of
 * noise serves all shuffles, since the order of the values does not depend on the labels.
 */
export function shuffledInformationNumeric(
  x: Float64Array,
  labels: Uint8Array,
  options: ShuffleOptions = {},
): number {
  const random = new Random(options.seed ?? 0);
  const sorted = sortWithNoise(scaledByClass(x, labels), random);
  if (sorted.values.length === 0) return 0;
  const shuffles = options.shuffles ?? 20;
  let sum = 0;
  for (let shuffle = 0; shuffle < shuffles; shuffle++) {
    random.shuffle(sorted.classes);
    sum += estimate(sorted);
  }
  return shuffles > 0 ? sum / shuffles : 0;
}

/**
 * Mutual information of two categories in nats from their counts (the plug-in estimate, scikit-learn's
 * `mutual_info_score`). It grows with the number of categories even where there is nothing to learn: compare it with
 * {@link shuffledInformationCategories}.
 *
 * @param codes one category a row, small integers from 0
 * @param labels one class a row, 0 or 1
 */
export function mutualInformationCategories(codes: Int32Array, labels: Uint8Array): number {
  const n = codes.length;
  if (n === 0) return 0;
  const categories = codes.reduce((most, code) => Math.max(most, code), 0) + 1;
  const cells = new Int32Array(2 * categories);
  const ofClass = [0, 0];
  for (let i = 0; i < n; i++) {
    cells[2 * codes[i] + labels[i]]++;
    ofClass[labels[i]]++;
  }
  let sum = 0;
  for (const [cell, count] of cells.entries()) {
    const ofCategory = count + cells[cell ^ 1];
    if (count > 0) sum += (count / n) * Math.log((n * count) / (ofCategory * ofClass[cell & 1]));
  }
  return Math.max(0, sum);
}

/** The mean of {@link mutualInformationCategories} over shuffled labels: what chance gives with these categories. */
export function shuffledInformationCategories(
  codes: Int32Array,
  labels: Uint8Array,
  options: ShuffleOptions = {},
): number {
  const random = new Random(options.seed ?? 0);
  const shuffled = labels.slice();
  const shuffles = options.shuffles ?? 20;
  let sum = 0;
  for (let shuffle = 0; shuffle < shuffles; shuffle++)
    sum += mutualInformationCategories(codes, random.shuffle(shuffled));
  return shuffles > 0 ? sum / shuffles : 0;
}

/** The values of the rows of class 0 and of those of class 1. */
type ByClass = readonly [Float64Array, Float64Array];

/**
 * Known values of each class, divided by the deviation of all. Both are empty where all values are equal: there is
 * nothing to know, and no deviation to divide by. A class with one member is empty.
 */
function scaledByClass(x: Float64Array, labels: Uint8Array): ByClass {
  const known = x.filter((value) => Number.isFinite(value));
  const n = known.length;
  const deviation = n === 0 ? 0 : spread(known).standard_deviation * Math.sqrt((n - 1) / n);
  const scaled = (label: number) => {
    const values = x.filter((value, i) => labels[i] === label && Number.isFinite(value));
    return values.length > 1 && deviation > 0
      ? values.map((value) => value / deviation).sort()
      : new Float64Array(0);
  };
  return [scaled(0), scaled(1)];
}

/** All values in ascending order, each with its class. */
interface Sorted {
  readonly values: Float64Array;
  readonly classes: Uint8Array;
}

/** Adds noise and sorts all values together. Each class is sorted alone and both are merged: TypedArray.sort carries no companions. */
function sortWithNoise(scaled: ByClass, random: Random): Sorted {
  const n = scaled[0].length + scaled[1].length;
  let size = 0;
  for (const values of scaled) for (const value of values) size += Math.abs(value);
  const noise = NOISE * Math.max(1, size / n);
  const [zeros, ones] = scaled.map((of) => of.map((value) => value + noise * random.normal()).sort());
  const values = new Float64Array(n);
  const classes = new Uint8Array(n);
  for (let i = 0, zero = 0, one = 0; i < n; i++) {
    classes[i] = zero >= zeros.length || (one < ones.length && ones[one] < zeros[zero]) ? 1 : 0;
    values[i] = classes[i] === 1 ? ones[one++] : zeros[zero++];
  }
  return { values, classes };
}

/** The estimate for sorted values, at least 0. */
function estimate({ values: sorted, classes }: Sorted): number {
  const n = sorted.length;
  const psi = digammas(n);
  const members = new Int32Array(n);
  let sum = 0;
  for (const label of [0, 1]) {
    let size = 0;
    for (let i = 0; i < n; i++) if (classes[i] === label) members[size++] = i;
    if (size < 2) continue;
    const k = Math.min(NEIGHBORS, size - 1);
    sum += size * (psi[k] - psi[size]);
    for (let p = 0; p < size; p++) {
      const position = members[p];
      const at = sorted[position];
      // The k nearest of a class stand side by side: of the k + 1 windows around p, the one that reaches least far.
      let radius = Number.POSITIVE_INFINITY;
      for (let below = Math.max(0, k - (size - 1 - p)); below <= Math.min(k, p); below++) {
        const down = at - sorted[members[p - below]];
        const up = sorted[members[p + k - below]] - at;
        radius = Math.min(radius, Math.max(down, up));
      }
      sum -= psi[reach(sorted, position, radius, 1) + reach(sorted, position, radius, -1) + 1];
    }
  }
  return Math.max(0, psi[n] + sum / n);
}

/**
 * How many points in one direction lie nearer than `radius`. scikit-learn counts distances up to the next number below
 * the radius, which is the same as below the radius (and equal points for radius 0). Steps double, then halve, so that a
 * point amid thousands of the other class costs a logarithm.
 */
function reach(sorted: Float64Array, position: number, radius: number, direction: 1 | -1): number {
  const limit = direction === 1 ? sorted.length - 1 - position : position;
  const at = sorted[position];
  let inside = 0;
  let outside = 1;
  while (outside <= limit && isNear(Math.abs(sorted[position + direction * outside] - at), radius)) {
    inside = outside;
    outside *= 2;
  }
  if (outside > limit + 1) outside = limit + 1;
  while (outside - inside > 1) {
    const middle = (inside + outside) >>> 1;
    if (isNear(Math.abs(sorted[position + direction * middle] - at), radius)) inside = middle;
    else outside = middle;
  }
  return inside;
}

function isNear(distance: number, radius: number): boolean {
  return distance < radius || distance === 0;
}

let digammaTable = new Float64Array(0);

/** psi(m) for whole m up to n: psi(1) = -Euler's constant, psi(m + 1) = psi(m) + 1 / m. Kept between calls. */
function digammas(n: number): Float64Array {
  if (digammaTable.length <= n) {
    const table = new Float64Array(Math.max(n + 1, 1024));
    table[1] = -EULER;
    for (let m = 1; m + 1 < table.length; m++) table[m + 1] = table[m] + 1 / m;
    digammaTable = table;
  }
  return digammaTable;
}
