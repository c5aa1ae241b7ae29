import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createBench, valuesOf } from "../../../test/support/profiles/opened.ts";
import { InsightsError } from "../../base/error.ts";
import { quoteLiteral } from "../../base/quote.ts";
import { findFile } from "./file.ts";
import { describeParquet } from "./parquet.ts";
import { structMembers } from "./parquetColumns.ts";
import { readParquetAgain } from "./parquetSecond.ts";
import { query } from "./relation.ts";
import { TemporaryFolder } from "./temporary.ts";

const bench = createBench();
const TEST = join(import.meta.dirname, "..", "..", "..", "test");

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

  it("reads every type that pandas, pyarrow and Spark write", async () => {
    const opened = await bench.open(join(TEST, "fixtures", "parquet", "types.parquet"));
    const moments = ["s", "ms", "us", "ns"].flatMap((unit) => [`naive_${unit}`, `zoned_${unit}`]);
    expect(opened.rows[0]).toEqual({
      __row: 0,
      large_string: "é",
      string_view: "é",
      dictionary: "é",
      binary: "é",
      large_binary: null,
      uint64: "18446744073709551615",
      int8: "-1",
      float: "0.1",
      half: "1.5",
      double: "9007199254740992",
      // A number that lost digits does not look like an id.
      inexact: "6.794435137251821e+18",
      bool: "true",
      decimal: "6794435137251820550",
      date32: "2023-08-01",
      date64: "2023-08-01",
      time: "01:02:03",
      null: null,
      list: '["a","é"]',
      list_binary: '["é",null]',
      list_struct: '[{"id":1}]',
      map: '{"k":1}',
      "struct.x": "1",
      "struct.y.z": "q",
      ...Object.fromEntries(moments.map((name) => [name, "2023-08-01 12:30:45"])),
    });
    const { large_binary, inexact, decimal, __row, ...others } = opened.rows[1];
    expect([large_binary, inexact, decimal, __row]).toEqual(["ok", "0", "1.50", 1]);
    expect(Object.values(others).every((value) => value === null)).toBe(true);
    expect(opened.alerts).toMatchObject([{ code: "invalid_utf8", column: "large_binary" }]);
    expect(opened.alerts[0].message).toBe("1 value of large_binary is not UTF-8 and left out.");
    const old = await bench.open(join(TEST, "fixtures", "parquet", "int96.parquet"));
    expect(valuesOf(old)).toEqual([["2023-08-01 12:30:45"], [null]]);
  });

  it("gives moments in UTC whatever the session's time zone", async () => {
    const path = await write(
      "SELECT TIMESTAMPTZ '2023-08-01 12:30:45.25+00' AS t, 'infinity'::TIMESTAMPTZ AS never",
    );
    await bench.connection.run("SET TimeZone = 'Asia/Kolkata'");
    expect(valuesOf(await bench.open(path))).toEqual([["2023-08-01 12:30:45.25", null]]);
    await bench.connection.run("RESET TimeZone");
  });

  it.each([
    "file_row_number",
    "File_Row_Number",
    "filename",
    "file_index",
    "rowid",
    "row",
    "__own_0",
    "__row_2",
    "c0",
  ])("reads a column called %s as any other", async (name) => {
    const opened = await bench.open(
      await write(`SELECT range AS id, 'x' || range AS "${name}" FROM range(3000)`),
    );
    expect(opened.columns).toEqual(["id", name]);
    expect(opened.rows.every((row, i) => row.__row === i && row.id === `${i}` && row[name] === `x${i}`)).toBe(
      true,
    );
  });

  it("loses a text that is not UTF-8, and nothing else, of a column of bytes", async () => {
    const text = await bench.open(join(TEST, "found", "parquet-one-bad-text.parquet"));
    expect(text.rows.map((row) => [row.account_id, row.biography])).toEqual([
      ["ann", "ok"],
      ["bob", null],
      ["cat", "fine"],
    ]);
    const unread = await bench.open(join(TEST, "found", "parquet-unread-binary-column.parquet"));
    expect(unread.rows.map((row) => [row.account_id, row.x])).toEqual([
      ["ann", null],
      ["bob", null],
    ]);
  });

  it("reads what DuckDB refuses: a text that is not UTF-8, long decimals, integers split by bytes", async () => {
    const opened = await bench.open(join(TEST, "fixtures", "parquet", "second-reader.parquet"));
    expect(opened.columns).toEqual(["account_id", "followers", "biography", "decimal256"]);
    expect(opened.rows.map((row) => opened.columns.map((column) => row[column]))).toEqual([
      ["ann", "1", "ok", "6794435137251820550"],
      ["bob", "2", null, null],
      ["cat", "3", "fine", "-1.50"],
    ]);
    expect(opened.alerts).toMatchObject([
      {
        code: "invalid_utf8",
        column: "biography",
        message: "1 value of biography is not UTF-8 and left out.",
      },
    ]);
    const split = await bench.open(join(TEST, "found", "parquet-byte-stream-split-int.parquet"));
    expect(
      split.rows.map((row) => [row.__row, row.account_id, row.followers, row.like_engagement_rate]),
    ).toEqual([1, 2, 3, 4, 5].map((n, row) => [row, `u${row}`, `${n}0`, row === 2 ? "0.03125" : `0.0${n}`]));
  });

  it("reads the same as DuckDB, without it", async () => {
    const decimal = "1.50::DECIMAL(9,2)";
    const odd = await write(
      `SELECT [${decimal}, -2.25, NULL] AS decimals, MAP {'k': ${decimal}} AS map, [{'a': ${decimal}}] AS structs,
       {'a': ${decimal}, 't': TIME '01:00:00', 'l': [${decimal}]} AS struct, -0.001::DECIMAL(38,3) AS wide, 'inf'::DOUBLE AS inf,
       '-inf'::FLOAT AS minus, 'nan'::FLOAT AS nan, ['inf'::DOUBLE, 'nan', -0.0, 1e21, 1, 1e-7] AS doubles, 1e-7::DOUBLE AS small,
       123456792::FLOAT AS float, 16777217.5::DOUBLE AS half, [9007199254740993] AS big, TIME '01:02:03.5' AS time,
       TIMETZ '01:02:03+02' AS zoned, [TIME '01:02:03'] AS times, [DATE '2023-08-01'] AS days, [0.1::FLOAT] AS floats,
       [TIMESTAMP '2023-08-01 01:02:03.25'] AS moments, UUID '00000000-0000-0000-0000-000000000001' AS uuid, MAP {1: 'x'} AS keys
       UNION ALL BY NAME SELECT 2e10::DOUBLE AS inf, 0.3::FLOAT AS minus, -0.0::FLOAT AS nan, 1.0::DOUBLE AS small`,
    );
    const fixtures = ["types.parquet", "int96.parquet"].map((name) =>
      join(TEST, "fixtures", "parquet", name),
    );
    for (const path of [...fixtures, odd]) {
      const opened = await bench.open(path);
      const folder = new TemporaryFolder(undefined);
      const place = { connection: bench.connection, folder, watch: {}, alerts: [] };
      const { leaves, columns } = await describeParquet(await findFile(path), place);
      const { select, records, garbled } = await readParquetAgain(path, leaves, columns, place);
      const rows = await query(bench.connection, select.replace("__row", "__row::INTEGER AS __row"));
      expect(rows).toEqual(opened.rows);
      expect(records).toBe(2);
      expect(garbled.reduce((sum, count) => sum + count)).toBe(path.endsWith("types.parquet") ? 1 : 0);
      await folder.remove();
    }
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
