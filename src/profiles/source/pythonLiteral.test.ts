import fc from "fast-check";
import { expect, it } from "vitest";
import { jsonOfPython } from "./pythonLiteral.ts";

/** What Python's `repr` writes of a value. */
function repr(value: unknown): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return JSON.stringify(value);
  if (typeof value === "string") {
    const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
    const escaped = value.replace(/[\\\n\r\t]/g, (mark) => ESCAPED[mark]).replaceAll(quote, `\\${quote}`);
    return `${quote}${escaped.replace(/\p{Cc}/gu, (mark) => `\\x${mark.charCodeAt(0).toString(16).padStart(2, "0")}`)}${quote}`;
  }
  if (Array.isArray(value)) return `[${value.map(repr).join(", ")}]`;
  const pairs = Object.entries(value as object).map(([key, member]) => `${repr(key)}: ${repr(member)}`);
  return `{${pairs.join(", ")}}`;
}
const ESCAPED: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

it("reads what Python writes of every value that JSON has", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5, stringUnit: "grapheme" }), (value) => {
      expect(JSON.parse(jsonOfPython(repr(value)) ?? "")).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { numRuns: 500 },
  );
});

it("never fails on a text, whatever it is, and gives JSON or nothing", () => {
  const piece = fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "'",
    '"',
    ":",
    ",",
    "\\",
    "x4",
    "None",
    "a.b(",
    "-",
    "1",
    " ",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece).map((pieces) => pieces.join("")),
      ),
      (text) => {
        const json = jsonOfPython(text);
        if (json !== undefined) JSON.parse(json.replace(/-?Infinity|NaN/g, "0"));
      },
    ),
    { numRuns: 2000 },
  );
});

it.each([
  ["{'id': 7012345678901234567, 'rate': 1e-05}", '{"id":7012345678901234567,"rate":1e-05}'],
  ["{'a': nan, 'b': -inf}", '{"a":NaN,"b":-Infinity}'],
  [
    '{"it\'s": "she said \\"hi\\"", \'b\': \'\\xe9\\u20ac\\U0001f600\\d\'}',
    '{"it\'s":"she said \\"hi\\"","b":"é€😀\\\\d"}',
  ],
  ["{'t': (1, 2,), 's': {1, 2}, 'e': (), 5: None,}", '{"t":[1,2],"s":[1,2],"e":[],"5":null}'],
  [
    "{u'id': 5L, 'made': datetime.datetime(2023, 1, 1), 'o': ObjectId('5f')}",
    '{"id":5,"made":null,"o":"5f"}',
  ],
])("reads %s", (text, json) => {
  expect(jsonOfPython(text)).toBe(json);
});

it.each([
  "",
  "{",
  "{'a': }",
  "{'a': 1",
  "{'a' 1}",
  "{1: 2, 3}",
  "{'a': 01}",
  "{'a': <x>}",
  "'\\xz'",
  "'\\U00110000'",
  "{} {}",
  "-nan",
])("takes %s for none", (text) => {
  expect(jsonOfPython(text)).toBeUndefined();
});

it("gives up on what is nested without end", () => {
  expect(jsonOfPython("[".repeat(100_000))).toBeUndefined();
});
