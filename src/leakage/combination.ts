import { Random } from "../base/random.ts";
import { listed } from "../base/words.ts";
import { type FeatureColumn, isConstant, pick } from "./features.ts";
import type { LeakageFinding } from "./finding.ts";
import { crossFit, rSquared, shuffledFolds, standardised } from "./leastSquares.ts";
import {
  closestRows,
  fitInWords,
  goalOfFit,
  type SourceView,
  severityOfFit,
  sourceViews,
  type TargetSource,
} from "./source.ts";

/** How often the search starts again without the features found, so that a second copy does not stay in. */
const ROUNDS = 10;

/**
 * Finds what the target was cut from in linear combinations of the features: a fit of the source by all features, and one of
 * its logarithm by all features and their logarithms. Where that explains nearly
 * everything, the fewest features that do are named; then the search is repeated without them.
 *
 * @param known features that leak for another reason: the first search has them, to name what they add up to, but no other
 */
export function combinationFindings(
  features: readonly FeatureColumn[],
  source: TargetSource,
  known: ReadonlySet<string>,
  seed: number,
): LeakageFinding[] {
  const findings: LeakageFinding[] = [];
  const views = sourceViews(source);
  let left = features.filter(({ values }) => !isConstant(values));
  for (let round = 0; round < ROUNDS && left.length > 0; round++) {
    const found = views
      .flatMap((view) => explain(view, left, seed) ?? [])
      .sort((a, b) => b.value - a.value || a.features.length - b.features.length)[0];
    if (found === undefined) break;
    findings.push(found);
    left = left.filter(({ name }) => !found.features.includes(name) && !known.has(name));
  }
  return findings;
}

interface Term {
  readonly feature: FeatureColumn;
  readonly values: Float64Array;
}

function explain(view: SourceView, features: readonly FeatureColumn[], seed: number): LeakageFinding | null {
  const terms = features.flatMap((feature) => termsOf(feature, view));
  const whole = fitAll(view, terms, seed);
  if (whole === null || severityOfFit(whole.r2) === null) return null;
  const { correlations, withTarget } = correlate(view, terms, whole.rows);
  const subset = smallestSubset(correlations, withTarget, goalOfFit(whole.r2));
  const used = subset === null ? terms : subset.map((at) => terms[at]);
  const r2 = fitAll(view, used, seed)?.r2 ?? whole.r2;
  const severity = severityOfFit(r2);
  if (severity === null) return null;
  const names = [...new Set(used.map(({ feature }) => feature.name))];
  const is =
    names.length === 1
      ? `${names[0]} on another scale`
      : `a weighted sum of ${listed(names)}${view.logarithm ? " or their logarithms" : ""}`;
  return {
    severity,
    code: "combination",
    features: names,
    columns: [...new Set(used.flatMap(({ feature }) => feature.columns))],
    message: fitInWords(view.name, is, r2),
    measure: "r_squared",
    value: r2,
  };
}

/** A feature as it is and, for the logarithm of the source, its logarithm where nearly all its values are above 0. */
function termsOf(feature: FeatureColumn, view: SourceView): Term[] {
  const values = pick(feature.values, view.rows);
  if (isConstant(values)) return [];
  const plain = { feature, values };
  if (!view.logarithm) return [plain];
  let least = Number.POSITIVE_INFINITY;
  let above = 0;
  for (const value of values) {
    if (!(value > 0)) continue;
    above++;
    least = Math.min(least, value);
  }
  if (above < 0.98 * values.length) return [plain];
  const logs = values.map((value) => Math.log(value > 0 ? value : least));
  return [plain, { feature, values: logs }];
}

/** Rows a term from which the rows themselves judge a fit. With fewer, each row is predicted by a fit to others. */
const ROWS_A_TERM = 4;

/**
 * R2 over the rows that the terms miss least, and those rows. Where there are rows enough the fit is to the rows themselves
 * and R2 adjusted for the number of terms: out of fold a single row with a value far out would spoil the predictions.
 */
function fitAll(
  { y, weights }: SourceView,
  terms: readonly Term[],
  seed: number,
): { r2: number; rows: Int32Array } | null {
  if (terms.length === 0) return null;
  const within = y.length >= ROWS_A_TERM * terms.length;
  const predict = (at: Int32Array) => {
    const rowWeights = pick(weights, at);
    const columns = terms.map(({ values }) => standardised(pick(values, at), rowWeights));
    const folds = within ? new Uint8Array(at.length) : shuffledFolds(at.length, 5, new Random(seed));
    return crossFit(columns, folds, within ? 1 : 5, rowWeights, 1e-12)(pick(y, at));
  };
  const all = Int32Array.from(y, (_, i) => i);
  const rows = closestRows(y, predict(all), weights);
  // Fitted again without the strays, for they pull at the line.
  const r2 = rSquared(pick(y, rows), predict(rows), pick(weights, rows));
  const freedom = within ? (rows.length - 1) / (rows.length - 1 - terms.length) : 1;
  return { r2: 1 - (1 - r2) * freedom, rows };
}

function correlate({ y, weights }: SourceView, terms: readonly Term[], rows: Int32Array) {
  const rowWeights = pick(weights, rows);
  const total = rowWeights.reduce((sum, weight) => sum + weight, 0);
  const columns = terms.map(({ values }) => standardised(pick(values, rows), rowWeights));
  const target = standardised(pick(y, rows), rowWeights);
  const product = (a: Float64Array, b: Float64Array) => {
    let sum = 0;
    for (let i = 0; i < a.length; i++) sum += rowWeights[i] * a[i] * b[i];
    return sum / total;
  };
  const size = columns.length;
  const correlations = new Float64Array(size * size);
  for (let a = 0; a < size; a++)
    for (let b = 0; b <= a; b++) {
      const value = product(columns[a], columns[b]);
      correlations[a * size + b] = value;
      correlations[b * size + a] = value;
    }
  return { correlations, withTarget: Float64Array.from(columns, (column) => product(column, target)) };
}

/**
 * The fewest columns whose linear fit reaches a share of explained variance: one, else two (all pairs tried), else grown by
 * the column that explains most of what is left and thinned again.
 *
 * @param correlations of the columns among themselves, square, row by row
 * @param withTarget correlation of each column with what is to be explained
 * @param goal R2 to reach, 0 to 1
 * @returns positions of the columns, or null where all together do not reach it
 */
export function smallestSubset(
  correlations: Float64Array,
  withTarget: Float64Array,
  goal: number,
): number[] | null {
  const size = withTarget.length;
  let best = { at: [] as number[], explained: goal };
  for (let a = 0; a < size; a++) {
    const explained = withTarget[a] ** 2;
    if (explained >= best.explained) best = { at: [a], explained };
  }
  if (best.at.length > 0) return best.at;
  for (let a = 0; a < size; a++)
    for (let b = 0; b < a; b++) {
      const shared = correlations[a * size + b];
      const unshared = 1 - shared * shared;
      if (unshared < TOO_ALIKE) continue;
      const [x, z] = [withTarget[a], withTarget[b]];
      const explained = (x * x + z * z - 2 * x * z * shared) / unshared;
      if (explained >= best.explained) best = { at: [b, a], explained };
    }
  if (best.at.length > 0) return best.at;
  const grown = grow(correlations, withTarget, goal);
  return grown && thin(correlations, withTarget, grown, goal);
}

/** Share of a column that the others leave unexplained below which it is one of them again. */
const TOO_ALIKE = 1e-9;

/** More columns than this are not thinned: it would take long, and nobody reads such a list. */
const MOST_THINNED = 40;

/** Forward selection by the sweep operator (Goodnight 1979): each sweep takes a column into the fit. */
function grow(correlations: Float64Array, withTarget: Float64Array, goal: number): number[] | null {
  const size = withTarget.length;
  const width = size + 1;
  const table = new Float64Array(width * width);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) table[a * width + b] = correlations[a * size + b];
    table[a * width + size] = withTarget[a];
    table[size * width + a] = withTarget[a];
  }
  table[size * width + size] = 1;
  const chosen: number[] = [];
  while (1 - table[size * width + size] < goal) {
    let best = -1;
    let gain = 0;
    for (let a = 0; a < size; a++) {
      const left = table[a * width + a];
      if (chosen.includes(a) || left < TOO_ALIKE) continue;
      const explains = table[a * width + size] ** 2 / left;
      if (explains > gain) [best, gain] = [a, explains];
    }
    if (best < 0) return null;
    sweep(table, width, best);
    chosen.push(best);
  }
  return chosen.sort((a, b) => a - b);
}

function sweep(table: Float64Array, width: number, at: number): void {
  const pivot = table[at * width + at];
  for (let a = 0; a < width; a++) {
    if (a === at) continue;
    const factor = table[a * width + at] / pivot;
    if (factor === 0) continue;
    for (let b = 0; b < width; b++) if (b !== at) table[a * width + b] -= factor * table[at * width + b];
    table[a * width + at] = 0;
  }
}

/** Takes out columns that are not needed, one at a time, the least needed first. */
function thin(
  correlations: Float64Array,
  withTarget: Float64Array,
  columns: readonly number[],
  goal: number,
): number[] {
  let kept = [...columns];
  while (kept.length > 1 && kept.length <= MOST_THINNED) {
    let best: number[] | null = null;
    let most = goal;
    for (const column of kept) {
      const fewer = kept.filter((other) => other !== column);
      const explained = explainedBy(correlations, withTarget, fewer);
      if (explained >= most) [best, most] = [fewer, explained];
    }
    if (best === null) break;
    kept = best;
  }
  return kept;
}

function explainedBy(
  correlations: Float64Array,
  withTarget: Float64Array,
  columns: readonly number[],
): number {
  const size = withTarget.length;
  const width = columns.length + 1;
  const table = new Float64Array(width * width);
  columns.forEach((column, a) => {
    columns.forEach((other, b) => {
      table[a * width + b] = correlations[column * size + other];
    });
    table[a * width + width - 1] = withTarget[column];
    table[(width - 1) * width + a] = withTarget[column];
  });
  table[width * width - 1] = 1;
  for (let a = 0; a < columns.length; a++) if (table[a * width + a] >= TOO_ALIKE) sweep(table, width, a);
  return 1 - table[width * width - 1];
}
