import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../base/quote.ts";
import { sigmoid } from "../base/statistics.ts";
import { createEvaluator } from "../features/pipeline.ts";
import type { CanonicalProfile } from "../features/profile.ts";
import { columnsOf } from "../features/requireColumns.ts";
import { transform } from "../features/transform.ts";
import { asksQuestions, EVIDENCE_WORDS } from "./answers.ts";
import type { Model } from "./model.ts";
import { type AnsweringModel, createModelPredictor } from "./modelPredictor.ts";

/** What a model says of some profiles. */
export interface Scores {
  /** `profiles.row` of each, rising. */
  readonly rows: Float64Array;
  /** `id`, or `account_id` where there is no id; null where there is neither. */
  readonly ids: (string | null)[];
  /** Probability that the target is true, 0..1. */
  readonly probabilities: Float64Array;
  /** The answers to the two questions, one a row; null for a model of one question. */
  readonly answers: CreatorAnswers | null;
}

/** What a model of creators says of some profiles. */
export interface CreatorAnswers {
  /** Probability that a post comes within the horizon, 0..1. */
  readonly still_posting: Float64Array;
  /** Probability that the engagement is above the norm for the size, 0..1. */
  readonly well_answered: Float64Array;
  /** What each is answered from, `still_posting` first: one of `EVIDENCE_WORDS`. */
  readonly evidence: string[];
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
  return { rows, ids: ids as (string | null)[], ...createScorer(model)(values, rows.length) };
}

/** What a model says of some rows. */
export type ScoredRows = Pick<Scores, "probabilities" | "answers">;

/** Scores features: `x` as the model's pipeline makes them, row by row. */
export type Scorer = (x: Float32Array, rows: number) => ScoredRows;

/** Makes a scorer that holds a model's networks ready. */
export function createScorer(model: AnsweringModel): Scorer {
  const predictor = createModelPredictor(model);
  const questions = asksQuestions(model);
  return (x, rows) => {
    const { logits, still, well, evidence } = predictor.answers(x, rows);
    const answers = {
      still_posting: still,
      well_answered: well,
      evidence: Array.from(evidence, (code) => EVIDENCE_WORDS[code]),
    };
    return { probabilities: logits.map(sigmoid), answers: questions ? answers : null };
  };
}

/** Scores profiles in memory, in their order. A column that is not there is unknown. */
export type ProfileScorer = (profiles: readonly Partial<CanonicalProfile>[]) => ScoredRows;

/**
 * Makes a scorer of profiles that needs no database: the features by their plain twins, then the networks. It says what
 * `scoreProfiles` says.
 */
export function createProfileScorer(
  model: Pick<Model, "pipeline" | "answers" | "combinations">,
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
export function probabilitiesOf(model: AnsweringModel, x: Float32Array, rows: number): Float64Array {
  return createScorer(model)(x, rows).probabilities;
}
