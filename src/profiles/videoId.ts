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
