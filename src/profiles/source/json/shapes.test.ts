import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createBench, valuesOf } from "../../../../test/support/profiles/opened.ts";

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
});
