import type { Background } from "../bundle/background.ts";
import type { Model } from "../bundle/model.ts";
import { keptTarget } from "../bundle/target.ts";
import type { DataProfile } from "../evaluation/dataProfile.ts";
import type { TrainingResults } from "./results.ts";
import type { TrainedEnsemble } from "./trainEnsemble.ts";
import type { TrainProfilesOptions } from "./trainProfiles.ts";

/** What a model has to know beside what was trained. */
export interface MeasuredModel {
  /** One that stands for all of the folds, or all of them where they are few. */
  readonly network: Model["network"];
  readonly dataset: TrainingResults["dataset"];
  /** Profiles with at least this probability are called active. */
  readonly threshold: number;
  /** What the training rows looked like. */
  readonly reference: DataProfile;
  /** Some of them, for explanations. */
  readonly background: Background;
}

/** Puts a model together of what was trained and what was measured. */
export function trainedModel(
  { pipeline, calibration, validation }: TrainedEnsemble,
  { network, dataset, threshold, reference, background }: MeasuredModel,
  { recipe, folds, repeats, seed, wording, activeDays, policy, versions, createdAt }: TrainProfilesOptions,
): Model {
  const { file, fingerprint, rows } = dataset;
  const { dropout, learningRate, weightDecay, epochs, batchSize, degreeShare, labelSmoothing } = recipe;
  return {
    created_at: createdAt.toISOString(),
    versions,
    seed,
    data: { file, fingerprint, rows },
    training: {
      folds,
      repeats,
      networks: recipe.networks,
      dropout,
      learning_rate: learningRate,
      weight_decay: weightDecay,
      epochs,
      batch_size: batchSize,
      degree_share: degreeShare,
      label_smoothing: labelSmoothing,
      without: recipe.without.join(" "),
    },
    target: keptTarget(validation.target, wording, activeDays),
    calibration,
    threshold,
    policy,
    pipeline,
    network,
    reference,
    background,
  };
}
