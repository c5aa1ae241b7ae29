import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sqlOverTexts } from "../../test/support/profiles/evaluateSql.ts";
import { booleanSql, countSql, idSql, presentSql, presentTextSql, rateSql, timestampSql } from "./parsing.ts";

const evaluate = sqlOverTexts();

/** Checks an expression against text -> expected value. */
async function check(sql: (text: string) => string, cases: Record<string, unknown>) {
  const values = await evaluate(sql("text"), Object.keys(cases));
  expect(Object.fromEntries(Object.keys(cases).map((text, i) => [text, values[i]]))).toEqual(cases);
}

describe("missing values", () => {
  it("are empty, blank, null or NULL; free text keeps its blanks", async () => {
    await check(presentSql, {
      "": null,
      "  ": null,
      null: null,
      NULL: null,
      " 5 ": "5",
      "null ": null,
      nulls: "nulls",
    });
    await check(presentTextSql, { "": null, null: null, NULL: null, " a ": " a ", " ": " ", None: "None" });
    expect(await evaluate(presentSql("text"), [null])).toEqual([null]);
  });
});

describe("counts", () => {
  it("are integers from 0 to 2^63 - 1, exactly", async () => {
    await check(countSql, {
      "0": 0n,
      "1755": 1755n,
      "007": 7n,
      "1755.0": 1755n,
      "1755.": 1755n,
      "1.2e6": 1200000n,
      "1.2E+06": 1200000n,
      "9223372036854775807": 9223372036854775807n,
      "9007199254740993.0": 9007199254740993n,
    });
  });

  it("are nothing else", async () => {
    const bad = [
      "12abc",
      "-5",
      "-0",
      "+5",
      "1.5",
      ".5",
      "1,000",
      "1_000",
      "0x10",
      "1 000",
      "NaN",
      "inf",
      "Infinity",
      "1e400",
    ];
    bad.push(
      "9223372036854775808",
      "1.25e1",
      "1e-3",
      "1e19",
      "1.0000000000000001e1",
      "4.5M",
      "١٢",
      "true",
      "--",
      "1e",
      "e5",
    );
    expect(await evaluate(countSql("text"), bad)).toEqual(bad.map(() => null));
  });

  it("read back every safe integer, however written", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.maxSafeNat(), { minLength: 1, maxLength: 50 }), async (numbers) => {
        const texts = numbers.flatMap((n) => [String(n), `${n}.00`]);
        const expected = numbers.flatMap((n) => [BigInt(n), BigInt(n)]);
        expect(await evaluate(countSql("text"), texts)).toEqual(expected);
      }),
      { numRuns: 10 },
    );
  });

  it("never round: exponents count only when they are integers of at most 15 digits", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(999999), fc.nat(6), fc.nat(9)), { maxLength: 30 }),
        async (parts) => {
          const texts = parts.map(
            ([digits, point, exponent]) => `${digits}.${"0".repeat(point)}1e${exponent}`,
          );
          const expected = parts.map(([digits, point, exponent]) =>
            exponent >= point + 1
              ? BigInt(digits) * 10n ** BigInt(exponent) + 10n ** BigInt(exponent - point - 1)
              : null,
          );
          expect(await evaluate(countSql("text"), texts)).toEqual(
            expected.map((value) => (value !== null && value <= 2n ** 53n ? value : null)),
          );
        },
      ),
      { numRuns: 10 },
    );
  });
});

describe("rates, flags and ids", () => {
  it("a rate is finite and not negative", async () => {
    await check(rateSql, { "0.05": 0.05, "63": 63, "1e-4": 0.0001, ".5": 0.5, "0": 0 });
    const bad = ["-0.1", "NaN", "nan", "inf", "-inf", "1e400", "5%", "0,05", "1_0.5", "x"];
    expect(await evaluate(rateSql("text"), bad)).toEqual(bad.map(() => null));
  });

  it("a flag is true, yes, 1, false, no or 0 in any case", async () => {
    await check(booleanSql, { true: true, YES: true, "1": true, False: false, no: false, "0": false });
    expect(await evaluate(booleanSql("text"), ["2", "maybe", "verified", "-1"])).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it("an id keeps its digits, however many, and nothing that lost digits is one", async () => {
    const long = "123456789012345678901234567890";
    await check(idSql, {
      "6794435137251820550": "6794435137251820550",
      "9223372036854775809": "9223372036854775809",
    });
    await check(idSql, {
      [long]: long,
      "6.79444E+18": null,
      "6794435137251820550.0": null,
      "0": null,
      "-1": null,
      a1: null,
    });
  });
});

describe("moments", () => {
  it("are Unix seconds or milliseconds, or ISO dates, in UTC", async () => {
    await check(timestampSql, {
      "1690848000": "2023-08-01T00:00:00.000Z",
      "1690848000.5": "2023-08-01T00:00:00.500Z",
      "1690848000123": "2023-08-01T00:00:00.123Z",
      "2023-08-01": "2023-08-01T00:00:00.000Z",
      "2023/08/01": "2023-08-01T00:00:00.000Z",
      "2023-8-1": "2023-08-01T00:00:00.000Z",
      "2024-05-19T01:44:18.000Z": "2024-05-19T01:44:18.000Z",
      "2024-05-19 01:44:18 UTC": "2024-05-19T01:44:18.000Z",
      "2024-05-19T01:44:18+02:00": "2024-05-18T23:44:18.000Z",
      "2024-05-19T01:44:18-0730": "2024-05-19T09:14:18.000Z",
      "2024-05-19 01:44": "2024-05-19T01:44:00.000Z",
    });
  });

  it("are not words, impossible dates or named zones", async () => {
    const bad = [
      "2023-13-01",
      "2023-02-30",
      "infinity",
      "epoch",
      "now",
      "yesterday",
      "-1",
      "2023-08-01 10:00:00 America/New_York",
    ];
    expect(await evaluate(timestampSql("text"), bad)).toEqual(bad.map(() => null));
  });
});
