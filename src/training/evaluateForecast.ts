import { z } from "zod";
import { InsightsError } from "../base/error.ts";
import { count, interval } from "../base/schemas.ts";
import { asksQuestions } from "../bundle/answers.ts";
import type { Model } from "../bundle/model.ts";
import { scoreProfiles } from "../bundle/score.ts";
import { calibrationReport } from "../evaluation/calibrationReport.ts";
import { rocAuc } from "../evaluation/metrics.ts";
import { USUAL_HORIZON } from "../features/kinds/posting.ts";
import type { Profiles } from "../profiles/read.ts";
import { backtest } from "../targets/backtest.ts";
import { snapshotOf } from "../targets/snapshot.ts";
import { cameAtCut, viewAtCut } from "./asOfCut.ts";
import { forecastMoments, momentsSchema } from "./forecastMoments.ts";
import { measure } from "./measures.ts";
import { datasetOf, datasetSchema } from "./results.ts";

/** How the forecast of a model of creators does on a file with posts. */
export const forecastEvaluationSchema = z.strictObject({
  schema_version: z.literal(1),
  dataset: datasetSchema,
  /** Whether this is the very file the model was trained on: then the numbers say how well it remembers. */
  trained_on: z.boolean(),
  /** Days that the file is taken back by, and within which a post counts. */
  horizon: count,
  /** Accounts that are judged, and those of them that posted again. */
  accounts: count,
  came: count,
  roc_auc: z.number(),
  log_loss: z.number(),
  brier: z.number(),
  /** Of the outcomes' logistic regression on the logits: 1 and 0 are right. */
  slope: z.number(),
  intercept: z.number(),
  intervals: z.strictObject({
    roc_auc: interval,
    log_loss: interval,
    brier: interval,
    slope: interval,
    intercept: interval,
  }),
  /** Mean probability less the share that posted again. */
  bias: z.number(),
  /** The area under the curve of days since the last post alone, the fewest first. */
  days_since_last_post: z.strictObject({ roc_auc: z.number() }),
  /** The same at earlier moments too, without intervals: the accounts are the same ones again. */
  moments: momentsSchema,
});

/** As the schema says. */
export type ForecastEvaluation = z.infer<typeof forecastEvaluationSchema>;

const EXAMPLES = "forecast_examples";
const AT_CUT = "forecast_at_cut";

/** Moments that are looked at: half a year. */
const CUTS = 6;

/** Resamples behind the intervals of slope and intercept. */
const CALIBRATION_REPEATS = 300;

/**
 * Goes back by the model's horizon, hides what was posted later, and holds the forecast against it. Only posts are needed: no rate and
 * no counts.
 *
 * @throws InsightsError for a model of another question, a file without posts or with too few accounts that went on or stopped
 */
export async function evaluateForecast(
  profiles: Profiles,
  model: Model,
  { seed }: { readonly seed: number },
): Promise<ForecastEvaluation> {
  if (!asksQuestions(model)) {
    throw new InsightsError(
      `the model makes no forecast: it answers one question, not whether posts go on (expected a model of the target creator)`,
    );
  }
  const { connection, table, source } = profiles;
  const horizon = model.horizon ?? USUAL_HORIZON;
  const snapshot = await snapshotOf(connection, table);
  await backtest(connection, table, EXAMPLES, { horizon, snapshot, cuts: CUTS });
  await viewAtCut(connection, AT_CUT, { relation: table, examples: EXAMPLES, cut: 0 });
  const { rows, answers } = await scoreProfiles(connection, model, AT_CUT);
  const came = await cameAtCut(connection, EXAMPLES, 0);
  const labels = Uint8Array.from(rows, (row) => came.get(row) ?? 0);
  const probabilities = (answers as NonNullable<typeof answers>).still_posting;
  const { roc_auc, log_loss, brier, intervals } = measure(labels, probabilities, 0.5, seed);
  const {
    slope,
    intercept,
    intervals: lines,
  } = calibrationReport(labels, probabilities, { seed, repeats: CALIBRATION_REPEATS });
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const mean = probabilities.reduce((sum, p) => sum + p, 0) / rows.length;
  const reader = await connection.runAndReadAll(
    `SELECT epoch(list_max(posted_at)) - epoch(observed_at) FROM ${AT_CUT} ORDER BY "row"`,
  );
  const lateness = Float64Array.from(reader.getColumnsJS()[0], Number);
  return {
    schema_version: 1,
    dataset: datasetOf(profiles),
    trained_on: source.fingerprint === model.data.fingerprint,
    horizon,
    accounts: rows.length,
    came: positives,
    roc_auc,
    log_loss,
    brier,
    slope,
    intercept,
    intervals: {
      roc_auc: intervals.roc_auc,
      log_loss: intervals.log_loss,
      brier: intervals.brier,
      slope: lines.slope,
      intercept: lines.intercept,
    },
    bias: mean - positives / rows.length,
    days_since_last_post: { roc_auc: rocAuc(labels, lateness) },
    moments: await forecastMoments(connection, model, {
      relation: table,
      examples: EXAMPLES,
      cuts: CUTS,
      horizon,
      seed,
    }),
  };
}
