import type { DuckDBConnection } from "@duckdb/node-api";
import { InsightsError } from "../base/error.ts";
import { quoteIdentifier } from "../base/quote.ts";
import { columnsOf } from "../features/requireColumns.ts";
import { FLAG, presentSql } from "../profiles/values.ts";

/** How many odd values a message names. */
const EXAMPLES = 3;

function textSql(column: string): string {
  return presentSql(`CAST(${quoteIdentifier(column)} AS VARCHAR)`);
}

/** A column of any type as a yes or a no: 1, true, yes or 0, false, no, in any case; else NULL. SQL of BOOLEAN. */
export function flagSql(column: string): string {
  return FLAG.exact(textSql(column));
}

/**
 * Checks that a column holds yes and no only, or nothing.
 *
 * @param column its name in the relation
 * @throws InsightsError `not boolean: column:tier has 3 values that are neither yes nor no, such as "gold" ...`
 */
export async function requireFlags(
  connection: DuckDBConnection,
  relation: string,
  column: string,
): Promise<void> {
  const there = await columnsOf(connection, relation);
  if (!there.has(column))
    throw new InsightsError(`missing column: ${column} (it was not kept when the file was read)`);
  const reader = await connection.runAndReadAll(
    `SELECT value, count(*) AS times, sum(count(*)) OVER () AS total FROM
       (SELECT ${textSql(column)} AS value, ${flagSql(column)} AS flag FROM ${quoteIdentifier(relation)})
     WHERE value IS NOT NULL AND flag IS NULL GROUP BY value ORDER BY times DESC, value LIMIT ${EXAMPLES}`,
  );
  const odd = reader.getRowsJS();
  if (odd.length === 0) return;
  const total = Number(odd[0][2]);
  const examples = odd.map(([value]) => JSON.stringify(String(value).slice(0, 60)));
  const values = total === 1 ? "1 value that is" : `${total} values that are`;
  throw new InsightsError(
    `not boolean: ${column} has ${values} neither yes nor no, such as ${examples.join(", ")} (expected 1, true, yes or 0, false, no)`,
  );
}
