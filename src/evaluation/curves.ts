import { lowerBound } from "../base/statistics.ts";
import { requireBothClasses, requireScores } from "./classes.ts";

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
  for (let i = 0; i < array.length; i++) rank[i] = lowerBound(values, array[i]);
  return { values, rank };
}

/** What is chosen at each possible threshold. Every curve, area and threshold here is read off this table. */
export interface Cutoffs {
  /** Thresholds, ascending: each different score once. */
  readonly thresholds: Float64Array;
  /** Positives with a score at or above the threshold; falls along the array. */
  readonly tp: Float64Array;
  /** Negatives with a score at or above the threshold; falls along the array. */
  readonly fp: Float64Array;
  readonly positives: number;
  readonly negatives: number;
}

/**
 * Counts what is chosen at each different score taken as a threshold, in O(n log n).
 * Throws `RangeError` on lengths that differ, no rows, NaN scores or labels other than 0 and 1; `OneClassError`.
 */
export function cutoffs(labels: Uint8Array, scores: Float64Array): Cutoffs {
  requireScores(labels, scores);
  const { positives, negatives } = requireBothClasses(labels);
  const { values, rank } = distinctValues(scores);
  const tp = new Float64Array(values.length);
  const fp = new Float64Array(values.length);
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === 1) tp[rank[i]]++;
    else fp[rank[i]]++;
  }
  accumulateFromTop(tp);
  accumulateFromTop(fp);
  return { thresholds: values, tp, fp, positives, negatives };
}

/** Turns counts at each score into counts at or above it, in place. */
export function accumulateFromTop(counts: Float64Array): void {
  for (let i = counts.length - 2; i >= 0; i--) counts[i] += counts[i + 1];
}

/**
 * Area under the ROC curve by trapezoids, which is the share of (positive, negative) pairs with the positive ahead, a
 * tie counting half. The sum is of integers and exact up to about 9e7 rows. Thresholds at which nothing changes do no harm.
 */
export function areaUnderRoc({ tp, fp, positives, negatives }: Omit<Cutoffs, "thresholds">): number {
  let twice = 0;
  let tpAbove = 0;
  let fpAbove = 0;
  for (let i = tp.length - 1; i >= 0; i--) {
    twice += (fp[i] - fpAbove) * (tp[i] + tpAbove);
    tpAbove = tp[i];
    fpAbove = fp[i];
  }
  return twice / 2 / (positives * negatives);
}

/**
 * Average precision: the precision at each threshold weighted by the recall gained there (a step sum, not trapezoids,
 * as scikit-learn's `average_precision_score`). Thresholds at which nothing changes do no harm.
 */
export function averagePrecisionOf({ tp, fp, positives }: Omit<Cutoffs, "thresholds">): number {
  let sum = 0;
  let tpAbove = 0;
  for (let i = tp.length - 1; i >= 0; i--) {
    if (tp[i] > tpAbove) sum += (tp[i] - tpAbove) * (tp[i] / (tp[i] + fp[i]));
    tpAbove = tp[i];
  }
  return sum / positives;
}

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
 * Points in the middle of a straight run are left out: the line passes them anyway.
 *
 * @throws OneClassError, and RangeError on lengths that differ, no rows, NaN scores, a label other than 0 and 1
 */
export function rocCurve(labels: Uint8Array, scores: Float64Array): RocCurve {
  const table = cutoffs(labels, scores);
  const { tp, fp, positives, negatives } = table;
  const last = table.thresholds.length - 1;
  const kept: number[] = [];
  for (let i = last; i >= 0; i--) {
    if (i === last || i === 0 || !isStraight(tp, i) || !isStraight(fp, i)) kept.push(i);
  }
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
