import type { DuckDBConnection } from "@duckdb/node-api";
import { comparedColumns } from "../analysis/comparedColumns.ts";
import { targetAnswer } from "../bundle/answers.ts";
import { keptTarget } from "../bundle/configuration.ts";
import type { Model } from "../bundle/model.ts";
import type { Background } from "../bundle/weights.ts";
import { type DataProfile, profileColumn, profileWords } from "../evaluation/dataProfile.ts";
import type { ThresholdPolicy } from "../evaluation/policies.ts";
import { PREDICTION } from "../evaluation/scoredDrift.ts";
import type { FittedPipeline } from "../features/pipeline.ts";
import { columnsByName, transform } from "../features/transform.ts";
import type { Recipe } from "./recipe.ts";
import type { TrainingResults } from "./results.ts";
import { viewOfSample } from "./rows.ts";
import type { TrainedEnsemble } from "./trainEnsemble.ts";

/** How a model was trained, for its record. */
export interface TrainingFacts {
  readonly recipe: Recipe;
  readonly folds: number;
  readonly repeats: number;
  readonly seed: number;
  /** The target as the user wrote it, and its days where the user said so. */
  readonly wording: string;
  readonly activeDays?: number | undefined;
  readonly policy: ThresholdPolicy;
  readonly versions: TrainingResults["versions"];
  readonly createdAt: Date;
}

/** What a model has to know beside what was trained. */
export interface MeasuredModel {
  readonly dataset: TrainingResults["dataset"];
  /** Profiles with at least this probability are picked. */
  readonly threshold: number;
  /** What the training rows looked like. */
  readonly reference: DataProfile;
  /** Some of them, for explanations. */
  readonly background: Background;
}

/** Puts a model together of what was trained and what was measured. */
export function trainedModel(
  { pipeline, ensemble, calibration, validation }: TrainedEnsemble,
  { dataset, threshold, reference, background }: MeasuredModel,
  facts: TrainingFacts,
): Model {
  return {
    ...recordOf(dataset, facts),
    target: keptTarget(validation.target, facts.wording, facts.activeDays),
    threshold,
    policy: facts.policy,
    pipeline,
    answers: [targetAnswer(pipeline, ensemble, calibration)],
    reference,
    background,
  };
}

/** How a model came to be, for its record. */
export function recordOf(
  { file, fingerprint, rows }: TrainingResults["dataset"],
  { recipe, folds, repeats, seed, versions, createdAt }: TrainingFacts,
): Pick<Model, "created_at" | "versions" | "seed" | "data" | "training"> {
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
  };
}

/** Rows of a background at most: what an explanation costs grows with them. */
const MOST_BACKGROUND_ROWS = 128;

/**
 * Draws the rows that explanations of a model are measured against. Their scaled features are kept, without ids, names or
 * texts; drawn from all training rows alike, so that their mean score is that of somebody about whom nothing is known.
 *
 * @param relation name of a table or view with `row` and the canonical columns: all training rows
 */
export async function backgroundOf(
  connection: DuckDBConnection,
  pipeline: FittedPipeline,
  relation: string,
  seed: number,
): Promise<Background> {
  const drawn = await viewOfSample(connection, "background_profiles", relation, MOST_BACKGROUND_ROWS, seed);
  const { rows, values } = await transform(connection, pipeline, drawn);
  return { rows: rows.length, values };
}

/** Rows that are described at most. */
const MOST_DESCRIBED_ROWS = 20_000;

/**
 * Describes the rows a model was trained on, for what it will be used on to be compared with.
 *
 * @param relation name of a table or view with `row` and the canonical columns: all training rows
 * @param probabilities out of fold
 */
export async function referenceOf(
  connection: DuckDBConnection,
  relation: string,
  pipeline: FittedPipeline,
  probabilities: Float64Array,
  seed: number,
): Promise<DataProfile> {
  const described = await viewOfSample(connection, "described_profiles", relation, MOST_DESCRIBED_ROWS, seed);
  const { numbers, words } = await comparedColumns(connection, described);
  const matrix = await transform(connection, pipeline, described);
  return {
    rows: matrix.rows.length,
    columns: Object.entries(numbers).map(([name, column]) => profileColumn(name, column)),
    words: Object.entries(words).map(([name, column]) => profileWords(name, column)),
    features: Object.entries(columnsByName(matrix)).map(([name, column]) => profileColumn(name, column)),
    prediction: profileColumn(PREDICTION, probabilities),
  };
}
