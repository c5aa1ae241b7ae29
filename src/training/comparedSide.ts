import { comparedColumns } from "../analysis/comparedColumns.ts";
import type { Model } from "../bundle/model.ts";
import { probabilitiesOf } from "../bundle/score.ts";
import {
  columnsOfProfile,
  type DataProfile,
  type DriftColumns,
  profileWords,
  valuesOfProfile,
  type WordProfile,
} from "../evaluation/dataProfile.ts";
import type { FittedPipeline } from "../features/pipeline.ts";
import { transform } from "../features/transform.ts";
import type { Profiles } from "../profiles/read.ts";
import { viewOfSample } from "./rows.ts";

/** One of the two sets of profiles that are compared. */
export interface ComparedSide {
  /** Base name of the file. */
  readonly file: string;
  /** Profiles that it stands for. */
  readonly profiles: number;
  /** Profiles that were compared, drawn from them. */
  readonly compared: number;
  /** Canonical columns as numbers, NaN where unknown. */
  readonly columns: DriftColumns;
  readonly words: readonly WordProfile[];
  /** Features as the network takes them. */
  readonly features: DriftColumns;
  /** Probabilities; null without a model. */
  readonly prediction: ArrayLike<number> | null;
}

/** Profiles that are compared at most, of each set. */
const MOST_ROWS = 50_000;

/**
 * Reads what a file's profiles are compared by.
 *
 * @param pipeline fitted to the older set
 * @param model for the prediction; its pipeline is `pipeline`
 */
export async function sideOfProfiles(
  { connection, table, source, rows }: Profiles,
  pipeline: FittedPipeline,
  model: Model | null,
  seed: number,
): Promise<ComparedSide> {
  const drawn = await viewOfSample(connection, "compared_profiles", table, MOST_ROWS, seed);
  const { numbers, words } = await comparedColumns(connection, drawn);
  const matrix = await transform(connection, pipeline, drawn);
  const compared = matrix.rows.length;
  const columns = matrix.names.map((name, at) => [
    name,
    Float64Array.from(matrix.rows, (_, row) => matrix.values[row * matrix.columns + at]),
  ]);
  return {
    file: source.file,
    profiles: rows,
    compared,
    columns: numbers,
    words: Object.entries(words).map(([name, column]) => profileWords(name, column)),
    features: Object.fromEntries(columns),
    prediction: model === null ? null : probabilitiesOf(model, matrix.values, compared),
  };
}

/** What a model has kept of the profiles it was trained on, as a side to compare with. */
export function sideOfReference(reference: DataProfile, data: Model["data"]): ComparedSide {
  return {
    file: data.file,
    profiles: data.rows,
    compared: reference.rows,
    columns: columnsOfProfile(reference.columns),
    words: reference.words,
    features: columnsOfProfile(reference.features),
    prediction: valuesOfProfile(reference.prediction),
  };
}
