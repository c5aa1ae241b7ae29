import { quoteIdentifier } from "../base/quote.ts";
import { CANONICAL_NAMES, type CanonicalName } from "./canonical.ts";
import { unpinnedSql } from "./dates.ts";
import type { Mapping } from "./mapping.ts";
import { PERHAPS_ROUNDED } from "./roundedIds.ts";

/** The number by which a record's account is known, as SQL of VARCHAR; NULL where there is none, or beside a handle one that may have been rounded. */
export const ACCOUNT_NUMBER = `CASE WHEN account_id IS NULL OR NOT (${PERHAPS_ROUNDED}) THEN ltrim(id, '0') END`;

/**
 * What makes two records the same account, as SQL of VARCHAR: its number, else its handle, in which case does not
 * matter. A number that may have been rounded makes none beside a handle.
 */
export const ACCOUNT_KEY = `coalesce('id ' || ${ACCOUNT_NUMBER}, 'handle ' || lower(account_id))`;

/**
 * A handle, or that in an address of a page or a video, as SQL of VARCHAR. Handles have no slashes.
 *
 * @param text SQL expression of VARCHAR
 */
export function handleOfAddressSql(text: string): string {
  const handle = `NULLIF(regexp_extract(${text}, 'tiktok[.]com/@([^/?#\\s"'')]+)', 1), '')`;
  return `CASE WHEN contains(${text}, '/') THEN ${handle} ELSE ${text} END`;
}

/**
 * The rows to leave out so that each account is left once, as SQL with the column `row`: of the good records of an account
 * the one with the latest snapshot stays, among equals (or where none is known) the first of the file.
 *
 * @param records name of a table made by `recordsSql`
 */
export function duplicateRowsSql(records: string): string {
  return [
    `WITH good AS (SELECT "row", observed_at, ${ACCOUNT_KEY} AS account FROM ${records} WHERE _reason IS NULL),`,
    // Nearly all accounts stand alone; only the others are worth sorting.
    "repeated AS (SELECT account FROM good GROUP BY account HAVING count(*) > 1),",
    `places AS (SELECT "row", row_number() OVER (PARTITION BY account ORDER BY observed_at DESC NULLS LAST, "row") AS place`,
    "FROM good SEMI JOIN repeated USING (account))",
    `SELECT "row" FROM places WHERE place > 1`,
  ].join(" ");
}

/** The dates of an author's videos that are not pinned, or are, in the order of the file. */
function listOf(which: string): string {
  return `list(_video_posted_at ORDER BY "row") FILTER (_video_posted_at IS NOT NULL AND ${which})`;
}

/** Those that are no older than the oldest that is not pinned; all where there are only pinned ones. */
const POSTED = [
  "CASE WHEN len(posted) > 0 THEN list_reverse_sort(list_concat(",
  `${unpinnedSql("posted")}, list_filter(pinned, lambda post: post >= list_min(posted))))`,
  "WHEN len(pinned) > 0 THEN list_reverse_sort(pinned) END",
].join(" ");

const LATEST_FIRST = `ORDER BY observed_at DESC NULLS LAST, "row" DESC`;

/**
 * The profiles of a file with a record a video, as SQL: `row` (that of the author's first good record) and the canonical
 * columns, then the kept ones. What is said of the author is taken from the latest record: the one with the latest snapshot, among equals (or
 * where none is known) the last of the file. Each video counts once, as it was last read:
 *
 * - `posted_at`: the dates of the videos, newest first, but for pinned ones that are older than all others;
 * - `like_engagement_rate` = mean likes of the videos / followers, `comment_engagement_rate` likewise, and
 *   `awg_engagement_rate` their sum; NULL without followers. A column that the user mapped to a rate goes before.
 *
 * @param mapping which column gives what
 * @param records name of a table made by `recordsSql`
 */
export function authorsSql(mapping: Mapping, records: string): string {
  const rates: Partial<Record<CanonicalName, string>> = {
    like_engagement_rate: "mean_likes / NULLIF(followers, 0)",
    comment_engagement_rate: "mean_comments / NULLIF(followers, 0)",
    awg_engagement_rate: "(mean_likes + mean_comments) / NULLIF(followers, 0)",
  };
  const columns = CANONICAL_NAMES.map((name) => {
    if (name === "posted_at") return `${POSTED} AS posted_at`;
    const rate = mapping.columns[name] === undefined ? rates[name] : undefined;
    return rate === undefined ? `latest.${name}` : `${rate} AS ${name}`;
  });
  const kept = mapping.kept.map(({ name }) => `latest.${quoteIdentifier(name)}`);
  return [
    `WITH good AS (SELECT *, ${ACCOUNT_KEY} AS _account FROM ${records} WHERE _reason IS NULL),`,
    `latest AS (SELECT * FROM good QUALIFY row_number() OVER (PARTITION BY _account ${LATEST_FIRST}) = 1),`,
    `videos AS (SELECT *, min("row") OVER (PARTITION BY _account) AS _first FROM good`,
    `QUALIFY row_number() OVER (PARTITION BY _account, coalesce(_video, 'row ' || "row") ${LATEST_FIRST}) = 1),`,
    "totals AS (SELECT _account, any_value(_first) AS _first, avg(_video_likes) AS mean_likes,",
    "avg(_video_comments) AS mean_comments,",
    `${listOf("_video_pinned IS NOT TRUE")} AS posted, ${listOf("_video_pinned")} AS pinned FROM videos GROUP BY _account)`,
    `SELECT totals._first AS "row", ${[...columns, ...kept].join(", ")} FROM latest JOIN totals USING (_account)`,
  ].join(" ");
}

/**
 * How many good records repeat a video that is there already, as SQL of one BIGINT.
 *
 * @param records name of a table made by `recordsSql`
 */
export function repeatedVideosSql(records: string): string {
  return [
    `SELECT count(*) - count(DISTINCT (${ACCOUNT_KEY}, coalesce(_video, 'row ' || "row"))) AS repeated`,
    `FROM ${records} WHERE _reason IS NULL`,
  ].join(" ");
}
