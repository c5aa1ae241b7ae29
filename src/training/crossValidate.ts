import type { DuckDBConnection } from "@duckdb/node-api";
import { type Fold, repeatedStratifiedFolds } from "../evaluation/split.ts";
import { type Preset, presetNamed, withoutGroups } from "../features/presets.ts";
import type { Network } from "../network/network.ts";
import { type SnapshotFacts, snapshotOf } from "../targets/snapshot.ts";
import { labelsOf, requireBothClasses, type Target, type TargetDefinition } from "../targets/target.ts";
import { type FoldData, type FoldSource, prepareFold } from "./foldData.ts";
import { foldJobs } from "./foldJobs.ts";
import { gatherLogits } from "./gather.ts";
import type { MemberJob } from "./member.ts";
import { trainMembers } from "./pool.ts";
import type { Recipe } from "./recipe.ts";

/** What to cross-validate on, and how. */
export interface CrossValidateOptions {
  /** Name of a table or view with `row` and the canonical columns. */
  readonly relation: string;
  readonly preset: string | Preset;
  readonly definition: TargetDefinition;
  /** Of the whole file, where `relation` is a part of it. */
  readonly snapshot?: SnapshotFacts | undefined;
  readonly recipe: Recipe;
  /** 5 unless said otherwise. */
  readonly folds?: number;
  /** 3 unless said otherwise. */
  readonly repeats?: number;
  /** Seeds folds and networks. Same seed, same result, whatever the number of workers. */
  readonly seed: number;
  /** Worker threads; 1 trains in the caller's own thread. */
  readonly workers: number;
  /** Makes a fold's features, `place` being the fold's among all; anew each time unless told. */
  readonly prepare?: ((source: FoldSource, fold: Fold, place: number) => Promise<FoldData>) | undefined;
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
  /** Out-of-fold logits: for each repeat one a row. */
  readonly logits: readonly Float64Array[];
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
  const snapshot = options.snapshot ?? (await snapshotOf(connection, relation));
  const target = await definition.fit(connection, relation);
  const found = await labelsOf(connection, target, relation, { snapshot });
  const { unknown } = requireBothClasses(target, found.labels);
  const known = Int32Array.from(found.labels.keys()).filter((i) => found.labels[i] >= 0);
  const rows = Float64Array.from(known, (i) => found.rows[i]);
  const labels = Uint8Array.from(known, (i) => found.labels[i]);
  const folds = repeatedStratifiedFolds(labels, { folds: options.folds ?? 5, repeats, seed });
  const total = folds.length * recipe.networks;
  const source = { connection, relation, preset: seenPreset(preset, recipe), definition, snapshot, rows };
  const members = await trainMembers(jobsOf(source, folds, recipe, seed, options.prepare ?? prepareFold), {
    workers,
    signal,
    onDone: (done) => onProgress?.(done, total),
  });
  const byFold = folds.map((_, i) => members.slice(i * recipe.networks, (i + 1) * recipe.networks));
  const logits = gatherLogits(
    folds,
    byFold.map((fold) => fold.map((one) => one.logits)),
    labels.length,
  );
  const networks = byFold.map((fold) => fold.map(({ network }) => network));
  return { target, rows, labels, unknown, folds, logits, networks };
}

/** The features that a recipe's networks see. */
export function seenPreset(preset: string | Preset, { without }: Recipe): Preset {
  return withoutGroups(typeof preset === "string" ? presetNamed(preset) : preset, without);
}

async function* jobsOf(
  source: FoldSource,
  folds: readonly Fold[],
  recipe: Recipe,
  seed: number,
  prepare: NonNullable<CrossValidateOptions["prepare"]>,
): AsyncGenerator<MemberJob> {
  for (const [place, fold] of folds.entries()) {
    yield* foldJobs(await prepare(source, fold, place), { recipe, place, seed });
  }
}
