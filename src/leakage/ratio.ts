import { type FeatureColumn, isConstant, pick, sampleRows } from "./features.ts";
import { type LeakageFinding, withoutEchoes } from "./finding.ts";
import { leastSquares, rSquared, standardised } from "./leastSquares.ts";
import { closestRows, fitInWords, severityOfFit, sourceViews, type TargetSource } from "./source.ts";

/** Rows a pair is tried on: three unknowns need no more. */
const PAIR_ROWS = 1000;

/** Rows of a first look that sorts out nearly all pairs. */
const FIRST_LOOK = 100;

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
  const at = sampleRows(view.rows.length, PAIR_ROWS, seed);
  const rows = Int32Array.from(at, (i) => view.rows[i]);
  const all: Rows = {
    y: pick(view.y, at),
    weights: pick(view.weights, at),
    columns: varied.map(({ values }) => standardised(pick(values, rows))),
  };
  const step = Math.max(1, Math.floor(rows.length / FIRST_LOOK));
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
  return withoutEchoes(found);
}

function explained({ y, weights }: Rows, predicted: Float64Array): number {
  const close = closestRows(y, predicted, weights);
  if (close.length < 0.9 * y.length) return 0;
  return rSquared(pick(y, close), pick(predicted, close), pick(weights, close));
}

function predictRatio({ y, weights, columns }: Rows, i: number, j: number): Float64Array {
  const [a, b] = [columns[i], columns[j]];
  // The equation is off by its error times b: rows count relative to that.
  const own = weights.map((weight, row) => weight / (1 + Math.abs(b[row])) ** 2);
  const [d, c, e] = leastSquares(
    [a, y],
    y.map((value, row) => value * b[row]),
    own,
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
