import type { DuckDBConnection } from "@duckdb/node-api";
import { InsightsError } from "../base/error.ts";
import { quoteIdentifier } from "../base/quote.ts";
import { CANONICAL_COLUMNS, type CanonicalName } from "../profiles/canonical.ts";

/**
 * The names of a relation's columns.
 *
 * @param relation name of a table or view
 */
export async function columnsOf(connection: DuckDBConnection, relation: string): Promise<Set<string>> {
  const reader = await connection.runAndReadAll(`DESCRIBE ${quoteIdentifier(relation)}`);
  return new Set(reader.getRowsJS().map(([name]) => String(name)));
}

/**
 * Checks that a relation has the columns that a query is about to name. A column that is there and NULL in every row
 * passes: that it is unknown can be dealt with, that it is nowhere cannot.
 *
 * @param relation name of a table or view
 * @throws InsightsError `missing column: likes (from likes, likes_count, heart; or --map likes=COLUMN)`
 */
export async function requireColumns(
  connection: DuckDBConnection,
  relation: string,
  names: readonly CanonicalName[],
): Promise<void> {
  const there = await columnsOf(connection, relation);
  const absent = names.filter((name) => !there.has(name));
  if (absent.length === 0) return;
  const many = absent.length > 1;
  const from = absent.map((name) => `${many ? `${name} ` : ""}from ${CANONICAL_COLUMNS[name].from}`);
  throw new InsightsError(
    `missing column${many ? "s" : ""}: ${absent.join(", ")} (${from.join("; ")}; or --map ${absent[0]}=COLUMN)`,
  );
}

/**
 * What some SQL expressions give at some rows of a relation.
 *
 * @param relation name of a table or view with `row`
 * @param rows row numbers
 * @returns for each expression a value a row, in the order of `rows`; null for a row that is not there
 */
export async function valuesAt(
  connection: DuckDBConnection,
  relation: string,
  expressions: readonly string[],
  rows: Float64Array,
): Promise<unknown[][]> {
  const reader = await connection.runAndReadAll(
    `SELECT "row", ${expressions.join(", ")} FROM ${quoteIdentifier(relation)}`,
  );
  const [at = [], ...columns] = reader.getColumnsJS();
  const placeOf = new Map(at.map((row, i) => [Number(row), i]));
  const places = Array.from(rows, (row) => placeOf.get(row));
  return expressions.map((_, i) => places.map((place) => (place === undefined ? null : columns[i][place])));
}
