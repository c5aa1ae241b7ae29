import { timestampSql } from "./parsing.ts";
import { believableSql, idTimestampSql } from "./videoId.ts";

/** The number in the address of a post; JSON writers may put a backslash before the slash. */
const ADDRESS = String.raw`(?:video|photo)\\?/([0-9]+)`;
/** A post's number by itself. The oldest have 17 digits, which no Unix time reaches. */
const NUMBER = "[0-9]{17,}";
const DATE =
  "[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]+)?)?(?: ?(?:Z|UTC|[+-][0-9]{2}:?[0-9]{2}))?)?";
const UNIX = "[0-9]{10,13}";

/**
 * Reads a list of posts, separated by commas or a JSON array: addresses of videos, their numbers, or dates. SQL of
 * TIMESTAMP[], one element for each different post, in no order, not yet judged (see {@link newestFirstSql}); NULL when
 * the text is NULL.
 *
 * @param text SQL expression of VARCHAR, the raw list or NULL
 */
export function postTimesSql(text: string): string {
  const all = (pattern: string, group: number) =>
    `list_distinct(regexp_extract_all(${text}, '${pattern}', ${group}))`;
  const times = (list: string, time: string) => `list_transform(${list}, lambda post: ${time})`;
  return [
    `CASE WHEN contains(${text}, '/video') OR contains(${text}, '/photo')`,
    `THEN ${times(all(ADDRESS, 1), idTimestampSql("post"))}`,
    `WHEN regexp_matches(${text}, '${NUMBER}') THEN ${times(all(NUMBER, 0), idTimestampSql("post"))}`,
    `WHEN regexp_matches(${text}, '${DATE}') THEN ${times(all(DATE, 0), timestampSql("post"))}`,
    `WHEN ${text} IS NOT NULL THEN ${times(all(UNIX, 0), timestampSql("post"))} END`,
  ].join(" ");
}

/**
 * The believable ones of a list of moments, newest first. SQL of TIMESTAMP[], empty when none is believable.
 *
 * @param times SQL expression of TIMESTAMP[]
 * @param latest SQL expression of TIMESTAMP, the latest moment to believe, not NULL
 */
export function newestFirstSql(times: string, latest: string): string {
  return `list_reverse_sort(list_filter(${times}, lambda time: ${believableSql("time", latest)}))`;
}
