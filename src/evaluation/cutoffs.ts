import { requireBothClasses, requireScores } from "./classes.ts";
import { distinctValues } from "./distinct.ts";

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
