import type { DuckDBConnection } from "@duckdb/node-api";
import type { CanonicalName } from "../profiles/canonical.ts";
import { quoteIdentifier } from "../profiles/sql.ts";
import { countOf, selectRow } from "./query.ts";

/** How often a column's values occur more than once. */
export interface Duplicates {
  readonly column: CanonicalName;
  /** Rows whose value another row has too. */
  readonly rows: number;
  /** Different values that occur more than once. */
  readonly values: number;
}

/** Columns whose values should differ from account to account. */
const UNIQUE: readonly CanonicalName[] = ["account_id", "biography"];

/**
 * Counts repeated handles and biographies; ids are unique once a file is read. Repeated handles are one person under two
 * numbers, repeated biographies are templates or bots. Blank ones do not count. Texts are compared by a 64-bit hash, so
 * that a million biographies need not be held.
 */
export async function duplicatesOf(
  connection: DuckDBConnection,
  relation: string,
  names: readonly CanonicalName[],
): Promise<Duplicates[]> {
  const found: Duplicates[] = [];
  for (const column of UNIQUE.filter((name) => names.includes(name))) {
    const value = `trim(${quoteIdentifier(column)})`;
    const row = await selectRow(
      connection,
      `SELECT coalesce(sum(n), 0)::BIGINT AS "rows", count(*) AS "values"
      FROM (SELECT count(*) AS n FROM ${quoteIdentifier(relation)} WHERE ${value} <> '' GROUP BY hash(${value}) HAVING n > 1)`,
    );
    found.push({ column, rows: countOf(row.rows), values: countOf(row.values) });
  }
  return found;
}
