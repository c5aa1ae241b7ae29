import { readFileSync } from "node:fs";
import fc from "fast-check";

/** Rows to evaluate in a test. */
export interface Examples {
  labels: Uint8Array;
  scores: Float64Array;
}

/**
 * Random rows with both classes. Scores are multiples of 1/20 in 0..1, so ties are common and maps of them exact enough
 * to keep their order.
 */
export function examples(maxLength = 40): fc.Arbitrary<Examples> {
  const row = (label: number) =>
    fc.record({ label: fc.constant(label), score: fc.integer({ min: 0, max: 20 }).map((step) => step / 20) });
  return fc
    .tuple(row(0), row(1), fc.array(fc.oneof(row(0), row(1)), { maxLength: maxLength - 2 }))
    .chain(([negative, positive, others]) =>
      fc.shuffledSubarray([negative, positive, ...others], {
        minLength: others.length + 2,
        maxLength: others.length + 2,
      }),
    )
    .map((rows) => ({
      labels: Uint8Array.from(rows, ({ label }) => label),
      scores: Float64Array.from(rows, ({ score }) => score),
    }));
}

/** 400 rows with ties and what scikit-learn 1.2.1 says of them (`precision_recall_curve` and the metrics). */
export function scikitLearn() {
  const file = new URL("../../fixtures/metrics.json", import.meta.url);
  const reference = JSON.parse(readFileSync(file, "utf8")) as {
    y: number[];
    score: number[];
    precision: number[];
    recall: number[];
    thresholds: number[];
    roc_auc: number;
    average_precision: number;
    brier: number;
    "log_loss_clipped_1e-15": number;
    "at_0.5": Record<"precision" | "recall" | "f1" | "accuracy" | "mcc", number>;
  };
  return {
    reference,
    labels: Uint8Array.from(reference.y),
    scores: Float64Array.from(reference.score),
  };
}

/** Largest absolute difference of two lists of the same length. */
export function largestDifference(one: ArrayLike<number>, other: ArrayLike<number>): number {
  if (one.length !== other.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < one.length; i++) largest = Math.max(largest, Math.abs(one[i] - other[i]));
  return largest;
}
