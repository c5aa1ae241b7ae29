import type { DuckDBConnection } from "@duckdb/node-api";
import type { Alert } from "../profiles/alert.ts";
import { CANONICAL_COLUMNS, CANONICAL_NAMES, type CanonicalName } from "../profiles/canonical.ts";
import { quoteIdentifier } from "../profiles/sql.ts";
import { countOf, selectRow } from "./query.ts";

/** What an analysis found, or null where the file lacks a column for it; `alerts` then says which. */
export interface Finding<Value> {
  readonly value: Value | null;
  readonly alerts: readonly Alert[];
}

/** Known values of each canonical column of a relation. A column the relation does not have counts 0. */
export interface Presence {
  readonly rows: number;
  readonly known: Readonly<Record<CanonicalName, number>>;
}

/**
 * Counts the known values of every canonical column. A column that is absent and one that is NULL in every row are the
 * same to an analysis: there is nothing to analyse.
 *
 * @param relation a table or view with some of the canonical columns, unquoted
 */
export async function presenceOf(connection: DuckDBConnection, relation: string): Promise<Presence> {
  const there = await columnsOf(connection, relation);
  const counts = there.map((name) => `count(${quoteIdentifier(name)}) AS ${quoteIdentifier(name)}`);
  const row = await selectRow(
    connection,
    `SELECT count(*) AS "rows", ${[...counts, "1"].join(", ")} FROM ${quoteIdentifier(relation)}`,
  );
  const known = Object.fromEntries(CANONICAL_NAMES.map((name) => [name, countOf(row[name])]));
  return { rows: countOf(row.rows), known: known as Record<CanonicalName, number> };
}

/** The canonical columns a relation has, in canonical order. */
export async function columnsOf(connection: DuckDBConnection, relation: string): Promise<CanonicalName[]> {
  const result = await connection.runAndReadAll(`SELECT * FROM ${quoteIdentifier(relation)} LIMIT 0`);
  const names = new Set(result.columnNames());
  return CANONICAL_NAMES.filter((name) => names.has(name));
}

/**
 * The alerts for what is missing, one a column: `There is no activity: the file has no posted_at (it could come from
 * top_videos, createTimeISO).` Empty when nothing is missing.
 *
 * @param purpose the analysis, in words that follow "There is no"
 */
export function missingFor(
  purpose: string,
  names: readonly CanonicalName[],
  presence: Pick<Presence, "known">,
): Alert[] {
  return names
    .filter((name) => presence.known[name] === 0)
    .map((name) => ({
      level: "info",
      code: "missing_column",
      column: name,
      message: `There is no ${purpose}: the file has no ${name} (it could come from ${CANONICAL_COLUMNS[name].from}).`,
    }));
}
