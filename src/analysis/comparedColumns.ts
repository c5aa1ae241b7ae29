import type { DuckDBConnection } from "@duckdb/node-api";
import { atSnapshotSql, snapshotOf } from "../targets/snapshot.ts";

/** What profiles are compared by: canonical columns as numbers, and those of words. */
export interface ComparedColumns {
  /** NaN where unknown. */
  readonly numbers: Readonly<Record<string, Float64Array>>;
  /** Null where unknown. */
  readonly words: Readonly<Record<string, (string | null)[]>>;
}

const DAY = 86_400;

/** Canonical columns as numbers, by the name they are compared under. */
const NUMBERS: Readonly<Record<string, string>> = {
  followers: "followers",
  following: "following",
  likes: "likes",
  videos_count: "videos_count",
  like_engagement_rate: "like_engagement_rate",
  comment_engagement_rate: "comment_engagement_rate",
  awg_engagement_rate: "awg_engagement_rate",
  is_verified: "is_verified",
  is_private: "is_private",
  biography_length: "length(biography)",
  has_bio_link: "coalesce(bio_link, '') <> ''",
  account_age_days: `epoch(observed_at - created_at) / ${DAY}`,
  // DuckDB's greatest() passes over NULL, and nobody without posts has posted today.
  days_since_last_post: `CASE WHEN len(posted_at) > 0 THEN greatest(0, epoch(observed_at - list_max(posted_at)) / ${DAY}) END`,
  listed_posts: "len(posted_at)",
};

const WORDS = ["predicted_lang", "region"] as const;

/**
 * Reads the columns that profiles are compared by, ordered by `row`. Ages are at the profile's snapshot, or where it is
 * unknown at the newest date of the relation.
 *
 * @param relation name of a table or view with `row` and the canonical columns
 */
export async function comparedColumns(
  connection: DuckDBConnection,
  relation: string,
): Promise<ComparedColumns> {
  const from = atSnapshotSql(relation, await snapshotOf(connection, relation));
  const list = Object.values(NUMBERS).map((sql) => `CAST(${sql} AS DOUBLE)`);
  const reader = await connection.runAndReadAll(
    `SELECT ${[...list, ...WORDS].join(", ")} FROM ${from} ORDER BY "row"`,
  );
  const columns = reader.getColumnsJS();
  const numbers = Object.keys(NUMBERS).map((name, i) => [
    name,
    Float64Array.from(columns[i], (value) => (value === null ? Number.NaN : Number(value))),
  ]);
  const words = WORDS.map((name, i) => [name, columns[list.length + i]]);
  return { numbers: Object.fromEntries(numbers), words: Object.fromEntries(words) };
}
