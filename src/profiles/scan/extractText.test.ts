import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, describe, expect, it } from "vitest";
import { findFile } from "../source/file.ts";
import { openText } from "../source/text.ts";
import { quoteLiteral } from "../sql.ts";
import { extractText } from "./extractText.ts";

const folder = mkdtempSync(join(tmpdir(), "packed-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

/** Takes both columns out of a packed text. */
async function extract(text: string) {
  const path = join(folder, `${++files}.csv.gz`);
  writeFileSync(path, gzipSync(text));
  const file = await findFile(path);
  const { encoding } = await openText(file, "gzip", {});
  const out = `${path}.parquet`;
  const read: number[] = [];
  const extracted = await extractText(
    { file, compression: "gzip", encoding },
    {
      text: { delimiter: ",", width: 2, lineEnds: 1 },
      columns: [
        { field: 0, as: "text" },
        { field: 1, as: "text" },
      ],
      out,
      onBytes: (bytes) => read.push(bytes),
    },
  );
  return { extracted, out, read, size: statSync(path).size, name: basename(path) };
}

describe("extractText", () => {
  it("takes the fields out of a packed text, of however many values, and says how much it read", async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => [String(i), `${"long ".repeat(60)}${i}`]);
    const { extracted, out, read, size } = await extract(
      `id,biography\n${rows.map((row) => `${row.join(",")}\n`).join("")}`,
    );
    expect(extracted).toEqual({ plain: true, records: rows.length, to: size });
    expect(Math.max(...read)).toBe(size);
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    const from = `read_parquet(${quoteLiteral(out)}, file_row_number = true)`;
    const reader = await connection.runAndReadAll(
      `SELECT text_0, text_1 FROM ${from} ORDER BY file_row_number`,
    );
    const groups = await connection.runAndReadAll(
      `SELECT count(DISTINCT row_group_id) FROM parquet_metadata(${quoteLiteral(out)})`,
    );
    expect(reader.getRows()).toEqual(rows);
    expect(Number(groups.getRows()[0][0])).toBeGreaterThan(1);
    connection.closeSync();
    instance.closeSync();
  });

  it("says what is not plain, and where", async () => {
    const good = "1,2\n".repeat(2000);
    expect((await extract(`id,biography\n${good}1,2,3\n${good}`)).extracted).toEqual({
      plain: false,
      reason: expect.stringMatching(/^too many columns near record 200[01]$/),
    });
    expect((await extract(`id,biography\n${good}1,"open\n`)).extracted).toMatchObject({ plain: false });
  });
});
