import type { DuckDBConnection } from "@duckdb/node-api";
import { type Fold, repeatedStratifiedFolds } from "../evaluation/crossValidation.ts";
import type { Preset } from "../features/presets.ts";
import type { Network } from "../network/network.ts";
import type { TargetDefinition } from "../targets/definition.ts";
import { snapshotOf } from "../targets/snapshot.ts";
import { labelsOf, requireBothClasses, type Target } from "../targets/target.ts";
import { averageLogits, meanOf } from "./averages.ts";
import { blended, chooseTextShare } from "./blend.ts";
import { type FoldSource, prepareFold } from "./foldData.ts";
import { isBlind, type MemberJob } from "./member.ts";
import { trainMembers } from "./pool.ts";
import type { Recipe } from "./recipe.ts";

/** What to cross-validate on, and how. */
export interface CrossValidateOptions {
  /** Name of a table or view with `row` and the canonical columns. */
  readonly relation: string;
  readonly preset: string | Preset;
  readonly definition: TargetDefinition;
  readonly recipe: Recipe;
  /** 5 unless said otherwise. */
  readonly folds?: number;
  /** 3 unless said otherwise. */
  readonly repeats?: number;
  /** Seeds folds and networks. Same seed, same result, whatever the number of workers. */
  readonly seed: number;
  /** Worker threads; 1 trains in the caller's own thread. */
  readonly workers: number;
  readonly signal?: AbortSignal | undefined;
  /** Told after each network: how many are trained, of how many. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** What cross-validation gives. */
export interface CrossValidation {
  /** The target, fitted to all rows: what the labels are judged by. */
  readonly target: Target;
  /** `row` of the labelled profiles, rising. */
  readonly rows: Float64Array;
  /** Their labels, 0 or 1. */
  readonly labels: Uint8Array;
  /** Profiles whose target is unknown, left out. */
  readonly unknown: number;
  readonly folds: readonly Fold[];
  /** Out-of-fold logits: for each repeat one a row, by networks that have not seen it. */
  readonly logits: readonly Float64Array[];
  /**
   * How much the networks that see texts count in an ensemble of all folds, 0 to 1, by out-of-fold log loss; null where the
   * recipe has no others. In `logits` each fold has a share of its own, chosen by the others.
   */
  readonly textShare: number | null;
  /** The networks of each fold. */
  readonly networks: readonly (readonly Network[])[];
}

/**
 * Repeated stratified k-fold cross-validation of a recipe. In every fold target, features and networks are fitted to the
 * training rows only; the rows left out are judged by labels of the target fitted to all rows.
 *
 * @throws InsightsError for an unknown preset, a missing column, one class only, fewer rows of a class than folds
 */
export async function crossValidate(
  connection: DuckDBConnection,
  options: CrossValidateOptions,
): Promise<CrossValidation> {
  const { relation, preset, definition, recipe, repeats = 3, seed, workers, signal, onProgress } = options;
  const snapshot = await snapshotOf(connection, relation);
  const target = await definition.fit(connection, relation);
  const found = await labelsOf(connection, target, relation, { snapshot });
  const { unknown } = requireBothClasses(target, found.labels);
  const known = Int32Array.from(found.labels.keys()).filter((i) => found.labels[i] >= 0);
  const rows = Float64Array.from(known, (i) => found.rows[i]);
  const labels = Uint8Array.from(known, (i) => found.labels[i]);
  const folds = repeatedStratifiedFolds(labels, { folds: options.folds ?? 5, repeats, seed });
  const total = folds.length * recipe.networks;
  const members = await trainMembers(
    jobsOf({ connection, relation, preset, definition, snapshot, rows }, folds, recipe, seed),
    { workers, signal, onDone: (done) => onProgress?.(done, total) },
  );
  const byFold = folds.map((_, i) => members.slice(i * recipe.networks, (i + 1) * recipe.networks));
  const networks = byFold.map((fold) => fold.map(({ network }) => network));
  // Each fold's logits, of its networks that see texts and, where the recipe has them, of those that do not.
  const seeing = byFold.map((fold) =>
    averageLogits(fold.filter((_, i) => !isBlind(recipe, i)).map((one) => one.logits)),
  );
  const common = { target, rows, labels, unknown, folds, networks };
  if (!recipe.halfWithoutText || recipe.networks < 2) {
    return { ...common, logits: gathered(folds, seeing, labels.length, repeats), textShare: null };
  }
  const blind = byFold.map((fold) =>
    averageLogits(fold.filter((_, i) => isBlind(recipe, i)).map((one) => one.logits)),
  );
  const withText = gathered(folds, seeing, labels.length, repeats);
  const without = gathered(folds, blind, labels.length, repeats);
  const chosen = folds.map(({ repeat, train }, i) => {
    const at = (logits: Float64Array) => Float64Array.from(train, (row) => logits[row]);
    const own = Uint8Array.from(train, (row) => labels[row]);
    // By the rows of the other folds, so that no row has a say in its own.
    return blended(seeing[i], blind[i], chooseTextShare(at(withText[repeat]), at(without[repeat]), own));
  });
  const logits = gathered(folds, chosen, labels.length, repeats);
  return { ...common, logits, textShare: chooseTextShare(meanOf(withText), meanOf(without), labels) };
}

/** Logits of folds, repeat by repeat, in the order of the rows. */
function gathered(
  folds: readonly Fold[],
  byFold: readonly Float64Array[],
  rows: number,
  repeats: number,
): Float64Array[] {
  const logits = Array.from({ length: repeats }, () => new Float64Array(rows));
  folds.forEach(({ repeat, test }, i) => {
    byFold[i].forEach((z, at) => {
      logits[repeat][test[at]] = z;
    });
  });
  return logits;
}

async function* jobsOf(
  source: FoldSource,
  folds: readonly Fold[],
  recipe: Recipe,
  seed: number,
): AsyncGenerator<MemberJob> {
  for (const [place, fold] of folds.entries()) {
    const { columns, x, labels, degrees, testX, textColumns, snapshotColumns } = await prepareFold(
      source,
      fold,
    );
    const goals = Float32Array.from(labels, (label, i) => {
      const degree = degrees?.[i] ?? Number.NaN;
      return Number.isNaN(degree) ? label : label + recipe.degreeShare * (degree - label);
    });
    for (let member = 0; member < recipe.networks; member++) {
      // Far apart, so that no two networks of any fold share a seed.
      const own = (seed + 1) * 1_000_003 + place * 1_009 + member;
      const testRows = fold.test.length;
      const hidden = { textColumns, snapshotColumns };
      yield { recipe, member, seed: own, columns, x, labels, goals, testX, testRows, ...hidden };
    }
  }
}
