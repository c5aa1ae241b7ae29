import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createBench, valuesOf } from "../../../../test/support/profiles/opened.ts";
import { InsightsError } from "../../../base/error.ts";

const bench = createBench();
const FOUND = join(import.meta.dirname, "..", "..", "..", "..", "test", "found");
const NAMES = ["account_id", "likes"];
const VALUES = [
  ["ann", "1"],
  ["bob", null],
];

describe("shapes of JSON", () => {
  it.each([
    ["records in pages", '[[{"account_id": "ann", "likes": 1}], [{"account_id": "bob"}]]'],
    ["objects on one line", '{"account_id": "ann", "likes": 1}{"account_id": "bob"}'],
    ["objects and commas", '{"account_id": "ann", "likes": 1},\n{"account_id": "bob"},\n'],
    ["rows under names", '[["account_id", "likes"],\n["ann", 1], ["bob", null]]'],
    ["rows under names, a line each", '["account_id", "likes"]\n["ann", 1]\n["bob", null]\n'],
    ["members by handle", '{"users": {"ann": {"likes": 1, "x": null}, "bob": {"likes": null}}, "n": 2}'],
    [
      "members by ordinal",
      '{"0": {"account_id": "ann", "likes": 1}, "1": {"account_id": "bob", "likes": NaN}}',
    ],
    ["columns by ordinal", '{"account_id": {"0": "ann", "1": "bob"}, "likes": {"0": 1, "1": null}}'],
    ["columns by handle", '{"likes": {"ann": 1, "bob": null}, "following": {"ann": null, "bob": null}}'],
    ["columns as lists", '{"account_id": ["ann", "bob"], "likes": [1, null]}'],
    ["split", '{"columns": ["account_id", "likes"], "index": [0, 1], "data": [["ann", 1], ["bob", null]]}'],
    [
      "table",
      '{"schema": {"fields": [{"name": "account_id", "type": "string"}], "pandas_version": "1.4.0"}, "data": [{"account_id": "ann", "likes": 1}, {"account_id": "bob"}]}',
    ],
    [
      "few values",
      '{"count": 2, "cursor": 0, "has_more": false, "data": [{"account_id": "ann", "likes": 1}, {"account_id": "bob"}]}',
    ],
    [
      "what Python prints of a list",
      "[{'account_id': 'ann', 'likes': 1}, {'account_id': 'bob', 'likes': None}]",
    ],
    ["what Python prints a line", "{'account_id': 'ann', 'likes': 1}\n{'account_id': 'bob', 'likes': nan}\n"],
    ["deep", '{"a": {"b": {"any": [{"account_id": "ann", "likes": 1}, {"account_id": "bob"}]}}}'],
  ])("reads %s", async (_, text) => {
    for (const name of ["a.json", "a.ndjson"]) {
      const opened = await bench.read(text, name);
      expect([...opened.columns].sort()).toEqual(NAMES);
      expect(opened.rows.map((row) => NAMES.map((column) => row[column]))).toEqual(VALUES);
      expect([opened.records, opened.rejectedCount]).toEqual([2, 0]);
    }
  });

  it("reads the files that were found", async () => {
    for (const [name, ids] of [
      ["08q-array-of-arrays.json", ["alma.test", "bela.test"]],
      ["08k-nan.json", ["alma.test", "bela.test"]],
      ["json-objects-one-line.json", ["ann", "bob"]],
    ] as const) {
      const opened = await bench.open(join(FOUND, name));
      expect(opened.rows.map((row) => row.account_id)).toEqual(ids);
      expect(opened.rejectedCount).toBe(0);
    }
    await expect(bench.open(join(FOUND, "json-all-bad.ndjson"))).rejects.toThrow(
      /^no record can be read; the first of 2 is invalid json: expected no comma before "}" .*\(json-all-bad\.ndjson, line 1\)$/,
    );
    await expect(bench.open(join(FOUND, "json-empty-array.json"))).rejects.toThrow(
      "no records (json-empty-array.json)",
    );
  });

  it("reads pages of an API, a line each or in an array, and counts a page without a list", async () => {
    const pages = [
      '{"data": {"users": [{"account_id": "ann"}, {"account_id": "bob"}]}, "error": {"code": "ok"}}',
      '{"error": {"code": "rate_limit"}}',
      '{"data": {"users": []}}',
      '{"data": {"users": [{"account_id": "cat"}]}}',
    ];
    for (const text of [pages.join("\n"), `[${pages.join(",\n")}]`, pages.join("")]) {
      const opened = await bench.read(text, "a.json");
      expect(opened.rows.map((row) => [row.__row, row.account_id])).toEqual([
        [0, "ann"],
        [1, "bob"],
        [3, "cat"],
      ]);
      expect(opened.rejects).toMatchObject([{ row: 2 }]);
    }
    const accounts = '{"username": "ann", "data": [{"id": 1}]}\n{"username": "bob", "data": []}\n';
    expect((await bench.read(accounts, "a.ndjson")).columns).toEqual(["username", "data"]);
  });

  it("knows a page of an API though the first ones are empty", async () => {
    const pages = [
      '{"data": {"users": []}, "cursor": 0}',
      '{"data": {"users": []}, "cursor": 1}',
      '{"data": {"users": [{"account_id": "ann"}, {"account_id": "bob"}]}, "cursor": 2}',
    ];
    for (const text of [pages.join("\n"), `[${pages.join(",\n")}]`, pages.join("")]) {
      const opened = await bench.read(text, "a.json");
      expect(opened.rows.map((row) => row.account_id)).toEqual(["ann", "bob"]);
    }
  });

  it("makes one column of a list of texts", async () => {
    for (const text of ['["ann", "@bob"]', '{"handles": ["ann",\n"@bob"]}']) {
      const opened = await bench.read(text, "a.json");
      expect([opened.columns, valuesOf(opened)]).toEqual([["account_id"], [["ann"], ["@bob"]]]);
    }
  });

  it("takes a long number before a record for its id, and nothing where the record has one", async () => {
    const opened = await bench.read(
      '{"6794435137251820550": {"a": 1}, "6794435137251820551": {"a": 1, "id": 7}}',
      "a.json",
    );
    expect(opened.rows.map((row) => row.id)).toEqual(["6794435137251820550", "7"]);
  });

  it("takes an object with objects in it for one record", async () => {
    for (const [text, columns] of [
      ['{"user": {"id": 1, "n": "a"}, "stats": {"heart": 2}}', ["user.id", "user.n", "stats.heart"]],
      [
        '{"user": {"id": 1, "n": "a"}, "stats": {"h": 2}, "statsV2": {"h": 2}}',
        ["user.id", "user.n", "stats.h", "statsV2.h"],
      ],
      ['{"id": 1, "likes": 2, "data": "x", "posts": ["a", "b"]}', ["id", "likes", "data", "posts"]],
    ] as const) {
      const opened = await bench.read(text, "a.json");
      expect([opened.columns, opened.records]).toEqual([columns, 1]);
    }
  });

  it("tells the lines of rows, and rejects rows of another length", async () => {
    const opened = await bench.read(
      '[["account_id", "likes"],\n["ann", 1],\n["eve"],\n["bob", 2]]',
      "a.json",
    );
    expect(opened.rejects).toMatchObject([{ line: 3, row: 1, reason: "not_an_object" }]);
    expect(opened.rejects[0].detail).toMatch(/^expected 2 values, found 1/);
    expect([...(await opened.linesOf([0, 2]))]).toEqual([
      [0, 2],
      [2, 4],
    ]);
    const pages = await bench.read('[[{"id": 1},{"id": 2}],\n[{"id": 3}]]', "a.json");
    expect([...(await pages.linesOf([0, 1, 2]))]).toEqual([
      [0, 1],
      [1, 1],
      [2, 2],
    ]);
  });

  it("refuses rows without names, and columns of different lengths", async () => {
    await expect(bench.read('[["ann", 1], ["bob", 2]]', "a.json")).rejects.toThrow(
      "expected a list of the columns' names before lists of values",
    );
    await expect(bench.read('{"id": {"0": 1}, "n": {"0": [1]}, "x": 3}', "a.json")).resolves.toBeDefined();
    const long = JSON.stringify({ id: Array.from({ length: 4_000_000 }, (_, id) => 1e9 + id), likes: [1] });
    await expect(bench.read(long, "a.json")).rejects.toThrow("columns of more than 32 MB one after another");
  });

  it("loses only the bad item of a page or of a list in a list", async () => {
    const items = ['{"id": 1, "b": 2}', "BAD", '{"id": 3, "b": 2}'].join(", ");
    for (const bad of ['{"id": 2,}', "null", '{"id": 2, "b": x"}', '{"id": 2 "b": 2}', "[7]"]) {
      const list = `[${items.replace("BAD", bad)}]`;
      for (const text of [
        `[${list},\n[{"id": 4, "b": 2}]]`,
        `{"data": ${list}, "error": {"code": "ok"}}\n{"data": [{"id": 4, "b": 2}], "error": {"code": "ok"}}`,
        `[{"data": ${list}},\n{"data": [{"id": 4, "b": 2}]}]`,
      ]) {
        const opened = await bench.read(text, "a.json");
        expect(opened.rows.map((row) => row.id)).toEqual(["1", "3", "4"]);
        expect([opened.records, opened.rejectedCount]).toEqual([4, 1]);
        expect(await opened.linesOf([0, 3])).toEqual(
          new Map([
            [0, 1],
            [3, 2],
          ]),
        );
      }
    }
    const cut = await bench.read('{"data": [{"id": 1}, {"id": 2}\n{"data": [{"id": 3}]}\n', "a.ndjson");
    expect(cut.rows.map((row) => row.id)).toEqual(["1", "2", "3"]);
    expect(cut.rejects).toMatchObject([{ line: 1, row: 2 }]);
    const after = await bench.read('{"data": [{"id": 1}]}{"id": 5}\n{"data": [{"id": 3}]}\n', "a.ndjson");
    expect(after.rejectedCount + after.rows.length).toBe(after.records);
  });

  it("goes on after a first list with bytes that are no text, and tells right lines", async () => {
    const latin1 = (text: string) => Buffer.from(text, "latin1");
    const good = '[{"id": 3}, {"id": "\xc3\xa9"}],\n'.repeat(2);
    const pages = await bench.read(latin1(`[[{"id": 1}, {"id": "\xff"}],\n${good}[{"id": 5}]]`), "a.json");
    expect(pages.rows.map((row) => row.id)).toEqual(["3", "é", "3", "é", "5"]);
    expect(pages.rejects).toMatchObject([{ line: 1, row: 0, reason: "invalid_utf8" }]);
    expect([...(await pages.linesOf([1, 2, 3, 5])).values()]).toEqual([2, 2, 3, 4]);
    const rows = await bench.read(
      latin1('[["account_id", "n\xff"],\n["ann", "x"],\n["b\xff", "x"],\n["\xc3\xa9", "y"]]'),
      "a.json",
    );
    expect(rows.columns).toEqual(["account_id", "n\ufffd"]);
    expect(valuesOf(rows)).toEqual([
      ["ann", "x"],
      ["é", "y"],
    ]);
    expect(rows.rejects).toMatchObject([{ line: 3, row: 1, reason: "invalid_utf8" }]);
    expect([...(await rows.linesOf([0, 2])).values()]).toEqual([2, 4]);
  });

  it("reads pages under a key of any letters, and refuses no text for an escape", async () => {
    const page = (id: string) => `{"donn\u00e9es": {"users": [{"id": "${id}"}]}}`;
    for (const text of [`${page("1")}\n${page("2")}\n`, `[${page("1")}, ${page("2")}]`]) {
      const opened = await bench.read(text, "a.json");
      expect([opened.columns, valuesOf(opened)]).toEqual([["id"], [["1"], ["2"]]]);
      const escaped = await bench.read(text.replaceAll("é", "\\u00e9"), "a.json");
      expect(valuesOf(escaped)).toEqual([["1"], ["2"]]);
    }
    const split = '{"columns": ["account_id", "a\\x"], "data": [["ann", 1]]}';
    await expect(bench.read(split, "a.json")).rejects.toThrow(InsightsError);
  });

  it("reads any number of columns and the labels of what pandas splits", async () => {
    const names = Array.from({ length: 1500 }, (_, i) => `c${i}`);
    const wide = JSON.stringify({ columns: names, index: [0, 1], data: [names, names] });
    const opened = await bench.read(wide, "a.json");
    expect([opened.columns.length, opened.rows[1].c1499, opened.rejectedCount]).toEqual([1500, "c1499", 0]);
    for (const text of [
      '{"columns": ["likes"], "index": ["ann", "bob"], "data": [[1], [2]]}',
      '{"data": [[1],\n[2]], "columns": ["likes"], "index": ["ann", "bob"]}',
    ]) {
      const labelled = await bench.read(text, "a.json");
      expect(labelled.rows.map((row) => [row.account_id, row.likes])).toEqual(
        VALUES.map(([id], i) => [id, `${i + 1}`]),
      );
    }
    const many = Array.from({ length: 50_000 }, (_, n) => n);
    const long = { columns: ["account_id", "x"], index: many, data: many.map((n) => [`u${n}`, '"data":[']) };
    const far = await bench.read(JSON.stringify(long), "a.json");
    expect([far.records, far.rejectedCount, far.rows[49_999].account_id]).toEqual([50_000, 0, "u49999"]);
    const numbered = await bench.read(
      '{"columns": ["likes"], "index": [6794435137251820550], "data": [[1]]}',
      "a.json",
    );
    expect(numbered.rows).toEqual([{ __row: 0, id: "6794435137251820550", likes: "1" }]);
  });
});
