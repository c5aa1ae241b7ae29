import { DATED_SQL, postedDegreeSql, postedWithinSql } from "./activity.ts";
import type { TargetDefinition } from "./definition.ts";
import { fitSizeNorm, LOG_RATE_SQL, logNormSql, type SizeNorm } from "./sizeNorm.ts";
import type { Target } from "./target.ts";

/** Days within which an account has to have posted, where the user does not say. */
const ACTIVE_DAYS = 90;

/**
 * An active content creator: still posting, and answered better than is usual for an account of its size. The last dated
 * post is within some days of the snapshot, and the engagement rate is above the size norm, which is fitted on training
 * rows. Unknown where there is no dated post, no date to take for the snapshot, no rate, or no count of followers.
 *
 * @param days 1 to 36500
 * @throws InsightsError for other days
 */
export function creator(days: number = ACTIVE_DAYS): TargetDefinition {
  return {
    ...described(days),
    columns: [],
    learns: true,
    fit: async (connection, relation) => creatorWith(await fitSizeNorm(connection, relation), days),
  };
}

/**
 * The target `creator` with a norm that was fitted before, as a model keeps it.
 *
 * @param days as for {@link creator}
 */
export function creatorWith(norm: SizeNorm, days: number = ACTIVE_DAYS): Target {
  const known = `${DATED_SQL} AND ${LOG_RATE_SQL} IS NOT NULL AND followers IS NOT NULL`;
  return {
    ...described(days),
    expression: `CASE WHEN ${known} THEN ${postedWithinSql(days)} AND ${aboveNormSql(norm)} END`,
    degree: `CASE WHEN ${known} THEN ${postedDegreeSql(days)} / (1e0 + exp(${logNormSql(norm)} - ${LOG_RATE_SQL})) END`,
    atSnapshot: true,
    norm,
  };
}

/** Whether the engagement is above the norm for the account's size, as SQL; NULL where either is unknown. */
export function aboveNormSql(norm: SizeNorm): string {
  return `${LOG_RATE_SQL} > ${logNormSql(norm)}`;
}

function described(days: number) {
  postedWithinSql(days);
  return {
    name: "creator",
    about: `last post within ${days} days of the snapshot, and engagement above the norm for the account's size`,
    inputs: ["posted_at", "awg_engagement_rate"],
    context: ["observed_at", "followers"],
  } as const;
}
