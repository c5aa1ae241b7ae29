import { setImmediate } from "node:timers/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import { once } from "../base/data.ts";
import { quoteLiteral } from "../base/quote.ts";
import type { CanonicalProfile } from "../features/profile.ts";
import type { Contact } from "./contacts/contact.ts";
import { contactsOf } from "./contacts/contacts.ts";
import { DEFAULT_LIST, type Filter, filterSql, preferredSql } from "./filter.ts";
import { type Flag, flagsOf } from "./flags.ts";
import { type Niche, nichesNamed } from "./niches.ts";
import { isAmong, type People } from "./people.ts";
import { RANKED, type RankedRow, readRanked } from "./ranked.ts";
import { whyOf } from "./reasons.ts";

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
  /** Probability that a post comes within the model's horizon; null for a model of another question, like the next two. */
  readonly still_posting: number | null;
  /** Probability that the engagement is above the norm for the account's size. */
  readonly well_answered: number | null;
  /** What the two answers stand on, as in `EVIDENCE_WORDS`. */
  readonly evidence: string | null;
  /** What sets it apart, in a line. */
  readonly why: string;
  /** Why, in words, the weightiest first. */
  readonly reasons: readonly string[];
  /** Why to look twice. */
  readonly flags: readonly Flag[];
  readonly tier: string | null;
  readonly followers: number | null;
  /** Share of the followers that like or comment on a post, 0 and up. */
  readonly engagement_rate: number | null;
  /** Share of accounts of the same size that are answered less well, 0 to 1; null where unknown. */
  readonly engagement_percentile: number | null;
  /** Day of the last dated post, `2024-01-31`. */
  readonly last_post: string | null;
  readonly days_since_last_post: number | null;
  readonly posts_per_week: number | null;
  readonly posts_last_30_days: number | null;
  /** Posts to expect within the model's horizon, and an interval of 80 %. */
  readonly expected_posts: number | null;
  readonly expected_low: number | null;
  readonly expected_high: number | null;
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
export interface ShortlistOptions extends EntryOptions {
  /**
   * How many accounts: exactly so many where there are so many, those that a list prefers first. Without it at most 200, and only
   * those that a list prefers (see `preferredSql`).
   */
  readonly top?: number | undefined;
  /** Whether all accounts are preferred alike. Without `top` it means everybody. */
  readonly all?: boolean | undefined;
  readonly filter?: Filter;
  /** A condition of the user's that `parseCondition` has checked. */
  readonly condition?: string | undefined;
  /** Accounts to leave out. */
  readonly excluded?: People | undefined;
  /** The only accounts to list. */
  readonly only?: People | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A shortlist, and how it came to be. */
export interface Shortlist {
  readonly entries: readonly ShortlistEntry[];
  /** Accounts that were ranked. */
  readonly considered: number;
  /** Of those, accounts that the filter lets through. */
  readonly matching: number;
  /** Of those, accounts that a list prefers. */
  readonly preferred: number;
  /** Accounts of the list that it would not have preferred: there were too few of the others. */
  readonly beyond: number;
  /** Accounts left out as excluded, as far as the ranking was read. */
  readonly excluded: number;
  /** Of the only ones to list, those that are not in the file; in the list's order. */
  readonly absent: readonly string[];
  /** Whether the model answers who still posts. */
  readonly asked: boolean;
  /** Accounts of the list that the model learnt from, whose numbers are of networks that did not. */
  readonly out_of_fold: number;
}

/**
 * The accounts of the view `ranked` to write to first.
 *
 * @param connection to the database in which `rankProfiles` made the view
 * @throws the signal's reason when it is aborted
 */
export async function makeShortlist(
  connection: DuckDBConnection,
  options: ShortlistOptions,
): Promise<Shortlist> {
  const { all = false, filter = {}, condition, excluded, only, signal } = options;
  const top = options.top ?? (all ? Number.POSITIVE_INFINITY : DEFAULT_LIST.top);
  const { among, absent } = await keepOnly(connection, only);
  const where = `(${filterSql(filter, condition)})${among}`;
  const preferred = all ? "true" : `(${preferredSql(filter)})`;
  const reader = await connection.runAndReadAll(
    `SELECT count(*), count(*) FILTER (WHERE ${where}), count(*) FILTER (WHERE (${where}) AND ${preferred}), count(still_posting) FROM ${RANKED}`,
  );
  const [[considered, matching, wanted, answers]] = reader.getRowsJS().map((row) => row.map(Number));
  const within = options.top === undefined ? wanted : matching;
  const chosen: { readonly row: RankedRow; readonly place: number }[] = [];
  let left = 0;
  for (let offset = 0; chosen.length < top && offset < within; ) {
    const rows = await readRanked(
      connection,
      `WHERE ${where} ORDER BY ${preferred} DESC, rank LIMIT ${Math.min(top, PAGE, within - offset)} OFFSET ${offset}`,
    );
    rows.forEach((row, i) => {
      if (chosen.length === top) return;
      if (excluded !== undefined && isAmong(excluded, row)) left++;
      else chosen.push({ row, place: offset + i });
    });
    offset += rows.length;
  }
  const entries: ShortlistEntry[] = [];
  for (const { row } of chosen) {
    // Reasons may cost milliseconds each: whoever wants to stop is heard between two.
    await setImmediate();
    signal?.throwIfAborted();
    const reasons = options.reasons(row);
    entries.push(entryOf(row, entries.length + 1, { ...options, reasons: () => reasons }));
  }
  return {
    entries,
    considered,
    matching,
    preferred: wanted,
    beyond: chosen.filter(({ place }) => place >= wanted).length,
    excluded: left,
    absent,
    asked: answers > 0,
    out_of_fold: chosen.filter(({ row }) => row.out_of_fold).length,
  };
}

/** The condition that keeps the only accounts that are wanted, and those of them that were not ranked. */
async function keepOnly(
  connection: DuckDBConnection,
  only: People | undefined,
): Promise<{ readonly among: string; readonly absent: readonly string[] }> {
  if (only === undefined) return { among: "", absent: [] };
  const list = (texts: Iterable<string>) => `[${[...texts].map(quoteLiteral).join(", ")}]::VARCHAR[]`;
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE only_people AS SELECT unnest(${list(only.keys())}) AS name, unnest(${list(only.values())}) AS told`,
  );
  const reader = await connection.runAndReadAll(
    `WITH there AS (SELECT unnest([id, lower(account_id)]) AS name FROM ${RANKED})
     SELECT told FROM only_people p GROUP BY told HAVING NOT bool_or(EXISTS (FROM there WHERE there.name = p.name))
     ORDER BY min(p.rowid)`,
  );
  const wanted = "(SELECT name FROM only_people)";
  return {
    among: ` AND coalesce(id IN ${wanted} OR lower(account_id) IN ${wanted}, false)`,
    absent: reader.getRowsJS().map(([told]) => String(told)),
  };
}

/** What an entry needs besides its row. */
export interface EntryOptions {
  /** Why the account stands where it does, in words; see `createReasons`. */
  readonly reasons: (row: RankedRow) => readonly string[];
  /** Whether to look for contacts: personal data. */
  readonly contacts: boolean;
}

/** An entry of a shortlist from a row of the view `ranked`. What takes long to find out is found out when it is asked for: few lists show all of it. */
export function entryOf(row: RankedRow, rank: number, { reasons, contacts }: EntryOptions): ShortlistEntry {
  const { probability, still_posting, well_answered, evidence } = row;
  const { tier, engagement_percentile, days_since_last_post, posts_per_week, posts_last_30_days } = row;
  const { expected_posts, expected_low, expected_high, account_age_days } = row;
  const why = once(() => reasons(row));
  const reachable = once(() => (contacts ? contactsOf(row) : []));
  return {
    rank,
    id: row.id,
    account: row.account_id,
    name: row.nickname,
    url: profileAddress(row),
    ...{ probability, still_posting, well_answered, evidence },
    get why() {
      return whyOf(row, why);
    },
    get reasons() {
      return why();
    },
    flags: flagsOfRow(row),
    tier,
    followers: numberOf(row.followers),
    engagement_rate: row.awg_engagement_rate,
    engagement_percentile,
    last_post: row.last_post === null ? null : row.last_post.toISOString().slice(0, 10),
    ...{ days_since_last_post, posts_per_week, posts_last_30_days },
    ...{ expected_posts, expected_low, expected_high, account_age_days },
    language: row.predicted_lang,
    region: row.region,
    verified: row.is_verified,
    niches: nichesNamed(row.niches, row.biography),
    get contacts() {
      return reachable();
    },
  };
}

/** The flags of a row with what was seen, in words. */
export function flagsOfRow(row: RankedRow): Flag[] {
  // Of nearly all rows there are none, which the table knows.
  if (row.flags.length === 0) return [];
  const [followers, following] = [numberOf(row.followers), numberOf(row.following)];
  const [likes, videos_count] = [numberOf(row.likes), numberOf(row.videos_count)];
  return flagsOf({ ...row, followers, following, likes, videos_count });
}

/** A count that DuckDB gives as a BIGINT, as a number. */
export function numberOf(value: bigint | number | null): number | null {
  return value === null ? null : Number(value);
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
