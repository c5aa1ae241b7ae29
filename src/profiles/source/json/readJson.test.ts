import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBench, ordinalsOf, valuesOf } from "../../../../test/support/profiles/opened.ts";
import { InsightsError } from "../../../base/error.ts";

const bench = createBench();

describe("readJson", () => {
  it("reads an array, nested objects as dotted columns, in the file's order", async () => {
    const opened = await bench.read(
      `[{"user": {"id": 6794435137251820550, "name": "a"}, "stats": {"heart": 1.50}},
        {"user": {"name": "", "id": "98765432109876543210"}, "links": ["x", {"y": 1}]},
        {"stats": null, "extra": true}]`,
      "profiles.json",
    );
    expect(opened).toMatchObject({ format: "json", records: 3, rejectedCount: 0, alerts: [] });
    expect(opened.columns).toEqual(["user.id", "user.name", "stats.heart", "links", "extra"]);
    expect(valuesOf(opened)).toEqual([
      ["6794435137251820550", "a", "1.50", null, null],
      ["98765432109876543210", "", null, '["x", {"y": 1}]', null],
      [null, null, null, null, "true"],
    ]);
    expect(ordinalsOf(opened)).toEqual([0, 1, 2]);
    expect(await opened.linesOf([2, 0, 1])).toEqual(
      new Map([
        [0, 1],
        [1, 2],
        [2, 3],
      ]),
    );
  });

  it("reads one record a line, rejects bad lines and keeps the ordinals of the others", async () => {
    const opened = await bench.read(
      '{"id": 1}\n\n{"id": 2,}\n{"id": 3}\r\nnonsense\n[4]\n{"id": 5, "new": "x"}\n{"id": 6',
      "profiles.ndjson",
    );
    expect(opened).toMatchObject({ format: "ndjson", records: 7, rejectedCount: 4, columns: ["id", "new"] });
    expect(opened.rejects).toMatchObject([
      {
        line: 3,
        row: 1,
        reason: "invalid_json",
        detail: 'expected no comma before "}" at character 10, near "{\\"id\\": 2,}"',
      },
      { line: 5, row: 3, reason: "not_an_object" },
      { line: 6, row: 4, reason: "not_an_object" },
      { line: 8, row: 6, reason: "invalid_json" },
    ]);
    expect(opened.rows).toEqual([
      { __row: 0, id: "1", new: null },
      { __row: 2, id: "3", new: null },
      { __row: 5, id: "5", new: "x" },
    ]);
  });

  it("reads objects one after another, an object around an array, and a single object", async () => {
    const many = await bench.read('{\n "id": 1\n}\n{\n "id": 2,\n "a": {\n  "b": 3\n }\n}\n', "a.json");
    expect(many.rows).toEqual([
      { __row: 0, id: "1", "a.b": null },
      { __row: 1, id: "2", "a.b": "3" },
    ]);
    expect(await many.linesOf([0, 1])).toEqual(
      new Map([
        [0, 1],
        [1, 4],
      ]),
    );
    const around = await bench.read(
      '{"data": {"users": [{"id": 1, "likes": 2}, {"id": 2}], "next": "]}"}, "error": {"code": [1]}}',
      "a.json",
    );
    expect(valuesOf(around)).toEqual([
      ["1", "2"],
      ["2", null],
    ]);
    const single = await bench.read('{"userInfo": {"user": {"id": "1"},\n "stats": {"heart": 2}}}', "a.json");
    expect(single.columns).toEqual(["userInfo.user.id", "userInfo.stats.heart"]);
  });

  it("reads JSON whatever the name says, and says so", async () => {
    const opened = await bench.read('[{"id": 1}]', "profiles.csv");
    expect(opened.alerts).toMatchObject([{ level: "warning", code: "misleading_name" }]);
    expect(opened.alerts[0].message).toContain("which is JSON");
    expect(valuesOf(opened)).toEqual([["1"]]);
  });

  it.each([
    [
      '[{"id": 1},\n{"id": 2}',
      "JSON stops in the middle: profiles.json ends inside what begins on line 2, byte 21, after 2 whole",
    ],
    ['[{"id": 1},\n{"id": 2, "bio": "x', "ends inside what begins on line 2, byte 12, after 1 whole records"],
    ['{"data": [{"id": 1, "b": 2}', "JSON stops in the middle: profiles.json"],
    ['{"data": [{"id": 1, "b": 2}], "x": "', "JSON stops in the middle: profiles.json"],
    ['{\n"id": 1\n}\n{\n"id":', "ends inside what begins on line 4, byte 12, after 1 whole records"],
    ["[", "JSON stops in the middle: profiles.json"],
    ['[{"id": 1}]\n]', "invalid JSON: text after the end of the list (profiles.json, line 2)"],
  ])("refuses what stops in the middle or goes on after its end: %j", async (text, message) => {
    const opening = bench.read(text, "profiles.json");
    await expect(opening).rejects.toThrow(InsightsError);
    await expect(opening).rejects.toThrow(message);
  });

  it("counts a bad element of an array and keeps the others", async () => {
    const opened = await bench.read('[{"id": 1}, {"id": 2 "x"}, 3, {"id": 4}, ]', "a.json");
    expect(opened.rejects).toMatchObject([
      { row: 1, reason: "invalid_json" },
      { row: 2, reason: "not_an_object" },
    ]);
    expect(opened.rows).toEqual([
      { __row: 0, id: "1" },
      { __row: 3, id: "4" },
    ]);
  });

  it.each([
    ["[]", "no records (a.json)"],
    [" [ ]\n", "no records (a.json)"],
    ['{"items": []}', "no records (a.json)"],
    ['{"status": 0, "data": {}, "users": [ ]}', "no records (a.json)"],
    ['{"id": [], "likes": []}', "no records (a.json)"],
    ["[{}, {}]", "no values in any of its 2 records (a.json)"],
    [
      "[\n1, 2]",
      'no record can be read; the first of 2 is not an object: expected an object at character 1, near "1" (a.json, line 2)',
    ],
    [
      '[\n{"id": 1,},\n{"id": 2,}]',
      'no record can be read; the first of 2 is invalid json: expected no comma before "}" at character 10, near "{\\"id\\": 1,}" (a.json, line 2)',
    ],
    ["[[1, 2], [3, 4]]", "expected a list of the columns' names before lists of values at character 1"],
  ])("says why there is nothing to read: %j", async (text, message) => {
    const opening = bench.read(text, "a.json");
    await expect(opening).rejects.toThrow(InsightsError);
    await expect(opening).rejects.toThrow(message);
  });

  it("forgets the keys of a rejected record, and tells alike keys apart", async () => {
    const opened = await bench.read('{"ID": 1, "id": 2, "__row": 3}\n{"junk": 1, "x"}\n', "a.ndjson");
    expect(opened.columns).toEqual(["ID", "id (column 2)", "__row_2"]);
    expect(valuesOf(opened)).toEqual([["1", "2", "3"]]);
  });

  it("keeps a string of 10 MB, NUL escapes, and what damage leaves", async () => {
    const big = 'x"\\'.repeat((10 << 20) / 3);
    const text = `${JSON.stringify({ id: 1, bio: big, list: [big.slice(0, 999)] })}\n{"id": 2, "bio": "a\\u0000b\\ud800"}\n{"id": "\xff"}\n`;
    const opened = await bench.read(Buffer.from(text, "latin1"), "a.ndjson");
    expect(opened.rejects).toMatchObject([{ line: 3, row: 2, reason: "invalid_utf8" }]);
    expect(valuesOf(opened)).toEqual([
      ["1", big, JSON.stringify([big.slice(0, 999)])],
      ["2", "a\0b\uFFFD", null],
    ]);
  });

  it("rejects a line over the limit of 32 MB, and refuses an array with such an element", async () => {
    const long = `{"id": "${"x".repeat(40 << 20)}"}`;
    const opened = await bench.read(`{"id": 1}\n${long}\n{"id": 3}\n`, "a.ndjson");
    expect(opened.rejects).toMatchObject([{ line: 2, row: 1, reason: "too_long" }]);
    expect(valuesOf(opened)).toEqual([["1"], ["3"]]);
    const opening = bench.read(`[{"id": 1},\n${long}]`, "a.json");
    await expect(opening).rejects.toThrow("a record is longer than 32 MB, or does not end (a.json, line 2)");
  });

  it("leaves keys that are data out after the first 4096", async () => {
    const records = Array.from({ length: 50 }, (_, row) =>
      Object.fromEntries(Array.from({ length: 100 }, (_, key) => [`day${row}_${key}`, 1])),
    );
    const opened = await bench.read(JSON.stringify(records), "a.json");
    expect(opened.columns.length).toBe(4096);
    expect(opened.alerts).toMatchObject([{ code: "too_many_columns" }]);
    expect(opened.rows.length).toBe(50);
  });

  it("reads back any strings, by line, in an array or one after another", async () => {
    const text = fc
      .string({ unit: "grapheme", maxLength: 10 })
      .filter((value) => !value.startsWith("\uFEFF"));
    const record = fc.record({ a: text, b: text, c: fc.record({ d: text }) });
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 2, maxLength: 8 }), fc.nat(3), async (records, how) => {
        const parts = records.map((each) => JSON.stringify(each, null, how === 3 ? 2 : 0));
        const bytes = [
          JSON.stringify(records),
          JSON.stringify(records, null, 2),
          parts.join("\n"),
          parts.join(""),
        ][how];
        const opened = await bench.read(bytes, "a.json");
        expect(valuesOf(opened)).toEqual(records.map(({ a, b, c }) => [a, b, c.d]));
      }),
      { numRuns: 60 },
    );
  });

  it("throws nothing but clear errors when bytes are changed, and loses no other line", async () => {
    const lines = Array.from({ length: 6 }, (_, row) =>
      Buffer.from(JSON.stringify({ id: `id${row}`, bio: "a ❤️" })),
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(5), fc.nat(), fc.nat(255), async (victim, at, byte) => {
        const damaged = lines.map((line) => Buffer.from(line));
        damaged[victim][at % damaged[victim].length] = byte;
        const opened = await bench.read(
          Buffer.concat(damaged.flatMap((line) => [line, Buffer.from("\n")])),
          "a.ndjson",
        );
        const ids = opened.rows.map((row) => row.id);
        expect(ids).toEqual(
          expect.arrayContaining(
            ["id0", "id1", "id2", "id3", "id4", "id5"].filter((_, row) => row !== victim),
          ),
        );
        const array = Buffer.concat([
          Buffer.from("["),
          ...damaged.flatMap((line) => [line, Buffer.from(",")]),
          Buffer.from("]"),
        ]);
        await bench.read(array, "a.json").catch((error) => expect(error).toBeInstanceOf(InsightsError));
      }),
      { numRuns: 100 },
    );
  });
});
