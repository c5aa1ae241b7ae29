import { z } from "zod";
import { cutoffs } from "./curves.ts";

/** What each threshold does: columns, one entry a threshold. */
export const thresholdTableSchema = z.strictObject({
  /** Ascending. */
  threshold: z.array(z.number()),
  /** Null where nothing is picked. */
  precision: z.array(z.number().nullable()),
  recall: z.array(z.number()),
  /** 0 where nothing right is picked. */
  f1: z.array(z.number()),
  /** Share of the rows picked. */
  queue_rate: z.array(z.number()),
});

/** See {@link thresholdTableSchema}. */
export type ThresholdTable = z.infer<typeof thresholdTableSchema>;

/** 0, 0.01, up to 1. */
export const PERCENT_THRESHOLDS: readonly number[] = Array.from({ length: 101 }, (_, i) => i / 100);

/**
 * Precision, recall, F1 and the share of rows picked against the threshold. A row is picked where its score is at or above
 * it.
 *
 * @param labels 0 or 1, both present
 * @param scores as many probabilities, or on the scale of the thresholds
 * @param thresholds ascending; hundredths unless told
 * @throws OneClassError, and RangeError on lengths that differ, no rows, NaN scores, a label other than 0 and 1
 */
export function thresholdTable(
  labels: Uint8Array,
  scores: Float64Array,
  thresholds: readonly number[] = PERCENT_THRESHOLDS,
): ThresholdTable {
  const table = cutoffs(labels, scores);
  let at = 0;
  const counts = thresholds.map((threshold) => {
    while (at < table.thresholds.length && table.thresholds[at] < threshold) at++;
    return at < table.thresholds.length ? { tp: table.tp[at], fp: table.fp[at] } : { tp: 0, fp: 0 };
  });
  return {
    threshold: [...thresholds],
    precision: counts.map(({ tp, fp }) => (tp + fp === 0 ? null : tp / (tp + fp))),
    recall: counts.map(({ tp }) => tp / table.positives),
    f1: counts.map(({ tp, fp }) => (2 * tp) / (tp + fp + table.positives)),
    queue_rate: counts.map(({ tp, fp }) => (tp + fp) / labels.length),
  };
}
