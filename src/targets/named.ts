import type { DuckDBConnection } from "@duckdb/node-api";
import { InsightsError } from "../base/error.ts";
import { quoteIdentifier } from "../base/quote.ts";
import { aggregateOf } from "../features/aggregates.ts";
import { LONGEST_HORIZON, USUAL_HORIZON } from "../features/kinds/posting.ts";
import { requireColumns } from "../features/requireColumns.ts";
import { fitSizeNorm, LOG_RATE_SQL, logNormSql, type SizeNorm } from "../features/sizeNorm.ts";
import { fixedTarget, type Target, type TargetDefinition } from "./target.ts";

/**
 * The study's label: engagement over 5 % of the followers. It is the sum of two of the study's own inputs, and it mixes
 * an account's size with the response to it.
 */
export const engagement: Target = {
  name: "engagement",
  about: "engagement rate over 0.05, the label of the original study",
  expression: "awg_engagement_rate > 0.05",
  inputs: ["awg_engagement_rate"],
};

/** Most days that can be asked for: a century. */
const MOST_DAYS = 36_500;

const DAY = 86_400;

/** Whether there is a dated post and a snapshot, as SQL. */
const DATED_SQL = "len(posted_at) > 0 AND observed_at IS NOT NULL";

/**
 * Whether the last dated post is at most so many days older than the snapshot, as SQL. A post dated after the snapshot
 * counts: snapshots are often known to the day only.
 *
 * @throws InsightsError `invalid active days: 0 (expected a whole number from 1 to 36500)`
 */
export function postedWithinSql(days: number): string {
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) {
    throw new InsightsError(`invalid active days: ${days} (expected a whole number from 1 to ${MOST_DAYS})`, {
      exitCode: 2,
    });
  }
  return `epoch(observed_at) - epoch(list_max(posted_at)) <= ${days * DAY}`;
}

/**
 * The degree to which an account is still posting, as SQL of DOUBLE, 0 to 1: one half where the last post is as old as may be,
 * and half the odds for every doubling of its age. A day is added to both, for what a day more or less means changes with it.
 *
 * @param days as for {@link postedWithinSql}
 */
function postedDegreeSql(days: number): string {
  const age = `greatest(epoch(observed_at) - epoch(list_max(posted_at)), 0) / ${DAY}`;
  return `(${days + 1} / (${days + 2} + ${age}))`;
}

/**
 * Still posting: the last dated post within some days of the snapshot. Unknown without dated posts or any date to take for
 * the snapshot.
 *
 * @param days 1 to 36500
 */
export function activity(days = 30): TargetDefinition {
  return fixedTarget({
    name: "activity",
    about: `last post within ${days} days of the snapshot`,
    expression: `CASE WHEN ${DATED_SQL} THEN ${postedWithinSql(days)} END`,
    degree: `CASE WHEN ${DATED_SQL} THEN ${postedDegreeSql(days)} END`,
    inputs: ["posted_at"],
    context: ["observed_at"],
    atSnapshot: true,
  });
}

/**
 * Checks how many days ahead is asked.
 *
 * @throws InsightsError `invalid horizon: 0 (expected a whole number of days from 1 to 3650)`, exit code 2
 */
export function checkHorizon(days: number): number {
  if (Number.isInteger(days) && days >= 1 && days <= LONGEST_HORIZON) return days;
  throw new InsightsError(
    `invalid horizon: ${days} (expected a whole number of days from 1 to ${LONGEST_HORIZON})`,
    { exitCode: 2 },
  );
}

/**
 * An active content creator: still posting, and answered better than the norm for accounts of its size. The last dated
 * post is within the horizon before the snapshot, and the engagement rate is above the size norm, which is fitted on training
 * rows. As of the snapshot less the horizon, that is who posted again within it. Unknown where there is no dated post, no date to
 * take for the snapshot, no rate, or no count of followers.
 *
 * @param horizon days, 1 to 3650
 * @throws InsightsError for other days
 */
export function creator(horizon = USUAL_HORIZON): TargetDefinition {
  return {
    ...described(horizon),
    columns: [],
    learns: true,
    fit: async (connection, relation) => creatorWith(await normOf(connection, relation), horizon),
  };
}

/**
 * The target `creator` with a norm that was fitted before, as a model keeps it.
 *
 * @param horizon as for {@link creator}
 */
export function creatorWith(norm: SizeNorm, horizon = USUAL_HORIZON): Target {
  const known = `${DATED_SQL} AND ${RATED_SQL}`;
  return {
    ...described(horizon),
    expression: `CASE WHEN ${known} THEN ${postedWithinSql(horizon)} AND ${aboveNormSql(norm)} END`,
    degree: `CASE WHEN ${known} THEN ${postedDegreeSql(horizon)} * ${aboveNormDegreeSql(norm)} END`,
    atSnapshot: true,
    norm,
  };
}

/** Whether rate and size are known, as SQL. */
const RATED_SQL = `${LOG_RATE_SQL} IS NOT NULL AND followers IS NOT NULL`;

/**
 * Answered well: the engagement rate is above the norm for the account's size, which is fitted on training rows. One half of what
 * makes a creator. Unknown where there is no rate or no count of followers.
 */
export function aboveNorm(): TargetDefinition {
  const described = {
    name: "above_norm",
    about: "engagement above the norm for the account's size",
    inputs: ["awg_engagement_rate"],
    context: ["followers"],
  } as const;
  return {
    ...described,
    columns: [],
    learns: true,
    async fit(connection, relation) {
      const norm = await normOf(connection, relation);
      return {
        ...described,
        expression: `CASE WHEN ${RATED_SQL} THEN ${aboveNormSql(norm)} END`,
        degree: `CASE WHEN ${RATED_SQL} THEN ${aboveNormDegreeSql(norm)} END`,
        norm,
      };
    },
  };
}

/** Whether the engagement is above the norm for the account's size, as SQL; NULL where either is unknown. */
export function aboveNormSql(norm: SizeNorm): string {
  return `${LOG_RATE_SQL} > ${logNormSql(norm)}`;
}

/** The degree to which the engagement is above the norm, as SQL of DOUBLE, 0 to 1: rate / (rate + norm). */
function aboveNormDegreeSql(norm: SizeNorm): string {
  return `(1e0 / (1e0 + exp(${logNormSql(norm)} - ${LOG_RATE_SQL})))`;
}

/**
 * The size norm of some rows.
 *
 * @param relation name of a table or view of training rows only
 * @throws InsightsError for a missing column, and where no row has followers and a rate
 */
export async function normOf(connection: DuckDBConnection, relation: string): Promise<SizeNorm> {
  await requireColumns(connection, relation, ["followers", "awg_engagement_rate"]);
  const norm = await fitSizeNorm(aggregateOf(connection), quoteIdentifier(relation));
  if (norm !== null) return norm;
  throw new InsightsError("no size norm: no profile has both followers and awg_engagement_rate");
}

function described(horizon: number) {
  checkHorizon(horizon);
  return {
    name: "creator",
    about: `last post within ${horizon} days of the snapshot, and engagement above the norm for the account's size`,
    inputs: ["posted_at", "awg_engagement_rate"],
    context: ["observed_at", "followers"],
  } as const;
}
