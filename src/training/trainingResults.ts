import { spread } from "../base/statistics.ts";
import type { Calibration } from "../evaluation/calibration.ts";
import { calibrationReport } from "../evaluation/calibrationReport.ts";
import type { PolicyChoice } from "../evaluation/policies.ts";
import { presetInputs } from "../features/presets.ts";
import type { LeakageAudit, TakenOut } from "../leakage/finding.ts";
import type { Profiles } from "../profiles/read.ts";
import type { LabelCounts, Target } from "../targets/target.ts";
import { groupSlices, type Judged } from "./judged.ts";
import { measure } from "./measures.ts";
import { datasetOf, type TrainingResults, trainingResultsSchema } from "./results.ts";
import { thresholdChoices } from "./thresholdChoices.ts";
import type { TrainProfilesOptions } from "./trained.ts";

/** The file, as the results tell it: columns that the features read and the file lacks are unknown throughout. */
export function trainedDataset(
  profiles: Profiles,
  preset: TrainProfilesOptions["preset"],
): TrainingResults["dataset"] {
  const missing = presetInputs(preset).filter((name) => profiles.missing.includes(name));
  return { ...datasetOf(profiles), unknown_columns: missing };
}

/** What a training found, of whatever kind the model is. */
export interface TrainingFindings
  extends Pick<
    TrainingResults,
    | "dataset"
    | "features"
    | "importance"
    | "partial_dependence"
    | "leaderboard"
    | "test"
    | "questions"
    | "timing"
  > {
  readonly preset: string;
  readonly audit: LeakageAudit;
  readonly taken: TakenOut;
  readonly target: Target;
  readonly counts: LabelCounts;
  /** Name of a table or view that holds the judged profiles, and maybe others. */
  readonly relation: string;
  /** Mean out-of-fold probability over the repeats. */
  readonly judged: Judged;
  /** The same of each repeat. */
  readonly probabilities: readonly Float64Array[];
  readonly aucByFold: readonly number[];
  /** What the model calibrates by. */
  readonly calibration: Calibration;
  readonly choice: PolicyChoice;
}

/** Resamples behind the intervals of slope and intercept. */
const CALIBRATION_REPEATS = 300;

/** Measures what a training found, and puts the contents of its `metrics.json` together. */
export async function trainingResults(
  { connection }: Profiles,
  options: TrainProfilesOptions,
  found: TrainingFindings,
): Promise<TrainingResults> {
  const { seed, policy, tiers } = options;
  const { audit, taken, target, counts, judged, choice } = found;
  const { labels, probabilities: mean } = judged;
  const threshold = choice.value;
  const repeated = { folds: options.folds, probabilities: found.probabilities };
  const slices = await groupSlices(connection, found.relation, judged, { threshold, seed, tiers, repeated });
  const calibration = calibrationReport(labels, mean, { seed, repeats: CALIBRATION_REPEATS, repeated });
  return trainingResultsSchema.parse({
    schema_version: 1,
    created_at: options.createdAt.toISOString(),
    versions: options.versions,
    options: {
      preset: found.preset,
      target: options.wording,
      active_days: options.activeDays ?? null,
      folds: options.folds,
      repeats: options.repeats,
      networks: options.recipe.networks,
      seed,
      policy,
      allow_leakage: options.allowLeakage,
      test_size: options.testSize ?? null,
    },
    dataset: found.dataset,
    target: {
      name: target.name,
      about: target.about,
      expression: target.expression,
      ...counts,
      positive_rate: counts.positives / labels.length,
    },
    leakage: { ...audit, taken_out: taken.features, sentences: taken.sentences },
    features: found.features,
    out_of_fold: {
      ...measure(labels, mean, threshold, seed, repeated),
      roc_auc_over_folds: spread(found.aucByFold),
    },
    calibration: { fitted: found.calibration, ...calibration },
    threshold: choice,
    thresholds: thresholdChoices(labels, mean, policy),
    leaderboard: found.leaderboard,
    questions: found.questions,
    test: found.test,
    slices,
    importance: found.importance,
    partial_dependence: found.partial_dependence,
    timing: found.timing,
  });
}
