import { SAMPLE_FILE } from "../base/data.ts";
import type { DatabaseOptions } from "../base/duckdb.ts";
import type { Model } from "../bundle/model.ts";
import { readProfiles } from "../profiles/read.ts";
import { rankProfiles } from "../shortlist/ranked.ts";

/** Made-up people who are ranked: enough to use every pattern often, and few enough to keep a question waiting for a moment only. */
const PEOPLE = 100;

/**
 * Reads and ranks some of the made-up people that ship with the program, and keeps nothing. The first file of a user then finds ready
 * what is only made when it is first used: patterns of flags, contacts and niches, the model's networks, DuckDB's own code.
 */
export async function rehearse(model: Model, database: DatabaseOptions): Promise<void> {
  const { connection, table, close } = await readProfiles(SAMPLE_FILE, database);
  try {
    await connection.run(`DELETE FROM ${table} WHERE "row" >= ${PEOPLE}`);
    await rankProfiles(connection, model, table);
  } finally {
    await close();
  }
}
