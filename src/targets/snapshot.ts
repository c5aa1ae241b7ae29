import type { DuckDBConnection } from "@duckdb/node-api";
import type { WhenRead } from "../base/age.ts";
import { quoteIdentifier } from "../base/quote.ts";
import { columnsOf } from "../features/requireColumns.ts";
import { secondsSql } from "../profiles/dates.ts";

/** When the profiles of a file were read, as far as it is known. */
export interface SnapshotFacts {
  readonly profiles: number;
  /** Profiles whose own snapshot is known (`observed_at`). */
  readonly observed: number;
  /** The newest date anywhere in the file, in Unix seconds: a post, an account's making, a snapshot. Null without any. */
  readonly newest: number | null;
}

const DATED = ["observed_at", "created_at"] as const;

/**
 * Looks for the newest date of a relation. It stands in for the snapshot of profiles that do not know theirs: no profile
 * can have been read before it, and large files are read within days of their newest post.
 *
 * @param relation name of a table or view with all profiles of a file
 */
export async function snapshotOf(connection: DuckDBConnection, relation: string): Promise<SnapshotFacts> {
  const there = await columnsOf(connection, relation);
  const newest = DATED.filter((name) => there.has(name)).map((name) => `max(${name})`);
  if (there.has("posted_at")) newest.push("max(list_max(posted_at))");
  const reader = await connection.runAndReadAll(
    `SELECT count(*), ${there.has("observed_at") ? "count(observed_at)" : "0"},
       ${newest.length === 0 ? "NULL" : `epoch(greatest(${newest.join(", ")}))`}
     FROM ${quoteIdentifier(relation)}`,
  );
  const [[profiles, observed, seconds]] = reader.getRowsJS();
  return {
    profiles: Number(profiles),
    observed: Number(observed),
    newest: seconds === null ? null : Number(seconds),
  };
}

/**
 * A relation as SQL after FROM, `observed_at` being the stand-in where it is unknown; it stays NULL where the file has no
 * date at all.
 */
export function atSnapshotSql(relation: string, { newest }: SnapshotFacts): string {
  const name = quoteIdentifier(relation);
  if (newest === null) return name;
  // Up to the second above, so that the newest post is not dated after it.
  const standIn = secondsSql(Math.ceil(newest));
  return `(SELECT * REPLACE (coalesce(observed_at, ${standIn}) AS observed_at) FROM ${name})`;
}

/**
 * When the profiles of a file were read, for `ageInWords`.
 *
 * @param relation name of a table or view with all profiles of a file
 */
export async function whenRead(connection: DuckDBConnection, relation: string): Promise<WhenRead> {
  const { profiles, observed, newest } = await snapshotOf(connection, relation);
  const untold = profiles - observed;
  if (observed === 0) return { first: null, last: null, newest, untold };
  const reader = await connection.runAndReadAll(
    `SELECT epoch(min(observed_at)), epoch(max(observed_at)) FROM ${quoteIdentifier(relation)}`,
  );
  const [[first, last]] = reader.getRowsJS();
  return { first: Number(first), last: Number(last), newest, untold };
}
