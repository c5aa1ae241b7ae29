/** The different values of an array and where each element falls among them. */
export interface Distinct {
  /** The different values, ascending. */
  readonly values: Float64Array;
  /** For each element, the position of its value in `values`. */
  readonly rank: Int32Array;
}

/**
 * Finds the different values of an array and each element's rank among them, in O(n log n). 0 and -0 are the same.
 *
 * Sorting plain numbers and searching each one afterwards is several times faster than sorting indices with a
 * comparator, which is why there is no sorted order here.
 *
 * @param array without NaN
 */
export function distinctValues(array: Float64Array): Distinct {
  const sorted = Float64Array.from(array).sort();
  let count = 0;
  for (let i = 0; i < sorted.length; i++)
    if (i === 0 || sorted[i] !== sorted[count - 1]) sorted[count++] = sorted[i];
  const values = sorted.slice(0, count);
  const rank = new Int32Array(array.length);
  for (let i = 0; i < array.length; i++) {
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (values[middle] < array[i]) low = middle + 1;
      else high = middle;
    }
    rank[i] = low;
  }
  return { values, rank };
}
