import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { readProfiles } from "../read.ts";
import { scanFile } from "./scanFile.ts";

const TEST = join(import.meta.dirname, "..", "..", "..", "test");
const FOUND = join(TEST, "found");

/** Columns of the good records, by the reader and by the scan. */
async function bothWays(
  name: string,
  columns: string,
): Promise<[read: unknown[][], scanned: unknown[][], way: string]> {
  const path = resolve(FOUND, name);
  const profiles = await readProfiles(path);
  const read = await profiles.connection.runAndReadAll(`SELECT ${columns} FROM profiles ORDER BY account_id`);
  const rows = read.getRowsJson();
  await profiles.close();
  const { value, scan } = await scanFile(path, { threads: 1 }, async (connection, { select }) => {
    const sql = `SELECT ${columns}, _reason FROM (${select}) ORDER BY account_id`;
    const all = (await connection.runAndReadAll(sql)).getRowsJson();
    const good = all.filter((row) => row.at(-1) === null).map((row) => row.slice(0, -1));
    return { rows: all.length, value: good };
  });
  return [rows, value, scan.way];
}

describe("Parquet, read and scanned", () => {
  it("has no rate where NaN is stored, whatever the file's extremes say", async () => {
    const [read, scanned, way] = await bothWays(
      "parquet-nan-rate.parquet",
      "account_id, like_engagement_rate",
    );
    expect(way).toBe("parallel");
    expect(scanned).toEqual(read);
    expect(read.slice(1, 4)).toEqual([
      ["u1", 0.02],
      ["u2", null],
      ["u3", 0.04],
    ]);
  });

  it("believes no extremes: a negative count is none though the file says that the least is 10", async () => {
    const [read, scanned] = await bothWays("parquet-lying-statistics.parquet", "account_id, followers");
    expect(scanned).toEqual(read);
    expect(read.map(([, followers]) => followers)).toContain(null);
    expect(JSON.stringify(read)).not.toContain("-9223372036854775778");
  });

  it("takes flags that are stored as 1.0 and 0.0", async () => {
    const [read, scanned] = await bothWays("parquet-verified-double.parquet", "account_id, is_verified");
    expect(scanned).toEqual(read);
    expect(read.map(([, flag]) => flag)).toEqual([true, false, null, true, false]);
  });

  it.each([
    ["parquet-one-bad-text.parquet", ["ok", null, "fine"]],
    ["parquet-unread-binary-column.parquet", [null, null]],
    [join(TEST, "fixtures", "parquet", "second-reader.parquet"), ["ok", null, "fine"]],
  ])("loses only the text that is not UTF-8: %s", async (name, biographies) => {
    const [read, scanned] = await bothWays(name, "biography");
    expect(scanned).toEqual(read);
    expect(read.flat()).toEqual(biographies);
  });

  it("takes integers that are split by bytes, which DuckDB does not read", async () => {
    const [read, scanned, way] = await bothWays("parquet-byte-stream-split-int.parquet", "followers, likes");
    expect(way).toBe("exact");
    expect(scanned).toEqual(read);
    expect(read[4]).toEqual(["50", "5"]);
  });
});
