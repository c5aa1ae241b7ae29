import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { quoteLiteral } from "../base/quote.ts";
import { count, interval } from "../base/schemas.ts";
import { type Proportion, proportion } from "../base/statistics.ts";
import { sizeNorm } from "../features/sizeNorm.ts";
import { aboveNormSql } from "../targets/named.ts";
import { listsAllSql } from "./series.ts";

/** The questions whose forecasts are held to what happened. */
export const JUDGED_QUESTIONS = ["still_posting", "well_answered"] as const;

/** Steps of forecasts, and the first that is likely: "of 312 people forecast above 80 %". */
const STEPS = 10;
const LIKELY_STEP = 8;

/** Why forecasts could not be held to anything. */
const notJudgedSchema = z.strictObject({
  /** No file says when the profile was read. */
  undated: count,
  /** Nothing in the workspace was read so many days later. */
  too_early: count,
  /** Others were, but not this account: it is gone, or was not looked up. */
  not_seen_again: count,
  /** Seen again, without a single dated post. */
  without_posts: count,
  /** Seen again, but the listed posts begin after the days that the forecast is about. */
  out_of_reach: count,
  /** Seen again without a rate, or without a count of followers. */
  without_rate: count,
  /** Seen again without a new post: the rate is the one of then. */
  nothing_new: count,
});

type NotJudged = z.infer<typeof notJudgedSchema>;

/** How many of some forecasts came true: `share` of them with its 95 % interval (Wilson 1927). */
const cameTrueSchema = interval.extend({ forecasts: count, came_true: count, share: z.number() });

const questionCardSchema = z.strictObject({
  question: z.enum(JUDGED_QUESTIONS),
  /** All forecasts, and those that were held to what happened; of how many people these are. */
  forecasts: count,
  judged: count,
  people: count,
  not_judged: notJudgedSchema,
  /** Of the judged ones those from 80 % on; null where there is none. */
  likely: cameTrueSchema.extend({ people: count }).nullable(),
  /** The judged ones in steps of 10 %, rising, without empty ones; `predicted` is the mean forecast. */
  groups: z
    .array(cameTrueSchema.extend({ from: z.number(), to: z.number(), predicted: z.number() }))
    .readonly(),
  /** Mean squared distance of forecast and outcome (Brier 1950); null where none was judged. */
  brier: z.number().nullable(),
});

/** How one model's forecasts did. */
export const reportCardSchema = z.strictObject({
  /** Checksum of the model, as in the table `models`. */
  model: z.string(),
  name: z.string(),
  shipped: z.boolean(),
  /** Days ahead that its forecasts are about. */
  horizon: count,
  questions: z.array(questionCardSchema).readonly(),
});

/** How one model's forecasts did. */
export type ReportCard = Readonly<z.infer<typeof reportCardSchema>>;
/** How a model's forecasts of one question did. */
export type QuestionCard = ReportCard["questions"][number];

/**
 * Holds the forecasts of a workspace to what happened, model by model. A forecast was made of an account as it was read at some moment. It is held
 * to the account as it was first read again, with dated posts, at least the model's horizon later:
 *
 * - `still_posting` came true where the later profile lists a post of the days that the forecast is about: after the moment, and after the posts that
 *   were listed then, up to the moment plus the horizon. It did not where the list reaches back to these days, or is all there is, and shows none.
 * - `well_answered` came true where the later engagement rate is above the model's norm for the later size. Where there is no new post since, the rate
 *   tells nothing new, unless none was known.
 *
 * The same moment of an account in two files counts once.
 *
 * @returns the model that ships first, then the others in the order in which they were added; without those that forecast something else
 */
export async function reportCards(connection: DuckDBConnection): Promise<ReportCard[]> {
  const cards: ReportCard[] = [];
  for (const { model, name, shipped, horizon, above } of await forecasters(connection)) {
    const tallies = await connection.runAndReadAll(talliesSql(model, horizon, above));
    const rows = tallies.getRowObjectsJS() as unknown as Tally[];
    const questions = JUDGED_QUESTIONS.map((question) =>
      questionCard(
        question,
        rows.filter((row) => row.question === question),
      ),
    );
    cards.push({
      model,
      name,
      shipped,
      horizon,
      questions: questions.filter(({ forecasts }) => forecasts > 0),
    });
  }
  return cards;
}

/** The models that forecast something, with SQL of whether an account is answered above the norm of each. */
async function forecasters(connection: DuckDBConnection) {
  const reader = await connection.runAndReadAll(
    "SELECT model, name, shipped, horizon, norm FROM models WHERE horizon IS NOT NULL ORDER BY shipped DESC, added_at, model",
  );
  return (reader.getRowsJS() as ModelRow[]).map(([model, name, shipped, horizon, norm]) => {
    const above = norm === null ? "CAST(NULL AS BOOLEAN)" : aboveNormSql(sizeNorm.parse(JSON.parse(norm)));
    return { model, name, shipped, horizon, above };
  });
}

type ModelRow = [model: string, name: string, shipped: boolean, horizon: number, norm: string | null];

/** Forecasts of one step that fared alike. */
interface Tally {
  readonly question: string;
  /** Whether they were judged, or why not. */
  readonly fate: "judged" | keyof NotJudged;
  readonly step: number;
  readonly forecasts: number;
  readonly came_true: number;
  /** Sum of the forecasts, and of the squares of what they are off by. */
  readonly predicted: number;
  readonly squares: number;
  /** People of whom a forecast of the question was judged, and a likely one. */
  readonly people: number;
  readonly likely_people: number;
}

/** A forecast of one person, and whether it came true; null where that cannot be told. */
export interface PersonForecast {
  readonly import: number;
  /** Name of the model. */
  readonly model: string;
  /** When the profile was read; null where the file does not say. */
  readonly made: Date | null;
  readonly still_posting: number;
  readonly came_true: boolean | null;
}

/** What was forecast of a person's posting, held to what happened as in {@link reportCards}; the first forecast first. */
export async function personForecasts(
  connection: DuckDBConnection,
  person: number,
): Promise<PersonForecast[]> {
  const found: PersonForecast[] = [];
  for (const { model, name, horizon, above } of await forecasters(connection)) {
    const reader = await connection.runAndReadAll(
      `${fatesSql(model, horizon, above, `person = ${person}`)}
       SELECT import, made, forecast, CASE WHEN fate = 'judged' THEN came END AS came
       FROM fates WHERE question = 'still_posting' AND forecast IS NOT NULL ORDER BY made, import`,
    );
    for (const [number, made, forecast, came] of reader.getRowsJS() as ForecastRow[])
      found.push({ import: number, model: name, made, still_posting: forecast, came_true: came });
  }
  return found.sort((a, b) => a.import - b.import);
}

type ForecastRow = [import: number, made: Date | null, forecast: number, came: boolean | null];

/** Forecasts and what became of them, as SQL that ends with the relation `fates`. @param whom condition over `person` */
function fatesSql(model: string, horizon: number, above: string, whom = "true"): string {
  const due = `made + INTERVAL ${horizon} DAY`;
  return `WITH said AS (
      SELECT f.person, f.import, f.still_posting, f.well_answered, s.last_post, s.awg_engagement_rate AS rate_then, CASE WHEN s.observed_known THEN s.observed_at END AS made
      FROM forecasts f JOIN snapshots s USING (person, import) WHERE f.model = ${quoteLiteral(model)} AND ${whom}
      QUALIFY made IS NULL OR row_number() OVER (PARTITION BY f.person, made ORDER BY f.import) = 1
    ), dated AS (
      SELECT person, observed_at, min(import) AS import FROM snapshots
      WHERE observed_at IS NOT NULL AND len(posted_at) > 0 AND ${whom} GROUP BY person, observed_at
    ), held AS (
      SELECT said.*, ${due} AS due, again.observed_at, posted_at, videos_count, followers, awg_engagement_rate
      FROM said ASOF LEFT JOIN dated ON said.person = dated.person AND ${due} <= dated.observed_at
        LEFT JOIN snapshots again ON again.person = dated.person AND again.import = dated.import
    ), fared AS (
      SELECT person, import, made, still_posting, well_answered,
        CASE WHEN made IS NULL THEN 'undated' WHEN observed_at IS NOT NULL THEN NULL WHEN seen >= due THEN 'without_posts'
          WHEN due > (SELECT max(observed_at) FROM snapshots) THEN 'too_early' ELSE 'not_seen_again' END AS unknown,
        len(list_filter(posted_at, lambda post: post > greatest(made, last_post) AND post <= due)) > 0 AS posted,
        rate_then IS NOT NULL AND list_max(posted_at) <= greatest(made, last_post) AS nothing_new,
        list_min(posted_at) <= due OR ${listsAllSql("held")} AS reaches, ${above} AS answered
      FROM held LEFT JOIN (SELECT person, max(observed_at) AS seen FROM snapshots WHERE ${whom} GROUP BY person) USING (person)
    ), fates AS (
      SELECT 'still_posting' AS question, person, import, made, still_posting AS forecast, posted AS came,
        coalesce(unknown, CASE WHEN posted OR reaches THEN 'judged' ELSE 'out_of_reach' END) AS fate FROM fared
      UNION ALL SELECT 'well_answered', person, import, made, well_answered, answered,
        coalesce(unknown, CASE WHEN answered IS NULL THEN 'without_rate' WHEN nothing_new THEN 'nothing_new' ELSE 'judged' END) FROM fared
    )`;
}

function talliesSql(model: string, horizon: number, above: string): string {
  return `${fatesSql(model, horizon, above)}, told AS (
      SELECT *, CAST(came AS INTEGER) AS outcome, CAST(least(floor(forecast * ${STEPS}), ${STEPS - 1}) AS INTEGER) AS step
      FROM fates WHERE forecast IS NOT NULL
    )
    SELECT question, fate, step, count(*)::INTEGER AS forecasts, coalesce(sum(outcome), 0)::INTEGER AS came_true, sum(forecast) AS predicted,
      sum((forecast - outcome) ** 2) AS squares, any_value(crowd.people)::INTEGER AS people, any_value(likely_people)::INTEGER AS likely_people
    FROM told LEFT JOIN (
      SELECT question, count(DISTINCT person) AS people, count(DISTINCT person) FILTER (step >= ${LIKELY_STEP}) AS likely_people
      FROM told WHERE fate = 'judged' GROUP BY question
    ) crowd USING (question)
    GROUP BY question, fate, step ORDER BY question, fate, step`;
}

function questionCard(question: QuestionCard["question"], tallies: readonly Tally[]): QuestionCard {
  const judged = tallies.filter(({ fate }) => fate === "judged");
  const likely = judged.filter(({ step }) => step >= LIKELY_STEP);
  const not_judged = Object.fromEntries(
    Object.keys(notJudgedSchema.shape).map((reason) => [
      reason,
      sum(
        tallies.filter(({ fate }) => fate === reason),
        "forecasts",
      ),
    ]),
  ) as NotJudged;
  return {
    question,
    forecasts: sum(tallies, "forecasts"),
    judged: sum(judged, "forecasts"),
    people: judged[0]?.people ?? 0,
    not_judged,
    likely: likely.length === 0 ? null : { ...cameTrue(likely), people: likely[0].likely_people },
    groups: judged.map((tally) => ({
      ...cameTrue([tally]),
      from: tally.step / STEPS,
      to: (tally.step + 1) / STEPS,
      predicted: tally.predicted / tally.forecasts,
    })),
    brier: judged.length === 0 ? null : sum(judged, "squares") / sum(judged, "forecasts"),
  };
}

function sum(tallies: readonly Tally[], of: "forecasts" | "came_true" | "squares"): number {
  return tallies.reduce((total, tally) => total + tally[of], 0);
}

function cameTrue(tallies: readonly Tally[]) {
  const [forecasts, came_true] = [sum(tallies, "forecasts"), sum(tallies, "came_true")];
  return { forecasts, came_true, ...(proportion(came_true, forecasts) as Proportion) };
}
