import type { DuckDBConnection } from "@duckdb/node-api";
import type { Explanation } from "../explain/explanation.ts";
import { directionOf, isNegligible } from "../explain/explanation.ts";
import type { CanonicalProfile } from "../features/profile.ts";
import { CANONICAL_NAMES } from "../profiles/canonical.ts";
import type { Contact } from "./contacts/contact.ts";
import { contactsOf } from "./contacts/contacts.ts";
import { type Niche, nichesOf } from "./niches.ts";
import { RANKED, RANKED_COLUMNS } from "./ranked.ts";

/** One account of a shortlist. */
export interface ShortlistEntry {
  /** Place in the list, from 1. */
  readonly rank: number;
  readonly id: string | null;
  /** The handle, without @. */
  readonly account: string | null;
  readonly name: string | null;
  /** Address of the profile page on TikTok; null where neither an address nor a handle is known. */
  readonly url: string | null;
  /** 0 to 1. */
  readonly probability: number;
  /** Whether the probability reaches the model's threshold. */
  readonly active: boolean;
  /** Why, in words, the weightiest first. */
  readonly reasons: readonly string[];
  readonly tier: string | null;
  readonly followers: number | null;
  /** Share of the followers that like or comment on a post, 0 and up. */
  readonly engagement_rate: number | null;
  /** Share of the other accounts of the same tier whose rate is lower, 0 to 1; null where there are none. */
  readonly engagement_percentile: number | null;
  /** Day of the last dated post, `2024-01-31`. */
  readonly last_post: string | null;
  readonly days_since_last_post: number | null;
  readonly posts_per_week: number | null;
  readonly account_age_days: number | null;
  readonly language: string | null;
  readonly region: string | null;
  readonly verified: boolean | null;
  /** What the account says it is about. */
  readonly niches: readonly Niche[];
  /** Where it can be reached; empty where contacts are left out. */
  readonly contacts: readonly Contact[];
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

/** What an entry needs besides its row. */
export interface EntryOptions {
  /** Why the model says so, in words. */
  readonly reasons: (profile: CanonicalProfile) => readonly string[];
  /** Whether to look for contacts: personal data. */
  readonly contacts: boolean;
}

/** An entry of a shortlist from a row of the table `ranked`. */
export function entryOf(row: RankedRow, rank: number, { reasons, contacts }: EntryOptions): ShortlistEntry {
  return {
    rank,
    id: row.id,
    account: row.account_id,
    name: row.nickname,
    url: profileAddress(row),
    probability: row.probability,
    active: row.active,
    reasons: reasons(row),
    tier: row.tier,
    followers: row.followers === null ? null : Number(row.followers),
    engagement_rate: row.awg_engagement_rate,
    engagement_percentile: row.engagement_percentile,
    last_post: row.last_post === null ? null : row.last_post.toISOString().slice(0, 10),
    days_since_last_post: row.days_since_last_post,
    posts_per_week: row.posts_per_week,
    account_age_days: row.account_age_days,
    language: row.predicted_lang,
    region: row.region,
    verified: row.is_verified,
    niches: nichesOf(row.biography),
    contacts: contacts ? contactsOf(row) : [],
  };
}

/**
 * The address of the profile's page, made of the handle; without one, the file's own where it leads to TikTok. (Files hold
 * addresses such as `/@undefined`.)
 */
export function profileAddress({
  url,
  account_id,
}: Pick<CanonicalProfile, "url" | "account_id">): string | null {
  if (account_id !== null) return `https://www.tiktok.com/@${encodeURIComponent(account_id)}`;
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, hostname } = new URL(url);
  return /^https?:$/.test(protocol) && /(?:^|\.)tiktok\.com$/.test(hostname) ? url : null;
}

/**
 * Why an account stands where it does, in words for a list: what speaks for it as it is, what speaks against it with a `but`.
 *
 * @param most how many reasons at most, the weightiest first
 */
export function reasonsOf({ contributions }: Explanation, most: number): string[] {
  return contributions
    .filter((one) => !isNegligible(one))
    .slice(0, most)
    .map((one) => (directionOf(one) === "for" ? one.words : `but: ${one.words}`));
}
