import type { DuckDBConnection } from "@duckdb/node-api";
import type { Calibration } from "../evaluation/calibration.ts";
import { type FittedPipeline, fitPipeline } from "../features/pipeline.ts";
import { createEnsemblePredictor, type Ensemble, type EnsemblePredictor } from "../network/predictor.ts";
import {
  type CrossValidateOptions,
  type CrossValidation,
  calibrateOutOfFold,
  crossValidate,
  type OutOfFold,
  presetOf,
} from "./crossValidate.ts";
import { viewOf } from "./rows.ts";

/** A model ready to ship, and what is known of it from rows that its parts had not seen. */
export interface TrainedEnsemble {
  /** The features, fitted to all labelled rows. */
  readonly pipeline: FittedPipeline;
  /** Name of a view of these rows. */
  readonly relation: string;
  /** The networks of all folds. */
  readonly ensemble: Ensemble;
  /** From the ensemble's logit to a probability. */
  readonly calibration: Calibration;
  readonly validation: CrossValidation;
  readonly outOfFold: OutOfFold;
}

/**
 * Cross-validates a recipe, and makes a model of the fold networks: the mean of their logits, calibrated on out-of-fold
 * predictions. The features are fitted once more, to all labelled rows; the folds', fitted to four fifths of them, are
 * near enough that the networks read them all the same.
 *
 * @throws as `crossValidate`
 */
export async function trainEnsemble(
  connection: DuckDBConnection,
  options: CrossValidateOptions,
): Promise<TrainedEnsemble> {
  const validation = await crossValidate(connection, options);
  const relation = "labelled_profiles";
  await viewOf(connection, relation, options.relation, validation.rows);
  const pipeline = await fitPipeline(connection, presetOf(options.preset, options.recipe), relation);
  const outOfFold = calibrateOutOfFold(validation, options.seed);
  const networks = validation.networks.flat();
  return {
    pipeline,
    relation,
    ensemble: { networks, weights: networks.map(() => 1 / networks.length) },
    calibration: outOfFold.calibration,
    validation,
    outOfFold,
  };
}

/** Predictors of the folds' networks, one a fold, in the order of the folds. */
export function foldPredictors({ validation }: Pick<TrainedEnsemble, "validation">): EnsemblePredictor[] {
  return validation.networks.map((networks) =>
    createEnsemblePredictor({ networks, weights: networks.map(() => 1 / networks.length) }),
  );
}
