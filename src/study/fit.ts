import { type FittedPipeline, fitPipeline } from "../features/pipeline.ts";
import { type FeatureMatrix, transform } from "../features/transform.ts";
import { examplesAt } from "./labelled.ts";
import type { Parts } from "./protocol.ts";
import { type StudyData, TRAINING_VIEW } from "./read.ts";

/** The fitted features of a study. */
export interface StudyFeatures {
  readonly pipeline: FittedPipeline;
  /** Features of all profiles. */
  readonly matrix: FeatureMatrix;
  /** Those of the labelled profiles, by part of the split. */
  readonly parts: Parts;
}

/** Fits the features of a preset on the training rows, and computes them for all profiles. */
export async function fitFeatures(
  data: StudyData,
  preset: string,
): Promise<{ result: StudyFeatures; message: string }> {
  const { connection, table } = data.profiles;
  const pipeline = await fitPipeline(connection, preset, TRAINING_VIEW);
  const matrix = await transform(connection, pipeline, table);
  const { train, valid, test } = data.split;
  const part = (positions: Int32Array) => examplesAt(matrix, data.labelled, positions);
  return {
    result: { pipeline, matrix, parts: { train: part(train), valid: part(valid), test: part(test) } },
    message: `${matrix.columns} features, fitted on ${train.length} training rows`,
  };
}
