import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { quoteLiteral } from "../../../src/base/quote.ts";
import { CANONICAL_COLUMNS, type CanonicalName } from "../../../src/profiles/canonical.ts";

type Value = string | number | boolean | null | readonly string[];

/** A connection to an empty in-memory database. */
export async function connect(): Promise<DuckDBConnection> {
  return (await DuckDBInstance.create(":memory:")).connect();
}

/**
 * Makes the table `profiles` from a few rows: the columns named in any row, `row` counting from 0.
 *
 * @param rows what is known of each profile; the rest is NULL
 * @param columns columns to have even where no row names them
 */
export async function createProfiles(
  connection: DuckDBConnection,
  rows: readonly Partial<Record<CanonicalName, Value>>[],
  columns: readonly CanonicalName[] = [],
): Promise<void> {
  const wanted = new Set<string>([...columns, ...rows.flatMap((row) => Object.keys(row))]);
  const names = (Object.keys(CANONICAL_COLUMNS) as CanonicalName[]).filter((name) => wanted.has(name));
  const types = names.map((name) => `${name} ${CANONICAL_COLUMNS[name].type}`);
  await connection.run(`CREATE OR REPLACE TABLE profiles (${['"row" BIGINT', ...types].join(", ")})`);
  for (const [index, row] of rows.entries()) {
    const values = names.map((name) => literal(row[name] ?? null));
    await connection.run(`INSERT INTO profiles VALUES (${[index, ...values].join(", ")})`);
  }
}

function literal(value: Value): string {
  if (value === null) return "NULL";
  if (typeof value === "string") return quoteLiteral(value);
  if (typeof value === "object") return `[${value.map(quoteLiteral).join(", ")}]`;
  return String(value);
}
