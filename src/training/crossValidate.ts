import type { DuckDBConnection } from "@duckdb/node-api";
import { applyCalibration, type Calibration, chooseCalibration } from "../evaluation/calibration.ts";
import { rocAuc } from "../evaluation/metrics.ts";
import { type Fold, repeatedStratifiedFolds } from "../evaluation/split.ts";
import { type Preset, presetNamed, withoutGroups } from "../features/presets.ts";
import type { Network } from "../network/network.ts";
import { type SnapshotFacts, snapshotOf } from "../targets/snapshot.ts";
import type { Target, TargetDefinition } from "../targets/target.ts";
import { type FoldData, type FoldSource, foldJobs, prepareFold } from "./foldData.ts";
import type { MemberJob } from "./member.ts";
import { trainMembers } from "./pool.ts";
import type { Recipe } from "./recipe.ts";
import { labelledRows } from "./rows.ts";

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
  /** Deals the labelled rows to folds; stratified by their labels unless said otherwise. */
  readonly deal?: ((rows: Float64Array) => readonly Fold[]) | undefined;
  /** Makes a fold's features, `place` being the fold's among all; `prepareFold` unless said otherwise. */
  readonly prepare?: ((source: FoldSource, fold: Fold, place: number) => Promise<FoldData>) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called after each network: how many are trained, of how many. */
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
  const { rows, labels, unknown } = await labelledRows(connection, target, relation, snapshot);
  const folds =
    options.deal?.(rows) ?? repeatedStratifiedFolds(labels, { folds: options.folds ?? 5, repeats, seed });
  const total = folds.length * recipe.networks;
  const source = { connection, relation, preset: presetOf(preset, recipe), definition, snapshot, rows };
  const prepare = options.prepare ?? prepareFold;
  async function* jobs(): AsyncGenerator<MemberJob> {
    for (const [place, fold] of folds.entries()) {
      yield* foldJobs(await prepare(source, fold, place), { recipe, place, seed });
    }
  }
  const onDone = (done: number) => onProgress?.(done, total);
  const members = await trainMembers(jobs(), { workers, signal, onDone });
  const byFold = folds.map((_, i) => members.slice(i * recipe.networks, (i + 1) * recipe.networks));
  const logits = outOfFoldLogits(
    folds,
    byFold.map((fold) => fold.map((one) => one.logits)),
    labels.length,
  );
  const networks = byFold.map((fold) => fold.map(({ network }) => network));
  return { target, rows, labels, unknown, folds, logits, networks };
}

/** A preset without the groups of features that a recipe leaves out. */
export function presetOf(preset: string | Preset, { without }: Recipe): Preset {
  return withoutGroups(typeof preset === "string" ? presetNamed(preset) : preset, without);
}

/**
 * Puts the logits of fold networks together: those of one fold are averaged.
 *
 * @param folds of one repeat or several, every row left out once a repeat
 * @param members logits of the rows left out, of each network of each fold
 * @param rows how many rows there are
 * @returns for each repeat one logit a row
 */
export function outOfFoldLogits(
  folds: readonly Fold[],
  members: readonly (readonly Float32Array[])[],
  rows: number,
): Float64Array[] {
  const repeats = Math.max(...folds.map(({ repeat }) => repeat)) + 1;
  const logits = Array.from({ length: repeats }, () => new Float64Array(rows));
  folds.forEach(({ repeat, test }, i) => {
    meanOf(members[i]).forEach((z, at) => {
      logits[repeat][test[at]] = z;
    });
  });
  return logits;
}

/** The mean of some lists of numbers, place by place. Always added up in the same order. */
export function meanOf(lists: readonly (Float32Array | Float64Array)[]): Float64Array {
  const mean = new Float64Array(lists[0].length);
  for (const list of lists) for (let i = 0; i < mean.length; i++) mean[i] += list[i] / lists.length;
  return mean;
}

/** Out-of-fold probabilities, and the calibration that a model of all folds' networks is to have. */
export interface OutOfFold {
  /** Fitted to the mean logits over the repeats, which is as near as rows left out come to an average of all networks. */
  readonly calibration: Calibration;
  /** For each repeat one probability a row, calibrated by the logits of the other folds: no row has a say in its own. */
  readonly probabilities: readonly Float64Array[];
  /** Their mean over the repeats. */
  readonly mean: Float64Array;
}

/** Calibrates out-of-fold logits without letting any row see itself. */
export function calibrateOutOfFold(
  { labels, folds, logits }: Pick<CrossValidation, "labels" | "folds" | "logits">,
  seed: number,
): OutOfFold {
  const probabilities = logits.map((z) => new Float64Array(z.length));
  for (const { repeat, train, test } of folds) {
    const at = (rows: Int32Array) => Float64Array.from(rows, (row) => logits[repeat][row]);
    const trained = Uint8Array.from(train, (row) => labels[row]);
    const calibration = chooseCalibration(at(train), trained, { seed });
    applyCalibration(calibration, at(test)).forEach((p, i) => {
      probabilities[repeat][test[i]] = p;
    });
  }
  const calibration = chooseCalibration(meanOf(logits), labels, { seed });
  return { calibration, probabilities, mean: meanOf(probabilities) };
}

/** The area under the ROC curve of each fold, on the rows left out, in the order of the folds. */
export function aucByFold({ labels, folds, logits }: CrossValidation): number[] {
  return folds.map(({ repeat, test }) =>
    rocAuc(
      Uint8Array.from(test, (row) => labels[row]),
      Float64Array.from(test, (row) => logits[repeat][row]),
    ),
  );
}
