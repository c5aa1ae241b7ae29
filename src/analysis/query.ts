import type { DuckDBConnection } from "@duckdb/node-api";

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
