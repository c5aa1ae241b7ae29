import type { DuckDBConnection } from "@duckdb/node-api";
import { targetAnswer } from "../bundle/answers.ts";
import { createModelPredictor } from "../bundle/modelPredictor.ts";
import type { Calibration } from "../evaluation/calibration.ts";
import type { FittedPipeline } from "../features/pipeline.ts";
import type { Network } from "../network/network.ts";
import type { Ensemble } from "../network/predictor.ts";
import { snapshotOf } from "../targets/snapshot.ts";
import {
  type CrossValidateOptions,
  type CrossValidation,
  calibrateOutOfFold,
  crossValidate,
  type OutOfFold,
  presetOf,
} from "./crossValidate.ts";
import { foldJobs, prepareFold } from "./foldData.ts";
import type { MemberJob } from "./member.ts";
import { trainMembers } from "./pool.ts";
import { viewOf } from "./rows.ts";

/** A model ready to ship, and what is known of it from rows that its like had not seen. */
export interface TrainedEnsemble {
  /** The features, fitted to all labelled rows. */
  readonly pipeline: FittedPipeline;
  /** Name of a view of these rows. */
  readonly relation: string;
  /** Networks trained on all labelled rows: as many as judged each row out of fold. */
  readonly ensemble: Ensemble;
  /** From the ensemble's logit to a probability. */
  readonly calibration: Calibration;
  readonly validation: CrossValidation;
  readonly outOfFold: OutOfFold;
}

/**
 * Cross-validates a recipe, and trains it once more on all labelled rows. Each row is judged out of fold by the mean logit of
 * `networks` networks a repeat; the model is the mean logit of as many networks as all repeats have, so that what was measured
 * and what is made differ in the rows they learnt from alone: four fifths of them with five folds, and all. The calibration is
 * fitted to out-of-fold logits.
 *
 * @throws as `crossValidate`
 */
export async function trainEnsemble(
  connection: DuckDBConnection,
  options: CrossValidateOptions,
): Promise<TrainedEnsemble> {
  const { recipe, folds = 5, repeats = 3, seed, workers, signal, onProgress } = options;
  const snapshot = options.snapshot ?? (await snapshotOf(connection, options.relation));
  const networks = recipe.networks * repeats;
  const total = networks * (folds + 1);
  const validation = await crossValidate(connection, {
    ...options,
    snapshot,
    onProgress: (done) => onProgress?.(done, total),
  });
  const { rows } = validation;
  const relation = "labelled_profiles";
  await viewOf(connection, relation, options.relation, rows);
  const preset = presetOf(options.preset, recipe);
  const everything = {
    repeat: repeats,
    fold: 0,
    train: Int32Array.from(rows.keys()),
    test: new Int32Array(0),
  };
  const source = { connection, relation, preset, definition: options.definition, snapshot, rows };
  const place = validation.folds.length;
  const whole = await (options.prepare ?? prepareFold)(source, everything, place);
  async function* jobs(): AsyncGenerator<MemberJob> {
    yield* foldJobs(whole, { recipe: { ...recipe, networks }, place, seed });
  }
  const onDone = (done: number) => onProgress?.(networks * folds + done, total);
  const members = await trainMembers(jobs(), { workers, signal, onDone });
  const outOfFold = calibrateOutOfFold(validation, seed);
  return {
    pipeline: whole.pipeline,
    relation,
    ensemble: averaged(members.map(({ network }) => network)),
    calibration: outOfFold.calibration,
    validation,
    outOfFold,
  };
}

/** A model of some fold, for what is asked of rows that it left out. */
export interface FoldPredictor {
  /** Calibrated logits; `x` holds the finished model's features row by row, which a fold's networks read all the same. */
  logits(x: Float32Array, rows: number): Float64Array;
}

/** Predictors of the folds' networks, one a fold, in the order of the folds, with the model's calibration. */
export function foldPredictors({
  pipeline,
  calibration,
  validation,
}: Pick<TrainedEnsemble, "pipeline" | "calibration" | "validation">): FoldPredictor[] {
  return validation.networks.map((networks) => {
    const answer = targetAnswer(pipeline, averaged(networks), calibration);
    return createModelPredictor({ pipeline, answers: [answer] });
  });
}

/** Networks whose logits count alike. */
export function averaged(networks: readonly Network[]): Ensemble {
  return { networks, weights: networks.map(() => 1 / networks.length) };
}
