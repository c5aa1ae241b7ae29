import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier, withoutFormula } from "../base/quote.ts";
import type { Model } from "../bundle/model.ts";
import { type Scores, scoreProfiles } from "../bundle/score.ts";
import { USUAL_HORIZON } from "../features/kinds/posting.ts";
import { rate } from "../features/kinds/rate.ts";
import type { CanonicalProfile } from "../features/profile.ts";
import { columnsOf } from "../features/requireColumns.ts";
import { CANONICAL_COLUMNS, CANONICAL_NAMES } from "../profiles/canonical.ts";
import { FOLLOWER_TIERS, type FollowerTier, tierSql } from "../profiles/tiers.ts";
import { atSnapshotSql, snapshotOf } from "../targets/snapshot.ts";
import type { FlagName } from "./flags.ts";
import { FACTS, markProfiles } from "./rankedFacts.ts";

/** The temporary view that `rankProfiles` makes: the canonical columns, those of `RANKED_COLUMNS`, and `row`. */
export const RANKED = "ranked";

/** The temporary table with what `RANKED` has beside the profiles, which are not held twice. */
const TOLD = "ranked_told";

/** What is added to the canonical columns. */
export const RANKED_COLUMNS = {
  /** From 1: the highest probability first, of equal ones the account with more followers. */
  rank: "INTEGER",
  probability: "DOUBLE",
  /** Whether the probability reaches the model's threshold. */
  active: "BOOLEAN",
  /** The answers to the two questions, 0 to 1, and what they stand on, as in `EVIDENCE_WORDS`; NULL for a model of another question. */
  still_posting: "DOUBLE",
  well_answered: "DOUBLE",
  evidence: "VARCHAR",
  /** Whether probability and answers are out of fold. They are where the model was trained on the account. */
  out_of_fold: "BOOLEAN",
  /** Name of the follower tier; NULL where followers are unknown. */
  tier: "VARCHAR",
  /**
   * Share of accounts of the same size that are answered less well, 0 to 1: by the model's size norm, drawn towards the middle where
   * the rate stands on few posts; of a model without one, the share of the other accounts of the tier whose rate is lower. NULL
   * where the rate is unknown or alone.
   */
  engagement_percentile: "DOUBLE",
  /** Share of the other accounts of the same tier with fewer likes a video; NULL where unknown or alone. */
  likes_percentile: "DOUBLE",
  /** NULL where no post has a date. */
  last_post: "TIMESTAMP",
  /** At the snapshot, or the newest date of the file where there is none; never below 0. */
  days_since_last_post: "DOUBLE",
  /** The pace of the newest ten posts over their span, at least a week; NULL with fewer than two. */
  posts_per_week: "DOUBLE",
  posts_last_30_days: "INTEGER",
  /** Posts to expect within the model's horizon after the snapshot, and an interval of 80 %. */
  expected_posts: "DOUBLE",
  expected_low: "INTEGER",
  expected_high: "INTEGER",
  account_age_days: "DOUBLE",
  /** Whether the biography or the link holds an e-mail address. */
  has_email: "BOOLEAN",
  /** Likewise a phone number; a link of any kind, or an address of the web. */
  has_phone: "BOOLEAN",
  has_link: "BOOLEAN",
  /** Why to look twice: names of `FLAGS`. */
  flags: "VARCHAR[]",
  /** What the biography says it is about, the niche with the most words first. */
  niches: "VARCHAR[]",
} as const;

/** An account's probability and answers out of fold: from networks that were not trained on it. */
export interface OutOfFold {
  readonly probability: number;
  /** Null for a model of another question, like what follows. */
  readonly still_posting: number | null;
  readonly well_answered: number | null;
  readonly evidence: string | null;
}

/** How profiles are ranked. */
export interface RankOptions {
  /** Follower tiers, rising from 0. */
  readonly tiers?: readonly FollowerTier[];
  /** Out-of-fold answers of accounts that the model was trained on, by id, or by handle where there is none, as CSV holds them (see `withoutFormula`). */
  readonly outOfFold?: ReadonlyMap<string, OutOfFold> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with the share of the profiles, 0 to 1, of which all is worked out: that takes most of the time. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/**
 * Scores profiles and makes the view `ranked` of them: one row a profile, with its rank, what the model says, and what a person
 * filters and sorts by. It stands as long as they do.
 *
 * @param relation name of a table or view with `row` and canonical columns; those it lacks are NULL
 * @throws InsightsError for a column that the model needs
 */
export async function rankProfiles(
  connection: DuckDBConnection,
  model: Model,
  relation: string,
  { tiers = FOLLOWER_TIERS, outOfFold, signal, onProgress }: RankOptions = {},
): Promise<void> {
  await keepScores(connection, await scoreProfiles(connection, model, relation), outOfFold);
  signal?.throwIfAborted();
  const there = await columnsOf(connection, relation);
  const canonical = CANONICAL_NAMES.map((name) =>
    there.has(name) ? name : `CAST(NULL AS ${CANONICAL_COLUMNS[name].type}) AS ${name}`,
  );
  await connection.run(
    `CREATE OR REPLACE TEMP VIEW ranked_profiles AS SELECT "row", ${canonical.join(", ")} FROM ${quoteIdentifier(relation)}`,
  );
  const atSnapshot = atSnapshotSql("ranked_profiles", await snapshotOf(connection, "ranked_profiles"));
  await connection.run(
    `CREATE OR REPLACE TEMP VIEW ranked_scored AS SELECT * FROM ${atSnapshot} JOIN ranked_scores USING ("row")`,
  );
  const norm = model.pipeline.steps.find(({ kind }) => kind === rate.kind);
  await markProfiles(connection, "ranked_scored", {
    horizon: model.horizon ?? USUAL_HORIZON,
    rate: norm === undefined ? null : rate.fitted.parse(norm.fitted),
    ...{ signal, onProgress },
  });
  const splitSql = (names: string) =>
    `CASE WHEN ${names} = '' THEN [] ELSE string_split(${names}, ',') END AS ${names}`;
  const place = (value: string) =>
    `CASE WHEN ${value} IS NOT NULL AND tier IS NOT NULL AND count(${value}) OVER (PARTITION BY tier) > 1
      THEN (rank() OVER (PARTITION BY tier ORDER BY ${value} NULLS LAST) - 1) / (count(${value}) OVER (PARTITION BY tier) - 1) END`;
  // Without the profiles themselves: windows hold all that stands in the rows that they look over.
  await connection.run(`CREATE OR REPLACE TEMP TABLE ${TOLD} AS
    WITH numbers AS (
      SELECT "row", probability, still_posting, well_answered, evidence, out_of_fold, followers, awg_engagement_rate,
        ${tierSql(tiers)} AS tier, CASE WHEN videos_count > 0 THEN likes / videos_count END AS likes_per_video
      FROM ranked_scored
    )
    SELECT "row",
      CAST(row_number() OVER (ORDER BY probability DESC, followers DESC NULLS LAST, "row") AS INTEGER) AS rank,
      probability, probability >= ${model.threshold} AS active, still_posting, well_answered, evidence, out_of_fold, tier,
      ${norm === undefined ? place("awg_engagement_rate") : "answered"} AS engagement_percentile,
      ${place("likes_per_video")} AS likes_percentile,
      make_timestamp(CAST(last_post * 1000000 AS BIGINT)) AS last_post, days_since_last_post, posts_per_week, posts_last_30_days,
      expected_posts, expected_low, expected_high, account_age_days, has_email, has_phone, has_link,
      ${splitSql("flags")}, ${splitSql("niches")}
    FROM numbers JOIN ${FACTS} USING ("row")`);
  await connection.run(`CREATE OR REPLACE TEMP VIEW ${RANKED} AS
    SELECT "row", ${[...CANONICAL_NAMES, ...Object.keys(RANKED_COLUMNS)].join(", ")} FROM ${atSnapshot} JOIN ${TOLD} USING ("row")`);
  await connection.run(`DROP TABLE ${FACTS}`);
}

/** Makes the temporary table of scores: out of fold where there are such, else those of the model. */
async function keepScores(
  connection: DuckDBConnection,
  { rows, ids, probabilities, answers }: Scores,
  outOfFold: RankOptions["outOfFold"],
): Promise<void> {
  await connection.run(`CREATE OR REPLACE TEMP TABLE ranked_scores
    ("row" BIGINT, probability DOUBLE, still_posting DOUBLE, well_answered DOUBLE, evidence VARCHAR, out_of_fold BOOLEAN)`);
  const appender = await connection.createAppender("ranked_scores", null, "temp");
  const number = (value: number | null | undefined) =>
    value == null ? appender.appendNull() : appender.appendDouble(value);
  for (let i = 0; i < rows.length; i++) {
    const other = outOfFold?.get(withoutFormula(ids[i] ?? ""));
    const evidence = other === undefined ? answers?.evidence[i] : other.evidence;
    appender.appendBigInt(BigInt(rows[i]));
    appender.appendDouble(other?.probability ?? probabilities[i]);
    number(other === undefined ? answers?.still_posting[i] : other.still_posting);
    number(other === undefined ? answers?.well_answered[i] : other.well_answered);
    evidence == null ? appender.appendNull() : appender.appendVarchar(evidence);
    appender.appendBoolean(other !== undefined);
    appender.endRow();
  }
  appender.closeSync();
}

/** A row of `ranked`. */
export type RankedRow = CanonicalProfile & {
  readonly row: bigint;
  readonly rank: number;
  readonly probability: number;
  readonly active: boolean;
  readonly still_posting: number | null;
  readonly well_answered: number | null;
  readonly evidence: string | null;
  readonly out_of_fold: boolean;
  readonly tier: string | null;
  readonly engagement_percentile: number | null;
  readonly likes_percentile: number | null;
  readonly last_post: Date | null;
  readonly days_since_last_post: number | null;
  readonly posts_per_week: number | null;
  readonly posts_last_30_days: number | null;
  readonly expected_posts: number | null;
  readonly expected_low: number | null;
  readonly expected_high: number | null;
  readonly account_age_days: number | null;
  readonly has_email: boolean;
  readonly has_phone: boolean;
  readonly has_link: boolean;
  readonly flags: readonly FlagName[];
  readonly niches: readonly string[];
};

/**
 * Rows of `ranked`.
 *
 * @param rest SQL after FROM ranked: WHERE, ORDER BY, LIMIT
 */
export async function readRanked(connection: DuckDBConnection, rest: string): Promise<RankedRow[]> {
  const columns = ['"row"', ...CANONICAL_NAMES, ...Object.keys(RANKED_COLUMNS)];
  const reader = await connection.runAndReadAll(`SELECT ${columns.join(", ")} FROM ${RANKED} ${rest}`);
  return reader.getRowObjectsJS() as unknown as RankedRow[];
}
