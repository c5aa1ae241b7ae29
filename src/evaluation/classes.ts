import { InsightsError } from "../base/error.ts";

/**
 * Thrown where a number needs positives and negatives and the rows hold only one of them. The user can mend it (another
 * target, another split, more rows); a bootstrap skips the resample.
 */
export class OneClassError extends InsightsError {
  /** @param positives how many rows are positive @param negatives how many are not; one of the two is 0 */
  constructor(positives: number, negatives: number) {
    super(`only one class: ${positives} positive and ${negatives} negative rows`);
  }
}

/** How many rows each class has. */
export interface ClassCounts {
  readonly positives: number;
  readonly negatives: number;
}

/** Counts the classes. Throws `RangeError` where a label is neither 0 nor 1 (unknown labels must be left out before). */
export function countClasses(labels: Uint8Array): ClassCounts {
  let positives = 0;
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] > 1) throw new RangeError(`label ${labels[i]} at position ${i} is neither 0 nor 1`);
    positives += labels[i];
  }
  return { positives, negatives: labels.length - positives };
}

/** As `countClasses`, and throws `OneClassError` where a class has no row. */
export function requireBothClasses(labels: Uint8Array): ClassCounts {
  const counts = countClasses(labels);
  if (counts.positives === 0 || counts.negatives === 0)
    throw new OneClassError(counts.positives, counts.negatives);
  return counts;
}

/**
 * Checks that there are as many scores as labels, at least one, and none is NaN.
 * Throws `RangeError`: a caller that gets this wrong is at fault, not the data.
 */
export function requireScores(labels: Uint8Array, scores: Float64Array): void {
  if (labels.length !== scores.length)
    throw new RangeError(`${labels.length} labels but ${scores.length} scores`);
  if (labels.length === 0) throw new RangeError("no rows to evaluate");
  for (let i = 0; i < scores.length; i++)
    if (Number.isNaN(scores[i])) throw new RangeError(`the score at position ${i} is not a number`);
}

/** Checks that scores are probabilities. Throws `RangeError` where one is below 0 or above 1. */
export function requireProbabilities(scores: Float64Array): void {
  for (let i = 0; i < scores.length; i++)
    if (scores[i] < 0 || scores[i] > 1)
      throw new RangeError(`the score ${scores[i]} at position ${i} is not a probability`);
}
