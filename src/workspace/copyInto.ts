import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier, quoteLiteral } from "../base/quote.ts";
import { UNCLEAN } from "./schema.ts";

/** The name by which the new database is known while it is filled. */
const FRESH = "insights_fresh";

/** Copies all that a database holds into a new file, and nothing of what it held before. */
export async function copyInto(connection: DuckDBConnection, path: string): Promise<void> {
  const [[own]] = (await connection.runAndReadAll("SELECT current_database()")).getRowsJS();
  await connection.run(`ATTACH ${quoteLiteral(path)} AS ${FRESH}`);
  try {
    await connection.run(`COPY FROM DATABASE ${quoteIdentifier(String(own))} TO ${FRESH}`);
    await connection.run(`DELETE FROM ${FRESH}.settings WHERE key = '${UNCLEAN}'`);
    await connection.run(`CHECKPOINT ${FRESH}`);
  } catch (error) {
    // What went wrong first is what matters.
    await Promise.allSettled([connection.run(`DETACH ${FRESH}`)]);
    throw error;
  }
  await connection.run(`DETACH ${FRESH}`);
}
