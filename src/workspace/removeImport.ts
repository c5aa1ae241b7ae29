import type { DuckDBConnection } from "@duckdb/node-api";
import { InsightsError } from "../base/error.ts";
import { erase, markUnclean, rewriteErased } from "./erase.ts";
import { derivedIdentities } from "./identity.ts";
import type { Workspace } from "./open.ts";
import { rebuildPeople, TOUCHED } from "./people.ts";

/** What came of deleting an import. */
export interface Removed {
  readonly name: string;
  /** Snapshots that went with it. */
  readonly snapshots: number;
  /** People whom no other import shows, and of whom nothing was noted. */
  readonly gone: number;
  /** People whom no other import shows, and who stay because they are marked or on a list. */
  readonly kept: number;
}

/**
 * Deletes an import, and people who are in no other; who is marked or on a list stays known, so that whoever is excluded stays so. Then writes the
 * file anew, which frees the space.
 *
 * @throws InsightsError where there is no such import
 */
export async function removeImport(
  workspace: Workspace,
  number: number,
  signal?: AbortSignal,
): Promise<Removed> {
  const removed = await workspace.write((connection) => remove(connection, number), signal);
  await rewriteErased(workspace);
  return removed;
}

async function remove(connection: DuckDBConnection, number: number): Promise<Removed> {
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJS();
  const [found] = await rows(`SELECT name FROM imports WHERE import = ${number}`);
  if (found === undefined) throw new InsightsError(`no such import: ${number}`);
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE ${TOUCHED} AS SELECT person FROM snapshots WHERE import = ${number}`,
  );
  const [[snapshots]] = await rows(`SELECT count(*) FROM ${TOUCHED}`);
  for (const table of ["snapshots", "forecasts", "studies", "imports"])
    await connection.run(`DELETE FROM ${table} WHERE import = ${number}`);
  await connection.run(`CREATE OR REPLACE TEMP TABLE unseen AS
    SELECT person, person IN (SELECT person FROM marks UNION ALL SELECT person FROM listed) AS kept
    FROM ${TOUCHED} ANTI JOIN snapshots USING (person)`);
  const [[gone, kept]] = await rows("SELECT count(*) FILTER (NOT kept), count(*) FILTER (kept) FROM unseen");
  await derivedIdentities(connection, `SELECT person FROM ${TOUCHED} SEMI JOIN snapshots USING (person)`);
  await rebuildPeople(connection);
  await erase(connection, "SELECT person FROM unseen WHERE NOT kept");
  for (const table of [TOUCHED, "unseen"]) await connection.run(`DROP TABLE ${table}`);
  await markUnclean(connection);
  return { name: String(found[0]), snapshots: Number(snapshots), gone: Number(gone), kept: Number(kept) };
}
