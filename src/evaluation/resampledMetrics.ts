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
