import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../base/quote.ts";
import { atSnapshotSql, snapshotOf } from "../targets/snapshot.ts";
import {
  columnsOf,
  countOf,
  type Finding,
  missingFor,
  presenceOf,
  readColumns,
  selectRows,
} from "./query.ts";

const DAY = 86_400;

/** Shortest span that posts are counted over, in days: two posts within a minute do not make ten thousand a week. */
const SHORTEST_SPAN = 7;

/** How often accounts post, from the dated posts that are listed of each. */
export interface PostingPace {
  /** Accounts with two dated posts or more. */
  readonly accounts: number;
  /** Posts a week over the span from the oldest to the newest listed post, one entry an account, ordered by `row`. */
  readonly postsPerWeek: Float64Array;
  /** Longest time between two successive listed posts, in days, as above. */
  readonly longestGapDays: Float64Array;
}

/**
 * Posts a week and the longest gap of every account. The pace is (posts - 1) / weeks from the oldest to the newest listed
 * post; a span shorter than a week is taken for a week. Listed are the latest posts only, so it is the pace of late, and
 * time since the last post is not part of it.
 *
 * @param relation a table or view with `row` and `posted_at`
 */
export async function postingPace(
  connection: DuckDBConnection,
  relation: string,
): Promise<Finding<PostingPace>> {
  const missing = missingFor("posting pace", ["posted_at"], await presenceOf(connection, relation));
  if (missing.length > 0) return { value: null, alerts: missing };
  const gaps = "list_transform(range(1, len(times)), lambda i: times[i + 1] - times[i])";
  const { pace, gap } = await readColumns(
    connection,
    {
      pace: `(len(times) - 1) * ${7 * DAY} / greatest(times[-1] - times[1], ${SHORTEST_SPAN * DAY})`,
      gap: `list_max(${gaps}) / ${DAY}`,
    },
    `(SELECT "row", list_sort(list_transform(posted_at, lambda post: epoch(post))) AS times
      FROM ${quoteIdentifier(relation)} WHERE len(posted_at) > 1) ORDER BY "row"`,
  );
  return { value: { accounts: pace.length, postsPerWeek: pace, longestGapDays: gap }, alerts: [] };
}

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

const YEAR = 365.25 * 86_400;

/** How old accounts were when they were read. */
export interface AccountAges {
  /** Years from the making of the account to the snapshot, >= 0, one an account that is dated, ordered by `row`. */
  readonly years: Float64Array;
  /** Accounts whose date is not known: their number is of an older kind, or none was given. */
  readonly undated: number;
}

/**
 * Ages of accounts at the snapshot; where an account's own is unknown, the newest date of the file stands in.
 *
 * @param relation a table or view with `row`, `created_at` and, if known, `observed_at` and `posted_at`
 */
export async function accountAges(
  connection: DuckDBConnection,
  relation: string,
): Promise<Finding<AccountAges>> {
  const presence = await presenceOf(connection, relation);
  const missing = missingFor("account age", ["created_at"], presence);
  if (missing.length > 0) return { value: null, alerts: missing };
  const snapshot = await snapshotOf(connection, relation);
  const observed = (await columnsOf(connection, relation)).includes("observed_at");
  const read = observed ? "epoch(observed_at)" : String(snapshot.newest);
  const from = observed ? atSnapshotSql(relation, snapshot) : quoteIdentifier(relation);
  const { years } = await readColumns(
    connection,
    { years: `greatest(0, (${read} - epoch(created_at)) / ${YEAR})` },
    `${from} WHERE created_at IS NOT NULL ORDER BY "row"`,
  );
  return { value: { years, undated: presence.rows - years.length }, alerts: [] };
}
