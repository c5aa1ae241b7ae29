import { requireProbabilities, requireScores } from "./classes.ts";
import { areaUnderRoc, averagePrecisionOf, cutoffs } from "./cutoffs.ts";

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

/** Average precision of scores on any scale. Throws as `rocAuc`. */
export function averagePrecision(labels: Uint8Array, scores: Float64Array): number {
  return averagePrecisionOf(cutoffs(labels, scores));
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
