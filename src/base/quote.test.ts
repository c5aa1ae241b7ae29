import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  formatCsvLine,
  listSql,
  quoteIdentifier,
  quoteLiteral,
  withoutFormula,
  withoutFormulaSql,
} from "./quote.ts";

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

describe("a list for SQL", () => {
  it("brings any texts through DuckDB unchanged", async () => {
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    const text = fc.string({ unit: "binary", maxLength: 12 }).filter((s) => !s.includes("\0"));
    const hard = fc.constantFrom("", "NULL", "\\N", `"a"`, "a,b", "[x]", "{y}", "j'aime", " b ", "万");
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(text, hard), { minLength: 1, maxLength: 6 }), async (texts) => {
        const reader = await connection.runAndReadAll(`SELECT ${listSql(texts)}`);
        expect(reader.getRowsJS()).toEqual([[texts]]);
      }),
    );
    const numbers = [0, -7, Number.MAX_SAFE_INTEGER];
    const reader = await connection.runAndReadAll(`SELECT ${listSql(numbers, "BIGINT")}::VARCHAR`);
    expect(reader.getRowsJS()).toEqual([["[0, -7, 9007199254740991]"]]);
    instance.closeSync();
  });
});

describe("a text that a spreadsheet would run", () => {
  const texts = ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\u200b=1", "＝1", "\u0085=1", "\r\n", "\u3000 @x"];

  it.each(texts)("is disarmed: %j", (text) => {
    expect(withoutFormula(text)).toBe(`'${text}`);
    expect(formatCsvLine([text])).toContain(`'${text}`);
  });

  it.each(["", "a=1", "'tis", "7000123456789012345", "n=1", "ana-maria", "'@"])("is no other: %j", (text) => {
    expect(withoutFormula(text)).toBe(text);
  });

  it("is the same to DuckDB, but for numbers", async () => {
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    const some = fc.string({
      unit: fc.constantFrom(..."=+-@ \t\r\n\v\u00a0\u200b\u0085＝a1.':<AzZ{ä".split("")),
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(some, fc.constantFrom(...texts)), { minLength: 20, maxLength: 40 }),
        async (all) => {
          const values = all.map((text) => `(${quoteLiteral(text)})`).join(", ");
          const reader = await connection.runAndReadAll(
            `SELECT ${withoutFormulaSql("x")} FROM (VALUES ${values}) AS t(x)`,
          );
          const expected = all.map((text) =>
            /^[+-]?\d+([.,]\d+)?$/.test(text) ? text : withoutFormula(text),
          );
          expect(reader.getRows().flat()).toEqual(expected);
        },
      ),
      { numRuns: 40 },
    );
    const reader = await connection.runAndReadAll(
      `SELECT ${withoutFormulaSql("x")} FROM (VALUES ('-0.5'), ('+4915112345678'), ('-1e-7'), ('-1+1'), (NULL)) AS t(x)`,
    );
    expect(reader.getRows().flat()).toEqual(["-0.5", "+4915112345678", "-1e-7", "'-1+1", null]);
    instance.closeSync();
  });
});

it("quotes only what has to be, and leaves the unknown empty", () => {
  expect(formatCsvLine(["plain", 1.5, null, undefined, "a,b", 'say "hi"', "two\nlines", ""])).toBe(
    'plain,1.5,,,"a,b","say ""hi""","two\nlines",',
  );
});
