import { InsightsError } from "../base/error.ts";
import { sigmoid } from "../base/statistics.ts";
import { calibratedLogit } from "../evaluation/calibration.ts";
import type { FittedPipeline } from "../features/pipeline.ts";
import { createEnsemblePredictor } from "../network/predictor.ts";
import {
  type Answer,
  type Answers,
  answersTo,
  asksQuestions,
  checkAnswers,
  combinationFor,
  EVIDENCE,
  ensembleOf,
  evidenceCode,
  type Question,
} from "./answers.ts";
import { combinedLogit } from "./combination.ts";

/** What a model says of some rows. */
export interface PredictedRows {
  /** Logits of the final probabilities. */
  readonly logits: Float64Array;
  /** Probabilities of `still_posting` and of `well_answered`, and the code of the evidence of both; none for a model of one question. */
  readonly still: Float64Array;
  readonly well: Float64Array;
  readonly evidence: Uint8Array;
}

/** A model's answers ready for rows of features. Same inputs, same bits, in whatever chunks they come. */
export interface ModelPredictor {
  /** Number of features a row. */
  readonly inputs: number;
  /** The logit of the final probability, one a row. `x` holds the features row by row. */
  logits(x: Float32Array, rows: number): Float64Array;
  /** The same with the answers to the two questions. */
  answers(x: Float32Array, rows: number): PredictedRows;
  /** Room for the features of 2048 rows, so that nobody has to copy them. */
  readonly room: Float32Array;
  /** What is said of the first rows of `room`. It holds until the next are asked for. */
  answersOfRoom(rows: number): PredictedRows;
}

/** The parts of a model that answers are made of. */
export type AnsweringModel = Answers & { readonly pipeline: Pick<FittedPipeline, "names"> };

/**
 * Makes a model's answers ready. The networks of an answer run only for the rows that use it.
 *
 * @throws InsightsError where the answers do not fit together or to the features
 */
export function createModelPredictor(model: AnsweringModel): ModelPredictor {
  checkAnswers(model.pipeline.names, model);
  const { inputs, room, answersOfRoom } = asksQuestions(model)
    ? ofQuestions(model)
    : ofTarget(model.answers[0]);
  const most = room.length / inputs;
  function answers(x: Float32Array, rows: number): PredictedRows {
    if (x.length < rows * inputs) {
      throw new InsightsError(`too few values to score: ${x.length} (expected ${rows} rows of ${inputs})`);
    }
    const questions = asksQuestions(model);
    const all = predictedRows(rows, questions);
    for (let done = 0; done < rows; done += most) {
      const count = Math.min(most, rows - done);
      room.set(x.subarray(done * inputs, (done + count) * inputs));
      const { logits, still, well, evidence } = answersOfRoom(count);
      all.logits.set(logits, done);
      if (!questions) continue;
      all.still.set(still, done);
      all.well.set(well, done);
      all.evidence.set(evidence, done);
    }
    return all;
  }
  return { inputs, room, answers, answersOfRoom, logits: (x, rows) => answers(x, rows).logits };
}

function predictedRows(rows: number, questions: boolean): PredictedRows {
  const also = questions ? rows : 0;
  return {
    logits: new Float64Array(rows),
    still: new Float64Array(also),
    well: new Float64Array(also),
    evidence: new Uint8Array(also),
  };
}

type OfRoom = Pick<ModelPredictor, "inputs" | "room" | "answersOfRoom">;

/** One network over all features: they are filled into the kernel's own memory. */
function ofTarget({ network, calibration }: Answer): OfRoom {
  const { inputs, room, logitsOfRoom } = createEnsemblePredictor(ensembleOf(network));
  const none = predictedRows(0, false);
  return {
    inputs,
    room,
    answersOfRoom(rows) {
      const logits = logitsOfRoom(rows);
      if (calibration !== undefined)
        for (let row = 0; row < rows; row++) logits[row] = calibratedLogit(calibration, logits[row]);
      return { ...none, logits };
    },
  };
}

/** Rows of features that are answered at a time: DuckDB's vector. */
const ROOM_ROWS = 2048;

function ofQuestions(model: AnsweringModel): OfRoom {
  const { names } = model.pipeline;
  const inputs = names.length;
  const room = new Float32Array(ROOM_ROWS * inputs);
  const still = createQuestion(model, "still_posting");
  const well = createQuestion(model, "well_answered");
  const { combinations = [] } = model;
  const found = predictedRows(ROOM_ROWS, true);
  const pairs = still.answers.map((one) =>
    well.answers.map((other) => combinationFor(combinations, one.evidence, other.evidence)),
  );
  return {
    inputs,
    room,
    answersOfRoom(rows) {
      still.ask(room, rows);
      well.ask(room, rows);
      for (let row = 0; row < rows; row++) {
        const combination = pairs[still.used[row]][well.used[row]];
        found.logits[row] = combinedLogit(combination, still.logits[row], well.logits[row]);
        found.still[row] = sigmoid(still.logits[row]);
        found.well[row] = sigmoid(well.logits[row]);
        found.evidence[row] = evidenceCode(still.evidence[row], well.evidence[row]);
      }
      return {
        logits: found.logits.subarray(0, rows),
        still: found.still.subarray(0, rows),
        well: found.well.subarray(0, rows),
        evidence: found.evidence.subarray(0, rows),
      };
    },
  };
}

/** A question's answers ready, and what they said of the rows that were asked about last. */
interface AskedQuestion {
  readonly answers: readonly Answer[];
  /** The calibrated logit, which of the answers gave it, and the place of its evidence in its list. */
  readonly logits: Float64Array;
  readonly used: Uint8Array;
  readonly evidence: Uint8Array;
  ask(room: Float32Array, rows: number): void;
}

function createQuestion(model: AnsweringModel, question: Question): AskedQuestion {
  const { names } = model.pipeline;
  const answers = answersTo(model, question);
  const kinds: readonly string[] = EVIDENCE[question];
  const ready = answers.map(({ needs, features, network, calibration, evidence }) => ({
    needs: needs === null ? null : names.indexOf(needs),
    columns: Int32Array.from(features, (name) => names.indexOf(name)),
    predictor: createEnsemblePredictor(ensembleOf(network)),
    calibration,
    evidence: kinds.indexOf(evidence),
    rows: new Int32Array(ROOM_ROWS),
  }));
  const none = kinds.indexOf("none");
  const last = answers.length - 1;
  const logits = new Float64Array(ROOM_ROWS);
  const used = new Uint8Array(ROOM_ROWS);
  const evidence = new Uint8Array(ROOM_ROWS);

  function choose(room: Float32Array, rows: number): Int32Array {
    const counts = new Int32Array(ready.length);
    for (let row = 0; row < rows; row++) {
      let place = 0;
      while (place <= last && !meets(ready[place].needs, room, row)) place++;
      evidence[row] = place > last ? none : ready[place].evidence;
      // Where there is nothing to go by, the last stands in: its features are those of a row of which nothing is known.
      used[row] = Math.min(place, last);
      ready[used[row]].rows[counts[used[row]]++] = row;
    }
    return counts;
  }

  function meets(needs: number | null, room: Float32Array, row: number): boolean {
    return needs === null || room[row * names.length + needs] > MET;
  }

  return {
    answers,
    logits,
    used,
    evidence,
    ask(room, rows) {
      const counts = choose(room, rows);
      ready.forEach(({ columns, predictor, calibration, rows: chosen }, place) => {
        const count = counts[place];
        if (count === 0) return;
        let at = 0;
        for (let i = 0; i < count; i++) {
          const from = chosen[i] * names.length;
          for (let column = 0; column < columns.length; column++)
            predictor.room[at++] = room[from + columns[column]];
        }
        const given = predictor.logitsOfRoom(count);
        for (let i = 0; i < count; i++) {
          const z = given[i];
          logits[chosen[i]] = calibration === undefined ? z : calibratedLogit(calibration, z);
        }
      });
    },
  };
}

/** A feature that tells whether something is known is 1 or 0: above this it is 1. */
export const MET = 0.5;
