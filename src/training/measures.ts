import { z } from "zod";
import { interval } from "../base/schemas.ts";
import { bootstrapIntervals } from "../evaluation/bootstrap.ts";
import {
  decisionMetrics,
  METRIC_RANGES,
  metricsOfRepeats,
  type RepeatedScores,
  rankingMetrics,
  resampledMetrics,
} from "../evaluation/metrics.ts";

const metric = z.number();

/** Every metric of some probabilities at a threshold, with 95 % bootstrap intervals. */
export const measuresSchema = z.strictObject({
  threshold: z.number(),
  precision: metric,
  recall: metric,
  f1: metric,
  accuracy: metric,
  mcc: metric,
  confusion: z.strictObject({ tp: metric, fp: metric, fn: metric, tn: metric }),
  roc_auc: metric,
  average_precision: metric,
  brier: metric,
  log_loss: metric,
  intervals: z.record(
    z.enum([
      "precision",
      "recall",
      "f1",
      "accuracy",
      "mcc",
      "roc_auc",
      "average_precision",
      "brier",
      "log_loss",
    ]),
    interval,
  ),
});

/** As the schema says. */
export type Measures = z.infer<typeof measuresSchema>;

/**
 * Measures probabilities of rows that the model has not seen.
 *
 * @param labels 0 or 1, both present
 * @param probabilities as many, 0 to 1
 * @param threshold a row is picked where its probability is at or above it
 * @param repeated where the probabilities are out of fold: those of each repeat, whose mean they are
 * @throws OneClassError where only one class is present
 */
export function measure(
  labels: Uint8Array,
  probabilities: Float64Array,
  threshold: number,
  seed: number,
  repeated?: RepeatedScores,
): Measures {
  const statistic = resampledMetrics(labels, probabilities, threshold);
  return {
    ...decisionMetrics(labels, probabilities, threshold),
    ...rankingMetrics(labels, probabilities),
    intervals: bootstrapIntervals(labels.length, statistic, {
      seed,
      ranges: METRIC_RANGES,
      crossValidated: repeated && metricsOfRepeats(labels, threshold, repeated),
    }),
  };
}
