import { InsightsError } from "../base/error.ts";

/** The DuckDB type a canonical column has in the table `profiles`. */
export type CanonicalType = "VARCHAR" | "BOOLEAN" | "BIGINT" | "DOUBLE" | "TIMESTAMP" | "TIMESTAMP[]";

/** What one canonical column holds. */
export interface CanonicalColumn {
  readonly type: CanonicalType;
  /** What it means, with its unit. */
  readonly about: string;
  /** Where it could come from, for the message about a missing column. */
  readonly from: string;
  /** Of a count: the most that can be. */
  readonly most?: number;
}

/**
 * The canonical profile: what every provider is mapped to. Counts are integers >= 0, rates are fractions (not percent)
 * of the followers, timestamps are UTC. All but `id`/`account_id` (one of them) may be missing.
 */
export const CANONICAL_COLUMNS = {
  id: {
    type: "VARCHAR",
    about: "TikTok's number of the account, exact text (it exceeds 2^53)",
    from: "id, user.id, authorMeta.id",
  },
  account_id: { type: "VARCHAR", about: "the account's handle", from: "account_id, username, uniqueId" },
  nickname: { type: "VARCHAR", about: "display name", from: "nickname, display_name" },
  biography: {
    type: "VARCHAR",
    about: "what the account says of itself",
    from: "biography, bio_description, signature",
  },
  bio_link: {
    type: "VARCHAR",
    about: "link shown under the biography",
    from: "bio_link, bio_url, bioLink.link",
  },
  is_verified: { type: "BOOLEAN", about: "has the blue tick", from: "is_verified, verified" },
  is_private: { type: "BOOLEAN", about: "is closed to strangers", from: "is_private, privateAccount" },
  followers: {
    type: "BIGINT",
    about: "accounts that follow it",
    from: "followers, follower_count, fans",
    // There are some eight billion people.
    most: 1e10,
  },
  following: {
    type: "BIGINT",
    about: "accounts it follows",
    from: "following, following_count",
    // TikTok allows ten thousand.
    most: 1e6,
  },
  likes: {
    type: "BIGINT",
    about: "likes all its videos have received",
    from: "likes, likes_count, heart",
  },
  videos_count: {
    type: "BIGINT",
    about: "public videos",
    from: "videos_count, video_count, video",
    // A hundred a day since TikTok began are under half a million.
    most: 1e7,
  },
  like_engagement_rate: {
    type: "DOUBLE",
    about: "mean likes of a recent video / followers",
    from: "Bright Data's like_engagement_rate, Apify's diggCount and fans",
  },
  comment_engagement_rate: {
    type: "DOUBLE",
    about: "mean comments of a recent video / followers",
    from: "Bright Data's comment_engagement_rate, Apify's commentCount and fans",
  },
  awg_engagement_rate: {
    type: "DOUBLE",
    about: "like rate + comment rate",
    from: "Bright Data's awg_engagement_rate, Apify's diggCount, commentCount and fans",
  },
  predicted_lang: {
    type: "VARCHAR",
    about: "language code the provider guessed",
    from: "predicted_lang, user.language",
  },
  region: { type: "VARCHAR", about: "country code", from: "region" },
  created_at: {
    type: "TIMESTAMP",
    about: "when the account was made",
    from: "create_time, createTime, the upper half of id",
  },
  observed_at: {
    type: "TIMESTAMP",
    about: "when the profile was read (the snapshot)",
    from: "timestamp, x-expires in profile_pic_url",
  },
  posted_at: {
    type: "TIMESTAMP[]",
    about: "when the listed posts were made, newest first",
    from: "top_videos, createTimeISO",
  },
  url: { type: "VARCHAR", about: "address of the profile page", from: "url" },
} as const satisfies Record<string, CanonicalColumn>;

/** Name of a canonical column. */
export type CanonicalName = keyof typeof CANONICAL_COLUMNS;

/** All canonical names, in the order of the table `profiles`. */
export const CANONICAL_NAMES = Object.keys(CANONICAL_COLUMNS) as CanonicalName[];

/** Whether a name is one of the canonical columns. */
export function isCanonical(name: string): name is CanonicalName {
  return Object.hasOwn(CANONICAL_COLUMNS, name);
}

/**
 * Checks that profiles have the columns a step needs.
 *
 * @param profiles what was read; only `missing` and the file's name are looked at
 * @param names the columns needed
 * @param purpose what needs them, for the message: "the target engagement"
 * @throws InsightsError that names each missing column and where it could come from:
 *   `missing column: likes (from likes, likes_count, heart; or --map likes=COLUMN)`
 */
export function requireColumns(
  profiles: { readonly missing: readonly CanonicalName[]; readonly source: { readonly file: string } },
  names: readonly CanonicalName[],
  purpose?: string,
): void {
  const missing = [...new Set(names)].filter((name) => profiles.missing.includes(name));
  if (missing.length === 0) return;
  const needed = purpose === undefined ? "" : `, needed for ${purpose}`;
  const from = missing.map(
    (name) => `${missing.length > 1 ? `${name} ` : ""}from ${CANONICAL_COLUMNS[name].from}`,
  );
  throw new InsightsError(
    `missing column${missing.length > 1 ? "s" : ""}: ${missing.join(", ")}${needed} (${from.join("; ")}; or --map ${missing[0]}=COLUMN)`,
    { place: { file: profiles.source.file } },
  );
}
