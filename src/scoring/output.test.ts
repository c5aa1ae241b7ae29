import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { openDatabase } from "../base/duckdb.ts";
import { quoteLiteral } from "../base/quote.ts";
import { copySql, outputFormat, writtenRows } from "./output.ts";

const folder = await mkdtemp(join(tmpdir(), "output-test-"));
const { connection, close } = await openDatabase({ threads: 1 });
afterAll(async () => {
  close();
  await rm(folder, { recursive: true });
});

it.each(["a.csv", "a.csv.gz", "a.ndjson", "a.parquet"])(
  "counts the rows that stand in a file: %s",
  async (name) => {
    const path = join(folder, name);
    const format = outputFormat(path);
    const text = fc.string({ unit: fc.constantFrom('"', "\n", "\r", ",", "a", "'"), maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 1, maxLength: 12 }),
        fc.boolean(),
        async (texts, header) => {
          const values = texts.map((value) => `(${quoteLiteral(value)})`).join(", ");
          await connection.run(
            copySql(`FROM (VALUES ${values}) AS t(x)`, path, format, { header, unlike: false }),
          );
          expect(await writtenRows(path, format, header)).toBe(texts.length);
        },
      ),
      { numRuns: 40 },
    );
  },
);

it("counts the same however the bytes come, and not what a line promises", async () => {
  const path = join(folder, "long.csv");
  const record = `1,"${"x\n".repeat(400_000)}"\n`;
  await writeFile(path, record.repeat(3));
  expect(await writtenRows(path, outputFormat(path), false)).toBe(3);
  await writeFile(`${path}.gz`, Buffer.concat([gzipSync(record), gzipSync(record)]));
  expect(await writtenRows(`${path}.gz`, outputFormat(`${path}.gz`), false)).toBe(2);
  await writeFile(path, "id,p\n1,0.5\n2,0.");
  expect(await writtenRows(path, outputFormat(path), true)).toBe(1);
});
