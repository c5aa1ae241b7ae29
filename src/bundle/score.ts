import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../base/quote.ts";
import { sigmoid } from "../base/statistics.ts";
import { applyCalibration } from "../evaluation/calibration.ts";
import { createEvaluator } from "../features/pipeline.ts";
import type { CanonicalProfile } from "../features/profile.ts";
import { columnsOf } from "../features/requireColumns.ts";
import { transform } from "../features/transform.ts";
import { createEnsemblePredictor, createPredictor } from "../network/predictor.ts";
import { ensembleOf, isEnsemble, type Model } from "./model.ts";

/** What a model says of some profiles. */
export interface Scores {
  /** `profiles.row` of each, rising. */
  readonly rows: Float64Array;
  /** `id`, or `account_id` where there is no id; null where there is neither. */
  readonly ids: (string | null)[];
  /** Probability that the target is true, 0..1. */
  readonly probabilities: Float64Array;
}

/**
 * Scores every profile of a relation.
 *
 * @param relation name of a table or view with `row` and the canonical columns that the model reads; it need not have
 *   those of the target
 * @throws InsightsError for a missing column
 */
export async function scoreProfiles(
  connection: DuckDBConnection,
  model: Model,
  relation: string,
): Promise<Scores> {
  const { rows, values } = await transform(connection, model.pipeline, relation);
  const there = await columnsOf(connection, relation);
  const names = ["id", "account_id"].filter((name) => there.has(name));
  const id = names.length > 0 ? `coalesce(${names.join(", ")})` : "NULL";
  const reader = await connection.runAndReadAll(
    `SELECT ${id} FROM ${quoteIdentifier(relation)} ORDER BY "row"`,
  );
  const [ids] = reader.getColumnsJS();
  return { rows, ids: ids as (string | null)[], probabilities: probabilitiesOf(model, values, rows.length) };
}

/** Gives features their probabilities: `x` as the model's pipeline makes them, row by row. */
export type Scorer = (x: Float32Array, rows: number) => Float64Array;

/**
 * Makes a scorer that holds a model's networks ready: the logistic function of the logit (of several networks the weighted
 * mean), calibrated where the model is.
 */
export function createScorer({ network, calibration }: Pick<Model, "network" | "calibration">): Scorer {
  if (calibration === undefined && !isEnsemble(network)) return createPredictor(network).probabilities;
  const ensemble = ensembleOf(network);
  const { logits } = createEnsemblePredictor(ensemble);
  return (x, rows) =>
    calibration === undefined ? logits(x, rows).map(sigmoid) : applyCalibration(calibration, logits(x, rows));
}

/** Gives profiles in memory their probabilities, in their order. A column that is not there is unknown. */
export type ProfileScorer = (profiles: readonly Partial<CanonicalProfile>[]) => Float64Array;

/**
 * Makes a scorer of profiles that needs no database: the features by their plain twins, then the networks. The probabilities are
 * those of `scoreProfiles`.
 */
export function createProfileScorer(
  model: Pick<Model, "pipeline" | "network" | "calibration">,
): ProfileScorer {
  const columns = model.pipeline.names.length;
  const evaluate = createEvaluator(model.pipeline);
  const score = createScorer(model);
  let x = new Float32Array(columns);
  return (profiles) => {
    if (profiles.length * columns > x.length) x = new Float32Array(profiles.length * columns);
    for (let i = 0; i < profiles.length; i++) evaluate(profiles[i], x, i * columns);
    return score(x, profiles.length);
  };
}

/**
 * The probabilities that a model gives to features, as {@link createScorer} does. For once: it makes the networks ready anew.
 *
 * @param x as the model's pipeline makes them, row by row
 */
export function probabilitiesOf(model: Model, x: Float32Array, rows: number): Float64Array {
  return createScorer(model)(x, rows);
}
