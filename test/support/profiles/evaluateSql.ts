import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll } from "vitest";

/**
 * Opens a database for the tests of a file and returns a function that evaluates an SQL expression of the column `text`
 * for each of the given texts. Times come back as ISO text, lists as arrays, integers as bigint.
 */
export function sqlOverTexts(): (
  expression: string,
  texts: readonly (string | null)[],
) => Promise<unknown[]> {
  let instance: DuckDBInstance;
  beforeAll(async () => {
    instance = await DuckDBInstance.create(":memory:");
  });
  afterAll(() => instance.closeSync());
  return async (expression, texts) => {
    const connection = await instance.connect();
    try {
      await connection.run("CREATE TEMP TABLE texts (place BIGINT, text VARCHAR)");
      const insert = await connection.prepare("INSERT INTO texts VALUES ($1, $2)");
      for (const [place, text] of texts.entries()) {
        insert.bindBigInt(1, BigInt(place));
        if (text === null) insert.bindNull(2);
        else insert.bindVarchar(2, text);
        await insert.run();
      }
      const reader = await connection.runAndReadAll(`SELECT ${expression} FROM texts ORDER BY place`);
      return reader.getRowsJS().map(([value]) => plain(value));
    } finally {
      await connection.run("DROP TABLE IF EXISTS texts");
      connection.closeSync();
    }
  };
}

function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? value.map(plain) : value;
}
