import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../profiles/sql.ts";
import { type Finding, missingFor, presenceOf } from "./presence.ts";
import { readColumns } from "./query.ts";

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
