import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { count } from "../base/schemas.ts";
import type { Model } from "../bundle/model.ts";
import { scoreProfiles } from "../bundle/score.ts";
import { calibrationReport } from "../evaluation/calibrationReport.ts";
import { rankingMetrics, rocAuc } from "../evaluation/metrics.ts";
import { CUT_STEP } from "../targets/backtest.ts";
import { cameAtCut, viewAtCut } from "./asOfCut.ts";

const metric = z.number();

/** How a forecast would have done at several moments of the past, the latest first. */
export const momentsSchema = z.array(
  z.strictObject({
    /** Days before the snapshot. */
    days_before: count,
    accounts: count,
    /** Of them that posted within the horizon. */
    came: count,
    /** Null where all accounts did the same. */
    measured: z
      .strictObject({
        roc_auc: metric,
        log_loss: metric,
        brier: metric,
        slope: metric,
        intercept: metric,
        /** Areas under the curve of what a forecast has to beat: silence alone, and the profile page alone. */
        days_since_last_post: metric,
        profile_page: metric,
      })
      .nullable(),
  }),
);

/** As the schema says. */
export type ForecastMoments = z.infer<typeof momentsSchema>;

const AT_MOMENT = "accounts_at_moment";

/**
 * Holds `still_posting` against what came at each moment of a back-test.
 *
 * @param model of creators
 * @param options.relation name of the table or view of profiles
 * @param options.examples what `backtest` made of it
 * @param options.cuts how many moments
 */
export async function forecastMoments(
  connection: DuckDBConnection,
  model: Model,
  options: {
    readonly relation: string;
    readonly examples: string;
    readonly cuts: number;
    readonly horizon: number;
    readonly seed: number;
  },
): Promise<ForecastMoments> {
  const { cuts, horizon, seed, ...from } = options;
  const page = withoutPosts(model);
  const moments: ForecastMoments = [];
  for (let cut = 0; cut < cuts; cut++) {
    const outcomes = await cameAtCut(connection, from.examples, cut);
    if (outcomes.size === 0) continue;
    await viewAtCut(connection, AT_MOMENT, { ...from, cut });
    const { rows, answers } = await scoreProfiles(connection, model, AT_MOMENT);
    const fromPage = await scoreProfiles(connection, page, AT_MOMENT);
    const reader = await connection.runAndReadAll(
      `SELECT epoch(list_max(posted_at)) - epoch(observed_at) FROM ${AT_MOMENT} ORDER BY "row"`,
    );
    const labels = Uint8Array.from(rows, (row) => outcomes.get(row) ?? 0);
    const came = labels.reduce((sum, label) => sum + label, 0);
    const measured = () => {
      const still = stillOf(answers);
      const { roc_auc, log_loss, brier } = rankingMetrics(labels, still);
      const { slope, intercept } = calibrationReport(labels, still, { seed, repeats: 1 });
      return {
        ...{ roc_auc, log_loss, brier, slope, intercept },
        days_since_last_post: rocAuc(labels, Float64Array.from(reader.getColumnsJS()[0], Number)),
        profile_page: rocAuc(labels, stillOf(fromPage.answers)),
      };
    };
    moments.push({
      days_before: horizon + cut * CUT_STEP,
      accounts: labels.length,
      came,
      measured: came > 0 && came < labels.length ? measured() : null,
    });
  }
  return moments;
}

type ScoredAnswers = Awaited<ReturnType<typeof scoreProfiles>>["answers"];

function stillOf(answers: ScoredAnswers): Float64Array {
  return (answers as NonNullable<ScoredAnswers>).still_posting;
}

/** A model that does not look at dates of posts. */
function withoutPosts({ answers, combinations, ...rest }: Model): Model {
  return {
    ...rest,
    answers: answers.filter(({ evidence }) => evidence !== "posts"),
    combinations: combinations?.filter(({ still_posting }) => still_posting !== "posts"),
  };
}
