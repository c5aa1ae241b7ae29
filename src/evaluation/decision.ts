import { countClasses, requireScores } from "./classes.ts";

/** The four outcomes of yes/no decisions, in rows. */
export interface Confusion {
  /** Positives chosen. */
  readonly tp: number;
  /** Negatives chosen. */
  readonly fp: number;
  /** Positives left out. */
  readonly fn: number;
  /** Negatives left out. */
  readonly tn: number;
}

/** Measures of decisions at one threshold. */
export interface DecisionMetrics {
  /** A row is chosen where its score is at or above it. */
  readonly threshold: number;
  /** tp / (tp + fp), 0 where nothing was chosen. */
  readonly precision: number;
  /** tp / (tp + fn), 0 where there are no positives. */
  readonly recall: number;
  /** Harmonic mean of precision and recall, 0 where both are. */
  readonly f1: number;
  /** (tp + tn) / rows. */
  readonly accuracy: number;
  /** Matthews' correlation, -1 to 1, 0 where undefined (one class, or one decision for all). */
  readonly mcc: number;
  readonly confusion: Confusion;
}

/**
 * Measures decisions at a threshold. Undefined shares are 0, as with scikit-learn's `zero_division=0`; one class alone is
 * allowed.
 *
 * @param labels 0 or 1
 * @param scores as many; any scale
 * @throws RangeError on lengths that differ, no rows, a NaN score or threshold, a label other than 0 and 1
 */
export function decisionMetrics(
  labels: Uint8Array,
  scores: Float64Array,
  threshold: number,
): DecisionMetrics {
  requireScores(labels, scores);
  const { positives, negatives } = countClasses(labels);
  if (Number.isNaN(threshold)) throw new RangeError("the threshold is not a number");
  let tp = 0;
  let fp = 0;
  for (let i = 0; i < labels.length; i++) {
    if (scores[i] < threshold) continue;
    tp += labels[i];
    fp += 1 - labels[i];
  }
  return measure({ tp, fp, fn: positives - tp, tn: negatives - fp }, threshold);
}

/** The measures of a confusion matrix with at least one row. The threshold is only passed on. */
export function measure(confusion: Confusion, threshold: number): DecisionMetrics {
  const { tp, fp, fn, tn } = confusion;
  return {
    threshold,
    precision: share(tp, tp + fp),
    recall: share(tp, tp + fn),
    f1: share(2 * tp, 2 * tp + fp + fn),
    accuracy: share(tp + tn, tp + fp + fn + tn),
    mcc: matthews(confusion),
    confusion,
  };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** Matthews (1975), doi:10.1016/0005-2795(75)90109-9. */
function matthews({ tp, fp, fn, tn }: Confusion): number {
  const scale = Math.sqrt((tp + fp) * (fn + tn)) * Math.sqrt((tp + fn) * (fp + tn));
  if (scale === 0) return 0;
  // Rounding of the roots can carry a perfect score past 1.
  return Math.max(-1, Math.min(1, (tp * tn - fp * fn) / scale));
}
