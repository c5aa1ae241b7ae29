import { setImmediate } from "node:timers/promises";
import type { DuckDBConnection } from "@duckdb/node-api";

import { directionOf, type Explanation, isNegligible } from "../explain/explanation.ts";
import type { CanonicalProfile } from "../features/profile.ts";
import type { Contact } from "./contacts/contact.ts";
import { contactsOf } from "./contacts/contacts.ts";
import { type Excluded, isExcluded } from "./exclude.ts";
import { type Filter, filterSql } from "./filter.ts";
import { type Niche, nichesOf } from "./niches.ts";
import { RANKED, type RankedRow, readRanked } from "./ranked.ts";

/** Rows that are read at a time. */
const PAGE = 10_000;

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

/** What to put into a shortlist. */
export interface ShortlistOptions {
  /** Most accounts in it. */
  readonly top: number;
  readonly filter?: Filter;
  /** A condition of the user's that `parseCondition` has checked. */
  readonly condition?: string | undefined;
  /** Accounts to leave out. */
  readonly excluded?: Excluded;
  /** Why the model says so, in words; asked for the accounts of the list only. */
  readonly reasons: (profile: CanonicalProfile) => readonly string[];
  /** Whether to look for contacts: personal data. */
  readonly contacts: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** A shortlist, and how it came to be. */
export interface Shortlist {
  readonly entries: readonly ShortlistEntry[];
  /** Accounts that were ranked. */
  readonly considered: number;
  /** Of those, accounts that the filter lets through. */
  readonly matching: number;
  /** Of those, accounts left out as excluded, as far as the ranking was read. */
  readonly excluded: number;
}

/**
 * The accounts of the table `ranked` to write to first.
 *
 * @param connection to the database in which `rankProfiles` made the table
 * @throws the signal's reason when it is aborted
 */
export async function makeShortlist(
  connection: DuckDBConnection,
  options: ShortlistOptions,
): Promise<Shortlist> {
  const { top, filter = {}, condition, excluded = new Set<string>(), signal } = options;
  const where = filterSql(filter, condition);
  const reader = await connection.runAndReadAll(
    `SELECT count(*), count(*) FILTER (WHERE ${where}) FROM ${RANKED}`,
  );
  const [[considered, matching]] = reader.getRowsJS().map((row) => row.map(Number));
  const chosen: RankedRow[] = [];
  let left = 0;
  for (let offset = 0; chosen.length < top && offset < matching; ) {
    const rows = await readRanked(
      connection,
      `WHERE ${where} ORDER BY rank LIMIT ${Math.min(top, PAGE)} OFFSET ${offset}`,
    );
    offset += rows.length;
    for (const row of rows) {
      if (chosen.length === top) break;
      if (isExcluded(excluded, row)) left++;
      else chosen.push(row);
    }
  }
  const entries: ShortlistEntry[] = [];
  for (const row of chosen) {
    // Reasons cost milliseconds each: whoever wants to stop is heard between two.
    await setImmediate();
    signal?.throwIfAborted();
    entries.push(entryOf(row, entries.length + 1, options));
  }
  return {
    entries,
    considered,
    matching,
    excluded: left,
  };
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
