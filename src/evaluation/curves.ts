import { cutoffs } from "./cutoffs.ts";

/** Precision and recall against the threshold. */
export interface PrecisionRecallCurve {
  /** n + 1 shares; `precision[i]` is at `thresholds[i]`, the last is 1 and has no threshold. */
  readonly precision: Float64Array;
  /** n + 1 shares, falling from 1; the last is 0 and has no threshold. */
  readonly recall: Float64Array;
  /** The n different scores, ascending. */
  readonly thresholds: Float64Array;
}

/**
 * The precision-recall curve in the shape of scikit-learn 1.2's `precision_recall_curve`: thresholds ascending, one for
 * each different score, and a last point (recall 0, precision 1) that ends the curve on the axis.
 *
 * @throws OneClassError, and RangeError on lengths that differ, no rows, NaN scores, a label other than 0 and 1
 */
export function precisionRecallCurve(labels: Uint8Array, scores: Float64Array): PrecisionRecallCurve {
  const { thresholds, tp, fp, positives } = cutoffs(labels, scores);
  const n = thresholds.length;
  const precision = new Float64Array(n + 1);
  const recall = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) {
    precision[i] = tp[i] / (tp[i] + fp[i]);
    recall[i] = tp[i] / positives;
  }
  precision[n] = 1;
  return { precision, recall, thresholds };
}

/** True positive rate against false positive rate. All three arrays are equally long. */
export interface RocCurve {
  /** Share of the negatives chosen, rising from 0 to 1. */
  readonly fpr: Float64Array;
  /** Share of the positives chosen, rising from 0 to 1. */
  readonly tpr: Float64Array;
  /** Descending; the first is the highest score + 1, at which nothing is chosen. */
  readonly thresholds: Float64Array;
}

/**
 * The ROC curve in the shape of scikit-learn 1.2's `roc_curve`: thresholds descending from the highest score + 1 (later
 * versions write infinity, which JSON cannot hold).
 *
 * @param options.dropIntermediate leave out points in the middle of a straight run, which the line passes anyway;
 *   true unless said otherwise, as in scikit-learn
 * @throws OneClassError, and RangeError on lengths that differ, no rows, NaN scores, a label other than 0 and 1
 */
export function rocCurve(
  labels: Uint8Array,
  scores: Float64Array,
  options: { dropIntermediate?: boolean } = {},
): RocCurve {
  const table = cutoffs(labels, scores);
  const { tp, fp, positives, negatives } = table;
  const last = table.thresholds.length - 1;
  const kept: number[] = [];
  for (let i = last; i >= 0; i--)
    if (
      options.dropIntermediate === false ||
      i === last ||
      i === 0 ||
      !isStraight(tp, i) ||
      !isStraight(fp, i)
    )
      kept.push(i);
  const fpr = new Float64Array(kept.length + 1);
  const tpr = new Float64Array(kept.length + 1);
  const thresholds = new Float64Array(kept.length + 1);
  thresholds[0] = table.thresholds[last] + 1;
  kept.forEach((from, to) => {
    fpr[to + 1] = fp[from] / negatives;
    tpr[to + 1] = tp[from] / positives;
    thresholds[to + 1] = table.thresholds[from];
  });
  return { fpr, tpr, thresholds };
}

/** Whether a count grows by the same step before and after a point. */
function isStraight(counts: Float64Array, i: number): boolean {
  return counts[i - 1] - counts[i] === counts[i] - counts[i + 1];
}
