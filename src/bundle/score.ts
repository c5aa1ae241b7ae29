import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../base/quote.ts";
import { sigmoid } from "../base/statistics.ts";
import { createEvaluator } from "../features/pipeline.ts";
import type { CanonicalProfile } from "../features/profile.ts";
import { columnsOf } from "../features/requireColumns.ts";
import { type FeatureMatrix, transform } from "../features/transform.ts";
import { secondsSql } from "../profiles/dates.ts";
import { snapshotOf } from "../targets/snapshot.ts";
import { asksQuestions, EVIDENCE_WORDS, type EvidenceWords } from "./answers.ts";
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
  readonly evidence: EvidenceWords[];
}

/**
 * Scores every profile of a relation. For a model of two questions the newest date of the relation stands in where posts are dated and it
 * is not known when they were read.
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
  const { rows, values } = await featuresOf(connection, model, relation);
  const there = await columnsOf(connection, relation);
  const names = ["id", "account_id"].filter((name) => there.has(name));
  const id = names.length > 0 ? `coalesce(${names.join(", ")})` : "NULL";
  const reader = await connection.runAndReadAll(
    `SELECT ${id} FROM ${quoteIdentifier(relation)} ORDER BY "row"`,
  );
  const [ids] = reader.getColumnsJS();
  return { rows, ids: ids as (string | null)[], ...createScorer(model)(values, rows.length) };
}

/** Numbers the views that stand for a while. */
let views = 0;

/** The features of a relation, as of its newest date where posts are dated and their snapshot is unknown. */
async function featuresOf(
  connection: DuckDBConnection,
  model: Model,
  relation: string,
): Promise<FeatureMatrix> {
  const { pipeline } = model;
  const there = await columnsOf(connection, relation);
  const dated = there.has("observed_at") && there.has("posted_at");
  const newest = asksQuestions(model) && dated ? (await snapshotOf(connection, relation)).newest : null;
  if (newest === null) return transform(connection, pipeline, relation);
  const view = `profiles_at_snapshot_${views++}`;
  // Up to the second above, as everywhere. Rows without posts are left as they are in a file that is not held in a table.
  const observed = `CASE WHEN len(posted_at) > 0 THEN coalesce(observed_at, ${secondsSql(Math.ceil(newest))}) ELSE observed_at END`;
  await connection.run(
    `CREATE TEMP VIEW ${view} AS SELECT * REPLACE (${observed} AS observed_at) FROM ${quoteIdentifier(relation)}`,
  );
  try {
    return await transform(connection, pipeline, view);
  } finally {
    await connection.run(`DROP VIEW ${view}`);
  }
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
