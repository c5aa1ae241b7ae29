import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createBench, valuesOf } from "../../../test/support/profiles/opened.ts";
import { InsightsError } from "../../base/error.ts";
import { quoteLiteral } from "../../base/quote.ts";
import { structMembers } from "./parquet.ts";

const bench = createBench();

async function write(select: string, name = "profiles.parquet"): Promise<string> {
  const path = join(bench.folder, name);
  await bench.connection.run(
    `COPY (${select}) TO ${quoteLiteral(path)} (FORMAT parquet, ROW_GROUP_SIZE 2048)`,
  );
  return path;
}

describe("readParquet", () => {
  it("reads every value as text, structs as dotted columns, lists as JSON", async () => {
    const path = await write(
      `SELECT 6794435137251820550 AS id, 'a' AS nickname, true AS is_verified, NULL::BIGINT AS likes, 0.5 AS rate,
       {'link': {'url': 'x', 'a,b': 1}, 'q"(': 2} AS bio, [{'id': 1}] AS videos, TIMESTAMP '2023-08-01' AS day,
       'bytes'::BLOB AS raw, 98765432109876543210::HUGEINT::VARCHAR AS big`,
    );
    const opened = await bench.open(path);
    expect(opened).toMatchObject({
      format: "parquet",
      compression: "none",
      records: 1,
      rejectedCount: 0,
      alerts: [],
    });
    expect(opened.rows).toEqual([
      {
        __row: 0,
        id: "6794435137251820550",
        nickname: "a",
        is_verified: "true",
        likes: null,
        rate: "0.5",
        "bio.link.url": "x",
        "bio.link.a,b": "1",
        'bio.q"(': "2",
        videos: '[{"id":1}]',
        day: "2023-08-01 00:00:00",
        raw: "bytes",
        big: "98765432109876543210",
      },
    ]);
    expect(opened.columns).toEqual(Object.keys(opened.rows[0]).slice(1));
    expect((await opened.linesOf([0])).size).toBe(0);
    expect(opened.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  });

  it("keeps the order and the ordinals over row groups, whatever the name", async () => {
    const path = await write("SELECT range AS id FROM range(10000)", "odd [1]*'.csv");
    const opened = await bench.open(path);
    expect(opened.records).toBe(10_000);
    expect(opened.rows.every((row, index) => row.__row === index && row.id === String(index))).toBe(true);
    expect(opened.alerts).toMatchObject([{ code: "misleading_name" }]);
  });

  it("reads a file without rows, and one with a column called __row", async () => {
    expect((await bench.open(await write("SELECT 1 AS id WHERE false"))).rows).toEqual([]);
    const opened = await bench.open(await write('SELECT 7 AS __row, 8 AS "ID "'));
    expect(valuesOf(opened)).toEqual([["7", "8"]]);
    expect(opened.columns).toEqual(["__row_2", "ID"]);
  });

  it("refuses a file that is cut off, in its own words", async () => {
    const bytes = readFileSync(await write("SELECT range AS id, 'x' || range AS bio FROM range(5000)"));
    for (const kept of [
      4,
      10,
      100,
      bytes.length >> 1,
      bytes.length - 1,
      bytes.length - 4,
      bytes.length - 9,
    ]) {
      const opening = bench.read(bytes.subarray(0, kept), "cut.parquet");
      await expect(opening).rejects.toThrow(/^truncated Parquet: cut\.parquet ends in the middle/);
      await expect(opening).rejects.toThrow(InsightsError);
    }
  });

  it("refuses a file whose description or pages are damaged, in its own words", async () => {
    const bytes = readFileSync(await write("SELECT range AS id, 'x' || range AS bio FROM range(5000)"));
    const description = bytes.readUInt32LE(bytes.length - 8);
    const spoilt = Buffer.from(bytes);
    spoilt.fill(0xff, bytes.length - 8 - description, bytes.length - 8 - description + 20);
    await expect(bench.read(spoilt, "spoilt.parquet")).rejects.toThrow(/^damaged Parquet: spoilt\.parquet/);
    const page = Buffer.from(bytes);
    page.fill(0x55, 2000, 2400);
    await expect(bench.read(page, "page.parquet")).rejects.toThrow(
      /^damaged Parquet: page\.parquet \((a|it) /,
    );
    const far = Buffer.from(bytes);
    far.writeUInt32LE(bytes.length, bytes.length - 8);
    await expect(bench.read(far, "far.parquet")).rejects.toThrow(/^truncated Parquet: far\.parquet/);
  });
});

describe("structMembers", () => {
  it("takes a struct's type apart", () => {
    expect(
      structMembers(
        'STRUCT(id VARCHAR, "a, ""b" STRUCT(c DECIMAL(18,2), d INTEGER[])[], e MAP(VARCHAR, INTEGER))',
      ),
    ).toEqual([
      ["id", "VARCHAR"],
      ['a, "b', "STRUCT(c DECIMAL(18,2), d INTEGER[])[]"],
      ["e", "MAP(VARCHAR, INTEGER)"],
    ]);
    expect(structMembers("STRUCT(id VARCHAR)[]")).toBeUndefined();
    expect(structMembers("VARCHAR")).toBeUndefined();
  });
});
