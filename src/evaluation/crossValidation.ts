import { InsightsError } from "../base/error.ts";
import { Random } from "../base/random.ts";
import { requireBothClasses } from "./classes.ts";

/** One fold of one repeat: positions (from 0) of the rows, rising. */
export interface Fold {
  /** Which repeat, from 0. */
  readonly repeat: number;
  /** Which fold of the repeat, from 0. */
  readonly fold: number;
  /** The rows to fit to: all that are not in `test`. */
  readonly train: Int32Array;
  /** The rows left out. Every row is left out once a repeat. */
  readonly test: Int32Array;
}

/** How to cut rows into folds. */
export interface FoldOptions {
  /** Folds a repeat, at least 2; 5 unless said otherwise. */
  readonly folds?: number;
  /** How often the rows are cut anew, at least 1; 3 unless said otherwise. */
  readonly repeats?: number;
  /** Same seed, same folds. */
  readonly seed: number;
}

/**
 * Repeated stratified k-fold (as scikit-learn's `RepeatedStratifiedKFold`, with other draws): each repeat deals the rows of
 * each class out to the folds like cards, so that no two folds differ by more than one positive and one negative.
 *
 * @param labels 0 or 1, one a row
 * @returns folds x repeats, repeat by repeat
 * @throws OneClassError where only one class is present
 * @throws InsightsError where a class has fewer rows than there are folds
 * @throws RangeError on a count that makes no sense or a label other than 0 and 1
 */
export function repeatedStratifiedFolds(labels: Uint8Array, options: FoldOptions): Fold[] {
  const { folds = 5, repeats = 3, seed } = options;
  if (!Number.isInteger(folds) || folds < 2) throw new RangeError(`${folds} folds`);
  if (!Number.isInteger(repeats) || repeats < 1) throw new RangeError(`${repeats} repeats`);
  const { positives, negatives } = requireBothClasses(labels);
  if (Math.min(positives, negatives) < folds) {
    const few = positives < negatives ? `${positives} positive` : `${negatives} negative`;
    throw new InsightsError(`too few rows: ${few} rows cannot be dealt to ${folds} folds`);
  }
  const random = new Random(seed);
  const all = Int32Array.from(labels, (_, i) => i);
  return Array.from({ length: repeats }, (_, repeat) => {
    const foldOf = new Int32Array(labels.length);
    let dealt = 0;
    for (const label of [1, 0]) {
      // The second class goes on where the first ended, so that the folds' sizes differ by one at most.
      for (const i of random.shuffle(all.filter((row) => labels[row] === label))) foldOf[i] = dealt++ % folds;
    }
    return Array.from({ length: folds }, (__, fold) => ({
      repeat,
      fold,
      train: all.filter((i) => foldOf[i] !== fold),
      test: all.filter((i) => foldOf[i] === fold),
    }));
  }).flat();
}
