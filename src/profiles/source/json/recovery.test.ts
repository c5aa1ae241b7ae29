import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBench } from "../../../../test/support/profiles/opened.ts";

const bench = createBench();
const FOUND = join(import.meta.dirname, "..", "..", "..", "..", "test", "found");

async function read(text: string | Buffer) {
  const { rows, rejects, records, rejectedCount } = await bench.read(text, "a.json");
  return { ids: rows.map((row) => row.id ?? row.account_id), rejects, records, rejectedCount };
}

describe("recovery after a bad record", () => {
  it("loses only the records with an open quote", async () => {
    const found = await bench.open(join(FOUND, "json-array-two-quotes.json"));
    expect(found.rows.map((row) => row.account_id)).toEqual(["ann", "cat", "dan", "fay"]);
    expect(found).toMatchObject({ records: 6, rejectedCount: 2 });
    expect(found.rejects.map(({ line, row }) => [line, row])).toEqual([
      [3, 1],
      [6, 4],
    ]);
  });

  it("loses only the first line where its beginning is missing", async () => {
    const text = ':["",1]}\n{"id":1,"tags":["a"]}\n{"id":2}\n';
    const { rows, rejects } = await bench.read(text, "a.ndjson");
    expect(rows.map(({ id }) => id)).toEqual(["1", "2"]);
    expect(rejects).toMatchObject([{ line: 1 }]);
  });

  it("loses only the record with a missing brace", async () => {
    const found = await bench.open(join(FOUND, "json-array-missing-brace.json"));
    expect(found.rows.map((row) => row.account_id)).toEqual(["ann", "cat", "dan"]);
    expect(found).toMatchObject({ records: 4, rejects: [{ line: 3, row: 1, reason: "invalid_json" }] });
  });

  it.each([
    ["envelope", '{"data": [{"id": 1, "b": 2}, {"id": 2, "b": x"}, {"id": 3, "b": 2}], "n": 1}'],
    ["envelope, the last", '{"data": [{"id": 1, "b": 2}, {"id": 3, "b": 2},\n{"id": 2, "b": "x}], "n": [1]}'],
    ["no comma", '[{"id": 1, "b": 2}, {"id": 2 "b": 2}, {"id": 3}]'],
    ["the first", '[{"id": "2, "b": 2}, {"id": 1, "b": 2}, {"id": 3, "b": 2}]'],
    ["open quote on one line", '[{"id": 1, "b": 2}, {"id": 2, "b": "x}, {"id": 3, "b": 2}]'],
    ["open list", '[{"id": 1, "b": 2},\n{"id": 2, "b": [{"id": 5}, {"id": 6}},\n{"id": 3, "b": 2}]'],
    [
      "lists of objects inside",
      '[{"id": 1, "b": 2, "v": []}, {"id": 2, "b": 2 "v": [{"id": 5}, {"id": 6}, {"id": 7}]}, {"id": 3, "b": 2}]',
    ],
    ["one after another", '{"id": 1,\n"b": 2}\n{"id": 2,\n"b": "x\n}\n{"id": 3,\n"b": 2}'],
    ["one after another, the last", '{"id": 1,\n"b": 2}\n{"id": 3,\n"b": 2}\n{"id": 2,\n"b": "x}\n'],
  ])("loses one record: %s", async (_, text) => {
    const { ids, records, rejectedCount } = await read(text);
    expect(ids.map((id) => String(id)[0])).toEqual(["1", "3"]);
    expect([records, rejectedCount]).toEqual([3, 1]);
  });

  it("loses one member of an object", async () => {
    const members = Array.from({ length: 8 }, (_, n) => `"${n}000000000": {"b": ${n === 6 ? 'x"' : 1}}`);
    const { ids, rejectedCount } = await read(`{${members.join(", ")}}`);
    expect(ids.map((id) => String(id)[0])).toEqual(["0", "1", "2", "3", "4", "5", "7"]);
    expect(rejectedCount).toBe(1);
  });

  it("says which lines a bad record covers", async () => {
    const { ids, rejects } = await read('[\n {\n  "id": 1\n },\n {\n  "id": "2\n },\n {\n  "id": 3\n }\n]\n');
    expect(ids).toEqual(["1", "3"]);
    expect(rejects[0]).toMatchObject({ line: 5, row: 1 });
    expect(rejects[0].detail).toMatch(/^covers lines 5 to 7; expected the string to close/);
  });

  it("reads records without commas between them, and passes over what is none", async () => {
    expect(await read('[{"id": 1}\n{"id": 2}}, {"id": 3}]')).toMatchObject({
      ids: ["1", "2", "3"],
      rejects: [{ row: 2, reason: "not_an_object" }],
    });
  });

  it.each([
    ["a record a line", (records: string[]) => `[\n${records.join(",\n")}\n]`],
    ["one line", (records: string[]) => `{"users": [${records.join(", ")}]}`],
    ["one after another", (records: string[]) => records.join("")],
  ])("loses no other record to a changed byte: %s", async (_, layout) => {
    const record = (id: number) => `{"id": "id${id}", "bio": "{a} [b], \\"c\\"", "v": [{"n": 1}, {"n": 2}]}`;
    const records = Array.from({ length: 5 }, (_, id) => record(id));
    const clean = layout(records);
    const from = clean.indexOf(record(2));
    // Not its first byte and not its last, without which nobody knows where it is.
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: record(2).length - 2 }), fc.nat(127), async (at, byte) => {
        const damaged = Buffer.from(clean);
        damaged[from + at] = byte;
        const { ids, records: found } = await read(damaged);
        expect(ids).toEqual(expect.arrayContaining(["id0", "id1", "id3", "id4"]));
        expect(found).toBeLessThanOrEqual(6);
      }),
      { numRuns: 60 },
    );
  });
});
