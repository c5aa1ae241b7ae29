import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteLiteral } from "../base/quote.ts";
import type { Stale } from "./changes.ts";
import type { Workspace } from "./open.ts";

/** How somebody wants the page of a workspace. */
export interface Settings {
  /** Columns of the list of people, in their order; null until somebody has chosen them. */
  readonly columns: readonly string[] | null;
  /** How often they were changed. */
  readonly version: number;
}

const KEY = "page";

/** The settings of the page. */
export async function readSettings(connection: DuckDBConnection): Promise<Settings> {
  const reader = await connection.runAndReadAll(`SELECT value FROM settings WHERE key = '${KEY}'`);
  const kept = reader.getRowsJS()[0]?.[0];
  return typeof kept === "string" ? (JSON.parse(kept) as Settings) : { columns: null, version: 0 };
}

/**
 * Keeps the columns of the list of people.
 *
 * @param version of the settings as they were looked at
 */
export async function changeSettings(
  workspace: Workspace,
  { columns }: Pick<Settings, "columns">,
  version?: number,
): Promise<Settings | Stale> {
  return workspace.write(async (connection) => {
    const found = await readSettings(connection);
    if (version !== undefined && version !== found.version) return { stale: found.version };
    const made = { columns, version: found.version + 1 };
    await connection.run(`DELETE FROM settings WHERE key = '${KEY}'`);
    await connection.run(`INSERT INTO settings VALUES ('${KEY}', ${quoteLiteral(JSON.stringify(made))})`);
    return made;
  });
}
