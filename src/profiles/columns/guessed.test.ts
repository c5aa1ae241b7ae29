import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createBench } from "../../../test/support/profiles/opened.ts";
import { type Profiles, readProfiles } from "../read.ts";
import { scanFile } from "../scan/scanFile.ts";
import { query } from "../source/relation.ts";

const bench = createBench();
const found = (name: string) => readFileSync(new URL(`../../../test/found/${name}`, import.meta.url), "utf8");
const COLUMNS = "account_id, followers, likes, videos_count, biography";

async function rowsOf(path: string, names = COLUMNS, map = {}) {
  let profiles: Profiles | undefined;
  try {
    profiles = await readProfiles(path, { reading: { map } });
    const read = await query(profiles.connection, `SELECT ${names} FROM profiles ORDER BY "row"`);
    const { value: scanned } = await scanFile(path, { reading: { map } }, async (connection, scan) => {
      const value = await query(connection, `SELECT ${names} FROM (${scan.select}) WHERE _reason IS NULL`);
      return { rows: value.length, value };
    });
    // However a file is read, it is the same.
    expect(scanned).toEqual(read);
    return read;
  } finally {
    await profiles?.close();
  }
}

describe("a table with names of its own", () => {
  it("gives what it gives under well-known names, also with five records only", async () => {
    const plain = await rowsOf(bench.file("plain.csv", found("mk-a_plain.csv")));
    const text = found("mk-d_unknown.csv");
    const unknown = await rowsOf(bench.file("unknown.csv", text));
    expect(plain.length).toBeGreaterThan(20);
    expect(unknown.slice(0, plain.length)).toEqual(plain);
    const five = text.split(/\n(?=@)/).slice(0, 6);
    expect(await rowsOf(bench.file("five.csv", five.join("\n")))).toEqual(plain.slice(0, 5));
  });

  it("knows accounts by the addresses of their pages alone", async () => {
    const text =
      "Page,Fans\nhttps://www.tiktok.com/@ana.lima?lang=en,5\ntiktok.com/@bo_kim,6\nhttps://m.tiktok.com/@c1/,7\n";
    expect(await rowsOf(bench.file("pages.csv", text), "account_id, followers, url")).toEqual([
      { account_id: "ana.lima", followers: "5", url: "https://www.tiktok.com/@ana.lima?lang=en" },
      { account_id: "bo_kim", followers: "6", url: "tiktok.com/@bo_kim" },
      { account_id: "c1", followers: "7", url: "https://m.tiktok.com/@c1/" },
    ]);
  });

  it("knows when somebody signed up, and a list of the dates of posts", async () => {
    const text =
      "handle,followers,Signed up,Last post dates\n" +
      '@ana,12,2019-03-04,"2023-07-01, 2023-07-20"\n@bo,5,2020-11-02,"[""2023-06-01""]"\n@cy,6,2020-11-03,2023-06-05;2023-06-04\n';
    const names =
      "created_at::DATE::VARCHAR AS made, list_transform(posted_at, x -> x::DATE::VARCHAR) AS posts";
    expect(await rowsOf(bench.file("signed.csv", text), names)).toEqual([
      { made: "2019-03-04", posts: ["2023-07-20", "2023-07-01"] },
      { made: "2020-11-02", posts: ["2023-06-01"] },
      { made: "2020-11-03", posts: ["2023-06-05", "2023-06-04"] },
    ]);
  });

  it("says what to do where commas in texts break every record", async () => {
    const path = bench.file("loose.csv", "handle,followers,bio\n@ana,5,hello, world\n@bo,6,a, b, c\n");
    await expect(rowsOf(path)).rejects.toThrow(
      'all 2 records were rejected, the first: 4 columns instead of 3: "@ana,5,hello, world" (a text with a comma in it must stand in quotes',
    );
  });

  it("is read by its exact names where others differ in capitals only", async () => {
    const text = found("csv-exact-name.csv");
    const followers = (map = {}) => rowsOf(bench.file("exact.csv", text), "followers", map);
    expect(await followers()).toEqual([{ followers: "1200" }, { followers: "2000" }]);
    const other = text.replaceAll(/(\d)(?:\.(\d))?K/g, "$1$2");
    const path = bench.file("other.csv", other);
    expect(await rowsOf(path, "followers", { followers: "Followers" })).toEqual([
      { followers: "12" },
      { followers: "2" },
    ]);
    expect(await rowsOf(path, "followers", { followers: "followers" })).toEqual(await followers());
  });
});
