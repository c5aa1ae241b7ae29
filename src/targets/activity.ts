import { InsightsError } from "../base/error.ts";
import { fixedTarget, type TargetDefinition } from "./definition.ts";

/** Days within which an account has to have posted, where the user does not say. */
const ACTIVE_DAYS = 30;

/** Most days that can be asked for: a century. */
const MOST_DAYS = 36_500;

const DAY = 86_400;

/** Whether there is a dated post and a snapshot, as SQL. */
export const DATED_SQL = "len(posted_at) > 0 AND observed_at IS NOT NULL";

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
export function postedDegreeSql(days: number): string {
  const age = `greatest(epoch(observed_at) - epoch(list_max(posted_at)), 0) / ${DAY}`;
  return `(${days + 1} / (${days + 2} + ${age}))`;
}

/**
 * Still posting: the last dated post within some days of the snapshot. Unknown without dated posts or any date to take for
 * the snapshot.
 *
 * @param days 1 to 36500
 */
export function activity(days: number = ACTIVE_DAYS): TargetDefinition {
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
