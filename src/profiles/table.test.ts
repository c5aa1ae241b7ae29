import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import { canonicalRows } from "../../test/support/profiles/canonicalRows.ts";
import { fakeSource } from "../../test/support/profiles/fakeSource.ts";
import { LAYOUTS } from "../../test/support/profiles/layouts.ts";
import { CANONICAL_NAMES } from "./canonical.ts";
import { mapColumns } from "./mapping.ts";
import type { Source } from "./source/source.ts";
import { fillProfiles } from "./table.ts";

type Texts = Readonly<Record<string, string>>;

async function fill(
  records: readonly Texts[],
  options: { map?: Record<string, string>; now?: Date; facts?: Partial<Source> } = {},
) {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    const source = await fakeSource(connection, records, options.facts);
    const mapping = mapColumns(source.columns, source.file, { map: options.map });
    const filled = await fillProfiles(connection, source, mapping, options);
    const profiles = await canonicalRows(connection);
    const reader = await connection.runAndReadAll('SELECT "row" FROM profiles');
    const rows = reader.getColumnsJS()[0].map(Number);
    return { mapping, ...filled, profiles, rows, count: filled.count };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

describe.each(LAYOUTS)("$name", (layout) => {
  it("becomes the canonical profile", async () => {
    const { mapping, profiles, count, blanks } = await fill(layout.records);
    expect(mapping.provider).toBe(layout.provider);
    expect(mapping.unmapped).toEqual(layout.unmapped);
    expect(profiles).toEqual(layout.expected);
    // One video of the Apify file has 75.5 likes.
    expect([count, blanks.length]).toEqual([0, layout.provider === "Apify clockworks" ? 1 : 0]);
  });
});

it("the table has the canonical columns in their order, after row", async () => {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const source = await fakeSource(connection, LAYOUTS[4].records);
  await fillProfiles(connection, source, mapColumns(source.columns, source.file));
  const reader = await connection.runAndReadAll("SELECT column_name, column_type FROM (DESCRIBE profiles)");
  expect(reader.getRows().map(([name]) => name)).toEqual(["row", ...CANONICAL_NAMES]);
  expect(Object.fromEntries(reader.getRows() as [string, string][])).toMatchObject({
    row: "BIGINT",
    id: "VARCHAR",
    is_verified: "BOOLEAN",
    likes: "BIGINT",
    awg_engagement_rate: "DOUBLE",
    observed_at: "TIMESTAMP",
    posted_at: "TIMESTAMP[]",
  });
  connection.closeSync();
  instance.closeSync();
});

describe("bad values", () => {
  const good = { id: "5", followers: "10", likes: "3", is_verified: "true", like_engagement_rate: "0.1" };

  it.each([
    [{ id: "" }, "missing_id", "missing id and account_id"],
    [{ id: "0" }, "missing_id", "missing id and account_id"],
    [{ id: "6.79E+18" }, "invalid_id", 'invalid id: "6.79E+18"'],
  ])("%j rejects the record and no other, whatever else is wrong with it", async (bad, reason, detail) => {
    const { rejects, count, byReason, profiles, rows, blanks } = await fill([
      good,
      { ...good, ...bad, followers: "12abc" },
      { ...good, id: "7" },
    ]);
    expect(rejects).toEqual([{ line: 3, row: 1, reason, detail }]);
    expect([count, byReason, blanks]).toEqual([1, { [reason]: 1 }, []]);
    expect(profiles.map(({ id }) => id)).toEqual(["5", "7"]);
    expect(rows).toEqual([0, 2]);
  });

  it.each([
    ["followers", "12abc", '"12abc"'],
    ["followers", "-5", '"-5"'],
    ["likes", "inf", '"inf"'],
    ["likes", "1e400", '"1e400"'],
    ["likes", "9223372036854775808", '"9223372036854775808"'],
    ["is_verified", "perhaps", '"perhaps"'],
    ["like_engagement_rate", "-0.1", '"-0.1"'],
    ["like_engagement_rate", "Infinity", '"Infinity"'],
    ["followers", "x\n\u0007\u001fy", '"x\\n\\u0007 y"'],
    ["observed_at", "soon", '"soon"'],
  ])("%s of %j is blanked and said, and costs nothing else", async (column, value, shown) => {
    const { cells, blanks, count, profiles } = await fill([good, { ...good, id: "6", [column]: value }]);
    expect(cells).toEqual([
      { line: 3, row: 1, reason: `blank_${column}`, detail: `invalid ${column}: ${shown}` },
    ]);
    expect(blanks).toEqual([{ column, impossible: false, count: 1, value: JSON.parse(shown), line: 3 }]);
    const { [column]: _, ...others } = { ...profiles[0], id: "6" } as Record<string, unknown>;
    expect([profiles[1], count]).toEqual([others, 0]);
  });

  it("are told apart, several in a record", async () => {
    const { blanks, cells } = await fill([
      { ...good, followers: "x", likes: "y" },
      { ...good, id: "6", likes: "z" },
    ]);
    expect(blanks).toEqual([
      { column: "likes", impossible: false, count: 2, value: "y", line: 2 },
      { column: "followers", impossible: false, count: 1, value: "x", line: 2 },
    ]);
    expect(cells.map(({ detail }) => detail)).toEqual([
      'invalid followers: "x"',
      'invalid likes: "y"',
      'invalid likes: "z"',
    ]);
  });

  it("in an id are left out where the handle is known, and said", async () => {
    const { profiles, count, alerts } = await fill([{ ...good, id: "6.79E+18", account_id: "@Ada" }]);
    expect(profiles).toEqual([expect.objectContaining({ account_id: "Ada", followers: 10n })]);
    expect(profiles[0]).not.toHaveProperty("id");
    expect(count).toBe(0);
    expect(alerts.map(({ code }) => code)).toContain("inexact_ids");
  });

  it("that are missing are neither rejected nor blanked, in any program's word for it", async () => {
    const { profiles, count, blanks } = await fill([
      { ...good, followers: "", likes: "null", is_verified: "NULL", biography: "nan", region: "NA" },
      { id: "-", account_id: "NaN", followers: "1", biography: "x" },
      {
        id: "6",
        account_id: "<NA>",
        followers: "NaN",
        likes: "#N/A",
        like_engagement_rate: "–",
        biography: "NA",
      },
      {
        id: "7",
        account_id: "@nan",
        followers: "None",
        likes: "\\N",
        is_verified: "undefined",
        biography: "None",
      },
    ]);
    expect([count, blanks]).toEqual([1, []]);
    expect(profiles).toEqual([
      { id: "5", like_engagement_rate: 0.1, region: "NA" },
      { id: "6" },
      { id: "7", account_id: "nan" },
    ]);
  });

  it("join what the source could not read, in the file's order", async () => {
    const structural = { line: 2, row: 0, reason: "too_few_columns", detail: "2 columns (expected 5)" };
    const { rejects, count, byReason } = await fill([good, { ...good, id: "x" }], {
      facts: { rejects: [structural], rejectedCount: 3 },
    });
    expect(rejects.map(({ row, reason }) => [row, reason])).toEqual([
      [0, "too_few_columns"],
      [1, "invalid_id"],
    ]);
    expect(count).toBe(4);
    expect(byReason).toEqual({ not_listed: 2, invalid_id: 1, too_few_columns: 1 });
  });

  it("keep ids over 2^63 and twins beyond 2^53 apart", async () => {
    const ids = ["9007199254740993", "9007199254740992", "18446744073709551616", "99999999999999999999999"];
    const { profiles, duplicates } = await fill(ids.map((id) => ({ ...good, id })));
    expect(profiles.map(({ id }) => id)).toEqual(ids);
    expect(duplicates).toBe(0);
  });
});

describe("no profiles", () => {
  it("says so for a file without records", async () => {
    const columns = ["id", "followers"];
    await expect(fill([], { facts: { columns } })).rejects.toThrow(
      /^no profiles: profiles.csv has a header and no records$/,
    );
    await expect(fill([], { facts: { columns, format: "json", file: "a.json" } })).rejects.toThrow(
      /^no profiles: a.json has no records$/,
    );
  });

  it("says why when all records are rejected", async () => {
    const bad = (id: string) => ({ id: `${id}x`, followers: "1" });
    await expect(fill([bad("1"), bad("2")])).rejects.toThrow(
      'no profiles left: all 2 records were rejected, the first: invalid id: "1x" (profiles.csv, line 2)',
    );
    await expect(fill([bad("1")])).rejects.toThrow(
      "no profiles left: the only record was rejected: invalid id",
    );
  });
});

describe("the same account twice", () => {
  it("is kept once: the latest snapshot, else the first", async () => {
    const { profiles, duplicates, rows, alerts } = await fill([
      { id: "5", account_id: "ada", followers: "1", observed_at: "2023-08-01" },
      { id: "6", account_id: "bo", followers: "2", observed_at: "" },
      { id: "05", account_id: "ada2", followers: "3", observed_at: "2023-08-03" },
      { id: "6", account_id: "bo", followers: "4", observed_at: "" },
      { id: "", account_id: "Cy", followers: "5", observed_at: "2023-08-03" },
      { id: "", account_id: "cy", followers: "6", observed_at: "2023-08-02" },
      { id: "", account_id: "null", followers: "7", observed_at: "2023-08-09" },
    ]);
    expect(profiles.map(({ account_id, followers }) => [account_id, followers])).toEqual([
      ["bo", 2n],
      ["ada2", 3n],
      ["Cy", 5n],
    ]);
    expect([rows, duplicates]).toEqual([[1, 2, 4], 3]);
    expect(alerts.find(({ code }) => code === "duplicates")?.message).toContain(
      "3 records repeat an account",
    );
  });
});

describe("dates that cannot be", () => {
  it("are read in the unit they are in where another was taken", async () => {
    const { profiles } = await fill([
      { id: "5", observed_at: "1970-01-01 00:28:10.893045", created_at: "1970-01-20 13:41:33.045" },
      { id: "6", observed_at: "1970-01-01 00:00:01.690893045", created_at: "1970-03-01" },
    ]);
    expect(profiles).toEqual([
      { id: "5", observed_at: "2023-08-01 12:30:45", created_at: "2023-08-01 12:30:45" },
      { id: "6", observed_at: "2023-08-01 12:30:00" },
    ]);
  });

  it("are unknown, never 1970, and counted", async () => {
    const future = String((1_800_000_000n << 32n) + 7n);
    const { profiles, alerts } = await fill(
      [
        { id: "5", created_at: "12", observed_at: "1999-01-01", posted_at: `${future},7200000000000000000` },
        { id: future, created_at: "0", observed_at: "2023-08-01", posted_at: "52793262394052608" },
        { id: "6", created_at: "soon", observed_at: "", posted_at: "" },
      ],
      { now: new Date("2023-09-01T00:00:00Z") },
    );
    expect(profiles).toEqual([
      { id: "5", posted_at: ["2023-02-14 13:17:14"] },
      { id: future, observed_at: "2023-08-01 00:00:00" },
      { id: "6" },
    ]);
    const said = Object.fromEntries(alerts.map(({ code, message }) => [code, message]));
    expect(said.impossible_dates).toMatch(/^2 dates cannot be/);
    expect(said.undated_posts).toMatch(/^2 of 3 listed posts/);
    expect(said.snapshot_source).toContain("1 at the stated time, 2 unknown");
  });

  it("are judged by the snapshot: two days after it is too late", async () => {
    const at = (iso: string) => String((BigInt(Date.parse(iso) / 1000) << 32n) + 9n);
    const posts = [at("2023-08-02T23:00:00Z"), at("2023-08-03T01:00:00Z")].join(",");
    const { profiles } = await fill([{ id: "5", observed_at: "2023-08-01", posted_at: posts }]);
    expect(profiles[0].posted_at).toEqual(["2023-08-02 23:00:00"]);
  });
});
