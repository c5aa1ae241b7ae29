import { setImmediate } from "node:timers/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { CanonicalProfile } from "../features/profile.ts";
import { entryOf, type RankedRow, readRanked, type ShortlistEntry } from "./entry.ts";
import { type Excluded, isExcluded } from "./exclude.ts";
import { type Filter, filterSql } from "./filter.ts";
import { RANKED } from "./ranked.ts";

/** What a shortlist shall hold. */
export interface ShortlistOptions {
  /** Most accounts in it. */
  readonly top: number;
  readonly filter?: Filter;
  /** A condition of the user's that `parseCondition` has checked. */
  readonly condition?: string | undefined;
  /** Accounts that are not wanted again. */
  readonly excluded?: Excluded;
  /** Why the model says so, in words; asked for the accounts of the list only. */
  readonly reasons: (profile: CanonicalProfile) => readonly string[];
  /** Whether to look for contacts: personal data. */
  readonly contacts: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** A shortlist, and how it came to be. */
export interface Shortlist {
  readonly entries: readonly ShortlistEntry[];
  /** Accounts that were ranked. */
  readonly considered: number;
  /** Of those, accounts that the filter lets through. */
  readonly matching: number;
  /** Of those, accounts left out because they are not wanted again, as far as the list was read. */
  readonly excluded: number;
}

/**
 * The accounts of the table `ranked` to write to first.
 *
 * @param connection to the database in which `rankProfiles` made the table
 * @throws the signal's reason when it is aborted
 */
export async function makeShortlist(
  connection: DuckDBConnection,
  options: ShortlistOptions,
): Promise<Shortlist> {
  const { top, filter = {}, condition, excluded = new Set<string>(), signal } = options;
  const where = filterSql(filter, condition);
  const reader = await connection.runAndReadAll(
    `SELECT count(*), count(*) FILTER (WHERE ${where}) FROM ${RANKED}`,
  );
  const [[considered, matching]] = reader.getRowsJS().map((row) => row.map(Number));
  const chosen: RankedRow[] = [];
  let left = 0;
  for (let offset = 0; chosen.length < top && offset < matching; ) {
    const rows = await readRanked(
      connection,
      `WHERE ${where} ORDER BY rank LIMIT ${Math.min(top, PAGE)} OFFSET ${offset}`,
    );
    offset += rows.length;
    for (const row of rows) {
      if (chosen.length === top) break;
      if (isExcluded(excluded, row)) left++;
      else chosen.push(row);
    }
  }
  const entries: ShortlistEntry[] = [];
  for (const row of chosen) {
    // Reasons cost milliseconds each: whoever wants to stop is heard between two.
    await setImmediate();
    signal?.throwIfAborted();
    entries.push(entryOf(row, entries.length + 1, options));
  }
  return {
    entries,
    considered,
    matching,
    excluded: left,
  };
}

/** Rows that are read at a time. */
const PAGE = 10_000;
