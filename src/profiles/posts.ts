import { MOMENT } from "./values.ts";
import { believableSql, numberTimeSql } from "./videoId.ts";

/** The number in the address of a post; JSON writers may put a backslash before the slash. */
const ADDRESS = String.raw`(?:video|photo)\\?/([0-9]+)`;
/** A post's number by itself. The oldest have 17 digits, which no Unix time reaches. */
const NUMBER = "[0-9]{17,}";
const DATE =
  "[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]+)?)?(?: ?(?:Z|UTC|[+-][0-9]{2}:?[0-9]{2}))?)?";
const UNIX = "[0-9]{10,13}";

/**
 * Reads a list of posts, separated by commas or a JSON array: addresses of videos, their numbers, or dates. SQL of
 * UBIGINT[], an element a post, its number or, for a date, a number that carries it; NULL where there is none. The list is
 * NULL when the text is.
 *
 * @param text SQL expression of VARCHAR, the raw list or NULL
 */
export function postNumbersSql(text: string): string {
  const all = (pattern: string, group: number) => `regexp_extract_all(${text}, '${pattern}', ${group})`;
  const each = (list: string, number: string) => `list_transform(${list}, lambda post: ${number})`;
  const number = "TRY_CAST(post AS UBIGINT)";
  const seconds = `epoch(${MOMENT.exact("post")})`;
  const dated = `CASE WHEN ${seconds} BETWEEN 0 AND 4294967295 THEN CAST(floor(${seconds}) AS UBIGINT) << 32 END`;
  return [
    // Plain addresses of videos, as nearly all are, in a fifth of the time that regular expressions take. The numbers that
    // carry a date have 19 digits; what is shorter takes a comma along and becomes NULL, which dates nothing either.
    `CASE WHEN contains(${text}, '/video/') AND NOT contains(${text}, '/photo/')`,
    `THEN ${each(`string_split(${text}, '/video/')[2:]`, "TRY_CAST(left(post, 19) AS UBIGINT)")}`,
    `WHEN regexp_matches(${text}, '${ADDRESS}') THEN ${each(all(ADDRESS, 1), number)}`,
    `WHEN regexp_matches(${text}, '${NUMBER}') THEN ${each(all(NUMBER, 0), number)}`,
    `WHEN regexp_matches(${text}, '${DATE}') THEN ${each(all(DATE, 0), dated)}`,
    `WHEN ${text} IS NOT NULL THEN ${each(all(UNIX, 0), dated)} END`,
  ].join(" ");
}

/**
 * How many different posts are listed; posts without a number count each for itself. SQL of BIGINT.
 *
 * @param numbers SQL expression of UBIGINT[], see {@link postNumbersSql}
 */
export function listedPostsSql(numbers: string): string {
  return `CAST(len(list_distinct(${numbers})) + len(${numbers}) - list_count(${numbers}) AS BIGINT)`;
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
