import { z } from "zod";
import { count } from "../base/schemas.ts";
import { cutoffs } from "./curves.ts";

/** What each threshold does: columns, one entry a threshold. */
export interface ThresholdTable {
  /** Ascending. */
  readonly threshold: readonly number[];
  /** Null where nothing is picked. */
  readonly precision: readonly (number | null)[];
  readonly recall: readonly number[];
  /** 0 where nothing right is picked. */
  readonly f1: readonly number[];
  /** Share of the rows picked. */
  readonly queue_rate: readonly number[];
}

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

/** A number over repeats, one entry a threshold: mean, lowest and highest. Null where no repeat has it. */
const band = z.strictObject({
  mean: z.array(z.number().nullable()),
  low: z.array(z.number().nullable()),
  high: z.array(z.number().nullable()),
});

/** What each threshold does over repeats. Repeats that pick nothing at a threshold have no precision there. */
export const bandsSchema = z.strictObject({
  threshold: z.array(z.number()),
  precision: band,
  recall: band,
  f1: band,
  queue_rate: band,
  repeats: count,
});

/** What each threshold does over repeats. */
export type ThresholdBands = z.infer<typeof bandsSchema>;

/**
 * The threshold table of each repeat (of cross-validation, each with all rows out of fold) put together: mean, and the range
 * from the lowest to the highest. A few repeats have no percentiles worth the name.
 *
 * @param repeats at least one; labels and scores as `thresholdTable`
 * @throws as `thresholdTable`; RangeError where there are no repeats
 */
export function thresholdBands(
  repeats: readonly { readonly labels: Uint8Array; readonly scores: Float64Array }[],
  thresholds: readonly number[] = PERCENT_THRESHOLDS,
): ThresholdBands {
  if (repeats.length === 0) throw new RangeError("no repeats to put together");
  const tables = repeats.map(({ labels, scores }) => thresholdTable(labels, scores, thresholds));
  const over = (name: "precision" | "recall" | "f1" | "queue_rate"): z.infer<typeof band> => {
    const known = thresholds.map((_, at) =>
      tables.map((table) => table[name][at]).filter((value) => value !== null),
    );
    const each = (of: (values: number[]) => number) =>
      known.map((values) => (values.length === 0 ? null : of(values)));
    return {
      mean: each((values) => values.reduce((sum, value) => sum + value, 0) / values.length),
      low: each((values) => Math.min(...values)),
      high: each((values) => Math.max(...values)),
    };
  };
  return {
    threshold: [...thresholds],
    precision: over("precision"),
    recall: over("recall"),
    f1: over("f1"),
    queue_rate: over("queue_rate"),
    repeats: repeats.length,
  };
}
