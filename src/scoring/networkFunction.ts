import type { DuckDBConnection, DuckDBVector } from "@duckdb/node-api";
import { DOUBLE, DuckDBScalarFunction, ENUM, STRUCT } from "../base/duckdb.ts";
import { sigmoid } from "../base/statistics.ts";
import { asksQuestions, EVIDENCE_WORDS, NO_EVIDENCE } from "../bundle/answers.ts";
import type { Model } from "../bundle/model.ts";
import { createModelPredictor, type PredictedRows } from "../bundle/modelPredictor.ts";
import { DUCKDB } from "../features/dialect.ts";
import { minMax } from "../features/minMax.ts";
import { pipelineInputs, unscaledSql } from "../features/pipeline.ts";
import type { RowSampler } from "./rowSample.ts";

/** What went through a model so far. */
export interface ScoredCounts {
  readonly rows: number;
  /** With at least the threshold's probability. */
  readonly active: number;
  /** About whom neither of the two questions finds anything. */
  readonly unanswered: number;
  /** With dated posts that say nothing, because it is not known when the profile was read. */
  readonly undated: number;
  /** The first and the last moment at which one was read, in Unix seconds; infinite where none tells. */
  readonly first: number;
  readonly last: number;
  /** That do not tell when they were read. */
  readonly untold: number;
}

/** A model as SQL. */
export interface ModelFunction {
  /** Expressions over canonical columns, never NULL, that the function takes. */
  readonly parameters: readonly string[];
  /**
   * Expression over the function's parameters. Of a model of one question the probability, a DOUBLE. Of a model of two a STRUCT:
   * `probability`, `still_posting` and `well_answered` (DOUBLE), and `evidence` (ENUM of `EVIDENCE_WORDS`). Never NULL.
   */
  call(parameters: readonly string[]): string;
  counts(): ScoredCounts;
}

const NAME = "insights_network";

/** What the function of a model of two questions gives. */
const ANSWERS = STRUCT({
  probability: DOUBLE,
  still_posting: DOUBLE,
  well_answered: DOUBLE,
  evidence: ENUM(EVIDENCE_WORDS),
});

/**
 * Makes a model's networks a scalar function of a DuckDB instance: the features stay SQL, and 2048 rows of them at a time are
 * scaled and go through the kernel on this thread while DuckDB's threads read on. To scale them in SQL takes ten times as long.
 *
 * @param sampler is shown every row
 */
export function registerModel(
  connection: DuckDBConnection,
  model: Model,
  sampler?: RowSampler,
): ModelFunction {
  const questions = asksQuestions(model);
  const predictor = createModelPredictor(model);
  const { inputs, room } = predictor;
  const { min, max } = model.pipeline.scaling;
  const most = room.length / inputs;
  const counts = { ...NOTHING_SCORED };
  const parameters = [
    ...unscaledSql(model.pipeline, DUCKDB),
    observedSql(model),
    ...(questions ? [undatedSql(model)] : []),
  ];
  connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name: NAME,
      parameterTypes: parameters.map(() => DOUBLE),
      returnType: questions ? ANSWERS : DOUBLE,
      // Worked out once a row, however often the result is used.
      volatile: true,
      mainFunction: (_info, chunk, output) => {
        const items = parameters.map((_, column) => itemsOf<Float64Array>(chunk.getColumnVector(column)));
        const [probabilities, ...answers] = questions ? entriesOf(output) : [itemsOf<Float64Array>(output)];
        // DuckDB's vectors fit the room; should they grow, they go through it in parts.
        for (let first = 0; first < chunk.rowCount; first += most) {
          const rows = Math.min(most, chunk.rowCount - first);
          for (let from = 0; from < rows; from += BLOCK_ROWS) {
            const to = Math.min(rows, from + BLOCK_ROWS);
            for (let column = 0; column < inputs; column++) {
              const values = items[column];
              const [low, high] = [min[column], max[column]];
              for (let row = from, at = from * inputs + column; row < to; row++, at += inputs)
                room[at] = minMax(values[first + row], low, high);
            }
          }
          const found = predictor.answersOfRoom(rows);
          for (let row = 0; row < rows; row++) {
            const p = sigmoid(found.logits[row]);
            if (p >= model.threshold) counts.active++;
            probabilities[first + row] = p;
          }
          counts.rows += rows;
          noteMoments(counts, items[inputs].subarray(first, first + rows));
          if (questions) {
            putAnswers(found, answers, first);
            for (const code of found.evidence) if (code === NO_EVIDENCE) counts.unanswered++;
            for (let row = 0; row < rows; row++) counts.undated += items[inputs + 1][first + row];
          }
          sampler?.take(room, probabilities.subarray(first, first + rows));
        }
        output.flush();
      },
    }),
  );
  return {
    parameters,
    call: (given) => `${NAME}(${given.join(", ")})`,
    counts: () => counts,
  };
}

/** Rows that are filled at a time, so that their features stay in the processor's nearest memory meanwhile. */
const BLOCK_ROWS = 64;

const NOTHING_SCORED = {
  rows: 0,
  active: 0,
  unanswered: 0,
  undated: 0,
  first: Number.POSITIVE_INFINITY,
  last: Number.NEGATIVE_INFINITY,
  untold: 0,
};

/** When a profile was read, in Unix seconds; NaN where it is not known, or nothing that the features read tells. */
function observedSql({ pipeline }: Model): string {
  if (!pipelineInputs(pipeline).includes("observed_at")) return "'NaN'::DOUBLE";
  return "coalesce(epoch(observed_at), 'NaN'::DOUBLE)";
}

function noteMoments(counts: typeof NOTHING_SCORED, moments: Float64Array): void {
  for (const moment of moments) {
    if (Number.isNaN(moment)) counts.untold++;
    else {
      if (moment < counts.first) counts.first = moment;
      if (moment > counts.last) counts.last = moment;
    }
  }
}

/** 1 where posts are dated and the moment is unknown that they are looked at from, else 0. */
function undatedSql({ pipeline }: Model): string {
  const inputs = pipelineInputs(pipeline);
  if (!inputs.includes("posted_at") || !inputs.includes("observed_at")) return "0e0";
  return "CASE WHEN observed_at IS NULL AND len(posted_at) > 0 THEN 1e0 ELSE 0e0 END";
}

function putAnswers({ still, well, evidence }: PredictedRows, into: readonly Items[], first: number): void {
  into[0].set(still, first);
  into[1].set(well, first);
  // The codes are the places of the words in the ENUM.
  into[2].set(evidence, first);
}

type Items = Float64Array | Uint8Array;

/** A vector of numbers as one typed array, without an object a value. */
function itemsOf<Of extends Items>(vector: DuckDBVector): Of {
  return (vector as unknown as { items: Of }).items;
}

/** The vectors of a STRUCT's entries. */
function entriesOf(vector: DuckDBVector): Items[] {
  return (vector as unknown as { entryVectors: DuckDBVector[] }).entryVectors.map((entry) => itemsOf(entry));
}
