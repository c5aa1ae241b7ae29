import type { DuckDBConnection } from "@duckdb/node-api";
import type { z } from "zod";
import { quoteIdentifier } from "../base/quote.ts";
import { percentile } from "../base/statistics.ts";
import { countInWords, countOfThings } from "../base/words.ts";
import type { Labels } from "../targets/target.ts";
import {
  columnsOf,
  countOf,
  type Finding,
  labelsAt,
  missingFor,
  presenceOf,
  readColumns,
  selectRow,
} from "./query.ts";
import type { activitySchema } from "./summarySchema.ts";

/** The summary, and what the figure draws. */
export interface Activity {
  readonly activity: z.infer<typeof activitySchema>;
  /** Days from the last dated post to the snapshot, >= 0, one entry an account that has both, in the order of `row`. */
  readonly daysSinceLastPost: Float64Array;
}

/**
 * Days since the last post at the snapshot, from the dated posts. The snapshot of an account is its `observed_at`; where
 * that is missing, the newest date anywhere in the file stands in, and `snapshot` says so. A post dated after the
 * snapshot counts as posted that very moment: snapshots are often known to the day only.
 *
 * @param relation a table or view with `row`, `posted_at` and, if known, `observed_at` and `created_at`
 * @param target labels for the shares by target
 */
export async function activityOf(
  connection: DuckDBConnection,
  relation: string,
  target?: Labels,
): Promise<Finding<Activity>> {
  const missing = missingFor("activity", ["posted_at"], await presenceOf(connection, relation));
  if (missing.length > 0) return { value: null, alerts: missing };
  const names = await columnsOf(connection, relation);
  const dated = (name: "observed_at" | "created_at") => (names.includes(name) ? name : "NULL::TIMESTAMP");
  const from = `(SELECT "row", list_max(posted_at) AS last_post, ${dated("observed_at")} AS observed,
    ${dated("created_at")} AS created FROM ${quoteIdentifier(relation)})`;
  const facts = await selectRow(
    connection,
    `SELECT count(*) AS accounts, count(observed) AS observed,
      epoch(greatest(max(last_post), (SELECT max(greatest(observed, created)) FROM ${from}))) AS newest,
    FROM ${from} WHERE last_post IS NOT NULL`,
  );
  const accounts = countOf(facts.accounts);
  if (accounts === 0)
    return {
      value: null,
      alerts: [
        {
          level: "info",
          code: "no_dated_posts",
          column: "posted_at",
          message: "There is no activity: no listed post has a date.",
        },
      ],
    };
  const newest = countOf(facts.newest);
  const read = await readColumns(
    connection,
    { row: '"row"', days: `greatest(0, (coalesce(epoch(observed), ${newest}) - epoch(last_post)) / 86400)` },
    `${from} WHERE last_post IS NOT NULL ORDER BY "row"`,
  );
  const labels = target ? labelsAt(read.row, target) : new Int8Array(accounts).fill(-1);
  const { days } = read;
  const shareOf = (label: number) =>
    shareWithin(
      days.filter((_, i) => labels[i] === label),
      30,
    );
  return {
    value: {
      activity: {
        accounts,
        median_days_since_last_post: percentile(days.slice().sort(), 0.5),
        posted_within_30_days: shareWithin(days, 30) ?? 0,
        posted_within_90_days: shareWithin(days, 90) ?? 0,
        snapshot: snapshotInWords(accounts, countOf(facts.observed), newest),
        posted_within_30_days_by_target: {
          positive: shareOf(1),
          negative: shareOf(0),
        },
      },
      daysSinceLastPost: days,
    },
    alerts: [],
  };
}

function shareWithin(days: Float64Array, limit: number): number | null {
  if (days.length === 0) return null;
  let within = 0;
  for (const value of days) if (value <= limit) within++;
  return within / days.length;
}

function snapshotInWords(accounts: number, observed: number, newest: number): string {
  const own = "the moment each profile was read (observed_at)";
  if (observed === accounts) return own;
  const day = new Date(newest * 1000).toISOString().slice(0, 10);
  const guess = `the newest date anywhere in the file (${day})`;
  if (observed === 0) return `${guess}, because no profile says when it was read`;
  const without = accounts - observed;
  return `${own}; ${guess} for ${countOfThings(without, "account")} of ${countInWords(accounts)} without it`;
}
