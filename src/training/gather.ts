import type { Fold } from "../evaluation/split.ts";
import { averageLogits, meanOf } from "./averages.ts";
import { blended, chooseTextShare } from "./blend.ts";
import { isBlind } from "./member.ts";
import type { Recipe } from "./recipe.ts";

/** What the networks of all folds say of the rows that they have not seen. */
export interface Gathered {
  /** Out-of-fold logits: for each repeat one a row. */
  readonly logits: readonly Float64Array[];
  /**
   * How much the networks that see texts count in an ensemble of all folds, 0 to 1, by out-of-fold log loss; null where the
   * recipe has no others. In `logits` each fold has a share of its own, chosen by the others.
   */
  readonly textShare: number | null;
}

/**
 * Puts the logits of fold networks together, row by row.
 *
 * @param folds of one repeat or several, every row left out once a repeat
 * @param members logits of the rows left out, of each network of each fold
 * @param labels 0 or 1, both present
 */
export function gatherLogits(
  folds: readonly Fold[],
  members: readonly (readonly Float32Array[])[],
  recipe: Recipe,
  labels: Uint8Array,
): Gathered {
  // Each fold's logits, of its networks that see texts and, where the recipe has them, of those that do not.
  const averaged = (blind: boolean) =>
    members.map((fold) => averageLogits(fold.filter((_, i) => isBlind(recipe, i) === blind)));
  const seeing = averaged(false);
  if (!recipe.halfWithoutText || recipe.networks < 2) {
    return { logits: byRow(folds, seeing, labels.length), textShare: null };
  }
  const unseeing = averaged(true);
  const withText = byRow(folds, seeing, labels.length);
  const without = byRow(folds, unseeing, labels.length);
  const chosen = folds.map(({ repeat, train }, i) => {
    const at = (logits: Float64Array) => Float64Array.from(train, (row) => logits[row]);
    const own = Uint8Array.from(train, (row) => labels[row]);
    // By the rows of the other folds, so that no row has a say in its own.
    return blended(seeing[i], unseeing[i], chooseTextShare(at(withText[repeat]), at(without[repeat]), own));
  });
  return {
    logits: byRow(folds, chosen, labels.length),
    textShare: chooseTextShare(meanOf(withText), meanOf(without), labels),
  };
}

/** Logits of folds, repeat by repeat, in the order of the rows. */
function byRow(folds: readonly Fold[], byFold: readonly Float64Array[], rows: number): Float64Array[] {
  const repeats = Math.max(...folds.map(({ repeat }) => repeat)) + 1;
  const logits = Array.from({ length: repeats }, () => new Float64Array(rows));
  folds.forEach(({ repeat, test }, i) => {
    byFold[i].forEach((z, at) => {
      logits[repeat][test[at]] = z;
    });
  });
  return logits;
}
