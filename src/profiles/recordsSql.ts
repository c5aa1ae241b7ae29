import { CANONICAL_COLUMNS, CANONICAL_NAMES, type CanonicalName } from "./canonical.ts";
import type { Mapping } from "./mapping.ts";
import { booleanSql, countSql, idSql, presentSql, presentTextSql, rateSql, timestampSql } from "./parsing.ts";
import { listedPostsSql, postedAtSql, postNumbersSql } from "./posts.ts";
import type { SourceColumns } from "./providers/provider.ts";
import { avatarTimeSql, snapshotSourceSql } from "./snapshot.ts";
import { quoteIdentifier, quoteLiteral } from "./sql.ts";
import { believableSql, idTimestampSql, LATEST_SECONDS, SLACK_HOURS, secondsSql } from "./videoId.ts";

/** Columns that hold free text, blanks and all. */
const FREE_TEXT = new Set<CanonicalName>([
  "nickname",
  "biography",
  "bio_link",
  "predicted_lang",
  "region",
  "url",
]);

/** A value that cannot be what its column wants, and so rejects the record: the source's word for it, and its type. */
interface Checked {
  readonly name: string;
  readonly reason: string;
  readonly sql: (text: string) => string;
}

/** Canonical columns whose values are checked, in the order in which the first bad one is reported. */
const CHECKED: readonly Checked[] = CANONICAL_NAMES.flatMap((name) => {
  const sql = { BIGINT: countSql, DOUBLE: rateSql, BOOLEAN: booleanSql }[
    CANONICAL_COLUMNS[name].type as string
  ];
  return sql === undefined ? [] : [{ name, reason: `invalid_${name}`, sql }];
});

/** Canonical columns whose values are checked: counts, rates and flags. */
export const CHECKED_NAMES: readonly CanonicalName[] = CHECKED.map(({ name }) => name as CanonicalName);

/** Counts of a video that are checked, in files with a record a video. */
const CHECKED_OF_VIDEO: readonly Checked[] = [
  { name: "video_likes", reason: "invalid_video_likes", sql: countSql },
  { name: "video_comments", reason: "invalid_video_comments", sql: countSql },
];

/**
 * Every record of a file, typed, as SQL. One SELECT over the source's relation with the columns
 *
 * - `row` (BIGINT, the record's ordinal) and the canonical columns; for a file with a record a video they tell of its author,
 *   `posted_at` excepted, which is NULL;
 * - `_reason` (VARCHAR): NULL when the record is good, else why it is rejected (`invalid_followers`, `missing_id`), and
 *   `_value`: the text that was wrong;
 * - `_listed` (BIGINT): posts listed; `_observed_from` and `_created_from` (VARCHAR): what the dates were taken from;
 *   `_unbelieved` (INTEGER): dates that cannot be; `_inexact_id` (BOOLEAN): the id is no number and was left out;
 * - the columns that are kept as they stand, as VARCHAR, NULL where nothing stands;
 * - for a record a video: `_video` (VARCHAR, its number), `_video_posted_at`, `_video_likes`, `_video_comments`.
 *
 * It holds no aggregate, so that it can be streamed. Each step is a subquery, because DuckDB evaluates an expression that
 * is repeated inside CASE as often as it is written.
 *
 * @param mapping which column gives what
 * @param relation name of the relation
 * @param now the latest moment to believe where no snapshot is known; without it, 2038-01-19
 */
export function recordsSql(mapping: Mapping, relation: string, now?: Date): string {
  const { columns, video } = mapping;
  const last = secondsSql(
    now === undefined ? LATEST_SECONDS : Math.floor(now.getTime() / 1000) + SLACK_HOURS * 3600,
  );
  const checked = CHECKED.filter(({ name }) => columns[name as CanonicalName] !== undefined);
  const texts = CANONICAL_NAMES.filter((name) => FREE_TEXT.has(name));
  const raw = (name: string) => `_raw_${name}`;
  if (video !== null) checked.push(...CHECKED_OF_VIDEO);

  const from = [
    `SELECT __row AS "row"`,
    ...texts.map((name) => `${firstOf(columns[name], presentTextSql)} AS ${name}`),
    `NULLIF(ltrim(${firstOf(columns.account_id, presentSql)}, '@'), '') AS account_id`,
    ...["id", "observed_at", "created_at", ...CHECKED.map(({ name }) => name)].map(
      (name) => `${firstOf(columns[name as CanonicalName], presentSql)} AS ${raw(name)}`,
    ),
    // A list of posts is long, and trimming it would take longer than reading it.
    `${firstOf(columns.posted_at, video === null ? presentTextSql : presentSql)} AS ${raw("posted_at")}`,
    `${avatarTimeSql(mapping.avatar.map(quoteIdentifier))} AS _avatar`,
    ...mapping.kept.map(
      ({ name, source }) => `${presentSql(quoteIdentifier(source))} AS ${quoteIdentifier(name)}`,
    ),
    ...(video === null
      ? []
      : [
          `${firstOf(video.id, presentSql)} AS _raw_video`,
          `${firstOf(video.likes, presentSql)} AS _raw_video_likes`,
          `${firstOf(video.comments, presentSql)} AS _raw_video_comments`,
        ]),
  ].join(", ");

  let sql = `${from} FROM ${quoteIdentifier(relation)}`;
  sql = layer(sql, [
    `${idSql(raw("id"))} AS id`,
    ...CHECKED.map(({ name, sql: typed }) => `${typed(raw(name))} AS ${name}`),
    ...(video === null
      ? []
      : CHECKED_OF_VIDEO.map(({ name, sql: typed }) => `${typed(raw(name))} AS _${name}`)),
    // The web writes 0 for a moment it does not know.
    `${timestampSql(`NULLIF(${raw("observed_at")}, '0')`)} AS _stated`,
    `${timestampSql(`NULLIF(${raw("created_at")}, '0')`)} AS _created`,
    video === null
      ? `${postNumbersSql(raw("posted_at"))} AS _posts`
      : `${timestampSql(raw("posted_at"))} AS _video_stated`,
    ...(video === null ? [] : [`${videoNumberSql("_raw_video")} AS _video`]),
  ]);
  sql = layer(sql, [
    `${keep("_stated", last)} AS _stated_kept`,
    `${keep("_avatar", last)} AS _avatar_kept`,
    `${idTimestampSql("id")} AS _id_time`,
    ...(video === null ? [] : [`${idTimestampSql("_video")} AS _video_time`]),
    `${reasonSql(checked)} AS _reason`,
  ]);
  const snapshot = { text: raw("observed_at"), stated: "_stated_kept", avatar: "_avatar_kept" };
  sql = layer(sql, [`${snapshotSourceSql(snapshot)} AS _observed_from`]);
  sql = layer(sql, [
    `CASE WHEN _observed_from = 'stated' THEN _stated_kept ELSE _avatar_kept END AS observed_at`,
  ]);
  sql = layer(sql, [
    `least(coalesce(observed_at + INTERVAL ${SLACK_HOURS} HOUR, ${last}), ${last}) AS _latest`,
  ]);
  sql = layer(sql, [
    `CASE WHEN ${believableSql("_created", "_latest")} THEN 'stated' WHEN ${believableSql("_id_time", "_latest")} THEN 'id' END AS _created_from`,
    video === null
      ? `${postedAtSql("_posts", "_latest")} AS _posted`
      : `coalesce(${keep("_video_stated", "_latest")}, ${keep("_video_time", "_latest")}) AS _video_posted_at`,
  ]);
  const unbelieved = [
    `CAST(${raw("observed_at")} <> '0' AND _stated_kept IS NULL AS INTEGER)`,
    `CAST(${raw("created_at")} <> '0' AND _created_from IS DISTINCT FROM 'stated' AS INTEGER)`,
  ].map((flag) => `coalesce(${flag}, 0)`);
  sql = layer(sql, [
    `CASE _created_from WHEN 'stated' THEN _created WHEN 'id' THEN _id_time END AS created_at`,
    video === null
      ? `CASE WHEN len(_posted) > 0 THEN _posted END AS posted_at`
      : `CAST(NULL AS TIMESTAMP[]) AS posted_at`,
    video === null
      ? `${listedPostsSql("_posts")} AS _listed`
      : `CAST(_raw_video IS NOT NULL AS BIGINT) AS _listed`,
    `${unbelieved.join(" + ")} AS _unbelieved`,
    `coalesce(id IS NULL AND ${raw("id")} <> '0', false) AS _inexact_id`,
    `${valueSql(checked)} AS _value`,
  ]);
  const out = [
    "_reason",
    "_value",
    "_listed",
    "_observed_from",
    "_created_from",
    "_unbelieved",
    "_inexact_id",
  ];
  if (video !== null) out.push("_video", "_video_posted_at", "_video_likes", "_video_comments");
  const kept = mapping.kept.map(({ name }) => quoteIdentifier(name));
  return `SELECT "row", ${[...CANONICAL_NAMES, ...kept, ...out].join(", ")} FROM (${sql})`;
}

/**
 * The profiles of a file with a record an account, as SQL that can be streamed: `row` and the canonical columns of every
 * good record, duplicates included.
 */
export function profilesSql(mapping: Mapping, relation: string, now?: Date): string {
  return `SELECT "row", ${CANONICAL_NAMES.join(", ")} FROM (${recordsSql(mapping, relation, now)}) WHERE _reason IS NULL`;
}

/** One more step around a query: all its columns and some new ones. */
function layer(from: string, expressions: readonly string[]): string {
  return `SELECT *, ${expressions.join(", ")} FROM (${from})`;
}

/** The first of the columns that has a value. */
function firstOf(columns: SourceColumns | undefined, clean: (column: string) => string): string {
  const cleaned = (columns ?? []).map((column) => clean(quoteIdentifier(column)));
  if (cleaned.length === 0) return "CAST(NULL AS VARCHAR)";
  return cleaned.length === 1 ? cleaned[0] : `coalesce(${cleaned.join(", ")})`;
}

function keep(time: string, latest: string): string {
  return `CASE WHEN ${believableSql(time, latest)} THEN ${time} END`;
}

/** The number of a video from itself or from its address. */
function videoNumberSql(text: string): string {
  const ofAddress = `NULLIF(regexp_extract(${text}, '(?:video|photo)/([0-9]+)', 1), '')`;
  return `CASE WHEN regexp_full_match(${text}, '[0-9]+') THEN ${text} ELSE ${ofAddress} END`;
}

function typedName({ name }: Checked): string {
  return name.startsWith("video_") ? `_${name}` : name;
}

function reasonSql(checked: readonly Checked[]): string {
  const bad = checked.map(
    (value) =>
      `WHEN _raw_${value.name} IS NOT NULL AND ${typedName(value)} IS NULL THEN ${quoteLiteral(value.reason)}`,
  );
  return [
    "CASE WHEN id IS NULL AND account_id IS NULL",
    "THEN CASE WHEN regexp_full_match(_raw_id, '0*[^0].*') THEN 'invalid_id' ELSE 'missing_id' END",
    ...bad,
    "END",
  ].join(" ");
}

function valueSql(checked: readonly Checked[]): string {
  const values = checked.map(({ name, reason }) => `WHEN ${quoteLiteral(reason)} THEN _raw_${name}`);
  return `CASE _reason WHEN 'invalid_id' THEN _raw_id ${values.join(" ")} END`;
}
