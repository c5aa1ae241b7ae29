import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier, quoteLiteral } from "../../../src/base/quote.ts";
import type { Source } from "../../../src/profiles/source/source.ts";

/**
 * A source as if read from a CSV file with a header and a line a record, for tests of what comes after the reading of bytes.
 *
 * @param records column -> text; a column that a record lacks is NULL
 */
export async function fakeSource(
  connection: DuckDBConnection,
  records: readonly Readonly<Record<string, string>>[],
  facts: Partial<Source> = {},
): Promise<Source> {
  const columns = facts.columns ?? [...new Set(records.flatMap((record) => Object.keys(record)))];
  const types = columns.map((column) => `${quoteIdentifier(column)} VARCHAR`);
  await connection.run(`CREATE OR REPLACE TABLE source (__row BIGINT, ${types.join(", ")})`);
  for (const [row, record] of records.entries()) {
    const values = columns.map((column) =>
      record[column] === undefined ? "NULL" : quoteLiteral(record[column]),
    );
    await connection.run(`INSERT INTO source VALUES (${row}, ${values.join(", ")})`);
  }
  return {
    file: "profiles.csv",
    format: "csv",
    compression: "none",
    fingerprint: "0".repeat(64),
    columns,
    relation: "source",
    samples: new Map(),
    records: records.length,
    rejects: [],
    rejectedCount: 0,
    alerts: [],
    linesOf: async (rows) => new Map(rows.map((row) => [row, row + 2])),
    close: async () => undefined,
    ...facts,
  };
}
