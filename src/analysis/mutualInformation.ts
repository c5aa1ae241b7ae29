import { Random } from "../base/random.ts";

/** Options of the nearest-neighbour estimator. */
export interface NumericInformationOptions {
  /** Neighbours of the same class that set a point's radius; 3, as in Ross (2014) and scikit-learn. */
  readonly neighbors?: number;
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

/** -psi(1), Euler's constant. */
const EULER = 0.5772156649015329;

/**
 * Mutual information of a number and a class in nats, by nearest neighbours (Ross 2014, "Mutual Information between
 * Discrete and Continuous Data Sets", eq. 8), the estimator of scikit-learn's `mutual_info_classif`:
 * psi(n) + mean psi(k) - mean psi(n of the class) - mean psi(m), where m counts the points, itself among them, that lie
 * nearer than the k-th neighbour of the same class. Values are divided by their deviation and get a tiny noise. Classes
 * with one member are left out.
 *
 * In one dimension neighbours are neighbours in sorted order, so it takes O(n log n). Where values or distances
 * are equal (counts, rounded numbers) the noise decides who is near, so the score is the mean over several draws of it.
 *
 * @param x one value a row; rows with NaN are left out
 * @param labels one class a row, 0..255
 * @returns nats, at least 0; 0 for a constant column
 */
export function mutualInformationNumeric(
  x: Float64Array,
  labels: Uint8Array,
  options: NumericInformationOptions = {},
): number {
  const { values, classes } = scaledByClass(x, labels);
  if (values.length === 0) return 0;
  const neighbors = options.neighbors ?? 3;
  const draws = options.draws ?? Math.min(20, Math.max(1, Math.round(2e6 / values.length)));
  const random = new Random(options.seed ?? 0);
  let sum = 0;
  for (let draw = 0; draw < draws; draw++) {
    const sorted = sortWithNoise(values, classes, random.fork(draw));
    sum += Math.max(0, estimate(sorted.values, sorted.classes, neighbors));
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
  options: ShuffleOptions & Pick<NumericInformationOptions, "neighbors"> = {},
): number {
  const { values, classes } = scaledByClass(x, labels);
  if (values.length === 0) return 0;
  const random = new Random(options.seed ?? 0);
  const sorted = sortWithNoise(values, classes, random);
  const shuffles = options.shuffles ?? 20;
  let sum = 0;
  for (let shuffle = 0; shuffle < shuffles; shuffle++) {
    random.shuffle(sorted.classes);
    sum += Math.max(0, estimate(sorted.values, sorted.classes, options.neighbors ?? 3));
  }
  return shuffles > 0 ? sum / shuffles : 0;
}

/**
 * Mutual information of two categories in nats from their counts (the plug-in estimate, scikit-learn's
 * `mutual_info_score`). It grows with the number of categories even where there is nothing to learn: compare it with
 * {@link shuffledInformationCategories}.
 *
 * @param codes one category a row, small integers from 0
 * @param labels one class a row, 0..255
 */
export function mutualInformationCategories(codes: Int32Array, labels: Uint8Array): number {
  const n = codes.length;
  if (n === 0) return 0;
  const categories = largest(codes) + 1;
  const classes = largest(labels) + 1;
  const cells = new Int32Array(categories * classes);
  for (let i = 0; i < n; i++) cells[codes[i] * classes + labels[i]]++;
  const ofCategory = new Float64Array(categories);
  const ofClass = new Float64Array(classes);
  for (let c = 0; c < categories; c++)
    for (let k = 0; k < classes; k++) {
      ofCategory[c] += cells[c * classes + k];
      ofClass[k] += cells[c * classes + k];
    }
  let sum = 0;
  for (let c = 0; c < categories; c++)
    for (let k = 0; k < classes; k++) {
      const count = cells[c * classes + k];
      if (count > 0) sum += (count / n) * Math.log((n * count) / (ofCategory[c] * ofClass[k]));
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

interface Classified {
  readonly values: Float64Array;
  readonly classes: Uint8Array;
}

/**
 * Known values of classes with two members or more, divided by the deviation, class after class, each class sorted.
 * Empty when all values are equal: there is nothing to know, and no deviation to divide by.
 */
function scaledByClass(x: Float64Array, labels: Uint8Array): Classified {
  const sizes = new Int32Array(256);
  let mean = 0;
  let squares = 0;
  let n = 0;
  for (let i = 0; i < x.length; i++) {
    if (Number.isNaN(x[i])) continue;
    sizes[labels[i]]++;
    n++;
    const step = x[i] - mean;
    mean += step / n;
    squares += step * (x[i] - mean);
  }
  const deviation = Math.sqrt(squares / n);
  if (n === 0 || !(deviation > 0)) return { values: new Float64Array(0), classes: new Uint8Array(0) };
  const starts = new Int32Array(257);
  for (let c = 0; c < 256; c++) starts[c + 1] = starts[c] + (sizes[c] > 1 ? sizes[c] : 0);
  const values = new Float64Array(starts[256]);
  const classes = new Uint8Array(starts[256]);
  const next = starts.slice();
  for (let i = 0; i < x.length; i++) {
    const c = labels[i];
    if (Number.isNaN(x[i]) || sizes[c] < 2) continue;
    values[next[c]] = x[i] / deviation;
    classes[next[c]++] = c;
  }
  for (let c = 0; c < 256; c++) values.subarray(starts[c], starts[c + 1]).sort();
  return { values, classes };
}

function noiseOf(values: Float64Array): number {
  let size = 0;
  for (const value of values) size += Math.abs(value);
  return NOISE * Math.max(1, size / values.length);
}

/** Adds noise and sorts all values together, each with its class. Classes are sorted alone and merged: TypedArray.sort carries no companions. */
function sortWithNoise(values: Float64Array, classes: Uint8Array, random: Random): Classified {
  const n = values.length;
  const noise = noiseOf(values);
  let from = Float64Array.from(values);
  for (let i = 0; i < n; i++) from[i] += noise * random.normal();
  let fromClasses = classes.slice();
  const ends: number[] = [];
  for (let start = 0; start < n; ) {
    let end = start + 1;
    while (end < n && classes[end] === classes[start]) end++;
    from.subarray(start, end).sort();
    ends.push(end);
    start = end;
  }
  let to = new Float64Array(n);
  let toClasses = new Uint8Array(n);
  for (let run = 1; run < ends.length; run++) {
    const middle = ends[run - 1];
    const end = ends[run];
    let left = 0;
    let right = middle;
    for (let i = 0; i < end; i++) {
      const source = right >= end || (left < middle && from[left] <= from[right]) ? left++ : right++;
      to[i] = from[source];
      toClasses[i] = fromClasses[source];
    }
    to.set(from.subarray(end), end);
    toClasses.set(fromClasses.subarray(end), end);
    [from, to] = [to, from];
    [fromClasses, toClasses] = [toClasses, fromClasses];
  }
  return { values: from, classes: fromClasses };
}

/** The estimate for sorted values. */
function estimate(sorted: Float64Array, classes: Uint8Array, neighbors: number): number {
  const n = sorted.length;
  const psi = digammas(n);
  const sizes = new Int32Array(256);
  for (let i = 0; i < n; i++) sizes[classes[i]]++;
  const starts = new Int32Array(257);
  for (let c = 0; c < 256; c++) starts[c + 1] = starts[c] + sizes[c];
  const members = new Int32Array(n);
  const next = starts.slice();
  for (let i = 0; i < n; i++) members[next[classes[i]]++] = i;
  let sum = 0;
  for (let c = 0; c < 256; c++) {
    const size = sizes[c];
    if (size < 2) continue;
    const k = Math.min(neighbors, size - 1);
    const first = starts[c];
    sum += size * (psi[k] - psi[size]);
    for (let p = 0; p < size; p++) {
      const position = members[first + p];
      const at = sorted[position];
      // The k nearest of a class stand side by side: of the k + 1 windows around p, the one that reaches least far.
      let radius = Number.POSITIVE_INFINITY;
      for (let below = Math.max(0, k - (size - 1 - p)); below <= Math.min(k, p); below++) {
        const down = at - sorted[members[first + p - below]];
        const up = sorted[members[first + p + k - below]] - at;
        radius = Math.min(radius, Math.max(down, up));
      }
      sum -= psi[reach(sorted, position, radius, 1) + reach(sorted, position, radius, -1) + 1];
    }
  }
  return psi[n] + sum / n;
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

function largest(values: Int32Array | Uint8Array): number {
  let result = 0;
  for (const value of values) if (value > result) result = value;
  return result;
}
