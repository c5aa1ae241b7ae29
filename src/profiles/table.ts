import type { DuckDBConnection } from "@duckdb/node-api";
import { InsightsError } from "../base/error.ts";
import { quoteIdentifier } from "../base/quote.ts";
import { ACCOUNT_KEY, authorsSql, duplicateRowsSql, repeatedVideosSql } from "./accounts.ts";
import { type Alert, readingAlerts } from "./alerts.ts";
import { CANONICAL_NAMES, type CanonicalName } from "./canonical.ts";
import { withConventions } from "./conventions.ts";
import type { Mapping } from "./mapping.ts";
import type { ReadingOptions } from "./readingOptions.ts";
import { recordsSql } from "./recordsSql.ts";
import { collectRejected, type Rejected } from "./rejected.ts";
import type { Source } from "./source/source.ts";

/** Name of the canonical table. */
export const PROFILES_TABLE = "profiles";

/** Names of the tables of what was lost, see {@link fillProfiles}. */
export const REJECTED_TABLE = "rejected_records";
export const BLANKED_TABLE = "blanked_records";

/** Name of the table of all records, dropped when the profiles are made of it. */
const RECORDS_TABLE = "profile_records";

/** What came of a source. */
export interface Filled extends Rejected {
  readonly rows: number;
  readonly duplicates: number;
  readonly alerts: readonly Alert[];
}

/**
 * Makes the canonical table `profiles` of a source, ordered by `row`, with the kept columns behind the canonical ones; and two more:
 *
 * - `rejected_records`, with the same columns, of records that were rejected for what stands in them. Of those of videos one stands for all
 *   that tell the same of their author;
 * - `blanked_records`: `account` (VARCHAR, see `ACCOUNT_KEY`) and `_blanks`, see `recordsSql`, of the records that have some.
 *
 * @param named which column gives what
 * @param now the latest moment to believe where no snapshot is known
 * @throws InsightsError when no profile is left
 */
export async function fillProfiles(
  connection: DuckDBConnection,
  source: Source,
  named: Mapping,
  { now, reading }: { readonly now?: Date | undefined; readonly reading?: ReadingOptions | undefined } = {},
): Promise<Filled> {
  const mapping = await withConventions(connection, source.relation, named, source.file, reading);
  const perVideo = mapping.video !== null;
  await connection.run(`CREATE TABLE ${RECORDS_TABLE} AS ${recordsSql(mapping, source.relation, { now })}`);
  const rejected = await collectRejected(connection, RECORDS_TABLE, source);
  const kept = mapping.kept.map(({ name }) => quoteIdentifier(name));
  const columns = ['"row"', ...CANONICAL_NAMES, ...kept].join(", ");
  const profiles = perVideo
    ? `(${authorsSql(mapping, RECORDS_TABLE)})`
    : `${RECORDS_TABLE} ANTI JOIN (${duplicateRowsSql(RECORDS_TABLE)}) USING ("row") WHERE _reason IS NULL`;
  await connection.run(`CREATE TABLE ${PROFILES_TABLE} AS SELECT ${columns} FROM ${profiles} ORDER BY "row"`);
  const apart = perVideo ? "DISTINCT ON (nickname, followers, following, likes, videos_count)" : "";
  await connection.run(
    `CREATE TABLE ${REJECTED_TABLE} AS SELECT ${apart} ${columns} FROM ${RECORDS_TABLE} WHERE _reason IS NOT NULL ORDER BY "row"`,
  );
  await connection.run(
    `CREATE TABLE ${BLANKED_TABLE} AS SELECT ${ACCOUNT_KEY} AS account, _blanks FROM ${RECORDS_TABLE} WHERE _blanks IS NOT NULL`,
  );
  const rows = await one(connection, `SELECT count(*) FROM ${PROFILES_TABLE}`);
  if (rows === 0) throw nothingLeft(source, rejected);
  const good = await one(connection, `SELECT count(*) FROM ${RECORDS_TABLE} WHERE _reason IS NULL`);
  const duplicates = perVideo ? await one(connection, repeatedVideosSql(RECORDS_TABLE)) : good - rows;
  const alerts = await readingAlerts(connection, {
    records: RECORDS_TABLE,
    table: PROFILES_TABLE,
    mapped: describeMapping(mapping),
    duplicates,
    perVideo,
    rejectedCount: rejected.count,
    rejectedByReason: rejected.byReason,
    blanks: rejected.blanks,
  });
  await connection.run(`DROP TABLE ${RECORDS_TABLE}`);
  return { ...rejected, rows, duplicates, alerts: [...mapping.alerts, ...alerts] };
}

/** What each canonical column is read from, in words: `statsV2.followerCount, stats.followerCount`. */
export function describeMapping(mapping: Mapping): Partial<Record<CanonicalName, string>> {
  const { columns, avatar, video } = mapping;
  const followers = columns.followers ?? [];
  const rate = (...parts: (readonly string[])[]) =>
    [...parts, followers].every((part) => part.length > 0) ? [...parts.flat(), ...followers] : [];
  const derived: Partial<Record<CanonicalName, readonly string[]>> = {
    observed_at: avatar.map((column) => `${column} (x-expires)`),
    created_at: (columns.id ?? []).map((column) => `${column} (upper 32 bits)`),
    ...(video === null
      ? {}
      : {
          posted_at: video.id.map((column) => `${column} (upper 32 bits)`),
          like_engagement_rate: columns.like_engagement_rate ? [] : rate(video.likes),
          comment_engagement_rate: columns.comment_engagement_rate ? [] : rate(video.comments),
          awg_engagement_rate: columns.awg_engagement_rate ? [] : rate(video.likes, video.comments),
        }),
  };
  const described = CANONICAL_NAMES.map(
    (name) => [name, [...(columns[name] ?? []), ...(derived[name] ?? [])]] as const,
  );
  return Object.fromEntries(
    described.filter(([, from]) => from.length > 0).map(([name, from]) => [name, from.join(", ")]),
  );
}

async function one(connection: DuckDBConnection, sql: string): Promise<number> {
  const reader = await connection.runAndReadAll(sql);
  return Number(reader.getRows()[0][0]);
}

function nothingLeft(source: Source, rejected: Rejected): InsightsError {
  const { file, format, records } = source;
  const [first] = rejected.rejects;
  if (first === undefined) {
    const has = format === "csv" || format === "tsv" ? "has a header and no records" : "has no records";
    return new InsightsError(`no profiles: ${file} ${has}`);
  }
  const all =
    records === 1 ? "the only record was rejected" : `all ${records} records were rejected, the first`;
  const place = first.line === null ? { file } : { file, line: first.line };
  const advice =
    first.reason === "too_many_columns"
      ? ' (a text with a comma in it must stand in quotes, "so, and so": save the table anew as CSV or .xlsx with the program it comes from)'
      : "";
  return new InsightsError(`no profiles left: ${all}: ${first.detail}${advice}`, { place });
}
