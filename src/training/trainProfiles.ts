import { choosePolicy } from "../evaluation/policies.ts";
import { takeOut } from "../leakage/finding.ts";
import type { Profiles } from "../profiles/read.ts";
import { snapshotOf } from "../targets/snapshot.ts";
import { auditFeatures, withoutFeatures } from "./auditFeatures.ts";
import { aucByFold } from "./crossValidate.ts";
import { groupImportance } from "./groupImportance.ts";
import { formatPredictions } from "./judged.ts";
import { leaderboard } from "./leaderboard.ts";
import { dependences } from "./partialDependence.ts";
import { labelledRows } from "./rows.ts";
import { judgeTestRows, setAside } from "./testSplit.ts";
import { asksCreator, trainCreator } from "./trainCreator.ts";
import { foldPredictors, trainEnsemble } from "./trainEnsemble.ts";
import type { TrainedProfiles, TrainProfilesOptions } from "./trained.ts";
import { backgroundOf, referenceOf, trainedModel } from "./trainedModel.ts";
import { trainedDataset, trainingResults } from "./trainingResults.ts";

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
  if (asksCreator(options)) return trainCreator(profiles, options);
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
  const { rows, labels, ...counts } = labelled;
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
  const dataset = trainedDataset(profiles, preset);
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
  const results = await trainingResults(profiles, options, {
    preset: preset.name,
    dataset,
    audit,
    taken,
    target,
    counts,
    relation,
    features: trained.pipeline.names,
    judged,
    probabilities,
    aucByFold: aucByFold(trained.validation),
    calibration: trained.calibration,
    choice,
    leaderboard: board,
    questions: null,
    test: test?.results ?? null,
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
