import { rocAuc } from "../evaluation/metrics.ts";
import { type FeatureColumn, isConstant, pick, ranked, sampleRows } from "./features.ts";
import { type LeakageFinding, severityOfAuc, strongestPerFeature } from "./finding.ts";
import { crossFit, leastSquares, rSquared, standardised } from "./leastSquares.ts";
import { binsOf, cellsAuc, type SingleAuc } from "./singleFeature.ts";
import { closestRows, fitInWords, severityOfFit, sourceViews, type TargetSource } from "./source.ts";

/** Rows a pair is tried on: three unknowns need no more. */
const RATIO_ROWS = 1000;

/** Rows of a first look that sorts out nearly all pairs. */
const RATIO_FIRST_LOOK = 100;

/** Features beyond these are not paired: the work grows with their square. */
export const MOST_PAIRED = 200;

interface Rows {
  readonly y: Float64Array;
  readonly weights: Float64Array;
  readonly columns: readonly Float64Array[];
}

/**
 * Finds two features whose ratio or product is what the target was cut from, however they were shifted and scaled. For
 * s = (c a + d) / (b + e) the equation s b = c a + d - e s is linear in the unknowns; so is a product. The s that the solved
 * equation predicts is then held against s itself, so a near-solution that says nothing does not count.
 */
export function ratioFindings(
  features: readonly FeatureColumn[],
  source: TargetSource,
  seed: number,
): LeakageFinding[] {
  const view = sourceViews(source)[0];
  if (view === undefined) return [];
  const varied = features.filter(({ values }) => !isConstant(values)).slice(0, MOST_PAIRED);
  const at = sampleRows(view.rows.length, RATIO_ROWS, seed);
  const rows = Int32Array.from(at, (i) => view.rows[i]);
  const all: Rows = {
    y: pick(view.y, at),
    weights: pick(view.weights, at),
    columns: varied.map(({ values }) => standardised(pick(values, rows))),
  };
  const step = Math.max(1, Math.floor(rows.length / RATIO_FIRST_LOOK));
  const some = Int32Array.from({ length: Math.floor(rows.length / step) }, (_, i) => i * step);
  const few: Rows = {
    y: pick(all.y, some),
    weights: pick(all.weights, some),
    columns: all.columns.map((column) => pick(column, some)),
  };

  const found: LeakageFinding[] = [];
  const look = (code: "ratio" | "product", i: number, j: number) => {
    const predict = code === "ratio" ? predictRatio : predictProduct;
    if (severityOfFit(explained(few, predict(few, i, j)) + 0.05) === null) return;
    const r2 = explained(all, predict(all, i, j));
    const severity = severityOfFit(r2);
    // What the two explain as a sum needs no ratio: one of them may be all there is to it.
    if (severity === null || severityOfFit(explained(all, predictSum(all, i, j))) !== null) return;
    const [first, second] = [varied[i], varied[j]];
    found.push({
      severity,
      code,
      features: [first.name, second.name],
      columns: [...new Set([...first.columns, ...second.columns])],
      message: fitInWords(
        view.name,
        `${first.name} ${code === "ratio" ? "divided by" : "times"} ${second.name}, shift and scale apart`,
        r2,
      ),
      measure: "r_squared",
      value: r2,
    });
  };
  for (let i = 0; i < varied.length; i++)
    for (let j = 0; j < varied.length; j++) {
      if (i !== j) look("ratio", i, j);
      if (i < j) look("product", i, j);
    }
  return strongestPerFeature(found);
}

function explained({ y, weights }: Rows, predicted: Float64Array): number {
  const close = closestRows(y, predicted, weights);
  if (close.length < 0.9 * y.length) return 0;
  return rSquared(pick(y, close), pick(predicted, close), pick(weights, close));
}

function predictRatio({ y, weights, columns }: Rows, i: number, j: number): Float64Array {
  const [a, b] = [columns[i], columns[j]];
  // The equation is off by its error times b: rows count relative to that.
  const relative = weights.map((weight, row) => weight / (1 + Math.abs(b[row])) ** 2);
  const [d, c, e] = leastSquares(
    [a, y],
    y.map((value, row) => value * b[row]),
    relative,
  );
  return y.map((_, row) => (c * a[row] + d) / (b[row] - e));
}

function predictProduct({ y, weights, columns }: Rows, i: number, j: number): Float64Array {
  const [a, b] = [columns[i], columns[j]];
  const product = a.map((value, row) => value * b[row]);
  const [d, first, second, both] = leastSquares([a, b, product], y, weights);
  return y.map((_, row) => d + first * a[row] + second * b[row] + both * product[row]);
}

function predictSum({ y, weights, columns }: Rows, i: number, j: number): Float64Array {
  const [a, b] = [columns[i], columns[j]];
  const [d, first, second] = leastSquares([a, b], y, weights);
  return y.map((_, row) => d + first * a[row] + second * b[row]);
}

/** Rows a pair is looked at first, and rows it is then judged on. */
const LABEL_FIRST_LOOK = 600;
const LABEL_ROWS = 4000;

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
  const judged = surfacesOver(candidates, labels, folds, foldCount, LABEL_ROWS, seed);
  const first =
    labels.length > 1.5 * LABEL_FIRST_LOOK
      ? surfacesOver(candidates, labels, folds, foldCount, LABEL_FIRST_LOOK, seed + 1)
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
  return strongestPerFeature(found);
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
