import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createBench } from "../../../test/support/profiles/opened.ts";
import { findFile } from "../source/file.ts";
import { openSource } from "../source/source.ts";
import { TemporaryFolder } from "../source/temporary.ts";
import { recognisePlainFile } from "./plainFile.ts";

const bench = createBench();

/** The samples of a file, by the exact way and by DuckDB's own. */
async function samples(path: string) {
  const source = await openSource(bench.connection, path);
  await source.close();
  const folder = new TemporaryFolder(undefined);
  const place = { connection: bench.connection, folder, watch: {}, alerts: [] };
  const plain = await recognisePlainFile(await findFile(path), place);
  await folder.remove();
  return { exact: source.samples, plain: plain?.samples };
}

const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
const table = (records: readonly (readonly string[])[]) =>
  records.map((record) => `${record.map(quoted).join(",")}\n`).join("");

it("samples the same records whether the whole of a text is read or its beginning", async () => {
  const value = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 8 }),
    fc.constantFrom('"'.repeat(700), "ü\n".repeat(900), "null", "", " a "),
  );
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(value, value), { minLength: 2, maxLength: 300 }), async (records) => {
      const text = table([["a", "b"], ...records]).replaceAll("\0", "");
      const { exact, plain } = await samples(bench.file("some.csv", text));
      // The fast way leaves some files to the exact one, but not all.
      if (plain !== undefined) {
        expect(plain).toEqual(exact);
        compared++;
      }
      expect(exact.get("a")?.[0]).toBe(records[0][0].replaceAll("\0", ""));
    }),
    { numRuns: 40 },
  );
  expect(compared).toBeGreaterThan(5);
});

it("takes 200 short records, fewer long ones, and the first however long it is", async () => {
  const rows = (count: number, bytes: number) =>
    Array.from({ length: count }, (_, i) => [String(i), "x".repeat(bytes)]);
  for (const [count, bytes, taken] of [
    [1000, 10, 200],
    [300, 5000, 39],
    [3, 400_000, 1],
  ]) {
    const text = table([["id", "bio"], ...rows(count, bytes)]);
    for (const path of [bench.file("l.csv", text), bench.file("l.csv.gz", gzipSync(text))]) {
      const { exact, plain } = await samples(path);
      expect(exact.get("id")).toEqual(Array.from({ length: taken }, (_, i) => String(i)));
      // A first record that does not end in the beginning of the file leaves it to the exact reader.
      expect(plain).toEqual(taken === 1 ? undefined : exact);
    }
  }
});

it("leaves a text with a header so long that records would not fit beside it to the exact reader", async () => {
  const names = Array.from({ length: 9000 }, (_, i) => `column${i}`);
  const text = table([names, names.map(() => "1"), names.map(() => "2")]);
  expect((await samples(bench.file("wide.csv", text))).plain).toBeUndefined();
});

it("samples JSON without what a record lacks, and Parquet by its first rows", async () => {
  const json = await samples(
    bench.file("a.ndjson", '{"id":1,"user":{"bio":"x"}}\n{"id":2}\n{"id":3,"user":{"bio":""}}\n'),
  );
  expect(json).toEqual({
    exact: new Map([
      ["id", ["1", "2", "3"]],
      ["user.bio", ["x", ""]],
    ]),
    plain: undefined,
  });
  const path = bench.file("a.parquet", "");
  await bench.connection.run(
    `COPY (SELECT i AS id, repeat('x', 90) AS bio FROM range(50000) t(i)) TO '${path}' (ROW_GROUP_SIZE 2048)`,
  );
  await bench.connection.run("SET preserve_insertion_order = false");
  const { exact, plain } = await samples(path);
  await bench.connection.run("SET preserve_insertion_order = true");
  expect(plain).toEqual(exact);
  expect(exact.get("id")).toEqual(Array.from({ length: 200 }, (_, i) => String(i)));
});
