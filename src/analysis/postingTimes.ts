import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../profiles/sql.ts";
import { type Finding, missingFor, presenceOf } from "./presence.ts";
import { countOf, selectRows } from "./query.ts";

/** When posts are made, in UTC: the accounts' own time zones are not known. */
export interface PostingTimes {
  /** Dated posts. */
  readonly posts: number;
  /** Posts by weekday (0 is Monday) and hour of the day (0 to 23). */
  readonly counts: readonly (readonly number[])[];
  /** Moments of the oldest and the newest dated post, ISO 8601 in UTC. */
  readonly oldest: string;
  readonly newest: string;
}

/**
 * Counts all dated posts by weekday and hour, in UTC.
 *
 * @param relation a table or view with `posted_at`
 */
export async function postingTimes(
  connection: DuckDBConnection,
  relation: string,
): Promise<Finding<PostingTimes>> {
  const missing = missingFor(
    "picture of posting times",
    ["posted_at"],
    await presenceOf(connection, relation),
  );
  if (missing.length > 0) return { value: null, alerts: missing };
  const groups = await selectRows(
    connection,
    `SELECT isodow(post) AS weekday, hour(post) AS hour, count(*) AS posts, min(epoch(post)) AS oldest,
       max(epoch(post)) AS newest
     FROM (SELECT unnest(posted_at) AS post FROM ${quoteIdentifier(relation)}) GROUP BY ALL`,
  );
  if (groups.length === 0) return { value: null, alerts: [] };
  const counts = Array.from({ length: 7 }, () => new Array<number>(24).fill(0));
  for (const { weekday, hour, posts } of groups) counts[countOf(weekday) - 1][countOf(hour)] = countOf(posts);
  const moment = (seconds: number) => new Date(seconds * 1000).toISOString();
  return {
    value: {
      posts: groups.reduce((sum, { posts }) => sum + countOf(posts), 0),
      counts,
      oldest: moment(Math.min(...groups.map(({ oldest }) => countOf(oldest)))),
      newest: moment(Math.max(...groups.map(({ newest }) => countOf(newest)))),
    },
    alerts: [],
  };
}
