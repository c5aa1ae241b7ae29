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
