import { DATE_ONLY } from "./parsing.ts";

/**
 * The address of an avatar expires 48 hours after the page was made, cut to the hour. Measured on 1000 profiles whose day
 * is known: in all of them expiry less 48 hours falls on that day, give or take four hours.
 */
const AVATAR_HOURS = 48;

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
 * @param columns SQL expressions: `text` as stated (VARCHAR), `stated` and `avatar` (believable TIMESTAMP or NULL)
 */
export function snapshotSourceSql(columns: { text: string; stated: string; avatar: string }): string {
  const { text, stated, avatar } = columns;
  const near = `${avatar} >= ${stated} - INTERVAL 14 HOUR AND ${avatar} < ${stated} + INTERVAL 36 HOUR`;
  return [
    `CASE WHEN ${stated} IS NULL THEN CASE WHEN ${avatar} IS NOT NULL THEN 'avatar' END`,
    `WHEN ${near} AND regexp_full_match(${text}, '${DATE_ONLY}') THEN 'narrowed' ELSE 'stated' END`,
  ].join(" ");
}
