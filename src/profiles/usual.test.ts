import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sqlOverTexts } from "../../test/support/profiles/evaluateSql.ts";
import { booleanSql, countSql, idSql, presentSql, presentTextSql, rateSql, timestampSql } from "./parsing.ts";
import { type Usual, usualCount, usualDay, usualFlag, usualHandle, usualId, usualRate } from "./usual.ts";

const evaluate = sqlOverTexts();
const usually = ({ read, value }: Usual) => {
  const text = `(${presentTextSql("text")})`;
  return value(`(${read(text)})`, text);
};

const WAYS: Record<string, { usual: Usual; sql: (text: string) => string; written: string[] }> = {
  counts: { usual: usualCount, sql: countSql, written: ["0", "7", "1755", "9223372036854775807"] },
  rates: {
    usual: usualRate,
    sql: rateSql,
    written: ["0", "0.05", "1e-7", "63", ".5", "0.0000655307994757536"],
  },
  flags: { usual: usualFlag, sql: booleanSql, written: ["true", "false"] },
  ids: { usual: usualId, sql: idSql, written: ["6794435137251820550", "1000000000000000000"] },
  moments: { usual: usualDay, sql: timestampSql, written: ["2023-08-01", "1999-12-31"] },
  handles: {
    usual: usualHandle,
    sql: (text) => `NULLIF(ltrim(${text}, '@'), '')`,
    written: ["amara.noru", "a_b", "UPPER"],
  },
};

/** Texts that are nearly numbers, days or handles, and others. */
const digits = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 1, maxLength: 20 });
const nearly = fc.string({ unit: fc.constantFrom(..."0019.eE+-_ xXbA@\t\u00a0/:T"), maxLength: 22 });
const changed = fc
  .tuple(digits, fc.nat(20), fc.constantFrom(..."eE._-+ xb@\t\u00a0é", "e1", ".0"))
  .map(([text, at, mark]) => text.slice(0, at) + mark + text.slice(at));
const days = fc
  .tuple(
    fc.nat(12000),
    fc.nat(13),
    fc.nat(33),
    fc.constantFrom("-", "/", " "),
    fc.constantFrom("", "", "\t", "Z"),
  )
  .map(([year, month, day, mark, end]) => {
    const two = (n: number) => String(n).padStart(2, "0");
    return `${year}${mark}${two(month)}${mark}${two(day)}${end}`;
  });
const texts = fc.oneof(digits, nearly, changed, days, fc.string({ unit: "grapheme" }));
const ODD = [
  ...[
    "",
    " ",
    "null",
    "NULL",
    " null ",
    "nan",
    "inf",
    "infinity",
    "-infinity",
    "1e400",
    "-0",
    "-0.0",
    "epoch",
  ],
  ...[
    "1.23456789012345e18",
    "1.23456789012345E18",
    "0x0FFFFFFFFFFFFFFFF",
    "0xFFFFFFFFFFFFFFFF",
    "18446744073709551616",
  ],
  ...[
    "1000000000000000e3 ",
    "999999999999999999.9",
    "99999999999999999.95",
    "1_000_000_000_000_0",
    "44-03-1 BC",
  ],
  ...[
    "20230-08-1",
    "2023 08 01",
    "2023-8-1\t\t",
    "02023-08-1",
    "-2023-08-1",
    "1690848000",
    "@@",
    "@a",
    "a@",
    "a b",
  ],
  ...["True", "TRUE", "a\u00a0", "\u3000a", "é", "0b1111", "2023-02-30", "٠١٢"],
];

describe.each(Object.entries(WAYS))("%s", (_, { usual, sql, written }) => {
  it("written as usual are what they are in any way", async () => {
    const values = await evaluate(usually(usual), written);
    expect(values).not.toContain(null);
    expect(values).toEqual(await evaluate(sql(presentSql("text")), written));
  });

  it("are left to the other ways, or are the same, whatever the text", async () => {
    const same = async (given: readonly string[]) => {
      const quick = await evaluate(usually(usual), given);
      const full = await evaluate(sql(`(${presentSql("text")})`), given);
      expect(given.map((text, i) => [text, quick[i]])).toEqual(
        given.map((text, i) => [text, quick[i] === null ? null : full[i]]),
      );
    };
    await same(ODD);
    await fc.assert(fc.asyncProperty(fc.array(texts, { minLength: 100, maxLength: 200 }), same), {
      numRuns: 5,
    });
  });
});
