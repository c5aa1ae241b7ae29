import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { openDatabase } from "../base/duckdb.ts";
import { quoteLiteral } from "../base/quote.ts";
import { readProfiles } from "./read.ts";
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
];
const READ = [
  ["103000000", "1311", null, "1643"],
  [null, "10", null, null],
  ["1000000000", "1000000", "2147483648", "10000000"],
  ["1000001", null, "0", "0"],
  ["999999", "0", "0", "12"],
  ["1000000", "5", null, null],
];

/** The counts of a file by both ways, which are the same, and the alerts about impossible ones. */
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
    return { ...scanned.value, way: scanned.scan.way, alerts: alerts.map(({ message }) => message) };
  } finally {
    await profiles.close();
  }
}

it("leaves counts unknown that no account has, and says which, on the fast way and on the exact one", async () => {
  const path = join(folder, "counts.csv");
  writeFileSync(path, `${CSV.join("\n")}\n`);
  const { counts, blanks, way, alerts } = await both(path);
  expect(way).not.toBe("exact");
  expect(counts).toEqual(READ);
  expect(blanks).toEqual([null, "followers,videos_count", null, "following", null, null]);
  expect(alerts).toEqual([
    '1 cell of followers cannot be, such as "2147483647" (line 3); it counts as missing.',
    '1 cell of following cannot be, such as "1000001" (line 5); it counts as missing.',
    '1 cell of videos_count cannot be, such as "2147483647" (line 3); it counts as missing.',
    expect.stringMatching(/^Likes of 3 of the records cannot be/),
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
  expect(alerts).toEqual([expect.stringMatching(/^Likes of 1 of the records cannot be/)]);
});
