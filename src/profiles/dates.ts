import { MOMENT, type ValueKind } from "./values.ts";
import { LISTED_DATE } from "./writtenDates.ts";
import { given } from "./writtenNumbers.ts";

/**
 * The upper 32 bits of a TikTok number, a video's or an account's, are the Unix second at which it was given out.
 * Numbers exceed 2^53, so they are shifted as integers, never as floats. Numbers below about 6e18 are of older kinds
 * and carry no date: they would decode to the 1970s.
 */

/** Nothing there is older: Musical.ly, whose accounts TikTok took over, opened in 2014. Unix seconds of 2014-01-01. */
export const EARLIEST_SECONDS = 1_388_534_400;

/** The last second a signed 64-bit number can carry (2038-01-19); the bound where no better one is known. */
export const LATEST_SECONDS = 2_147_483_647;

/**
 * How far after the snapshot a date may lie and still be believed, in hours. A snapshot that is only a day may be any
 * moment within 36 hours of that day's midnight (time zones reach from UTC-12 to UTC+14), and one read from an
 * avatar's address is cut to the hour.
 */
export const SLACK_HOURS = 48;

/**
 * When a video was posted or an account made, from its number; null when the number carries no date.
 *
 * @param id the number as decimal digits
 * @param latest the latest moment to believe; without it, 2038-01-19
 */
export function idTime(id: string, latest?: Date): Date | null {
  if (!/^[0-9]{1,20}$/.test(id)) return null;
  const seconds = Number(BigInt(id) >> 32n);
  if (seconds < EARLIEST_SECONDS || seconds > LATEST_SECONDS) return null;
  const time = new Date(seconds * 1000);
  return latest !== undefined && time > latest ? null : time;
}

/**
 * The moment in a number, as SQL of TIMESTAMP (UTC). It is not yet judged: older kinds of numbers give 1970, so that
 * {@link believableSql} must follow. NULL when the text is no 64-bit number.
 *
 * @param id SQL expression of VARCHAR, the number as decimal digits
 */
export function idTimestampSql(id: string): string {
  return numberTimeSql(`TRY_CAST(${id} AS UBIGINT)`);
}

/** As {@link idTimestampSql}, for an SQL expression of UBIGINT. */
export function numberTimeSql(number: string): string {
  return `make_timestamp(CAST(${number} >> 32 AS BIGINT) * 1000000)`;
}

/**
 * The condition that a moment can be: not before 2014 and not after `latest`.
 *
 * @param time SQL expression of TIMESTAMP
 * @param latest SQL expression of TIMESTAMP, the latest moment to believe, not NULL
 */
export function believableSql(time: string, latest: string): string {
  return `${time} BETWEEN ${secondsSql(EARLIEST_SECONDS)} AND ${latest}`;
}

/** A moment in Unix seconds as an SQL literal of TIMESTAMP (UTC). */
export function secondsSql(seconds: number): string {
  return `TIMESTAMP '${new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ")}'`;
}

/** What spreadsheets hold 1970-01-01 as: days since 1899-12-30. */
const SERIAL_OF_1970 = 25_569;

/**
 * A moment without what a wrong unit makes of it, as SQL of TIMESTAMP: Unix seconds that were taken for milliseconds, micro- or
 * nanoseconds fall into January of 1970, a time that no date of an account is of. (Nanoseconds are cut to micro-, so that these come
 * out within 1000 seconds.) So do the days since 1899-12-30 as which spreadsheets hold dates, where they were taken for seconds; the time of
 * day comes out within 90 seconds.
 *
 * @param time name of a column of TIMESTAMP
 */
export function scaledMomentSql(time: string): string {
  const cases = [1e3, 1e6, 1e9].map((scale) => {
    const of = (seconds: number) => Math.floor((seconds * 1e6) / scale);
    return `WHEN epoch_us(${time}) BETWEEN ${of(EARLIEST_SECONDS)} AND ${of(LATEST_SECONDS)} THEN make_timestamp(epoch_us(${time}) * ${scale})`;
  });
  const serial = (seconds: number) => (seconds / 86_400 + SERIAL_OF_1970) * 1e6;
  const ofSerial = `WHEN epoch_us(${time}) BETWEEN ${serial(EARLIEST_SECONDS)} AND ${Math.ceil(serial(LATEST_SECONDS))} THEN make_timestamp((epoch_us(${time}) - ${SERIAL_OF_1970 * 1e6}) * 86400)`;
  return `CASE WHEN ${time} < ${secondsSql(EARLIEST_SECONDS)} THEN CASE ${cases.join(" ")} ${ofSerial} END ELSE ${time} END`;
}

/**
 * The address of an avatar expires 48 hours after the page was made, cut to the hour. Measured on 1000 profiles whose day
 * is known: in all of them expiry less 48 hours falls on that day, give or take four hours.
 */
const AVATAR_HOURS = 48;

/** Microseconds. */
const HOUR = 3_600_000_000;

/**
 * When a page was made, from the addresses of its avatar (`x-expires` less 48 hours). SQL of TIMESTAMP (UTC), NULL when
 * no address has an expiry.
 *
 * @param addresses SQL expressions of VARCHAR; the first with an expiry counts
 */
export function avatarTimeSql(addresses: readonly string[]): string {
  const expiries = addresses.map((url) => {
    const at = `strpos(${url}, 'x-expires=')`;
    return `CASE WHEN ${at} > 0 THEN TRY_CAST(substr(${url}, ${at} + 10, 10) AS BIGINT) END`;
  });
  if (expiries.length === 0) return "CAST(NULL AS TIMESTAMP)";
  return `make_timestamp((coalesce(${expiries.join(", ")}) - ${AVATAR_HOURS * 3600}) * 1000000)`;
}

/**
 * What the snapshot is taken from, as SQL of VARCHAR: `stated` (a time wins, being exact), `narrowed` (a mere day, narrowed
 * to the moment that the avatar's address gives, when that falls on the day in some time zone: UTC-12 to UTC+14),
 * `avatar` (nothing is stated), or NULL: unknown.
 *
 * @param columns SQL expressions: `stated` and `avatar` (believable TIMESTAMP or NULL), `mereDay` (BOOLEAN: what is stated is a
 *   day by itself)
 */
export function snapshotSourceSql(columns: { stated: string; avatar: string; mereDay: string }): string {
  const { stated, avatar, mereDay } = columns;
  // In microseconds: to add an interval takes as long as to read the day.
  const later = `epoch_us(${avatar}) - epoch_us(${stated})`;
  const near = `${later} >= ${-14 * HOUR} AND ${later} < ${36 * HOUR}`;
  return [
    `CASE WHEN ${stated} IS NULL THEN CASE WHEN ${avatar} IS NOT NULL THEN 'avatar' END`,
    `WHEN ${near} AND ${mereDay} THEN 'narrowed' ELSE 'stated' END`,
  ].join(" ");
}

/** The number in the address of a post; JSON writers may put a backslash before the slash. */
const ADDRESS = String.raw`(?:video|photo)\\?/([0-9]+)`;
/** A post's number by itself. The oldest have 17 digits, which no Unix time reaches. */
const NUMBER = "[0-9]{17,}";
const DATE =
  "[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}(?:[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]+)?)?(?: ?(?:Z|UTC|[+-][0-9]{2}:?[0-9]{2}))?)?";
const UNIX = "[0-9]{10,13}";

/**
 * Reads a list of posts, separated by commas or a JSON array: addresses of videos, their numbers, or dates. SQL of
 * UBIGINT[], an element a post, its number or, for a date, a number that carries it; NULL where there is none. The list is
 * NULL when the text is.
 *
 * @param text SQL expression of VARCHAR, the raw list or NULL
 * @param moment how dates are read that are not as ISO or Unix has them; without it they are not
 */
export function postNumbersSql(text: string, moment?: Pick<ValueKind, "exact">): string {
  const all = (pattern: string, group: number) => `regexp_extract_all(${text}, '${pattern}', ${group})`;
  const each = (list: string, number: string) => `list_transform(${list}, lambda post: ${number})`;
  const number = "TRY_CAST(post AS UBIGINT)";
  const dated = ({ exact }: Pick<ValueKind, "exact">) =>
    given(
      "seconds",
      `epoch(${exact("post")})`,
      "CASE WHEN seconds BETWEEN 0 AND 4294967295 THEN CAST(floor(seconds) AS UBIGINT) << 32 END",
    );
  const unix = each(all(UNIX, 0), dated(MOMENT));
  const last =
    moment === undefined
      ? `WHEN ${text} IS NOT NULL THEN ${unix} END`
      : `WHEN regexp_matches(${text}, '${UNIX}') THEN ${unix} WHEN ${text} IS NOT NULL THEN ${each(all(LISTED_DATE, 0), dated(moment))} END`;
  return [
    // Plain addresses of videos, as nearly all are, in a fifth of the time that regular expressions take. The numbers that
    // carry a date have 19 digits; what is shorter takes a comma along and becomes NULL, which dates nothing either.
    `CASE WHEN contains(${text}, '/video/') AND NOT contains(${text}, '/photo/')`,
    `THEN ${each(`string_split(${text}, '/video/')[2:]`, "TRY_CAST(left(post, 19) AS UBIGINT)")}`,
    `WHEN regexp_matches(${text}, '${ADDRESS}') THEN ${each(all(ADDRESS, 1), number)}`,
    `WHEN regexp_matches(${text}, '${NUMBER}') THEN ${each(all(NUMBER, 0), number)}`,
    `WHEN regexp_matches(${text}, '${DATE}') THEN ${each(all(DATE, 0), dated(MOMENT))}`,
    last,
  ].join(" ");
}

/** Names under which a post of a JSON list says that it is pinned. */
const PINNED_NAMES = ["isPinned", "is_pinned", "isPinnedItem", "isTop", "is_top", "pinned"];

/**
 * The oldest post of a JSON list that is not said to be pinned, where some are said to be. SQL of UBIGINT, see {@link postNumbersSql}; NULL
 * where there is none.
 *
 * @param text SQL expression of VARCHAR, the raw list or NULL
 */
export function oldestUnpinnedSql(text: string): string {
  const said = `coalesce(${PINNED_NAMES.map((name) => `post ->> '${name}'`).join(", ")}, '')`;
  const others = `CAST(list_filter(TRY_CAST(${text} AS JSON[]), lambda post: lower(${said}) NOT IN ('true', '1')) AS VARCHAR)`;
  const mentioned = PINNED_NAMES.map((name) => `contains(${text}, '"${name}"')`).join(" OR ");
  const oldest = given("others", others, `list_min(${postNumbersSql("others")})`);
  // Nearly no list holds objects. All sides of an AND are computed, but of a CASE only those that are reached.
  return `CASE WHEN contains(${text}, '{') THEN CASE WHEN ${mentioned} THEN ${oldest} END END`;
}

/**
 * Numbers of posts without those that are said to be pinned and are older than all others, wherever they stand. SQL of UBIGINT[].
 *
 * @param numbers SQL expression of UBIGINT[], see {@link postNumbersSql}
 * @param oldest SQL expression of UBIGINT, see {@link oldestUnpinnedSql}
 */
export function notOlderSql(numbers: string, oldest: string): string {
  return `CASE WHEN ${oldest} IS NULL THEN ${numbers} ELSE list_filter(${numbers}, lambda number: number >= ${oldest}) END`;
}

/**
 * How many different posts are listed; posts without a number count each for itself. SQL of BIGINT.
 *
 * @param numbers SQL expression of UBIGINT[], see {@link postNumbersSql}
 */
export function listedPostsSql(numbers: string): string {
  return `CAST(len(list_distinct(${numbers})) + len(${numbers}) - list_count(${numbers}) AS BIGINT)`;
}

/** Most posts that TikTok lets an account pin to the top of its page. */
export const MOST_PINNED = 3;

/**
 * A list of posts without those that are pinned and older than all others: a profile page lists up to three pinned posts first,
 * however old, and the others newest first. So they are told where the list goes newest first but for its first one, two or three,
 * and at least two follow them. The list itself where it is in any other order.
 *
 * @param posts name of an SQL list that can be sorted, as it is listed: numbers of posts or their dates; NULL is passed over
 */
export function unpinnedSql(posts: string): string {
  const rises = (place: number) => `coalesce(${posts}[${place}] < ${posts}[${place + 1}], false)`;
  const places = Array.from({ length: MOST_PINNED }, (_, i) => MOST_PINNED - i);
  // Nearly all lists are plainly newest first, and cost three comparisons.
  const cases = places.map((place) => {
    const rest = `${posts}[${place + 1}:]`;
    const told = `len(${rest}) > 1 AND ${rest} = list_reverse_sort(${rest})`;
    return `WHEN ${rises(place)} THEN CASE WHEN ${told} THEN list_filter(${posts}, lambda post: post >= list_min(${rest})) ELSE ${posts} END`;
  });
  return `CASE ${cases.join(" ")} ELSE ${posts} END`;
}

/**
 * The believable dates of posts, newest first, one for each different post. SQL of TIMESTAMP[], empty when none is
 * believable.
 *
 * @param numbers SQL expression of UBIGINT[], see {@link postNumbersSql}
 * @param latest SQL expression of TIMESTAMP, the latest moment to believe, not NULL
 */
export function postedAtSql(numbers: string, latest: string): string {
  const times = `list_transform(list_distinct(${numbers}), lambda post: ${numberTimeSql("post")})`;
  return `list_reverse_sort(list_filter(${times}, lambda time: ${believableSql("time", latest)}))`;
}
