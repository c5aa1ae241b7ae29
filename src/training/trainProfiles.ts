import type { Model } from "../bundle/model.ts";
import { calibrationReport } from "../evaluation/calibrationReport.ts";
import { probabilityOf } from "../evaluation/logit.ts";
import { choosePolicy, type ThresholdPolicy } from "../evaluation/policies.ts";
import type { FollowerTier } from "../evaluation/slicesTiers.ts";
import { spread } from "../evaluation/spread.ts";
import { type Preset, presetInputs } from "../features/presets.ts";
import { takeOut } from "../leakage/takeOut.ts";
import type { Profiles } from "../profiles/read.ts";
import type { TargetDefinition } from "../targets/definition.ts";
import { snapshotOf } from "../targets/snapshot.ts";
import { labelsOf, requireBothClasses } from "../targets/target.ts";
import { auditFeatures, withoutFeatures } from "./audited.ts";
import { meanOf } from "./averages.ts";
import { backgroundOf } from "./background.ts";
import { groupSlices } from "./groupSlices.ts";
import { measure } from "./measures.ts";
import { aucByFold } from "./outOfFold.ts";
import { formatPredictions } from "./predictions.ts";
import type { Recipe } from "./recipe.ts";
import { referenceOf } from "./reference.ts";
import { type TrainingResults, trainingResultsSchema } from "./results.ts";
import { judgeTestRows, setAside } from "./testSplit.ts";
import { trainEnsemble } from "./trainEnsemble.ts";
import { trainedModel } from "./trainedModel.ts";

/** The steps of a training, in order. */
export type TrainingStep = "audit" | "train" | "judge";

/** What to train, and how. */
export interface TrainProfilesOptions {
  readonly definition: TargetDefinition;
  /** The target as the user wrote it, and the days where the user said so. */
  readonly wording: string;
  readonly activeDays?: number | undefined;
  readonly preset: Preset;
  readonly recipe: Recipe;
  readonly folds: number;
  readonly repeats: number;
  readonly seed: number;
  /** Worker threads; the result is the same for any number. */
  readonly workers: number;
  readonly policy: ThresholdPolicy;
  /** Share of the labelled profiles to set aside and look at once, at the end; none unless told. */
  readonly testSize?: number | undefined;
  /** Follower tiers to measure by; those of the trade unless told. */
  readonly tiers?: readonly FollowerTier[] | undefined;
  /** Keep features that give the target away. */
  readonly allowLeakage: boolean;
  readonly versions: Model["versions"];
  readonly createdAt: Date;
  /** Milliseconds of a clock that never jumps. */
  readonly elapsed: () => number;
  readonly signal?: AbortSignal | undefined;
  /** Told when a step starts, and how far training is: `done` of `total` networks. */
  readonly onProgress?: ((step: TrainingStep, done: number, total: number) => void) | undefined;
}

/** A model, and what is known of it. */
export interface TrainedProfiles {
  readonly model: Model;
  readonly results: TrainingResults;
  /**
   * The contents of `predictions.csv`: `id,probability,active,target,part` of the labelled profiles; `train` out of fold,
   * `test` by the finished model.
   */
  readonly predictions: string;
}

/** Resamples behind the intervals of slope and intercept. */
const CALIBRATION_REPEATS = 300;

/**
 * Trains the recommended kind of model on profiles: labels, audit, repeated stratified k-fold with everything fitted inside
 * the fold, calibration and threshold by out-of-fold predictions.
 *
 * @throws InsightsError for a target that is constant or unknown in every row, fewer rows of a class than folds, and where
 *   the audit leaves no feature
 */
export async function trainProfiles(
  profiles: Profiles,
  options: TrainProfilesOptions,
): Promise<TrainedProfiles> {
  const { definition, preset, recipe, folds, repeats, seed, workers, signal, onProgress, elapsed } = options;
  const { connection, table } = profiles;
  const started = elapsed();
  onProgress?.("audit", 0, 1);
  const split =
    options.testSize === undefined
      ? null
      : await setAside(connection, table, definition, { share: options.testSize, seed });
  const relation = split?.training ?? table;
  const snapshot = await snapshotOf(connection, relation);
  const target = await definition.fit(connection, relation);
  const all = await labelsOf(connection, target, relation, { snapshot });
  requireBothClasses(target, all.labels);
  const known = Int32Array.from(all.labels.keys()).filter((i) => all.labels[i] >= 0);
  const rows = Float64Array.from(known, (i) => all.rows[i]);
  const labels = Uint8Array.from(known, (i) => all.labels[i]);
  const audit = await auditFeatures(connection, {
    relation,
    preset,
    definition,
    rows,
    labels,
    folds,
    seed,
    signal,
  });
  const taken = takeOut(audit.findings, { allowLeakage: options.allowLeakage });
  const audited = elapsed();
  const trained = await trainEnsemble(connection, {
    relation,
    preset: withoutFeatures(preset, taken.features),
    definition,
    recipe,
    folds,
    repeats,
    seed,
    workers,
    signal,
    onProgress: (done, total) => onProgress?.("train", done, total),
  });
  const finished = elapsed();
  onProgress?.("judge", 0, 1);
  const { mean } = trained.outOfFold;
  const choice = choosePolicy(options.policy, labels, mean);
  const threshold = choice.value;
  const judged = { rows, labels, probabilities: mean };
  const slices = await groupSlices(connection, relation, judged, { threshold, seed, tiers: options.tiers });
  const { slope, intercept, bias, expected_calibration_error, intervals, bins } = calibrationReport(
    labels,
    mean,
    { seed, repeats: CALIBRATION_REPEATS },
  );
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const dataset = datasetOf(profiles, preset);
  const reference = await referenceOf(connection, relation, trained.pipeline, mean, seed);
  const background = await backgroundOf(connection, trained.pipeline, trained.relation, seed);
  const model = trainedModel(trained, { dataset, threshold, reference, background }, options);
  // Whatever is chosen has been chosen by now.
  const test =
    split === null
      ? null
      : await judgeTestRows(connection, split, { model, target: trained.validation.target, snapshot, seed });
  const results = trainingResultsSchema.parse({
    schema_version: 1,
    created_at: options.createdAt.toISOString(),
    versions: options.versions,
    options: {
      preset: preset.name,
      target: options.wording,
      active_days: options.activeDays ?? null,
      folds,
      repeats,
      networks: recipe.networks,
      seed,
      policy: options.policy,
      allow_leakage: options.allowLeakage,
      test_size: options.testSize ?? null,
    },
    dataset,
    target: {
      name: target.name,
      about: target.about,
      expression: target.expression,
      positives,
      negatives: labels.length - positives,
      unknown: all.labels.length - labels.length,
      positive_rate: positives / labels.length,
    },
    leakage: { ...audit, taken_out: taken.features, sentences: taken.sentences },
    features: trained.pipeline.names,
    out_of_fold: {
      // The model ranks by one logit. Here each fold has a calibration of its own, which is noise between their rows.
      ...measure(labels, mean, threshold, seed, meanOf(trained.validation.logits).map(probabilityOf)),
      roc_auc_over_folds: spread(aucByFold(trained.validation)),
    },
    calibration: {
      fitted: trained.calibration,
      slope,
      intercept,
      bias,
      expected_calibration_error,
      intervals,
      bins,
    },
    threshold: choice,
    test: test?.results ?? null,
    slices,
    timing: {
      audit_ms: audited - started,
      train_ms: finished - audited,
      judge_ms: elapsed() - finished,
    },
  });
  return {
    model,
    results,
    predictions: await formatPredictions(profiles, threshold, { train: judged, test: test?.judged }),
  };
}

function datasetOf(profiles: Profiles, preset: Preset): TrainingResults["dataset"] {
  const { source, provider, rows, rejectedCount, duplicates, missing } = profiles;
  return {
    file: source.file,
    fingerprint: source.fingerprint,
    provider,
    rows,
    rejected: rejectedCount,
    duplicates,
    unknown_columns: presetInputs(preset).filter((name) => missing.includes(name)),
  };
}
