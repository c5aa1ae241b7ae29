import { randomUUID } from "node:crypto";
import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier, quoteLiteral } from "../../base/quote.ts";

/** A name for a view that no other source has. */
export function newRelationName(): string {
  return `source_${randomUUID().replaceAll("-", "").slice(0, 12)}`;
}

/** Runs a query that gives rows of JSON values. An abort interrupts it and throws the signal's reason. */
export async function query(
  connection: DuckDBConnection,
  sql: string,
  signal?: AbortSignal,
): Promise<Record<string, unknown>[]> {
  signal?.throwIfAborted();
  const interrupt = () => connection.interrupt();
  signal?.addEventListener("abort", interrupt);
  try {
    return (await connection.runAndReadAll(sql)).getRowObjectsJson();
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", interrupt);
  }
}

/** How many rows a relation or table function gives. */
export async function countRows(
  connection: DuckDBConnection,
  from: string,
  signal?: AbortSignal,
): Promise<number> {
  const [row] = await query(connection, `SELECT count(*)::DOUBLE AS n FROM ${from}`, signal);
  return Number(row.n);
}

/** Makes a view of a SELECT over `__row` and the columns. Returns its name. */
export async function createView(connection: DuckDBConnection, select: string): Promise<string> {
  const name = newRelationName();
  await connection.run(`CREATE VIEW ${quoteIdentifier(name)} AS ${select}`);
  return name;
}

/** The relation of a file without a readable record. */
export function emptySelect(columns: readonly string[]): string {
  const values = columns.map((column) => `NULL::VARCHAR AS ${quoteIdentifier(column)}`);
  return `SELECT ${["NULL::BIGINT AS __row", ...values].join(", ")} WHERE false`;
}

/** Selects the columns `c0`, `c1`, ... under their names. */
export function renamed(columns: readonly string[]): string {
  return columns.map((column, index) => `c${index} AS ${quoteIdentifier(column)}`).join(", ");
}

/**
 * The table function that reads a copy: a line a record, `__row` and the columns `c0`, `c1`, ... as JSON texts.
 *
 * @param longest bytes of the longest record
 */
export function readCopy(path: string, columns: number, longest: number): string {
  const types = Array.from({ length: columns }, (_, index) => `c${index}: 'VARCHAR'`);
  // Lists are written as strings, which can double their quotes and backslashes.
  const size = Math.max(1 << 24, 2 * longest + (1 << 16));
  return `read_json(${quoteLiteral(path)}, format = 'newline_delimited', records = true, compression = 'uncompressed',
    columns = {${["__row: 'BIGINT'", ...types].join(", ")}}, maximum_object_size = ${size})`;
}
