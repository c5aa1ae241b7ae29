import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../profiles/sql.ts";

/**
 * Makes a view of some rows of a relation, for what is fitted on them only.
 *
 * @param name of the view and, with `_rows`, of a table of row numbers; earlier ones are replaced
 * @param relation name of a table or view with `row`
 * @param rows row numbers
 */
export async function viewOf(
  connection: DuckDBConnection,
  name: string,
  relation: string,
  rows: Float64Array,
): Promise<void> {
  const list = `${name}_rows`;
  await connection.run(`CREATE OR REPLACE TEMP TABLE ${quoteIdentifier(list)} ("row" BIGINT)`);
  const appender = await connection.createAppender(list, null, "temp");
  for (const row of rows) {
    appender.appendBigInt(BigInt(row));
    appender.endRow();
  }
  appender.closeSync();
  await connection.run(
    `CREATE OR REPLACE TEMP VIEW ${quoteIdentifier(name)} AS
     SELECT * FROM ${quoteIdentifier(relation)} WHERE "row" IN (SELECT "row" FROM ${quoteIdentifier(list)})`,
  );
}
