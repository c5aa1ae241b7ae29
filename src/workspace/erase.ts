import type { DuckDBConnection } from "@duckdb/node-api";
import { InsightsError } from "../base/error.ts";
import type { Workspace } from "./open.ts";
import { TABLES, UNCLEAN } from "./schema.ts";

/**
 * Takes people out of every table that knows them.
 *
 * @param people query of their `person`
 */
export async function erase(connection: DuckDBConnection, people: string): Promise<void> {
  await connection.run(`CREATE OR REPLACE TEMP TABLE erased AS ${people}`);
  await connection.run(
    "CREATE OR REPLACE TEMP TABLE emptied AS SELECT DISTINCT change FROM changed SEMI JOIN erased USING (person)",
  );
  for (const [table, columns] of Object.entries(TABLES)) {
    if ("person" in columns)
      await connection.run(`DELETE FROM ${table} WHERE person IN (SELECT person FROM erased)`);
  }
  // A change of nobody else is none.
  await connection.run(
    "DELETE FROM changes WHERE change IN (SELECT change FROM emptied) AND change NOT IN (SELECT change FROM changed)",
  );
  for (const table of ["erased", "emptied"]) await connection.run(`DROP TABLE ${table}`);
}

/** Says that the file holds more than its tables, until it is written anew. */
export async function markUnclean(connection: DuckDBConnection): Promise<void> {
  await connection.run(`DELETE FROM settings WHERE key = '${UNCLEAN}'`);
  await connection.run(`INSERT INTO settings VALUES ('${UNCLEAN}', 'true')`);
}

/**
 * Writes the file anew after something was taken out of its tables.
 *
 * @throws InsightsError that says what is done and what is not
 */
export async function rewriteErased(workspace: Workspace): Promise<void> {
  try {
    await workspace.rewrite();
  } catch (error) {
    if (!(error instanceof InsightsError)) throw error;
    throw new InsightsError(
      `taken out of the workspace, but its file still holds it: ${error.message}; then run insights workspace vacuum`,
      { cause: error },
    );
  }
}
