import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatCsvLine, quoteIdentifier, quoteLiteral } from "./quote.ts";

describe("quoting for SQL", () => {
  let instance: DuckDBInstance;
  beforeAll(async () => {
    instance = await DuckDBInstance.create(":memory:");
  });
  afterAll(() => instance.closeSync());

  it("brings any text and any name through DuckDB unchanged", async () => {
    const connection = await instance.connect();
    const text = fc.string({ unit: "binary", maxLength: 30 }).filter((s) => !s.includes("\0"));
    const hard = fc.constantFrom(
      `'; DROP TABLE profiles; --`,
      `a"b`,
      `\\'`,
      "''",
      "$$x$$",
      "line\nbreak",
      "🍺",
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(text, hard), fc.oneof(text, hard), async (value, name) => {
        fc.pre(name.length > 0);
        const reader = await connection.runAndReadAll(
          `SELECT ${quoteLiteral(value)} AS ${quoteIdentifier(name)}`,
        );
        expect(reader.columnName(0)).toBe(name);
        expect(reader.getRows()).toEqual([[value]]);
      }),
      { numRuns: 60 },
    );
    connection.closeSync();
  });

  it("refuses a NUL, which would cut the statement short", () => {
    expect(() => quoteIdentifier("a\0b")).toThrow("invalid name");
    expect(() => quoteLiteral("a\0b")).toThrow("invalid name");
  });
});

it("quotes only what has to be, and leaves the unknown empty", () => {
  expect(formatCsvLine(["plain", 1.5, null, undefined, "a,b", 'say "hi"', "two\nlines", ""])).toBe(
    'plain,1.5,,,"a,b","say ""hi""","two\nlines",',
  );
});
