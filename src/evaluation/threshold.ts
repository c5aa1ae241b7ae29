import { type Cutoffs, cutoffs } from "./cutoffs.ts";

/** A threshold and what it does on the rows it was picked on. */
export interface ChosenThreshold {
  /** A row is chosen where its score is at or above it. One of the scores. */
  readonly value: number;
  /** On the rows it was picked on: expect less elsewhere. */
  readonly precision: number;
  readonly recall: number;
  /** Whether the wanted precision was reached; if not, this is the most precise threshold there is. */
  readonly reached: boolean;
}

/**
 * The threshold with the highest recall among those with at least the wanted precision; of several with the same recall
 * the most precise. If none is precise enough, the most precise; of several with the same precision the one with the
 * highest recall. Either way exactly one threshold answers, whatever the order of the rows.
 *
 * Call it on validation rows. Picked on the rows it is then judged on, it flatters the result.
 *
 * @param options.minPrecision 0 to 1
 * @throws OneClassError, and RangeError on lengths that differ, no rows, NaN scores, a label other than 0 and 1, a
 *   precision outside 0..1
 */
export function chooseThreshold(
  labels: Uint8Array,
  scores: Float64Array,
  options: { minPrecision: number },
): ChosenThreshold {
  requirePrecision(options.minPrecision);
  const table = cutoffs(labels, scores);
  let best = -1;
  // From the lowest threshold up recall falls, so the first that is precise enough has the highest recall; a later one
  // with the same recall has fewer false positives.
  for (let i = 0; i < table.thresholds.length; i++) {
    if (best >= 0 && table.tp[i] < table.tp[best]) break;
    if (precisionAt(table, i) >= options.minPrecision) best = i;
  }
  return best >= 0 ? describe(table, best, true) : describe(table, mostPrecise(table), false);
}

/**
 * The study's own rule: the lowest threshold with at least the wanted precision. The study picked it on the very test rows
 * it then reported on; it is here to show that, not to be used. It differs from `chooseThreshold` only in taking in
 * negatives that cost no recall to leave out. Parameters, fallback and errors are those of `chooseThreshold`.
 */
export function lowestThresholdAtPrecision(
  labels: Uint8Array,
  scores: Float64Array,
  minPrecision: number,
): ChosenThreshold {
  requirePrecision(minPrecision);
  const table = cutoffs(labels, scores);
  for (let i = 0; i < table.thresholds.length; i++)
    if (precisionAt(table, i) >= minPrecision) return describe(table, i, true);
  return describe(table, mostPrecise(table), false);
}

function requirePrecision(minPrecision: number): void {
  if (!(minPrecision >= 0 && minPrecision <= 1))
    throw new RangeError(`minPrecision ${minPrecision} is not between 0 and 1`);
}

function precisionAt({ tp, fp }: Cutoffs, i: number): number {
  return tp[i] / (tp[i] + fp[i]);
}

/** Recall falls along the thresholds, so the first of the equally precise has the highest. */
function mostPrecise(table: Cutoffs): number {
  let best = 0;
  for (let i = 1; i < table.thresholds.length; i++)
    if (precisionAt(table, i) > precisionAt(table, best)) best = i;
  return best;
}

function describe(table: Cutoffs, i: number, reached: boolean): ChosenThreshold {
  return {
    value: table.thresholds[i],
    precision: precisionAt(table, i),
    recall: table.tp[i] / table.positives,
    reached,
  };
}
