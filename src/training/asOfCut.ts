import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../base/quote.ts";

/**
 * Makes a view of profiles as they stood at a moment of a back-test: posts are those before it, and it stands for the snapshot.
 * Counts stay those of the snapshot, for nobody knows earlier ones.
 *
 * @param name of the view; an earlier one is replaced
 * @param relation name of the table or view of profiles
 * @param examples what `backtest` made of it
 * @param cut which moment, 0 the latest; accounts without an example there are left out
 */
export async function viewAtCut(
  connection: DuckDBConnection,
  name: string,
  { relation, examples, cut }: { readonly relation: string; readonly examples: string; readonly cut: number },
): Promise<void> {
  await connection.run(
    `CREATE OR REPLACE TEMP VIEW ${quoteIdentifier(name)} AS
     SELECT profile.* REPLACE (example.posted_at AS posted_at, example.observed_at AS observed_at)
     FROM ${quoteIdentifier(relation)} profile
     JOIN ${quoteIdentifier(examples)} example ON example.account = profile."row" AND example.cut = ${cut}`,
  );
}

/** Whether a post came within the horizon after a moment, by `row` of the profile. */
export async function cameAtCut(
  connection: DuckDBConnection,
  examples: string,
  cut: number,
): Promise<ReadonlyMap<number, 0 | 1>> {
  const reader = await connection.runAndReadAll(
    `SELECT account, came FROM ${quoteIdentifier(examples)} WHERE cut = ${cut}`,
  );
  return new Map(reader.getRowsJS().map(([account, came]) => [Number(account), came === true ? 1 : 0]));
}
