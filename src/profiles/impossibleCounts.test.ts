import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { openDatabase } from "../base/duckdb.ts";
import { quoteLiteral } from "../base/quote.ts";
import { blankedCells } from "./blanks.ts";
import { formatRejected, readProfiles } from "./read.ts";
import { scanFile } from "./scan/scanFile.ts";

const folder = mkdtempSync(join(tmpdir(), "impossible-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const COUNTS = "followers, following, likes, videos_count";
const CSV = [
  "account_id,followers,following,likes,videos_count",
  "alma.test,103000000,1311,0,1643",
  "bela.test,2147483647,10,2147483647,2147483647",
  "cara.test,1000000000,1000000,2147483648,10000000",
  "dora.test,1000001,1000001,0,0",
  "emil.test,999999,0,0,12",
  "fay.test,1000000,5,0,",
  "gil.test,many,5,3,10000001",
];
const READ = [
  ["103000000", "1311", null, "1643"],
  [null, "10", null, null],
  ["1000000000", "1000000", "2147483648", "10000000"],
  ["1000001", null, "0", "0"],
  ["999999", "0", "0", "12"],
  ["1000000", "5", null, null],
  [null, "5", "3", null],
];

/** The counts of a file by both ways, which are the same, the alerts about impossible ones, and the list of what was lost. */
async function both(path: string) {
  const profiles = await readProfiles(path);
  try {
    const sql = (from: string) => `SELECT ${COUNTS} FROM ${from} ORDER BY "row"`;
    const read = await profiles.connection.runAndReadAll(sql(profiles.table));
    const scanned = await scanFile(path, {}, async (connection, { select }) => {
      const reader = await connection.runAndReadAll(sql(`(${select})`));
      const blanks = await connection.runAndReadAll(`SELECT _blanks FROM (${select}) ORDER BY "row"`);
      const counts = reader.getRowsJson();
      return {
        rows: counts.length,
        value: { counts, blanks: blanks.getRowsJson().map(([names]) => names) },
      };
    });
    expect(scanned.value.counts).toEqual(read.getRowsJson());
    const alerts = profiles.alerts.filter(({ code }) => code === "impossible_counts");
    return {
      ...scanned.value,
      way: scanned.scan.way,
      alerts: alerts.map(({ message }) => message),
      lost: formatRejected(profiles),
    };
  } finally {
    await profiles.close();
  }
}

it("leaves counts unknown that no account has, and says which, on the fast way and on the exact one", async () => {
  const path = join(folder, "counts.csv");
  writeFileSync(path, `${CSV.join("\n")}\n`);
  const { counts, blanks, way, alerts, lost } = await both(path);
  expect(way).not.toBe("exact");
  expect(counts).toEqual(READ);
  expect(blanks.map((names) => blankedCells(String(names ?? ""), ""))).toEqual(
    [
      ["likes"],
      ["followers", "likes", "videos_count"],
      [],
      ["following"],
      [],
      ["likes"],
      ["followers", "videos_count"],
    ].map((columns, i) =>
      columns.map((column) => ({ column, impossible: i !== 6 || column !== "followers", value: "" })),
    ),
  );
  expect(alerts).toEqual([
    '3 cells of likes hold numbers that their accounts cannot have, such as "0" (line 2); they count as missing.',
    '2 cells of videos_count hold numbers that their accounts cannot have, such as "2147483647" (line 3); they count as missing.',
    '1 cell of followers holds a number that its account cannot have, such as "2147483647" (line 3); it counts as missing.',
    '1 cell of following holds a number that its account cannot have, such as "1000001" (line 5); it counts as missing.',
  ]);
  expect(lost.split("\n").slice(1, -1)).toEqual([
    '2,0,blank_likes,"impossible likes: ""0"""',
    '3,1,blank_followers,"impossible followers: ""2147483647"""',
    '3,1,blank_likes,"impossible likes: ""2147483647"""',
    '3,1,blank_videos_count,"impossible videos_count: ""2147483647"""',
    '5,3,blank_following,"impossible following: ""1000001"""',
    '7,5,blank_likes,"impossible likes: ""0"""',
    '8,6,blank_followers,"invalid followers: ""many"""',
    '8,6,blank_videos_count,"impossible videos_count: ""10000001"""',
  ]);
});

it("does so for written counts, for numbers that overflowed, and in Parquet", async () => {
  const written = join(folder, "written.csv");
  writeFileSync(
    written,
    "account_id,followers,likes\nalma.test,103M,0\nbela.test,12B,5\ncara.test,-2147483648,5\n",
  );
  const found = await both(written);
  expect(found.counts.map(([followers, , likes]) => [followers, likes])).toEqual([
    ["103000000", null],
    [null, "5"],
    [null, "5"],
  ]);
  const [csv, parquet] = [join(folder, "counts.csv"), join(folder, "counts.parquet")];
  const { connection, close } = await openDatabase();
  await connection.run(`COPY (FROM ${quoteLiteral(csv)}) TO ${quoteLiteral(parquet)}`);
  close();
  expect((await both(parquet)).counts).toEqual(READ);
});

it("says so of a web page's answer, whose likes are 0 at 103 million followers", async () => {
  const path = fileURLToPath(new URL("../../test/found/01c-billions-zero.ndjson", import.meta.url));
  const { counts, alerts } = await both(path);
  expect(counts[0]).toEqual(["103000000", "1311", null, "1643"]);
  expect(alerts).toEqual([
    expect.stringMatching(/^1 cell of likes holds a number that its account cannot have/),
  ]);
});
