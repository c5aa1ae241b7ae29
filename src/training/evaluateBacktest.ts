import { z } from "zod";
import { InsightsError } from "../base/error.ts";
import { count } from "../base/schemas.ts";
import { asksQuestions } from "../bundle/answers.ts";
import type { Model } from "../bundle/model.ts";
import { scoreProfiles } from "../bundle/score.ts";
import { calibrationReport } from "../evaluation/calibrationReport.ts";
import { rankingMetrics, rocAuc } from "../evaluation/metrics.ts";
import type { Profiles } from "../profiles/read.ts";
import { backtest, CUT_STEP } from "../targets/backtest.ts";
import { snapshotOf } from "../targets/snapshot.ts";
import { cameAtCut, viewAtCut } from "./asOfCut.ts";
import { USUAL_HORIZON } from "./forecast.ts";
import { datasetOf, datasetSchema } from "./results.ts";

const metric = z.number();

/** How a model's forecast would have done, at several moments of the past. */
export const backtestEvaluationSchema = z.strictObject({
  schema_version: z.literal(1),
  dataset: datasetSchema,
  /** Whether this is the very file the model was trained on: then the numbers say how well it remembers. */
  trained_on: z.boolean(),
  /** Days after a moment within which a post counts. */
  horizon: count,
  /** The latest first. */
  moments: z.array(
    z.strictObject({
      /** Days before the snapshot. */
      days_before: count,
      accounts: count,
      /** Share that went on posting within the horizon. */
      went_on: metric,
      /** Of `still_posting` from dates of posts. Null where all accounts did the same. */
      forecast: z
        .strictObject({ roc_auc: metric, log_loss: metric, brier: metric, slope: metric, intercept: metric })
        .nullable(),
      /** Areas under the ROC curve of what a forecast has to beat; null as above. */
      baselines: z.strictObject({ days_since_last_post: metric, profile_page: metric }).nullable(),
    }),
  ),
});

/** As the schema says. */
export type BacktestEvaluation = z.infer<typeof backtestEvaluationSchema>;

/** Moments that are looked at unless told otherwise: half a year. */
const MOMENTS = 6;

const EXAMPLES = "evaluated_examples";
const AT_CUT = "evaluated_at_cut";

/**
 * Goes back over a file: at moments a horizon before the snapshot and every 30 days before that, what the model says of each account by
 * the posts that were there is held against whether a post came. Nothing is fitted.
 *
 * @param model a model of creators
 * @param options.cuts moments; 6 unless told
 * @throws InsightsError for a model without a forecast, a file without dated posts or without an account that has posts early enough
 */
export async function evaluateBacktest(
  profiles: Profiles,
  model: Model,
  { seed, cuts = MOMENTS }: { readonly seed: number; readonly cuts?: number },
): Promise<BacktestEvaluation> {
  if (!asksQuestions(model)) {
    throw new InsightsError(
      `no forecast: the model answers the target ${model.target.name} only (train one with --target creator, or use the shipped model)`,
    );
  }
  const { connection, table, source } = profiles;
  const horizon = model.horizon ?? USUAL_HORIZON;
  const snapshot = await snapshotOf(connection, table);
  await backtest(connection, table, EXAMPLES, { horizon, snapshot, cuts, fewest: 1 });
  // Without dates of posts, what is left is the profile page.
  const blind = { ...model, answers: model.answers.filter(({ evidence }) => evidence !== "posts") };
  const paged = {
    ...blind,
    combinations: model.combinations?.filter(({ still_posting }) => still_posting !== "posts"),
  };
  const moments: BacktestEvaluation["moments"] = [];
  for (let cut = 0; cut < cuts; cut++) {
    await viewAtCut(connection, AT_CUT, { relation: table, examples: EXAMPLES, cut });
    const came = await cameAtCut(connection, EXAMPLES, cut);
    if (came.size === 0) continue;
    const { rows, answers } = await scoreProfiles(connection, model, AT_CUT);
    const page = await scoreProfiles(connection, paged, AT_CUT);
    const reader = await connection.runAndReadAll(
      `SELECT -epoch(observed_at - list_max(posted_at)) FROM ${AT_CUT} ORDER BY "row"`,
    );
    const [silence] = reader.getColumnsJS();
    const labels = Uint8Array.from(rows, (row) => came.get(row) ?? 0);
    const positives = labels.reduce((sum, label) => sum + label, 0);
    const still = answers?.still_posting ?? new Float64Array(rows.length);
    const told = positives > 0 && positives < labels.length;
    const measured = () => {
      const { roc_auc, log_loss, brier } = rankingMetrics(labels, still);
      const { slope, intercept } = calibrationReport(labels, still, { seed, repeats: 1 });
      return { roc_auc, log_loss, brier, slope, intercept };
    };
    moments.push({
      days_before: horizon + cut * CUT_STEP,
      accounts: labels.length,
      went_on: positives / labels.length,
      forecast: told ? measured() : null,
      baselines: told
        ? {
            days_since_last_post: rocAuc(labels, Float64Array.from(silence, Number)),
            profile_page: rocAuc(labels, page.answers?.still_posting ?? still),
          }
        : null,
    });
  }
  return backtestEvaluationSchema.parse({
    schema_version: 1,
    dataset: datasetOf(profiles),
    trained_on: source.fingerprint === model.data.fingerprint,
    horizon,
    moments,
  });
}
