import type { Labels } from "../targets/target.ts";

/**
 * The labels of given rows, by row number: -1 for a row that has none.
 *
 * @param rows row numbers in ascending order
 */
export function labelsAt(rows: Float64Array, target: Labels): Int8Array {
  const labels = new Int8Array(rows.length).fill(-1);
  let at = 0;
  for (let i = 0; i < rows.length; i++) {
    while (at < target.rows.length && target.rows[at] < rows[i]) at++;
    if (at < target.rows.length && target.rows[at] === rows[i]) labels[i] = target.labels[at];
  }
  return labels;
}
