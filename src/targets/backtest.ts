import type { DuckDBConnection } from "@duckdb/node-api";
import { InsightsError } from "../base/error.ts";
import { quoteIdentifier } from "../base/quote.ts";
import { DUCKDB } from "../features/dialect.ts";
import { NEWEST_POSTS, newestPostsSql } from "../features/history.ts";
import { columnsOf, requireColumns } from "../features/requireColumns.ts";
import { checkHorizon } from "./named.ts";
import { atSnapshotSql, type SnapshotFacts } from "./snapshot.ts";

/** Days between one moment at which a history is cut and the next. */
export const CUT_STEP = 30;

/** Most moments at which one history is cut: a year. More win nothing, and who posts drifts. */
const MOST_CUTS = 12;

/** Posts that a provider lists at most, where none of a file's lists is shorter. */
const LISTED = 35;

/** More posts than any list has. */
const MOST_POSTS = 1_000_000;

/** A list with at most so many fewer posts than the longest may be a list cut off: numbers without a date are no posts. */
const CUT_OFF_BY = 2;

/** Fewest accounts of either answer that a forecast can be learnt from. */
const FEWEST_ACCOUNTS = 20;

/** What a back-test made. */
export interface Backtest {
  /** Days after each moment within which a post counts. */
  readonly horizon: number;
  readonly examples: number;
  readonly accounts: number;
}

/** What a back-test is made of. */
export interface BacktestOptions {
  /** Days after each moment within which a post counts, 1 to 3650. */
  readonly horizon: number;
  /** What `snapshotOf` says of the whole file. */
  readonly snapshot: SnapshotFacts;
  /** Most moments an account; 12 without it. */
  readonly cuts?: number;
  /** Fewest accounts that went on posting, and that did not: 20 without it, for there is something to be learnt from them. */
  readonly fewest?: number;
}

/**
 * Goes back: cuts each account's posts at many moments, hides what came later, and asks whether a post came within the horizon.
 * The moments of an account are its snapshot less the horizon, and every 30 days before that. What is asked of cut 0 is what the
 * target `creator` asks of posts. The table it makes has
 *
 * - `row`, different for each example, and `account`, the `row` of the profile: the moments of one account belong to one fold;
 * - `cut` (0 the latest), `observed_at` (the moment), `created_at`;
 * - `posted_at`: the newest ten posts before the moment, newest first, each second once. More would betray what came later, because
 *   providers list a certain number of posts: of so many, those missing before the moment came after it;
 * - `came`, whether a post came within the horizon, and `weight`: the examples of an account weigh 1 together.
 *
 * No example: no post before the moment, an account made after it, and fewer than ten posts before it on a list that is as long as
 * lists get, for then nobody knows whether there were more. No column of the profile is in it: counts are of the snapshot.
 *
 * @param relation name of a table or view with `row`, `posted_at` and, where known, `observed_at` and `created_at`
 * @param into name of the table it makes, anew
 * @throws InsightsError for a missing column, an impossible horizon, and `too few examples: ...`
 */
export async function backtest(
  connection: DuckDBConnection,
  relation: string,
  into: string,
  { horizon, snapshot, cuts = MOST_CUTS, fewest = FEWEST_ACCOUNTS }: BacktestOptions,
): Promise<Backtest> {
  checkHorizon(horizon);
  await requireColumns(connection, relation, ["posted_at", "observed_at"]);
  const there = await columnsOf(connection, relation);
  const created = there.has("created_at") ? "created_at" : "CAST(NULL AS TIMESTAMP)";
  const posts = newestPostsSql(DUCKDB, { listed: MOST_POSTS, most: MOST_POSTS });
  await connection.run(`CREATE OR REPLACE TEMP TABLE ${quoteIdentifier(into)} AS
    WITH histories AS (
      SELECT "row" AS account, epoch(observed_at) AS snapshot, ${created} AS created_at, ${posts} AS posts,
        len(posted_at) >= least(max(len(posted_at)) OVER (), ${LISTED}) - ${CUT_OFF_BY} AS cut_off
      FROM ${atSnapshotSql(relation, snapshot)}
    ), moments AS (
      SELECT *, snapshot - ${86_400 * horizon} - cut * ${86_400 * CUT_STEP} AS moment
      FROM histories, (SELECT CAST(unnest(range(${cuts})) AS INTEGER) AS cut) WHERE len(posts) > 0
    ), asked AS (
      SELECT account, cut, moment, created_at, cut_off, list_filter(posts, lambda post: post < moment)[:${NEWEST_POSTS}] AS before,
        len(list_filter(posts, lambda post: post >= moment AND (cut = 0 OR post < moment + ${86_400 * horizon}))) > 0 AS came
      FROM moments
    )
    SELECT account * ${cuts} + cut AS "row", account, cut, make_timestamp(CAST(moment * 1000000 AS BIGINT)) AS observed_at, created_at,
      list_transform(before, lambda post: make_timestamp(CAST(post * 1000000 AS BIGINT))) AS posted_at, came,
      1 / count(*) OVER (PARTITION BY account) AS weight
    FROM asked
    WHERE len(before) > 0 AND NOT (cut_off AND len(before) < ${NEWEST_POSTS}) AND coalesce(epoch(created_at) <= moment, true)
    ORDER BY "row"`);
  const reader = await connection.runAndReadAll(
    `SELECT count(*), count(DISTINCT account), count(DISTINCT account) FILTER (came), count(DISTINCT account) FILTER (NOT came)
     FROM ${quoteIdentifier(into)}`,
  );
  const [examples, accounts, came, stopped] = reader.getRowsJS()[0].map(Number);
  if (came < fewest || stopped < fewest) {
    throw new InsightsError(
      `too few examples: ${horizon} days or more before the snapshot, ${came} accounts went on posting within ${horizon} days and ${stopped} did not (expected at least ${fewest} of each; a shorter horizon looks back less far)`,
    );
  }
  return { horizon, examples, accounts };
}
