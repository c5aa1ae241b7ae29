import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../base/quote.ts";
import type { Alert } from "../profiles/alerts.ts";
import { CANONICAL_COLUMNS, CANONICAL_NAMES, type CanonicalName } from "../profiles/canonical.ts";
import type { Labels } from "../targets/target.ts";

/** One value of a result row as plain JavaScript: numbers for every numeric type, null for NULL and NaN. */
export type Cell = number | string | boolean | null | readonly Cell[];

/**
 * Runs a query whose result is small (aggregates, groups, sampled points) and returns its rows as plain objects.
 * Counts come back as numbers (exact up to 2^53); NULL, NaN and infinities as null, so that the result is valid JSON.
 */
export async function selectRows(connection: DuckDBConnection, sql: string): Promise<Record<string, Cell>[]> {
  const reader = await connection.runAndReadAll(sql);
  return reader
    .getRowObjectsJS()
    .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])));
}

/** The only row of a query of aggregates. */
export async function selectRow(connection: DuckDBConnection, sql: string): Promise<Record<string, Cell>> {
  return (await selectRows(connection, sql))[0] ?? {};
}

/** A cell that is a number, or null. */
export function numberOrNull(cell: Cell | undefined): number | null {
  return typeof cell === "number" ? cell : null;
}

/** A count: 0 where an aggregate over no rows gave NULL. */
export function countOf(cell: Cell | undefined): number {
  return typeof cell === "number" ? cell : 0;
}

function plain(value: unknown): Cell {
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map(plain);
  return null;
}

/**
 * Reads one DOUBLE expression a name into typed arrays: 8 bytes a value and no object a row, so that a million rows of
 * eight columns take 64 MB. NULL becomes NaN.
 *
 * @param expressions name -> SQL expression that casts to DOUBLE
 * @param from what follows FROM, with WHERE and ORDER BY
 */
export async function readColumns<Name extends string>(
  connection: DuckDBConnection,
  expressions: Readonly<Record<Name, string>>,
  from: string,
): Promise<Record<Name, Float64Array>> {
  const names = Object.keys(expressions) as Name[];
  const list = names.map((name) => `coalesce((${expressions[name]})::DOUBLE, 'NaN'::DOUBLE)`);
  const result = await connection.stream(`SELECT ${list.join(", ")} FROM ${from}`);
  const pieces = names.map((): Float64Array[] => []);
  let rows = 0;
  for (
    let chunk = await result.fetchChunk();
    chunk && chunk.rowCount > 0;
    chunk = await result.fetchChunk()
  ) {
    for (let column = 0; column < names.length; column++) {
      // The vector's memory belongs to DuckDB and goes with the chunk, so it is copied. `items` is the documented fast
      // way in, though the types call it private; NULLs cannot occur after the coalesce.
      const vector = chunk.getColumnVector(column) as unknown as { items: Float64Array };
      pieces[column].push(vector.items.slice(0, chunk.rowCount));
    }
    rows += chunk.rowCount;
  }
  const columns = {} as Record<Name, Float64Array>;
  names.forEach((name, column) => {
    const values = new Float64Array(rows);
    let offset = 0;
    for (const piece of pieces[column]) {
      values.set(piece, offset);
      offset += piece.length;
    }
    columns[name] = values;
  });
  return columns;
}

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

/**
 * The labels of given rows, by row number: -1 for a row that has none.
 *
 * @param rows row numbers in ascending order
 */
export function labelsAt(rows: Float64Array, target: Labels): Int8Array {
  const labels = new Int8Array(rows.length).fill(-1);
  let at = 0;
  for (let i = 0; i < rows.length; i++) {
    while (at < target.rows.length && target.rows[at] < rows[i]) at++;
    if (at < target.rows.length && target.rows[at] === rows[i]) labels[i] = target.labels[at];
  }
  return labels;
}

/** Points of a scatter plot at most: more make a picture darker and a page heavier, not clearer. */
export const DRAWN_POINTS = 5000;

/**
 * Two numbers of up to 5000 rows, in the order of `row`. Where there are more, the rows whose hash is smallest are taken:
 * a random sample, the same on every run and machine for the same seed and rows.
 *
 * @param from SQL of a relation with `row` and the columns, without rows that have NULL in them
 * @param names the columns, SQL-safe
 */
export async function sampledPoints<Name extends string>(
  connection: DuckDBConnection,
  from: string,
  names: readonly Name[],
  seed: number,
): Promise<Record<Name, number>[]> {
  const columns = names.map((name) => `${name}::DOUBLE AS ${name}`).join(", ");
  const rows = await selectRows(
    connection,
    `SELECT ${names.join(", ")} FROM
      (SELECT "row", ${columns} FROM ${from} ORDER BY md5("row" || ':' || ${Math.trunc(seed)}), "row" LIMIT ${DRAWN_POINTS})
    ORDER BY "row"`,
  );
  return rows.map(
    (row) => Object.fromEntries(names.map((name) => [name, countOf(row[name])])) as Record<Name, number>,
  );
}
