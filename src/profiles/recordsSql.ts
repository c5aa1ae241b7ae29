import { CANONICAL_COLUMNS, CANONICAL_NAMES, type CanonicalName } from "./canonical.ts";
import type { Mapping } from "./mapping.ts";
import {
  booleanSql,
  countSql,
  DATE_ONLY,
  idSql,
  presentSql,
  presentTextSql,
  rateSql,
  timestampSql,
} from "./parsing.ts";
import { listedPostsSql, postedAtSql, postNumbersSql } from "./posts.ts";
import type { SourceColumns } from "./providers/provider.ts";
import { avatarTimeSql, snapshotSourceSql } from "./snapshot.ts";
import { quoteIdentifier, quoteLiteral } from "./sql.ts";
import {
  type OwnColumns,
  ownCount,
  ownFlag,
  ownRate,
  rarelyRead,
  usualCount,
  usualDay,
  usualFlag,
  usualHandle,
  usualId,
  usualRate,
} from "./usual.ts";
import { coalesced, readValues, type Value } from "./values.ts";
import {
  believableSql,
  idTimestampSql,
  LATEST_SECONDS,
  numberTimeSql,
  SLACK_HOURS,
  secondsSql,
} from "./videoId.ts";

/** Columns that hold free text, blanks and all. */
const FREE_TEXT = new Set<CanonicalName>([
  "nickname",
  "biography",
  "bio_link",
  "predicted_lang",
  "region",
  "url",
]);

const COUNT = { usual: usualCount, own: ownCount, sql: countSql };
const BY_TYPE: Readonly<Record<string, Pick<Value, "usual" | "own" | "sql">>> = {
  BIGINT: COUNT,
  DOUBLE: { usual: usualRate, own: ownRate, sql: rateSql },
  BOOLEAN: { usual: usualFlag, own: ownFlag, sql: booleanSql },
};

/** Values that reject the record when they cannot be what they should, in the order in which the first is reported. */
const CHECKED: readonly Value[] = CANONICAL_NAMES.flatMap((name) => {
  const kind = BY_TYPE[CANONICAL_COLUMNS[name].type];
  return kind === undefined ? [] : [{ name, as: name, ...kind }];
});

/** Canonical columns whose values are checked: counts, rates and flags. */
export const CHECKED_NAMES: readonly CanonicalName[] = CHECKED.map(({ name }) => name as CanonicalName);

/** Counts of a video that are checked, in files with a record a video. */
const CHECKED_OF_VIDEO: readonly Value[] = ["video_likes", "video_comments"].map((name) => ({
  name,
  as: `_${name}`,
  ...COUNT,
}));

// The web writes 0 for a moment it does not know.
const MOMENT = { usual: usualDay, sql: (text: string) => timestampSql(`NULLIF(${text}, '0')`) };

/** Microseconds after the snapshot for which a date is still believed. */
const SLACK = SLACK_HOURS * 3_600_000_000;

const HANDLE: Value = {
  name: "account_id",
  as: "account_id",
  usual: usualHandle,
  sql: (text) => `NULLIF(ltrim(${text}, '@'), '')`,
};

/** Values that reject no record. */
const UNCHECKED: readonly Value[] = [
  { name: "id", as: "id", usual: usualId, sql: idSql },
  HANDLE,
  { name: "observed_at", as: "_stated", ...MOMENT },
  { name: "created_at", as: "_created", ...MOMENT },
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
 * @param own columns that the relation has in types of their own too
 * @param handles whether `account_id` is wanted of records with an id too
 */
export function recordsSql(
  mapping: Mapping,
  relation: string,
  now?: Date,
  own?: OwnColumns,
  handles = true,
): string {
  const { columns, video } = mapping;
  const last = secondsSql(
    now === undefined ? LATEST_SECONDS : Math.floor(now.getTime() / 1000) + SLACK_HOURS * 3600,
  );
  const texts = CANONICAL_NAMES.filter((name) => FREE_TEXT.has(name));
  const sources: Readonly<Record<string, SourceColumns | undefined>> = {
    ...columns,
    ...(video === null ? {} : { video_likes: video.likes, video_comments: video.comments }),
  };
  const ofVideo = video === null ? [] : CHECKED_OF_VIDEO;
  const checked = [...CHECKED, ...ofVideo].filter(({ name }) => sources[name] !== undefined);
  const unchecked = UNCHECKED.map((value) =>
    value === HANDLE && !handles ? { ...HANDLE, usual: rarelyRead, unless: "id" } : value,
  );
  const values = [...unchecked, ...CHECKED, ...ofVideo];

  const from = [
    `__row AS "row"`,
    ...texts.map((name) => `${firstOf(columns[name], presentTextSql)} AS ${name}`),
    // A list of posts is long, and trimming it would take longer than reading it.
    `${firstOf(columns.posted_at, video === null ? presentTextSql : presentSql)} AS _raw_posted_at`,
    `${avatarTimeSql(mapping.avatar.map(quoteIdentifier))} AS _avatar`,
    ...mapping.kept.map(
      ({ name, source }) => `${presentSql(quoteIdentifier(source))} AS ${quoteIdentifier(name)}`,
    ),
    ...(video === null ? [] : [`${firstOf(video.id, presentSql)} AS _raw_video`]),
  ].join(", ");

  let sql = readValues(values, { sources, own, from: quoteIdentifier(relation), beside: from });
  sql = layer(sql, [
    video === null
      ? `${postNumbersSql("_raw_posted_at")} AS _posts`
      : `${timestampSql("_raw_posted_at")} AS _video_stated`,
    ...(video === null ? [] : [`${videoNumberSql("_raw_video")} AS _video`]),
    `CASE WHEN _usual_id IS NOT NULL THEN _read_id ELSE TRY_CAST(id AS UBIGINT) END AS _id_number`,
  ]);
  sql = layer(sql, [
    `${keep("_stated", last)} AS _stated_kept`,
    `${keep("_avatar", last)} AS _avatar_kept`,
    `${numberTimeSql("_id_number")} AS _id_time`,
    ...(video === null ? [] : [`${idTimestampSql("_video")} AS _video_time`]),
    `${reasonSql(checked)} AS _reason`,
  ]);
  const mereDay = `CASE WHEN _usual_observed_at IS NOT NULL THEN true ELSE regexp_full_match(_raw_observed_at, '${DATE_ONLY}') END`;
  const snapshot = { stated: "_stated_kept", avatar: "_avatar_kept", mereDay };
  sql = layer(sql, [`${snapshotSourceSql(snapshot)} AS _observed_from`]);
  sql = layer(sql, [
    `CASE WHEN _observed_from = 'stated' THEN _stated_kept ELSE _avatar_kept END AS observed_at`,
  ]);
  sql = layer(sql, [
    // As least(observed_at + 48 h, last), without the interval.
    `CASE WHEN epoch_us(observed_at) < epoch_us(${last}) - ${SLACK} THEN make_timestamp(epoch_us(observed_at) + ${SLACK}) ELSE ${last} END AS _latest`,
  ]);
  sql = layer(sql, [
    `CASE WHEN ${believableSql("_created", "_latest")} THEN 'stated' WHEN ${believableSql("_id_time", "_latest")} THEN 'id' END AS _created_from`,
    video === null
      ? `${postedAtSql("_posts", "_latest")} AS _posted`
      : `coalesce(${keep("_video_stated", "_latest")}, ${keep("_video_time", "_latest")}) AS _video_posted_at`,
  ]);
  const unbelieved = [
    `${said("observed_at")} AND _stated_kept IS NULL`,
    `${said("created_at")} AND _created_from IS DISTINCT FROM 'stated'`,
  ].map((flag) => `CASE WHEN ${flag} THEN 1 ELSE 0 END`);
  sql = layer(sql, [
    `CASE _created_from WHEN 'stated' THEN _created WHEN 'id' THEN _id_time END AS created_at`,
    video === null
      ? `CASE WHEN len(_posted) > 0 THEN _posted END AS posted_at`
      : `CAST(NULL AS TIMESTAMP[]) AS posted_at`,
    video === null
      ? `${listedPostsSql("_posts")} AS _listed`
      : `CAST(_raw_video IS NOT NULL AS BIGINT) AS _listed`,
    `${unbelieved.join(" + ")} AS _unbelieved`,
    `coalesce(id IS NULL AND _raw_id <> '0', false) AS _inexact_id`,
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

/** Whether a moment is stated, believable or not. */
function said(name: string): string {
  return `(_usual_${name} IS NOT NULL OR _raw_${name} <> '0')`;
}

/** The first of the columns that has a value. */
function firstOf(columns: SourceColumns | undefined, clean: (column: string) => string): string {
  return coalesced((columns ?? []).map((column) => clean(quoteIdentifier(column))));
}

function keep(time: string, latest: string): string {
  return `CASE WHEN ${believableSql(time, latest)} THEN ${time} END`;
}

/** The number of a video from itself or from its address. */
function videoNumberSql(text: string): string {
  const ofAddress = `NULLIF(regexp_extract(${text}, '(?:video|photo)/([0-9]+)', 1), '')`;
  return `CASE WHEN regexp_full_match(${text}, '[0-9]+') THEN ${text} ELSE ${ofAddress} END`;
}

function reasonSql(checked: readonly Value[]): string {
  const bad = checked.map(
    ({ name, as }) => `WHEN _raw_${name} IS NOT NULL AND ${as} IS NULL THEN ${quoteLiteral(reasonOf(name))}`,
  );
  return [
    "CASE WHEN id IS NULL AND account_id IS NULL",
    "THEN CASE WHEN regexp_full_match(_raw_id, '0*[^0].*') THEN 'invalid_id' ELSE 'missing_id' END",
    ...bad,
    "END",
  ].join(" ");
}

function valueSql(checked: readonly Value[]): string {
  const values = checked.map(({ name }) => `WHEN ${quoteLiteral(reasonOf(name))} THEN _raw_${name}`);
  return `CASE _reason WHEN 'invalid_id' THEN _raw_id ${values.join(" ")} END`;
}

/** The source's word for a value that cannot be. */
function reasonOf(name: string): string {
  return `invalid_${name}`;
}
