import { z } from "zod";
import { count, interval } from "../base/schemas.ts";
import { calibrationSchema } from "../evaluation/calibration.ts";
import { calibrationReport } from "../evaluation/calibrationReport.ts";
import {
  type AnswerProbabilities,
  type FittedAnswers,
  KINDS,
  meanProbabilities,
  type Outcomes,
} from "./combineAnswers.ts";
import { measure } from "./measures.ts";

const metric = z.number();

/** How good some probabilities are, on accounts that they were not learnt from, with 95 % intervals. */
const judgedSchema = z.strictObject({
  rows: count,
  positives: count,
  roc_auc: metric,
  average_precision: metric,
  log_loss: metric,
  brier: metric,
  /** Of the labels' logistic regression on the logits: 1 and 0 are right. */
  slope: metric,
  intercept: metric,
  intervals: z.record(
    z.enum(["roc_auc", "average_precision", "log_loss", "brier", "slope", "intercept"]),
    interval,
  ),
});

/** As the schema says. */
export type JudgedProbabilities = z.infer<typeof judgedSchema>;

const evidence = { still_posting: z.enum(["posts", "profile"]), well_answered: z.enum(["rate", "profile"]) };

/** What a model of creators is made of and how good each part is, all out of fold. */
export const questionsSchema = z.strictObject({
  /** Days after a moment within which a post counts. */
  horizon: count,
  /** The back-test that the forecast learnt from. */
  backtest: z.strictObject({ examples: count, accounts: count, cuts: count }),
  /** Each answer to each question. The rate's is the shrunk observation itself: what it is judged by is made of the same rate. */
  answers: z.array(
    z.strictObject({
      question: z.enum(["still_posting", "well_answered"]),
      evidence: z.enum(["posts", "profile"]),
      calibration: calibrationSchema,
      judged: judgedSchema,
    }),
  ),
  /** Both questions together, for each kind of evidence, the best first. */
  kinds: z.array(
    z.strictObject({
      ...evidence,
      judged: judgedSchema,
      /** Of the accounts with the highest probabilities the share that are creators. */
      precision_of_first: z.array(z.strictObject({ first: count, precision: metric })),
    }),
  ),
});

/** As the schema says. */
export type QuestionResults = z.infer<typeof questionsSchema>;

/** Resamples behind the intervals of slope and intercept: each is a fit, and there are seven of them to judge. */
const CALIBRATION_REPEATS = 100;

/** How probabilities came about that are judged. */
export interface JudgeOptions {
  readonly seed: number;
  /** Folds of a repeat. */
  readonly folds: number;
  /** The probabilities of each repeat. */
  readonly repeats: readonly Float64Array[];
}

/**
 * Judges probabilities of accounts that they were not learnt from.
 *
 * @param outcomes 1, 0, or -1 where it is unknown
 * @param probabilities means over the repeats, NaN where there is none: these accounts and the unknown ones are left out
 */
export function judgeProbabilities(
  outcomes: Int8Array,
  probabilities: Float64Array,
  { seed, ...crossValidated }: JudgeOptions,
): JudgedProbabilities {
  const { places, labels, known } = judgedRows(outcomes, probabilities);
  const repeated = {
    folds: crossValidated.folds,
    probabilities: crossValidated.repeats.map((one) => Float64Array.from(places, (i) => one[i])),
  };
  const measured = measure(labels, known, 0.5, seed, repeated);
  const { roc_auc, average_precision, log_loss, brier, intervals } = measured;
  const calibration = calibrationReport(labels, known, { seed, repeats: CALIBRATION_REPEATS, repeated });
  return {
    rows: labels.length,
    positives: labels.reduce((sum, label) => sum + label, 0),
    roc_auc,
    average_precision,
    log_loss,
    brier,
    slope: calibration.slope,
    intercept: calibration.intercept,
    intervals: {
      roc_auc: intervals.roc_auc,
      average_precision: intervals.average_precision,
      log_loss: intervals.log_loss,
      brier: intervals.brier,
      ...calibration.intervals,
    },
  };
}

/** Labels and probabilities of the accounts that have both, and their positions. */
export function judgedRows(outcomes: Int8Array, probabilities: Float64Array) {
  const places = Int32Array.from(outcomes.keys()).filter(
    (i) => outcomes[i] >= 0 && !Number.isNaN(probabilities[i]),
  );
  return {
    places,
    labels: Uint8Array.from(places, (i) => outcomes[i]),
    known: Float64Array.from(places, (i) => probabilities[i]),
  };
}

/** The share of positives among those with the highest probabilities, for each number that there are rows enough for. */
export function precisionOfFirst(
  outcomes: Int8Array,
  probabilities: Float64Array,
  firsts: readonly number[] = [100, 200],
): { first: number; precision: number }[] {
  const { labels, known } = judgedRows(outcomes, probabilities);
  const order = Int32Array.from(labels.keys()).sort((a, b) => known[b] - known[a] || a - b);
  return firsts
    .filter((first) => first <= order.length)
    .map((first) => ({
      first,
      precision: order.subarray(0, first).reduce((sum, i) => sum + labels[i], 0) / first,
    }));
}

/**
 * Judges every answer and every kind of evidence.
 *
 * @param repeats probabilities out of fold of each repeat, calibrated and combined by the other folds
 * @param fitted what the model has
 */
export function questionResults(
  outcomes: Outcomes,
  repeats: readonly AnswerProbabilities[],
  { calibrations }: FittedAnswers,
  { seed, folds, ...facts }: Pick<QuestionResults, "horizon" | "backtest"> & Omit<JudgeOptions, "repeats">,
): QuestionResults {
  const mean = meanProbabilities(repeats);
  const judged = (outcome: Int8Array, of: (one: AnswerProbabilities) => Float64Array) =>
    judgeProbabilities(outcome, of(mean), { seed, folds, repeats: repeats.map(of) });
  const answer = (
    question: "still_posting" | "well_answered",
    evidence: "posts" | "profile",
    name: "posts" | "page" | "wellPage",
    outcome: Int8Array,
  ) => ({
    question,
    evidence,
    calibration: calibrations[name],
    judged: judged(outcome, ({ answers }) => answers[name]),
  });
  return {
    ...facts,
    answers: [
      answer("still_posting", "posts", "posts", outcomes.came),
      answer("still_posting", "profile", "page", outcomes.posted),
      answer("well_answered", "profile", "wellPage", outcomes.above),
    ],
    kinds: KINDS.map(({ still_posting, well_answered, outcome }, kind) => ({
      still_posting,
      well_answered,
      judged: judged(outcomes[outcome], ({ kinds }) => kinds[kind]),
      precision_of_first: precisionOfFirst(outcomes[outcome], mean.kinds[kind]),
    })),
  };
}
