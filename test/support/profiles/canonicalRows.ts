import type { DuckDBConnection } from "@duckdb/node-api";

/**
 * The rows of the table `profiles` as plain objects without their NULLs, in the table's order. Times are text
 * (`2023-08-01 17:00:00`), counts bigint; `row` is left out.
 */
export async function canonicalRows(connection: DuckDBConnection): Promise<Record<string, unknown>[]> {
  const reader = await connection.runAndReadAll(
    `SELECT * EXCLUDE ("row") REPLACE (
       CAST(created_at AS VARCHAR) AS created_at, CAST(observed_at AS VARCHAR) AS observed_at,
       list_transform(posted_at, lambda time: CAST(time AS VARCHAR)) AS posted_at)
     FROM profiles`,
  );
  return reader
    .getRowObjectsJS()
    .map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)));
}
