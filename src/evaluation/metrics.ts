import type { CrossValidated, Statistic } from "./bootstrap.ts";
import {
  countClasses,
  OneClassError,
  requireBothClasses,
  requireProbabilities,
  requireScores,
} from "./classes.ts";
import { accumulateFromTop, areaUnderRoc, averagePrecisionOf, cutoffs, distinctValues } from "./curves.ts";

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

/** Measures of the probabilities themselves, with no threshold. */
export interface RankingMetrics {
  /** Area under the ROC curve: the chance that a positive is ahead of a negative. 0.5 is guessing. */
  readonly roc_auc: number;
  /** Average precision over the recalls. The share of positives is guessing. */
  readonly average_precision: number;
  /** Mean squared error of the probability, 0 to 1. */
  readonly brier: number;
  /** Mean of -ln(probability given to what happened), probabilities clipped to 1e-15..1 - 1e-15. */
  readonly log_loss: number;
}

/**
 * Measures how well probabilities rank and how far they are off, as scikit-learn's `roc_auc_score`,
 * `average_precision_score`, `brier_score_loss` and `log_loss`.
 *
 * @param labels 0 or 1, both present
 * @param scores as many probabilities, 0 to 1
 * @throws OneClassError where only one class is present
 * @throws RangeError on lengths that differ, no rows, a score that is NaN or not in 0..1, a label other than 0 and 1
 */
export function rankingMetrics(labels: Uint8Array, scores: Float64Array): RankingMetrics {
  requireScores(labels, scores);
  requireProbabilities(scores);
  const table = cutoffs(labels, scores);
  let squares = 0;
  let losses = 0;
  for (let i = 0; i < labels.length; i++) {
    squares += squaredError(labels[i], scores[i]);
    losses += logLoss(labels[i], scores[i]);
  }
  return {
    roc_auc: areaUnderRoc(table),
    average_precision: averagePrecisionOf(table),
    brier: squares / labels.length,
    log_loss: losses / labels.length,
  };
}

/**
 * Area under the ROC curve of scores on any scale (logits, counts).
 * Throws as `rankingMetrics`, the scale apart.
 */
export function rocAuc(labels: Uint8Array, scores: Float64Array): number {
  return areaUnderRoc(cutoffs(labels, scores));
}

/** One row's part of the Brier score. */
export function squaredError(label: number, probability: number): number {
  return (probability - label) ** 2;
}

/** One row's part of the log loss, from 1e-15 to 34.5 (the clip). */
export function logLoss(label: number, probability: number): number {
  const clipped = Math.min(Math.max(probability, 1e-15), 1 - 1e-15);
  return -Math.log(label === 1 ? clipped : 1 - clipped);
}

/** The numbers `resampledMetrics` gives. */
export type MetricName =
  | "precision"
  | "recall"
  | "f1"
  | "accuracy"
  | "mcc"
  | "roc_auc"
  | "average_precision"
  | "brier"
  | "log_loss";

/** The smallest and the largest that each can be. */
export const METRIC_RANGES: Readonly<Record<MetricName, readonly [number, number]>> = {
  precision: [0, 1],
  recall: [0, 1],
  f1: [0, 1],
  accuracy: [0, 1],
  mcc: [-1, 1],
  roc_auc: [0, 1],
  average_precision: [0, 1],
  brier: [0, 1],
  log_loss: [0, Number.POSITIVE_INFINITY],
};

/** Out-of-fold probabilities of each repeat of a cross-validation, one a row, and how many folds a repeat had. */
export interface RepeatedScores {
  readonly folds: number;
  readonly probabilities: readonly Float64Array[];
}

/** The numbers of each repeat by itself, for intervals of their mean probability. */
export function metricsOfRepeats(
  labels: Uint8Array,
  threshold: number,
  { folds, probabilities }: RepeatedScores,
): CrossValidated<MetricName> {
  return {
    folds,
    repeats: probabilities.map((scores) => ({
      ...decisionMetrics(labels, scores, threshold),
      ...rankingMetrics(labels, scores),
    })),
  };
}

/**
 * All decision and ranking metrics as a statistic for the bootstrap: the same numbers as `decisionMetrics` and
 * `rankingMetrics` on the chosen rows. The scores are sorted once, so each resample costs O(n), not O(n log n).
 *
 * @param labels 0 or 1, both present
 * @param scores as many probabilities, 0 to 1
 * @param threshold a row is chosen where its score is at or above it
 * @returns a statistic that throws `OneClassError` on a resample with one class only
 * @throws OneClassError, and RangeError as `rankingMetrics`
 */
export function resampledMetrics(
  labels: Uint8Array,
  scores: Float64Array,
  threshold: number,
): Statistic<MetricName> {
  requireScores(labels, scores);
  requireProbabilities(scores);
  requireBothClasses(labels);
  if (Number.isNaN(threshold)) throw new RangeError("the threshold is not a number");
  const { values, rank } = distinctValues(scores);
  // A row counts in one of two cells of its score; everything is read off the cells, so that a draw touches little memory.
  const cell = rank.map((place, i) => 2 * place + labels[i]);
  const count = new Int32Array(2 * values.length);
  const square = Float64Array.from(count, (_, at) => squaredError(at & 1, values[at >> 1]));
  const loss = Float64Array.from(count, (_, at) => logLoss(at & 1, values[at >> 1]));
  let firstChosen = 0;
  while (firstChosen < values.length && values[firstChosen] < threshold) firstChosen++;
  const tp = new Float64Array(values.length);
  const fp = new Float64Array(values.length);

  return (indices) => {
    count.fill(0);
    for (let k = 0; k < indices.length; k++) count[cell[indices[k]]]++;
    let squares = 0;
    let losses = 0;
    for (let place = 0; place < values.length; place++) {
      const at = 2 * place;
      fp[place] = count[at];
      tp[place] = count[at + 1];
      squares += count[at] * square[at] + count[at + 1] * square[at + 1];
      losses += count[at] * loss[at] + count[at + 1] * loss[at + 1];
    }
    accumulateFromTop(tp);
    accumulateFromTop(fp);
    const positives = tp[0];
    const negatives = fp[0];
    if (positives === 0 || negatives === 0) throw new OneClassError(positives, negatives);
    const chosenPositives = firstChosen < tp.length ? tp[firstChosen] : 0;
    const chosenNegatives = firstChosen < fp.length ? fp[firstChosen] : 0;
    const { precision, recall, f1, accuracy, mcc } = measure(
      {
        tp: chosenPositives,
        fp: chosenNegatives,
        fn: positives - chosenPositives,
        tn: negatives - chosenNegatives,
      },
      threshold,
    );
    const table = { tp, fp, positives, negatives };
    return {
      precision,
      recall,
      f1,
      accuracy,
      mcc,
      roc_auc: areaUnderRoc(table),
      average_precision: averagePrecisionOf(table),
      brier: squares / indices.length,
      log_loss: losses / indices.length,
    };
  };
}
