import { spread } from "../base/statistics.ts";
import type { Model } from "../bundle/model.ts";
import { calibrationReport } from "../evaluation/calibrationReport.ts";
import { choosePolicy } from "../evaluation/policies.ts";
import { type Preset, presetInputs } from "../features/presets.ts";
import { takeOut } from "../leakage/finding.ts";
import type { Profiles } from "../profiles/read.ts";
import type { FollowerTier } from "../profiles/tiers.ts";
import { snapshotOf } from "../targets/snapshot.ts";
import type { TargetDefinition } from "../targets/target.ts";
import { auditFeatures, withoutFeatures } from "./auditFeatures.ts";
import { aucByFold } from "./crossValidate.ts";
import { groupImportance } from "./groupImportance.ts";
import { formatPredictions, groupSlices } from "./judged.ts";
import { leaderboard } from "./leaderboard.ts";
import { measure } from "./measures.ts";
import { dependences } from "./partialDependence.ts";
import type { Recipe } from "./recipe.ts";
import { datasetOf, type TrainingResults, trainingResultsSchema } from "./results.ts";
import { labelledRows } from "./rows.ts";
import { judgeTestRows, setAside } from "./testSplit.ts";
import { thresholdChoices } from "./thresholdChoices.ts";
import { foldPredictors, trainEnsemble } from "./trainEnsemble.ts";
import { backgroundOf, referenceOf, type TrainingFacts, trainedModel } from "./trainedModel.ts";

/** The steps of a training, in order. */
export type TrainingStep = "audit" | "train" | "compare" | "judge";

/** What to train, and how. */
export interface TrainProfilesOptions extends TrainingFacts {
  readonly definition: TargetDefinition;
  readonly preset: Preset;
  /** Worker threads; the result is the same for any number. */
  readonly workers: number;
  /** Share of the labelled profiles to set aside and look at once, at the end; none unless told. */
  readonly testSize?: number | undefined;
  /** Follower tiers to measure by; those of the trade unless told. */
  readonly tiers?: readonly FollowerTier[] | undefined;
  /** Models to hold ours against on the same folds; no leaderboard unless told. */
  readonly opponents?: readonly Recipe[] | undefined;
  /** Compare on the folds of so many repeats; on all unless told. */
  readonly opponentRepeats?: number | undefined;
  /** Try a linear stand-in on shuffled labels, not the training itself: quicker, and blind to faults of the training. */
  readonly quickAudit?: boolean | undefined;
  /** Keep features that give the target away. */
  readonly allowLeakage: boolean;
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
  readonly outOfFold: OutOfFoldScores;
}

/** What the labelled profiles got from networks that had not seen them. */
export interface OutOfFoldScores {
  /** 0 or 1. */
  readonly labels: Uint8Array;
  /** Mean calibrated probability over the repeats. */
  readonly probabilities: Float64Array;
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
  const labelled = await labelledRows(connection, target, relation, snapshot);
  const { rows, labels, positives, negatives, unknown } = labelled;
  const audit = await auditFeatures(connection, {
    relation,
    preset,
    definition,
    rows,
    labels,
    trained: options.quickAudit === true ? undefined : { recipe, snapshot },
    folds,
    seed,
    signal,
  });
  const taken = takeOut(audit.findings, { allowLeakage: options.allowLeakage });
  const audited = elapsed();
  const shared = {
    relation,
    preset: withoutFeatures(preset, taken.features),
    definition,
    folds,
    repeats,
    seed,
    workers,
    signal,
  };
  const trained = await trainEnsemble(connection, {
    ...shared,
    recipe,
    onProgress: (done, total) => onProgress?.("train", done, total),
  });
  const ours = { recipe, found: trained.validation, milliseconds: elapsed() - audited };
  const finished = elapsed();
  const board =
    options.opponents === undefined
      ? null
      : await leaderboard(
          connection,
          ours,
          options.opponents,
          {
            ...shared,
            repeats: options.opponentRepeats ?? repeats,
            onProgress: (done, total) => onProgress?.("compare", done, total),
          },
          elapsed,
        );
  const compared = elapsed();
  onProgress?.("judge", 0, 1);
  const { mean, probabilities } = trained.outOfFold;
  const choice = choosePolicy(options.policy, labels, mean);
  const threshold = choice.value;
  const judged = { rows, labels, probabilities: mean };
  const repeated = { folds, probabilities };
  const slices = await groupSlices(connection, relation, judged, {
    threshold,
    seed,
    tiers: options.tiers,
    repeated,
  });
  const calibration = calibrationReport(labels, mean, { seed, repeats: CALIBRATION_REPEATS, repeated });
  const missing = presetInputs(preset).filter((name) => profiles.missing.includes(name));
  const dataset = { ...datasetOf(profiles), unknown_columns: missing };
  const reference = await referenceOf(connection, relation, trained.pipeline, mean, seed);
  const background = await backgroundOf(connection, trained.pipeline, trained.relation, seed);
  const model = trainedModel(trained, { dataset, threshold, reference, background }, options);
  const predictors = foldPredictors(trained);
  const importance = await groupImportance(connection, trained, predictors, { seed, signal });
  const partial = await dependences(connection, model, trained.relation, predictors, { seed, signal });
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
      negatives,
      unknown,
      positive_rate: positives / labels.length,
    },
    leakage: { ...audit, taken_out: taken.features, sentences: taken.sentences },
    features: trained.pipeline.names,
    out_of_fold: {
      ...measure(labels, mean, threshold, seed, repeated),
      roc_auc_over_folds: spread(aucByFold(trained.validation)),
    },
    calibration: { fitted: trained.calibration, ...calibration },
    threshold: choice,
    thresholds: thresholdChoices(labels, mean, options.policy),
    leaderboard: board,
    test: test?.results ?? null,
    slices,
    importance,
    partial_dependence: partial,
    timing: {
      audit_ms: audited - started,
      train_ms: finished - audited,
      ...(board === null ? {} : { compare_ms: compared - finished }),
      judge_ms: elapsed() - compared,
    },
  });
  return {
    model,
    results,
    predictions: await formatPredictions(profiles, threshold, { train: judged, test: test?.judged }),
    outOfFold: { labels, probabilities: mean },
  };
}
