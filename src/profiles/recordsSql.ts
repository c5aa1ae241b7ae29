import { quoteIdentifier } from "../base/quote.ts";
import { handleOfAddressSql } from "./accounts.ts";
import { blanksSql, blankValuesSql } from "./blanks.ts";
import { CANONICAL_COLUMNS, CANONICAL_NAMES, type CanonicalName, type CanonicalType } from "./canonical.ts";
import { numberKind } from "./conventions.ts";
import {
  avatarTimeSql,
  believableSql,
  idTimestampSql,
  LATEST_SECONDS,
  listedPostsSql,
  notOlderSql,
  numberTimeSql,
  oldestUnpinnedSql,
  postedAtSql,
  postNumbersSql,
  SLACK_HOURS,
  scaledMomentSql,
  secondsSql,
  snapshotSourceSql,
  unpinnedSql,
} from "./dates.ts";
import { IMPOSSIBLE_LIKES, possibleCount, possibleSql } from "./impossibleCounts.ts";
import type { Mapping } from "./mapping.ts";
import type { SourceColumns } from "./providers/layouts.ts";
import { ID_AMONG_ROUNDED } from "./roundedIds.ts";
import { coalesced, NO_TEXT, type Value, valueSteps } from "./valueSteps.ts";
import {
  ACCOUNT_ID,
  COUNT,
  FLAG,
  MOMENT,
  presentCodeSql,
  presentSql,
  presentTextSql,
  RATE,
  type StoredColumns,
  type ValueKind,
} from "./values.ts";
import { listedMomentKind, momentKind, WRITTEN_DAY } from "./writtenDates.ts";

/** Columns that hold free text, spaces and all. */
const FREE_TEXT: readonly CanonicalName[] = [
  "nickname",
  "biography",
  "bio_link",
  "predicted_lang",
  "region",
  "url",
];

const KIND_OF: Partial<Record<CanonicalType, ValueKind>> = { BIGINT: COUNT, DOUBLE: RATE, BOOLEAN: FLAG };

/** Counts, rates and flags: what cannot be one is blanked. */
const CHECKED: readonly Value[] = CANONICAL_NAMES.flatMap((name) => {
  const { type } = CANONICAL_COLUMNS[name];
  const kind = KIND_OF[type];
  return kind === undefined ? [] : [{ name, as: name, type, kind }];
});

/** Canonical columns whose values are checked: counts, rates and flags. */
export const CHECKED_NAMES: readonly CanonicalName[] = CHECKED.map(({ name }) => name as CanonicalName);

/** Counts of a video that are checked, in files with a record a video. */
const CHECKED_OF_VIDEO: readonly Value[] = ["video_likes", "video_comments"].map((name) => ({
  name,
  as: `_${name}`,
  type: "BIGINT",
  kind: COUNT,
}));

const ID: Value = { name: "id", as: "id", type: "VARCHAR", kind: ACCOUNT_ID };
/** Dates are judged by each other: when the profile was read, when the account was made, when it posted. */
const DATED: readonly CanonicalName[] = ["observed_at", "created_at", "posted_at"];

const MOMENTS: readonly Value[] = [
  { name: "observed_at", as: "_stated", type: "TIMESTAMP", kind: MOMENT },
  { name: "created_at", as: "_created", type: "TIMESTAMP", kind: MOMENT },
];

/** Microseconds after the snapshot for which a date is still believed. */
const SLACK = SLACK_HOURS * 3_600_000_000;

/** How records are read. */
export interface RecordsOptions {
  /** The latest moment to believe where no snapshot is known; without it, 2038-01-19. */
  readonly now?: Date | undefined;
  /** Columns that the relation has in types of their own too. */
  readonly stored?: StoredColumns | undefined;
  /**
   * Canonical columns that will be read; all without it. Of the others, dates and posts are NULL, and `account_id` where there is an
   * id. Counts, rates and flags are there all the same.
   */
  readonly used?: readonly CanonicalName[] | undefined;
}

/**
 * Every record of a file, typed, as SQL. One SELECT over the source's relation with the columns
 *
 * - `row` (BIGINT, the record's ordinal) and the canonical columns; for a file with a record a video they tell of its author,
 *   `posted_at` excepted, which is NULL;
 * - `_reason` (VARCHAR): NULL when the record is good, else why it is rejected: `missing_id` or `invalid_id`;
 * - `_blanks` (VARCHAR): of a good record the names of the values that are there and cannot be read, or cannot be, so that they are NULL; see
 *   `blankedCells`. NULL when there are none;
 * - `_value` (VARCHAR): the text of the id that was wrong, or those of `_blanks` in their order, with {@link BETWEEN_VALUES} between;
 * - `_listed` (BIGINT): posts listed; `_observed_from` and `_created_from` (VARCHAR): what the dates were taken from;
 *   `_unbelieved` (INTEGER): dates that cannot be; `_inexact_id` (BOOLEAN): the id is no number and was left out;
 * - the columns that are kept as they stand, as VARCHAR, NULL where nothing stands;
 * - for a record a video: `_video` (VARCHAR, its number), `_video_posted_at`, `_video_likes`, `_video_comments`,
 *   `_video_pinned` (BOOLEAN; NULL where nothing is said of it).
 *
 * It holds no aggregate, so that it can be streamed. Each step is a subquery, because DuckDB evaluates an expression that
 * is repeated inside CASE as often as it is written.
 *
 * @param mapping which column gives what
 * @param relation name of the relation
 */
export function recordsSql(mapping: Mapping, relation: string, options: RecordsOptions = {}): string {
  const { columns, video } = mapping;
  const { used, stored } = options;
  const wanted = (name: CanonicalName) => used === undefined || used.includes(name);
  const dated = video !== null || DATED.some(wanted);
  const sources: Readonly<Record<string, SourceColumns | undefined>> = {
    ...columns,
    ...(video === null ? {} : { video_likes: video.likes, video_comments: video.comments }),
  };
  const checked = [...CHECKED, ...(video === null ? [] : CHECKED_OF_VIDEO)].map((value) => {
    const kind = numberKind(value.name, value.type, mapping) ?? value.kind;
    const { name } = value;
    return { ...value, kind: possibleCount(kind, name), possible: possibleSql(name) };
  });
  const moments = (dated ? MOMENTS : []).map((value) => {
    const kind = momentKind(value.name, mapping);
    // The web writes 0 for a moment it does not know.
    return { ...value, kind: { ...kind, exact: (text: string) => kind.exact(`NULLIF(${text}, '0')`) } };
  });
  const id = mapping.roundedIds ? { ...ID, kind: ID_AMONG_ROUNDED } : ID;
  const values = [id, ...checked, ...moments].map((value) =>
    valueSteps(value, sources[value.name] ?? [], stored),
  );
  const optional = [...checked, ...moments].filter(({ name }) => sources[name] !== undefined);
  const handles = columns.account_id ?? [];
  const handle = `NULLIF(rtrim(ltrim(${coalesced(handles.map((_, i) => handleOfAddressSql(presentSql(`_handle_${i}`))))}, '@''="'), '"'), '')`;
  const kept = mapping.kept.map(({ name }) => quoteIdentifier(name));
  const dates = dated ? dateSteps(mapping, options.now) : UNDATED;
  const sql = [
    [
      `__row AS "row"`,
      ...FREE_TEXT.map(
        (name) => `${firstOf(columns[name], name === "region" ? presentCodeSql : presentTextSql)} AS ${name}`,
      ),
      ...mapping.kept.map(({ source }, i) => `${presentSql(quoteIdentifier(source))} AS ${kept[i]}`),
      ...handles.map((name, i) => `${quoteIdentifier(name)} AS _handle_${i}`),
      ...values.flatMap(({ inputs }) => inputs),
      ...dates.inputs,
    ],
    values.map(({ raw }) => raw),
    values.flatMap(({ written }) => written),
    values.map(({ value }) => value),
    [`${wanted("account_id") ? handle : `CASE WHEN id IS NULL THEN ${handle} END`} AS account_id`],
    [
      `${REASON} AS _reason`,
      `coalesce(id IS NULL AND _raw_id <> '0', false) AS _inexact_id`,
      `${IMPOSSIBLE_LIKES} AS _impossible_likes`,
    ],
    [`${blanksSql(optional)} AS _blanks`],
    [`${VALUE_OF_ID} WHEN _blanks IS NOT NULL THEN ${blankValuesSql(optional)} END AS _value`],
    ...dates.steps,
  ].reduce(
    (from, step, i) => `(SELECT ${[...(i === 0 ? [] : ["*"]), ...step].join(", ")} FROM ${from})`,
    quoteIdentifier(relation),
  );
  const ofVideo =
    video === null ? [] : ["_video", "_video_posted_at", "_video_likes", "_video_comments", "_video_pinned"];
  const canonical = CANONICAL_NAMES.map((name) =>
    name === "likes" ? "CASE WHEN NOT _impossible_likes THEN likes END AS likes" : name,
  );
  return `SELECT ${['"row"', ...canonical, ...kept, ...NOTES, ...ofVideo].join(", ")} FROM ${sql}`;
}

/** What is told of a record beside its profile. */
const NOTES = [
  "_reason",
  "_blanks",
  "_value",
  "_listed",
  "_observed_from",
  "_created_from",
  "_unbelieved",
  "_inexact_id",
];

/** What dates are read from, and the steps to them. */
interface DateSteps {
  readonly inputs: readonly string[];
  readonly steps: readonly (readonly string[])[];
}

/** Dates that nobody asks for. */
const UNDATED: DateSteps = {
  inputs: [],
  steps: [
    [
      ...["observed_at", "created_at"].map((name) => `CAST(NULL AS TIMESTAMP) AS ${name}`),
      "CAST(NULL AS TIMESTAMP[]) AS posted_at",
      "CAST(NULL AS BIGINT) AS _listed",
      "CAST(NULL AS INTEGER) AS _unbelieved",
      ...["_observed_from", "_created_from"].map((name) => `${NO_TEXT} AS ${name}`),
    ],
  ],
};

function dateSteps(mapping: Mapping, now: Date | undefined): DateSteps {
  const { columns, avatar, video } = mapping;
  const last = secondsSql(
    now === undefined ? LATEST_SECONDS : Math.floor(now.getTime() / 1000) + SLACK_HOURS * 3600,
  );
  // A list of posts is long, and trimming it would take longer than reading it.
  const posts = `${firstOf(columns.posted_at, video === null ? presentTextSql : presentSql)} AS _raw_posted_at`;
  // A number that was rounded tells when it was given out all the same: its last digits are fractions of a second.
  const idNumber = `CASE WHEN _raw_id IS NULL THEN _cast_id ELSE TRY_CAST(${ACCOUNT_ID.exact("_raw_id")} AS UBIGINT) END`;
  const mereDay = `CASE WHEN _raw_observed_at IS NULL THEN true ELSE regexp_full_match(_raw_observed_at, '${WRITTEN_DAY}') END`;
  const snapshot = { stated: "_stated_kept", avatar: "_avatar_kept", mereDay };
  const unbelieved = [
    `_stated IS NOT NULL AND _stated_kept IS NULL`,
    `_created IS NOT NULL AND _created_from IS DISTINCT FROM 'stated'`,
  ].map((flag) => `CASE WHEN ${flag} THEN 1 ELSE 0 END`);
  const ofVideo = [
    `${momentKind("posted_at", mapping).exact("_raw_posted_at")} AS _video_stated`,
    `${idTimestampSql("_video")} AS _video_time`,
  ];
  return {
    inputs: [
      posts,
      `${avatarTimeSql(avatar.map(quoteIdentifier))} AS _avatar`,
      ...(video === null
        ? []
        : [
            // An address may be that of another page: the first with a number counts.
            `${firstOf([...video.id], (column) => videoNumberSql(presentSql(column)))} AS _number_of_video`,
            `coalesce(_number_of_video, ${firstOf(video.id, presentSql)}) AS _raw_video`,
            `${FLAG.exact(firstOf(video.pinned, presentSql))} AS _video_pinned`,
          ]),
    ],
    steps: [
      video === null
        ? [
            `${postNumbersSql("_raw_posted_at", listedMomentKind(mapping))} AS _all_posts`,
            `${oldestUnpinnedSql("_raw_posted_at")} AS _oldest`,
          ]
        : [`${videoNumberSql("_raw_video")} AS _video`],
      [
        `${kept(scaledMomentSql("_stated"), last)} AS _stated_kept`,
        `${scaledMomentSql("_created")} AS _made`,
        `${kept("_avatar", last)} AS _avatar_kept`,
        `${numberTimeSql(idNumber)} AS _id_time`,
        ...(video === null ? [`${notOlderSql("_all_posts", "_oldest")} AS _posts`] : ofVideo),
      ],
      [`${snapshotSourceSql(snapshot)} AS _observed_from`],
      [`CASE WHEN _observed_from = 'stated' THEN _stated_kept ELSE _avatar_kept END AS observed_at`],
      [
        // As least(observed_at + 48 h, last), without the interval.
        `CASE WHEN epoch_us(observed_at) < epoch_us(${last}) - ${SLACK} THEN make_timestamp(epoch_us(observed_at) + ${SLACK}) ELSE ${last} END AS _latest`,
      ],
      [
        `CASE WHEN ${believableSql("_made", "_latest")} THEN 'stated' WHEN ${believableSql("_id_time", "_latest")} THEN 'id' END AS _created_from`,
        video === null
          ? `${postedAtSql(unpinnedSql("_posts"), "_latest")} AS _posted`
          : `coalesce(${kept("_video_stated", "_latest")}, ${kept("_video_time", "_latest")}) AS _video_posted_at`,
      ],
      [
        `CASE _created_from WHEN 'stated' THEN _made WHEN 'id' THEN _id_time END AS created_at`,
        video === null
          ? `CASE WHEN len(_posted) > 0 THEN _posted END AS posted_at`
          : `CAST(NULL AS TIMESTAMP[]) AS posted_at`,
        video === null
          ? `${listedPostsSql("_posts")} AS _listed`
          : `CAST(_raw_video IS NOT NULL AS BIGINT) AS _listed`,
        `${unbelieved.join(" + ")} AS _unbelieved`,
      ],
    ],
  };
}

/** The first of the columns that has a value. */
function firstOf(columns: SourceColumns | undefined, clean: (column: string) => string): string {
  return coalesced((columns ?? []).map((column) => clean(quoteIdentifier(column))));
}

function kept(time: string, latest: string): string {
  return `CASE WHEN ${believableSql(time, latest)} THEN ${time} END`;
}

/** The number of a video from itself or from its address. */
function videoNumberSql(text: string): string {
  const ofAddress = `NULLIF(regexp_extract(${text}, '(?:video|photo)/([0-9]+)', 1), '')`;
  return `CASE WHEN regexp_full_match(${text}, '[0-9]+') THEN ${text} ELSE ${ofAddress} END`;
}

/** Why a record is nobody's. */
const REASON = `CASE WHEN id IS NULL AND account_id IS NULL THEN CASE WHEN regexp_full_match(_raw_id, '0*[^0].*') THEN 'invalid_id' ELSE 'missing_id' END END`;
const VALUE_OF_ID = "CASE WHEN _reason = 'invalid_id' THEN _raw_id";
