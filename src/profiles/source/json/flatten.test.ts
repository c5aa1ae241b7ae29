import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flattenRecord, JsonFault } from "./flatten.ts";

function flat(text: string): Record<string, string> {
  // A map, for a path may be "__proto__".
  const values = new Map<string, string>();
  flattenRecord(text, (path, json) => {
    values.set(path, JSON.parse(json) as string);
  });
  return Object.fromEntries(values);
}

function faultOf(text: string): JsonFault | undefined {
  try {
    flat(text);
    return undefined;
  } catch (error) {
    if (error instanceof JsonFault) {
      return error;
    }
    throw error;
  }
}

describe("flattenRecord", () => {
  it("gives values by path, numbers as they stand, lists as JSON, null and NaN as nothing", () => {
    const text = ` {"id": 98765432109876543210, "user": {"is.verified": true, "bio": {"text": "a\\n\\"b\\"\\u00e9"}},
      "rates": [1.0, {"a": [ ]}], "e": -1.50e+3, "none": null, "empty": "", "nothing": {}, "x": NaN, "y": -Infinity } `;
    expect(flat(text)).toEqual({
      id: "98765432109876543210",
      "user.is.verified": "true",
      "user.bio.text": 'a\n"b"é',
      rates: '[1.0, {"a": [ ]}]',
      e: "-1.50e+3",
      empty: "",
      y: "-Infinity",
    });
  });

  it("says where a text stops being JSON", () => {
    expect(faultOf('{"a": 1,}')).toMatchObject({ message: 'expected no comma before "}"', offset: 8 });
    expect(faultOf('{"a" 1}')).toMatchObject({ message: 'expected ":"', offset: 5 });
    expect(faultOf('{"a": 01}')).toMatchObject({ offset: 7 });
    expect(faultOf('{"a": [1, 2}')).toMatchObject({ offset: 11 });
    expect(faultOf('{"a": "x')).toMatchObject({ message: "expected the string to close" });
    expect(faultOf('{"a": "x\\q"}')).toMatchObject({ offset: 8 });
    expect(faultOf('{"a": "x\ny"}')).toMatchObject({ offset: 8 });
    expect(faultOf('{"a": 1} x')).toMatchObject({ offset: 9 });
    expect(faultOf("[1]")).toMatchObject({ message: "expected an object", offset: 0 });
    expect(faultOf(`{"a": ${"[".repeat(100_000)}`)).toMatchObject({ message: "expected at most 256 levels" });
  });

  it("makes halves of surrogate pairs U+FFFD, and leaves whole pairs", () => {
    expect(flat('{"a": "\\ud83d", "b": "\\ud83d\\ude4a"}')).toEqual({ a: "\uFFFD", b: "🙊" });
  });

  it("takes what JSON.parse takes, with the same values", () => {
    const scalar = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string(), scalar), (record) => {
        const expected = Object.fromEntries(
          Object.entries(record).map(([key, value]) => [
            key,
            typeof value === "string" ? value.replace(/[\uD800-\uDFFF]/gu, "\uFFFD") : JSON.stringify(value),
          ]),
        );
        expect(flat(JSON.stringify(record))).toEqual(expected);
      }),
    );
  });

  it("takes no text that JSON.parse does not, NaN and Infinity aside", () => {
    const piece = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      '"',
      "1",
      "-",
      ".5",
      "e3",
      "null",
      "\\",
      " ",
      "0",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = `{"k":${pieces.join("")}}`;
        let right = true;
        try {
          JSON.parse(text);
        } catch {
          right = false;
        }
        expect(faultOf(text) === undefined).toBe(right);
      }),
      { numRuns: 2000 },
    );
  });
});
