import { rocAuc } from "../evaluation/ranking.ts";
import { binsOf, cellsAuc } from "./binnedAuc.ts";
import { isConstant, pick, ranked, sampleRows } from "./features.ts";
import { type LeakageFinding, severityOfAuc, withoutEchoes } from "./finding.ts";
import { crossFit } from "./leastSquares.ts";
import { MOST_PAIRED } from "./ratio.ts";
import type { SingleAuc } from "./singleFeature.ts";

/** Rows a pair is looked at first, and rows it is then judged on. */
const FIRST_LOOK = 600;
const JUDGED_ON = 4000;

/** How much better than either alone a pair must be: otherwise the one that is good alone is the story. */
const GAIN = 0.05;

/** Rows to a cell of the two-way table. */
const ROWS_A_CELL = 12;

/**
 * Finds two features that tell the label together and not alone: a sum or a ratio over a limit, one of them but not both.
 * A pair is judged out of fold by a surface of second degree over ranks and by a two-way table, whichever tells more.
 *
 * @param aucs the features with what each tells alone; those that are suspect alone are left out
 */
export function pairFindings(
  aucs: readonly SingleAuc[],
  labels: Uint8Array,
  folds: Uint8Array,
  foldCount: number,
  seed: number,
): LeakageFinding[] {
  const alone = (auc: SingleAuc) => Math.max(auc.ranked, auc.binned);
  const candidates = aucs
    .filter((auc) => severityOfAuc(alone(auc)) === null && !isConstant(auc.feature.values))
    .slice(0, MOST_PAIRED);
  const judged = surfacesOver(candidates, labels, folds, foldCount, JUDGED_ON, seed);
  const first =
    labels.length > 1.5 * FIRST_LOOK
      ? surfacesOver(candidates, labels, folds, foldCount, FIRST_LOOK, seed + 1)
      : null;
  const found: LeakageFinding[] = [];
  candidates.forEach((one, i) => {
    candidates.slice(0, i).forEach((other, j) => {
      const floor = Math.max(alone(one), alone(other)) + GAIN;
      // A look at 600 rows is off by 0.03 at most nearly always.
      if (first !== null && first(i, j) < Math.max(0.885, floor - 0.04)) return;
      const auc = judged(i, j);
      const severity = severityOfAuc(Math.max(auc, 0.5));
      if (severity === null || auc < floor) return;
      found.push({
        severity,
        code: "pair",
        features: [other.feature.name, one.feature.name],
        columns: [...new Set([...other.feature.columns, ...one.feature.columns])],
        message: `${other.feature.name} and ${one.feature.name} together tell the label with an AUC of ${auc.toFixed(3)}; the better of them alone with ${Math.max(alone(one), alone(other)).toFixed(3)}.`,
        measure: "roc_auc",
        value: auc,
      });
    });
  });
  return withoutEchoes(found);
}

/** The area under the ROC curve of a pair over at most `most` rows. */
function surfacesOver(
  candidates: readonly SingleAuc[],
  labels: Uint8Array,
  folds: Uint8Array,
  foldCount: number,
  most: number,
  seed: number,
): (i: number, j: number) => number {
  const at = sampleRows(labels.length, most, seed);
  const ownLabels = Uint8Array.from(at, (row) => labels[row]);
  const ownFolds = Uint8Array.from(at, (row) => folds[row]);
  const y = Float64Array.from(ownLabels);
  const side = Math.min(8, Math.max(2, Math.floor(Math.sqrt(at.length / ROWS_A_CELL))));
  const columns = candidates.map(({ feature }) => {
    const values = pick(feature.values, at);
    const rank = ranked(values);
    return { rank, square: rank.map((value) => value * value), ...binsOf(values, side) };
  });
  const positives = ownLabels.reduce((sum, label) => sum + label, 0);
  if (positives < 2 || at.length - positives < 2) return () => 0.5;
  return (i, j) => {
    const [a, b] = [columns[i], columns[j]];
    const product = a.rank.map((value, row) => value * b.rank[row]);
    const surface = crossFit([a.rank, b.rank, a.square, b.square, product], ownFolds, foldCount, null, 1e-9);
    const cells = a.bins.map((bin, row) => bin * b.count + b.bins[row]);
    return Math.max(
      rocAuc(ownLabels, surface(y)),
      cellsAuc(cells, a.count * b.count, ownLabels, ownFolds, foldCount),
    );
  };
}
