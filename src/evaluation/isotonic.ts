import { distinctValues } from "./distinct.ts";

/** A rising piecewise linear function; plain arrays, so that JSON keeps it. */
export interface Isotonic {
  /** Ascending, each once. */
  readonly x: number[];
  /** As many, never falling. */
  readonly y: number[];
}

/**
 * Isotonic regression: the function that never falls and is closest to the points in (weighted) squares, by pooling adjacent
 * violators, as scikit-learn's `IsotonicRegression(out_of_bounds="clip")`. Points with the same x are averaged first. Of
 * each run of equal values only the ends are kept, which is all that interpolation needs. O(n log n).
 *
 * @param x any scale, for calibration the scores
 * @param y as many values, for calibration the labels
 * @param weights as many, above 0; all 1 unless given
 * @throws RangeError on lengths that differ, no points, a number that is not finite, a weight not above 0
 */
export function fitIsotonic(x: Float64Array, y: ArrayLike<number>, weights?: ArrayLike<number>): Isotonic {
  if (x.length === 0) throw new RangeError("no points to fit");
  if (x.length !== y.length || (weights !== undefined && x.length !== weights.length))
    throw new RangeError(`${x.length} x, ${y.length} y and ${weights?.length ?? x.length} weights`);
  for (let i = 0; i < x.length; i++)
    if (!Number.isFinite(x[i]) || !Number.isFinite(y[i]))
      throw new RangeError(`the point ${x[i]}, ${y[i]} at position ${i} is not finite`);

  const { values, rank } = distinctValues(x);
  const sum = new Float64Array(values.length);
  const weight = new Float64Array(values.length);
  for (let i = 0; i < x.length; i++) {
    const w = weights === undefined ? 1 : weights[i];
    if (!(w > 0 && Number.isFinite(w)))
      throw new RangeError(`the weight ${w} at position ${i} is not above 0`);
    sum[rank[i]] += w * y[i];
    weight[rank[i]] += w;
  }

  // Blocks on a stack: a new point joins the block below as long as that is not lower than itself.
  const blockEnd = new Int32Array(values.length);
  let blocks = 0;
  for (let i = 0; i < values.length; i++) {
    sum[blocks] = sum[i];
    weight[blocks] = weight[i];
    blockEnd[blocks] = i;
    while (blocks > 0 && sum[blocks - 1] / weight[blocks - 1] >= sum[blocks] / weight[blocks]) {
      sum[blocks - 1] += sum[blocks];
      weight[blocks - 1] += weight[blocks];
      blockEnd[blocks - 1] = i;
      blocks--;
    }
    blocks++;
  }

  const knotsX: number[] = [];
  const knotsY: number[] = [];
  let start = 0;
  for (let block = 0; block < blocks; block++) {
    const end = blockEnd[block];
    const level = sum[block] / weight[block];
    knotsX.push(values[start]);
    knotsY.push(level);
    if (end > start) {
      knotsX.push(values[end]);
      knotsY.push(level);
    }
    start = end + 1;
  }
  return { x: knotsX, y: knotsY };
}

/**
 * The fitted function at given points: linear between the knots, the end values outside them. Throws `RangeError` on NaN.
 */
export function predictIsotonic(isotonic: Isotonic, x: Float64Array): Float64Array {
  const { x: knotsX, y: knotsY } = isotonic;
  const last = knotsX.length - 1;
  return x.map((value) => {
    if (Number.isNaN(value)) throw new RangeError("a point to predict is not a number");
    if (value <= knotsX[0]) return knotsY[0];
    if (value >= knotsX[last]) return knotsY[last];
    let low = 0;
    let high = last;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (knotsX[middle] <= value) low = middle;
      else high = middle;
    }
    const along = (value - knotsX[low]) / (knotsX[high] - knotsX[low]);
    return knotsY[low] + along * (knotsY[high] - knotsY[low]);
  });
}
