import type { Statistic } from "./bootstrap.ts";
import { OneClassError, requireBothClasses, requireProbabilities, requireScores } from "./classes.ts";
import { accumulateFromTop, areaUnderRoc, averagePrecisionOf } from "./cutoffs.ts";
import { measure } from "./decision.ts";
import { distinctValues } from "./distinct.ts";
import { logLoss, squaredError } from "./ranking.ts";

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
  const squares = new Float64Array(labels.length);
  const losses = new Float64Array(labels.length);
  for (let i = 0; i < labels.length; i++) {
    squares[i] = squaredError(labels[i], scores[i]);
    losses[i] = logLoss(labels[i], scores[i]);
  }
  let firstChosen = 0;
  while (firstChosen < values.length && values[firstChosen] < threshold) firstChosen++;
  const tp = new Float64Array(values.length);
  const fp = new Float64Array(values.length);

  return (indices) => {
    tp.fill(0);
    fp.fill(0);
    let square = 0;
    let loss = 0;
    for (let k = 0; k < indices.length; k++) {
      const i = indices[k];
      if (labels[i] === 1) tp[rank[i]]++;
      else fp[rank[i]]++;
      square += squares[i];
      loss += losses[i];
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
      brier: square / indices.length,
      log_loss: loss / indices.length,
    };
  };
}
