import { rocAuc } from "../evaluation/ranking.ts";

/**
 * Bins of a column, as even as values allow: a value that fills a bin has one of its own, and unknown values have one.
 *
 * @param most bins for known values
 * @returns a bin for each row, and how many bins there are
 */
export function binsOf(values: Float64Array, most: number): { bins: Int32Array; count: number } {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const n = sorted.length;
  const edges: number[] = [];
  for (let i = 0; i < n; ) {
    let end = i + 1;
    while (end < n && sorted[end] === sorted[i]) end++;
    const start = lastEdgeEnd(edges, sorted);
    // A bin closes before a heavy value, and where it is full.
    if (end - i >= n / most && start < i) edges.push(sorted[i - 1]);
    if (end - lastEdgeEnd(edges, sorted) >= n / most || end === n) edges.push(sorted[i]);
    i = end;
  }
  const bins = Int32Array.from(values, (value) => (Number.isNaN(value) ? edges.length : lower(edges, value)));
  return { bins, count: edges.length + 1 };
}

/** Rows up to the last edge: where the open bin starts. */
function lastEdgeEnd(edges: readonly number[], sorted: Float64Array): number {
  const edge = edges.at(-1);
  if (edge === undefined) return 0;
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] <= edge) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lower(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (edges[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Area under the ROC curve of the positive rate of a row's cell, as the other folds have it: how well cells tell the label,
 * whatever the shape of the relation, without the flattery of many cells. Rates are drawn towards the whole by two rows.
 */
export function cellsAuc(
  cells: Int32Array,
  count: number,
  labels: Uint8Array,
  folds: Uint8Array,
  foldCount: number,
): number {
  const rows = new Float64Array((foldCount + 1) * count);
  const positives = new Float64Array((foldCount + 1) * count);
  let whole = 0;
  for (let i = 0; i < cells.length; i++) {
    for (const fold of [folds[i], foldCount]) {
      rows[fold * count + cells[i]]++;
      positives[fold * count + cells[i]] += labels[i];
    }
    whole += labels[i];
  }
  const prior = whole / cells.length;
  const scores = new Float64Array(cells.length);
  for (let i = 0; i < cells.length; i++) {
    const own = folds[i] * count + cells[i];
    const all = foldCount * count + cells[i];
    scores[i] = (positives[all] - positives[own] + 2 * prior) / (rows[all] - rows[own] + 2);
  }
  return rocAuc(labels, scores);
}
