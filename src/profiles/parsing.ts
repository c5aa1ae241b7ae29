/**
 * Raw text to typed values, as SQL. Every function takes an SQL expression of VARCHAR that is NULL or cleaned by
 * {@link presentSql} / {@link presentTextSql}, and gives NULL both for NULL and for text that is not of the type; the
 * caller tells the two apart.
 */

/**
 * The text of a number, flag or date without surrounding spaces; NULL where nothing stands: empty, or the word null,
 * which is how Bright Data (`null`) and SQL exports (`NULL`) write a missing value.
 */
export function presentSql(column: string): string {
  // Of spaces only: a list of characters to trim makes it eight times slower, and each value passes here.
  return presentTextSql(`trim(${column})`);
}

/** As {@link presentSql} for free text, whose blanks are kept. */
export function presentTextSql(column: string): string {
  return `NULLIF(NULLIF(NULLIF(${column}, ''), 'null'), 'NULL')`;
}

/**
 * A count: BIGINT >= 0. Takes `1755`, `1755.0` and, when it is exactly an integer, `1.2e6`. No signs, no separators, no
 * rounding: DuckDB's own cast would make 2 of `1.5`, 16 of `0x10` and 1000 of `1_000`.
 */
export function countSql(text: string): string {
  const plain = `TRY_CAST(${text} AS BIGINT)`;
  const float = `TRY_CAST(${text} AS DOUBLE)`;
  return [
    // Nearly all values end here, which costs a third of a regular expression.
    `CASE WHEN CAST(${plain} AS VARCHAR) = ${text} THEN CASE WHEN ${plain} >= 0 THEN ${plain} END`,
    `WHEN regexp_full_match(${text}, '[0-9]+(\\.0*)?') THEN TRY_CAST(split_part(${text}, '.', 1) AS BIGINT)`,
    // At most 15 digits and below 2^53: then the double is an integer only if the text is one.
    `WHEN regexp_full_match(${text}, '[0-9]{1,15}(\\.[0-9]{1,14})?[eE][+]?[0-9]{1,2}') AND length(${text}) <= 18`,
    `AND ${float} <= 9007199254740992 AND floor(${float}) = ${float} THEN TRY_CAST(${float} AS BIGINT) END`,
  ].join(" ");
}

/** A rate: DOUBLE, finite and >= 0. */
export function rateSql(text: string): string {
  const rate = `TRY_CAST(${text} AS DOUBLE)`;
  return `CASE WHEN isfinite(${rate}) AND ${rate} >= 0 AND NOT contains(${text}, '_') THEN ${rate} END`;
}

/** A flag: true, yes, 1 or false, no, 0, in any case. */
export function booleanSql(text: string): string {
  return `CASE WHEN lower(${text}) IN ('true', 'yes', '1') THEN true WHEN lower(${text}) IN ('false', 'no', '0') THEN false END`;
}

/**
 * TikTok's number of an account: its digits as they stand, however many. Zero is how the web writes "none".
 * Anything else, such as the `6.79E+18` that spreadsheets leave, has lost digits and is no number to know anyone by.
 */
export function idSql(text: string): string {
  return `CASE WHEN regexp_full_match(${text}, '0*[1-9][0-9]*') THEN ${text} END`;
}

/** A date by itself, which leaves open when on that day. */
export const DATE_ONLY = "[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}([ T]00:00(:00([.]0+)?)?Z?)?";

const DATE_TIME = "[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}([ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?)?";

/**
 * A moment: TIMESTAMP in UTC. Takes Unix seconds (or milliseconds, when 12 digits or more), ISO dates and times, with
 * `Z`, `UTC` or an offset. Without one the time is taken for UTC.
 */
export function timestampSql(text: string): string {
  const number = `TRY_CAST(${text} AS DOUBLE)`;
  // A plain TIMESTAMP cast ignores the offset, and a TIMESTAMPTZ cast of named zones is best not tried at all.
  const offset = `regexp_replace(${text}, ' ?([+-][0-9]{2}):?([0-9]{2})$', '\\1:\\2')`;
  return [
    // The most usual form, at a third of the cost of a regular expression.
    `CASE WHEN length(${text}) = 10 AND TRY_CAST(${text} AS DATE) IS NOT NULL THEN TRY_CAST(${text} AS TIMESTAMP)`,
    `WHEN regexp_full_match(${text}, '[0-9]{1,15}([.][0-9]*)?') THEN`,
    `make_timestamp(CAST(${number} * CASE WHEN ${number} >= 1e11 THEN 1e3 ELSE 1e6 END AS BIGINT))`,
    `WHEN regexp_full_match(${text}, '${DATE_TIME}( ?(Z|UTC))?')`,
    `THEN TRY_CAST(regexp_replace(${text}, ' ?(Z|UTC)$', '') AS TIMESTAMP)`,
    `WHEN regexp_full_match(${text}, '${DATE_TIME} ?[+-][0-9]{2}:?[0-9]{2}')`,
    `THEN make_timestamp(epoch_us(TRY_CAST(${offset} AS TIMESTAMPTZ))) END`,
  ].join(" ");
}
