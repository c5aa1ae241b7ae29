import type { Fold } from "../evaluation/split.ts";
import { averageLogits } from "./averages.ts";

/**
 * Puts the logits of fold networks together: those of one fold are averaged.
 *
 * @param folds of one repeat or several, every row left out once a repeat
 * @param members logits of the rows left out, of each network of each fold
 * @param rows how many rows there are
 * @returns out-of-fold logits: for each repeat one a row
 */
export function gatherLogits(
  folds: readonly Fold[],
  members: readonly (readonly Float32Array[])[],
  rows: number,
): Float64Array[] {
  const repeats = Math.max(...folds.map(({ repeat }) => repeat)) + 1;
  const logits = Array.from({ length: repeats }, () => new Float64Array(rows));
  folds.forEach(({ repeat, test }, i) => {
    averageLogits(members[i]).forEach((z, at) => {
      logits[repeat][test[at]] = z;
    });
  });
  return logits;
}
