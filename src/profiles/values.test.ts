import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sqlOverTexts } from "../../test/support/profiles/evaluateSql.ts";
import {
  ACCOUNT_ID,
  accountIdOf,
  COUNT,
  countOf,
  FLAG,
  flagOf,
  MOMENT,
  momentOf,
  presentOf,
  presentSql,
  RATE,
  rateOf,
  type ValueKind,
} from "./values.ts";

const evaluate = sqlOverTexts();

/** Checks an expression against text -> expected value. */
async function check(sql: (text: string) => string, cases: Record<string, unknown>) {
  const values = await evaluate(sql("text"), Object.keys(cases));
  expect(Object.fromEntries(Object.keys(cases).map((text, i) => [text, values[i]]))).toEqual(cases);
}

describe("counts", () => {
  it("are integers from 0 to 2^63 - 1, exactly", async () => {
    await check(COUNT.exact, {
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
    expect(await evaluate(COUNT.exact("text"), bad)).toEqual(bad.map(() => null));
  });

  it("read back every safe integer, however written", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.maxSafeNat(), { minLength: 1, maxLength: 50 }), async (numbers) => {
        const texts = numbers.flatMap((n) => [String(n), `${n}.00`]);
        const expected = numbers.flatMap((n) => [BigInt(n), BigInt(n)]);
        expect(await evaluate(COUNT.exact("text"), texts)).toEqual(expected);
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
          expect(await evaluate(COUNT.exact("text"), texts)).toEqual(
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
    await check(RATE.exact, { "0.05": 0.05, "63": 63, "1e-4": 0.0001, ".5": 0.5, "0": 0 });
    const bad = ["-0.1", "NaN", "nan", "inf", "-inf", "1e400", "1e200", "5%", "0,05", "1_0.5", "x"];
    expect(await evaluate(RATE.exact("text"), bad)).toEqual(bad.map(() => null));
  });

  it("a flag is true, yes, 1, false, no or 0 in any case", async () => {
    await check(FLAG.exact, { true: true, YES: true, "1": true, False: false, no: false, "0": false });
    expect(await evaluate(FLAG.exact("text"), ["2", "maybe", "perhaps", "-1"])).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it("an id keeps its digits, however many, and nothing that lost digits is one", async () => {
    const long = "123456789012345678901234567890";
    await check(ACCOUNT_ID.exact, {
      "6794435137251820550": "6794435137251820550",
      "9223372036854775809": "9223372036854775809",
    });
    await check(ACCOUNT_ID.exact, {
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
    await check(MOMENT.exact, {
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
      "2023-08-01 12:30:45+00": "2023-08-01T12:30:45.000Z",
      "2023-08-01T12:30:46+02": "2023-08-01T10:30:46.000Z",
      "2023-08-01 12:30 GMT": "2023-08-01T12:30:00.000Z",
      "2024-05-19 01:44": "2024-05-19T01:44:00.000Z",
      "2024-05-19 01:44+02:00": "2024-05-18T23:44:00.000Z",
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
    expect(await evaluate(MOMENT.exact("text"), bad)).toEqual(bad.map(() => null));
  });
});

/** The shortest way to a value, as records are read. */
const shortest = ({ cast, sure, value }: ValueKind) => {
  const known = `(${cast("text")})`;
  return `CASE WHEN ${sure(known, "text")} THEN ${value(known, "text")} END`;
};

const KINDS: Record<string, { kind: ValueKind; of: (text: string) => unknown; plain: string[] }> = {
  counts: { kind: COUNT, of: countOf, plain: ["0", "7", "1755", "9223372036854775807"] },
  rates: { kind: RATE, of: rateOf, plain: ["0", "0.05", "1e-7", "63", "0.0000655307994757536"] },
  flags: { kind: FLAG, of: flagOf, plain: ["true", "false"] },
  ids: { kind: ACCOUNT_ID, of: accountIdOf, plain: ["6794435137251820550", "1000000000000000000"] },
  moments: { kind: MOMENT, of: momentOf, plain: ["2023-08-01", "1999-12-31"] },
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
const times = fc
  .tuple(
    days,
    fc.constantFrom(" ", "T"),
    fc.integer({ min: 8, max: 25 }),
    fc.integer({ min: 50, max: 61 }),
    fc.constantFrom("", ":00", ":59.25", ":60"),
    fc.constantFrom("", "Z", " UTC", "+02:00", "-0730", "+25:00", "+02", "-07", " GMT", " Europe/Rome"),
  )
  .map(([day, mark, hour, minute, second, zone]) => `${day}${mark}${hour}:${minute}${second}${zone}`);
const texts = fc.oneof(times, digits, nearly, changed, days, fc.string({ unit: "grapheme" }));
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
  ...[
    "True",
    "TRUE",
    "a\u00a0",
    "\u3000a",
    "é",
    "yes",
    "ja",
    "✓",
    "Not verified",
    "Да",
    "いいえ",
    "1.0",
    "1e200",
    "2023-08-01-05",
    "2023-08-01 10:00+2",
    "0b1111",
    "2023-02-30",
    "٠١٢",
  ],
];

/** A value of SQL as TypeScript has it: counts above 2^53 are none there, moments have milliseconds. */
function comparable(value: unknown): unknown {
  if (typeof value === "bigint") return value > Number.MAX_SAFE_INTEGER ? null : Number(value);
  return value instanceof Date ? value.toISOString() : value;
}

describe.each(Object.entries(KINDS))("%s", (_, { kind, of, plain }) => {
  it("written plainly need nothing but a cast", async () => {
    const values = await evaluate(shortest(kind), plain);
    expect(values).not.toContain(null);
    expect(values).toEqual(await evaluate(kind.exact(presentSql("text")), plain));
  });

  it("are left to the patterns, or are the same, whatever the text", async () => {
    const same = async (given: readonly string[]) => {
      const cast = await evaluate(shortest(kind), given);
      const exact = await evaluate(kind.exact(`(${presentSql("text")})`), given);
      expect(given.map((text, i) => [text, cast[i]])).toEqual(
        given.map((text, i) => [text, cast[i] === null ? null : exact[i]]),
      );
    };
    await same(ODD);
    await fc.assert(fc.asyncProperty(fc.array(texts, { minLength: 100, maxLength: 200 }), same), {
      numRuns: 5,
    });
  });

  it("are the same in TypeScript", async () => {
    const same = async (given: readonly string[]) => {
      const exact = await evaluate(kind.exact(`(${presentSql("text")})`), given);
      const read = given.map((text) => {
        const there = presentOf(text);
        return there === null ? null : comparable(of(there));
      });
      expect(given.map((text, i) => [text, read[i]])).toEqual(
        given.map((text, i) => [text, comparable(exact[i])]),
      );
    };
    await same(ODD);
    await fc.assert(fc.asyncProperty(fc.array(texts, { minLength: 100, maxLength: 200 }), same), {
      numRuns: 20,
    });
  });
});
