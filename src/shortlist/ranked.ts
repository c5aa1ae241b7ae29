import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier, quoteLiteral } from "../base/quote.ts";
import type { Model } from "../bundle/model.ts";
import { scoreProfiles } from "../bundle/score.ts";
import type { CanonicalProfile } from "../features/profile.ts";
import { columnsOf } from "../features/requireColumns.ts";
import { CANONICAL_COLUMNS, CANONICAL_NAMES } from "../profiles/canonical.ts";
import { FOLLOWER_TIERS, type FollowerTier, tierSql } from "../profiles/tiers.ts";
import { atSnapshotSql, snapshotOf } from "../targets/snapshot.ts";
import { hasEmail } from "./contacts/contacts.ts";

/** The table that `rankProfiles` makes: the canonical columns, those of `RANKED_COLUMNS`, and `row`. */
export const RANKED = "ranked";

/** What is added to the canonical columns. */
export const RANKED_COLUMNS = {
  /** From 1: the highest probability first, of equal ones the account with more followers. */
  rank: "INTEGER",
  probability: "DOUBLE",
  /** Whether the probability reaches the model's threshold. */
  active: "BOOLEAN",
  /** Name of the follower tier; NULL where followers are unknown. */
  tier: "VARCHAR",
  /** Share of the other accounts of the same tier whose engagement rate is lower, 0 to 1. NULL where the rate is unknown or alone. */
  engagement_percentile: "DOUBLE",
  /** NULL where no post has a date. */
  last_post: "TIMESTAMP",
  /** At the snapshot, or the newest date of the file where there is none; never below 0. */
  days_since_last_post: "DOUBLE",
  /** Over the span of the listed posts, at least a week; NULL with fewer than two. */
  posts_per_week: "DOUBLE",
  account_age_days: "DOUBLE",
  /** Whether the biography or the link holds an e-mail address. */
  has_email: "BOOLEAN",
} as const;

const DAY = 86_400;
/** As in the analysis of posting: a span shorter than a week is taken for a week. */
const SHORTEST_SPAN = 7;

/** Without one of these no text holds an address, hidden or not. */
const MAY_HOLD_EMAIL =
  "(?i)@|＠|\\bat\\b|arroba|chiocciola|arobase|ma[lł]pa|собак|mail:|[(\\[{<]\\s*(?:a|ä?t|et)\\s*[)\\]}>]";

/** How profiles are ranked. */
export interface RankOptions {
  /** Follower tiers, rising from 0. */
  readonly tiers?: readonly FollowerTier[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * Scores profiles and makes the table `ranked` of them: one row a profile, with its rank, what the model says, and what a person
 * filters and sorts by.
 *
 * @param relation name of a table or view with `row` and canonical columns; those it lacks are NULL
 * @throws InsightsError for a column that the model needs
 */
export async function rankProfiles(
  connection: DuckDBConnection,
  model: Model,
  relation: string,
  { tiers = FOLLOWER_TIERS, signal }: RankOptions = {},
): Promise<void> {
  const { rows, probabilities } = await scoreProfiles(connection, model, relation);
  signal?.throwIfAborted();
  await keep(connection, "ranked_scores", '"row" BIGINT, probability DOUBLE', (append) => {
    for (let i = 0; i < rows.length; i++) append(BigInt(rows[i]), probabilities[i]);
  });
  const there = await columnsOf(connection, relation);
  const canonical = CANONICAL_NAMES.map((name) =>
    there.has(name) ? name : `CAST(NULL AS ${CANONICAL_COLUMNS[name].type}) AS ${name}`,
  );
  await connection.run(
    `CREATE OR REPLACE TEMP VIEW ranked_profiles AS SELECT "row", ${canonical.join(", ")} FROM ${quoteIdentifier(relation)}`,
  );
  await markEmails(connection, signal);
  const from = atSnapshotSql("ranked_profiles", await snapshotOf(connection, "ranked_profiles"));
  await connection.run(`CREATE OR REPLACE TABLE ${RANKED} AS
    WITH dated AS (
      SELECT *, list_max(posted_at) AS last_post, list_min(posted_at) AS first_post, ${tierSql(tiers)} AS tier FROM ${from}
    ), compared AS (
      SELECT "row", CASE WHEN count(*) OVER (PARTITION BY tier) > 1
        THEN percent_rank() OVER (PARTITION BY tier ORDER BY awg_engagement_rate) END AS engagement_percentile
      FROM dated WHERE awg_engagement_rate IS NOT NULL AND tier IS NOT NULL
    )
    SELECT dated."row", ${CANONICAL_NAMES.map((name) => `dated.${name}`).join(", ")},
      CAST(row_number() OVER (ORDER BY probability DESC, followers DESC NULLS LAST, dated."row") AS INTEGER) AS rank,
      probability, probability >= ${model.threshold} AS active, tier, engagement_percentile, last_post,
      ${daysBetween("last_post", "observed_at")} AS days_since_last_post,
      CASE WHEN len(posted_at) > 1 THEN (len(posted_at) - 1) * ${7 * DAY}
        / greatest(epoch(last_post) - epoch(first_post), ${SHORTEST_SPAN * DAY}) END AS posts_per_week,
      ${daysBetween("created_at", "observed_at")} AS account_age_days,
      dated."row" IN (SELECT "row" FROM ranked_emails) AS has_email
    FROM dated JOIN ranked_scores USING ("row") LEFT JOIN compared USING ("row")
    ORDER BY rank`);
}

/** Days from one moment to another, never below 0, as SQL of DOUBLE; NULL where one is unknown (which greatest() would pass over). */
function daysBetween(from: string, to: string): string {
  const days = `(epoch(${to}) - epoch(${from})) / ${DAY}`;
  return `CASE WHEN ${days} < 0 THEN 0 ELSE ${days} END`;
}

/** Makes the table of rows whose texts hold an e-mail address. Texts that cannot hold one never leave DuckDB. */
async function markEmails(connection: DuckDBConnection, signal?: AbortSignal): Promise<void> {
  const result = await connection.stream(
    `SELECT "row", biography, bio_link FROM ranked_profiles
     WHERE regexp_matches(coalesce(biography, ''), ${quoteLiteral(MAY_HOLD_EMAIL)}) OR starts_with(lower(bio_link), 'mailto:')`,
  );
  const found: bigint[] = [];
  for await (const chunk of result.yieldRowsJs()) {
    signal?.throwIfAborted();
    for (const [row, biography, link] of chunk) {
      const texts = { biography: biography as string | null, bio_link: link as string | null };
      if (hasEmail(texts)) found.push(BigInt(row as number));
    }
  }
  await keep(connection, "ranked_emails", '"row" BIGINT', (append) => {
    for (const row of found) append(row);
  });
}

/** Makes a temporary table and fills it. */
async function keep(
  connection: DuckDBConnection,
  name: string,
  columns: string,
  fill: (append: (row: bigint, number?: number) => void) => void,
): Promise<void> {
  await connection.run(`CREATE OR REPLACE TEMP TABLE ${quoteIdentifier(name)} (${columns})`);
  const appender = await connection.createAppender(name, null, "temp");
  fill((row, number) => {
    appender.appendBigInt(row);
    if (number !== undefined) appender.appendDouble(number);
    appender.endRow();
  });
  appender.closeSync();
}

/** A row of the table `ranked`. */
export type RankedRow = CanonicalProfile & {
  readonly row: bigint;
  readonly rank: number;
  readonly probability: number;
  readonly active: boolean;
  readonly tier: string | null;
  readonly engagement_percentile: number | null;
  readonly last_post: Date | null;
  readonly days_since_last_post: number | null;
  readonly posts_per_week: number | null;
  readonly account_age_days: number | null;
  readonly has_email: boolean;
};

/**
 * Rows of the table `ranked`.
 *
 * @param rest SQL after FROM ranked: WHERE, ORDER BY, LIMIT
 */
export async function readRanked(connection: DuckDBConnection, rest: string): Promise<RankedRow[]> {
  const columns = ['"row"', ...CANONICAL_NAMES, ...Object.keys(RANKED_COLUMNS)];
  const reader = await connection.runAndReadAll(`SELECT ${columns.join(", ")} FROM ${RANKED} ${rest}`);
  return reader.getRowObjectsJS() as unknown as RankedRow[];
}
