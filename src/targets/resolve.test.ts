import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect, createProfiles } from "../../test/support/analysis/profilesTable.ts";
import { type Profiles, readProfiles } from "../profiles/read.ts";
import { aboveNorm, creatorWith } from "./named.ts";
import { resolveTarget } from "./resolve.ts";
import { atSnapshotSql, snapshotOf } from "./snapshot.ts";
import { countLabels, labelsOf, requireBothClasses, type Target } from "./target.ts";

const shared = new URL("../../../shared/", import.meta.url);
const file = new URL("data/tiktok.csv", shared);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "targets-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Writes a CSV file, reads it as the target wants, and labels it. */
async function labelled(text: string, csv: string, options: { activeDays?: number } = {}) {
  const path = join(folder, "profiles.csv");
  await writeFile(path, csv);
  const definition = await resolveTarget(text, options);
  const profiles = await readProfiles(path, { keep: definition.columns, threads: 1 });
  try {
    const target = await definition.fit(profiles.connection, "profiles");
    return [...(await labelsOf(profiles.connection, target, "profiles")).labels];
  } finally {
    await profiles.close();
  }
}

describe.skipIf(!existsSync(file))("on the study's own profiles", () => {
  let profiles: Profiles;
  let reference: string[][];
  beforeAll(async () => {
    profiles = await readProfiles(file.pathname);
    reference = readFileSync(new URL("reference/targets.csv", shared), "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));
  });
  afterAll(() => profiles.close());
  const expected = (column: number) =>
    reference.map((cells) => (cells[column] === "" ? -1 : Number(cells[column])));

  it.each([
    ["activity", 2, 30, { positives: 395, negatives: 603, unknown: 2 }],
    ["creator", 4, 90, { positives: 217, negatives: 781, unknown: 2 }],
  ])("%s gives the labels of the reference", async (name, column, activeDays, counts) => {
    const definition = await resolveTarget(name, { activeDays });
    expect(definition.learns).toBe(name === "creator");
    const target = await definition.fit(profiles.connection, "profiles");
    const { labels } = await labelsOf(profiles.connection, target, "profiles");
    expect([...labels]).toEqual(expected(column));
    expect(countLabels(labels)).toEqual(counts);
    // A model keeps it as JSON.
    const kept = JSON.parse(JSON.stringify(target)) as Target;
    expect([...(await labelsOf(profiles.connection, kept, "profiles")).labels]).toEqual(expected(column));
    if (target.norm !== undefined) expect(creatorWith(target.norm, 90)).toEqual(target);
  });

  it("above the norm as in the reference, for every row", async () => {
    const target = await aboveNorm().fit(profiles.connection, "profiles");
    const { labels } = await labelsOf(profiles.connection, target, "profiles");
    expect([...labels]).toEqual(expected(3));
  });

  it("creator is activity and above the norm, within 30 days where nothing else is said", async () => {
    const target = await (await resolveTarget("creator")).fit(profiles.connection, "profiles");
    const { labels } = await labelsOf(profiles.connection, target, "profiles");
    const above = expected(3);
    expect([...labels]).toEqual(
      expected(2).map((posted, i) => (posted < 0 ? -1 : Math.min(posted, above[i]))),
    );
    expect(creatorWith(target.norm!)).toEqual(target);
  });

  it("learns from training rows only", async () => {
    const { connection } = profiles;
    await connection.run('CREATE OR REPLACE VIEW half AS FROM profiles WHERE "row" % 2 = 0');
    const definition = await resolveTarget("creator", { activeDays: 90 });
    const target = await definition.fit(connection, "half");
    expect(target.norm?.rows.reduce((sum, rows) => sum + rows, 0)).toBe(500);
    const { labels } = await labelsOf(connection, target, "profiles");
    const differ = [...labels].filter((label, i) => label !== expected(4)[i]).length;
    expect(differ).toBeGreaterThan(0);
    expect(differ).toBeLessThan(40);
  });
});

const POST = (day: string) => `"[""${day}""]"`;

describe("activity and creator", () => {
  const header = "id,followers,awg_engagement_rate,timestamp,top_videos\n";

  it("count days to the snapshot, its end included, and posts after it", async () => {
    const rows = ["2023-07-02 00:00:00", "2023-07-01 23:59:59", "2023-08-02 10:00:00", "2015-01-01"].map(
      (day, i) => `${i + 5},100,0.2,2023-08-01T00:00:00Z,${POST(day)}`,
    );
    const csv = `${header}${rows.join("\n")}\n9,100,0.2,2023-08-01,\n`;
    expect(await labelled("activity", csv)).toEqual([1, 0, 1, 0, -1]);
    expect(await labelled(" activity ", csv, { activeDays: 31 })).toEqual([1, 1, 1, 0, -1]);
  });

  it("without a snapshot measure from the newest date of the whole file, not of a part", async () => {
    const csv = `id,followers,awg_engagement_rate,top_videos\n5,9,0.5,${POST("2023-08-01")}\n6,9,0.1,${POST("2023-06-01")}\n7,9,0.9,${POST("2023-07-20")}\n`;
    expect(await labelled("activity", csv)).toEqual([1, 0, 1]);
    const path = join(folder, "profiles.csv");
    const profiles = await readProfiles(path, { threads: 1 });
    const { connection } = profiles;
    await connection.run('CREATE VIEW part AS FROM profiles WHERE "row" = 1');
    const target = await (await resolveTarget("activity")).fit(connection, "part");
    expect([...(await labelsOf(connection, target, "part")).labels]).toEqual([1]);
    const snapshot = await snapshotOf(connection, "profiles");
    expect(snapshot).toEqual({ profiles: 3, observed: 0, newest: Date.UTC(2023, 7, 1) / 1000 });
    expect([...(await labelsOf(connection, target, "part", { snapshot })).labels]).toEqual([0]);
    await profiles.close();
  });

  it("count from the newest post, in whatever order posts are listed", async () => {
    const posts = (...days: string[]) => `"[${days.map((day) => `""${day}""`).join(",")}]"`;
    const rows = [
      `5,100,0.2,2023-08-01,${posts("2023-07-20", "2021-01-01")}`,
      `6,100,0.1,2023-08-01,${posts("2021-01-01", "2023-07-20", "2022-01-01")}`,
      `7,100,0.3,2023-08-01,${posts("2021-01-01", "2022-01-01")}`,
    ];
    const csv = `${header}${rows.join("\n")}\n`;
    expect(await labelled("activity", csv)).toEqual([1, 1, 0]);
    expect(await labelled("creator", csv)).toEqual([0, 0, 0]);
    expect(await labelled("creator", csv.replace("100,0.1", "100,0.5"))).toEqual([0, 1, 0]);
  });

  it("have a degree of one half on the line, by the newest post, halved odds for twice the age", async () => {
    const connection = await connect();
    const observed_at = "2023-08-31";
    await createProfiles(connection, [
      { observed_at, posted_at: ["2021-01-01", "2023-08-01"] },
      { observed_at, posted_at: ["2023-08-31"] },
      { observed_at, posted_at: ["2023-09-01"] },
      { observed_at, posted_at: [] },
    ]);
    const { degree } = await (await resolveTarget("activity")).fit(connection, "profiles");
    const reader = await connection.runAndReadAll(`SELECT ${degree} FROM profiles ORDER BY "row"`);
    expect(reader.getRowsJS().flat()).toEqual([0.5, 31 / 32, 31 / 32, null]);
  });

  it("creator has the degree of both, and above the norm that of the rate against it", async () => {
    const connection = await connect();
    const observed_at = "2023-08-31";
    const rated = (awg_engagement_rate: number | null, day: string) => ({
      followers: 100,
      observed_at,
      posted_at: [day],
      awg_engagement_rate,
    });
    await createProfiles(connection, [
      rated(0.1, "2023-08-01"),
      rated(0.3002, "2023-08-01"),
      rated(0.1, "2023-08-31"),
      rated(0.0001, "2023-08-01"),
      rated(null, "2023-08-31"),
    ]);
    const norm = { log10_followers: [2], log_rate: [Math.log(0.1001)], rows: [4] };
    const degrees = async (degree: string | undefined) => {
      const reader = await connection.runAndReadAll(`SELECT ${degree} FROM profiles ORDER BY "row"`);
      return reader.getRowsJS().map(([value]) => (value === null ? null : Number(Number(value).toFixed(9))));
    };
    expect(await degrees(creatorWith(norm).degree)).toEqual([0.25, 0.375, 0.484375, 0.000997009, null]);
    const fitted = await aboveNorm().fit(connection, "profiles");
    expect(fitted.norm?.log_rate[0]).toBeCloseTo(Math.log(0.1001), 12);
    expect((await labelsOf(connection, fitted, "profiles")).labels).toEqual(Int8Array.of(0, 1, 0, 0, -1));
    expect(await degrees(fitted.degree)).toEqual([0.5, 0.75, 0.5, 0.001994018, null]);
  });

  it.each([
    ["a post", { created_at: "2023-03-01", posted_at: ["2023-01-01", "2023-05-01"] }, "2023-05-01"],
    ["the making of an account", { created_at: "2023-06-01", posted_at: ["2023-05-01"] }, "2023-06-01"],
    ["another's snapshot", { observed_at: "2023-07-01", posted_at: ["2023-05-01"] }, "2023-07-01"],
  ])("take the newest date of the file for the snapshot, be it of %s", async (_what, profile, day) => {
    const connection = await connect();
    const others = { created_at: "2022-12-01", posted_at: ["2022-01-01", "2022-02-01"] };
    await createProfiles(connection, [others, profile, others], ["observed_at"]);
    const snapshot = await snapshotOf(connection, "profiles");
    expect(snapshot.newest).toBe(Date.parse(day) / 1000);
    const reader = await connection.runAndReadAll(
      `SELECT epoch(observed_at) FROM ${atSnapshotSql("profiles", snapshot)}`,
    );
    expect(new Set(reader.getRowsJS().flat())).toEqual(new Set([Date.parse(day) / 1000]));
  });

  it("creator is unknown where anything it asks for is", async () => {
    const rows = [
      `5,100,0.1,2023-08-01,${POST("2023-07-30")}`,
      `6,100,0.3,2023-08-01,${POST("2023-07-30")}`,
      `7,100,0.3,2023-08-01,${POST("2022-07-30")}`,
      `8,100,,2023-08-01,${POST("2023-07-30")}`,
      `9,,0.3,2023-08-01,${POST("2023-07-30")}`,
      "10,100,0.2,2023-08-01,",
    ];
    expect(await labelled("creator", `${header}${rows.join("\n")}\n`)).toEqual([0, 1, 0, -1, -1, -1]);
  });

  it("say so where they are unknown in every row", async () => {
    const csv = "id,followers,awg_engagement_rate\n5,9,0.5\n";
    const path = join(folder, "undated.csv");
    await writeFile(path, csv);
    const profiles = await readProfiles(path, { threads: 1 });
    const target = await (await resolveTarget("creator")).fit(profiles.connection, "profiles");
    const { labels } = await labelsOf(profiles.connection, target, "profiles");
    expect(() => requireBothClasses(target, labels)).toThrow(
      "one class only: creator is unknown for all 1 profiles: last post within 30 days of the snapshot, and",
    );
    expect(atSnapshotSql("profiles", await snapshotOf(profiles.connection, "profiles"))).toBe('"profiles"');
    await profiles.close();
  });
});

describe("a column of the user's", () => {
  it("is read whatever its name and however yes and no are written", async () => {
    const csv = 'id,"Is, it?",url\n5,1,a\n6, TRUE ,b\n7,Yes,c\n8,0,d\n9,false,e\n10,NO,f\n11,,g\n12,null,h\n';
    expect(await labelled("column:Is, it?", csv)).toEqual([1, 1, 1, 0, 0, 0, -1, -1]);
  });

  it("may be canonical", async () => {
    expect(await labelled("column:is_verified", "id,verified\n5,true\n6,false\n7,\n")).toEqual([1, 0, -1]);
    const { columns, inputs } = await resolveTarget("column:is_verified");
    expect([columns, inputs]).toEqual([[], ["is_verified"]]);
  });

  it("holds yes and no only", async () => {
    await expect(
      labelled("column:tier", "id,tier,url\n5,gold,a\n6,gold,b\n7,1,c\n8,silver,d\n9,2,e\n10,3,f\n"),
    ).rejects.toThrow(
      'not boolean: column:tier has 5 values that are neither yes nor no, such as "gold", "2", "3" (expected 1, true, yes or 0, false, no)',
    );
    await expect(labelled("column:followers", "id,followers\n5,1\n6,17\n")).rejects.toThrow(
      'not boolean: followers has 1 value that is neither yes nor no, such as "17"',
    );
  });

  it("has to be there, and to be kept", async () => {
    await expect(labelled("column:lable", "id,label\n5,1\n")).rejects.toThrow(
      "unknown column: lable (expected id, label)",
    );
    const profiles = await readProfiles(join(folder, "profiles.csv"));
    const target = await (await resolveTarget("column:label")).fit(profiles.connection, "profiles");
    await expect(labelsOf(profiles.connection, target, "profiles")).rejects.toThrow(
      "missing column: column:label (it was not kept when the file was read)",
    );
    await profiles.close();
  });
});

it("tells names from conditions", async () => {
  const expected = "expected creator, activity, engagement, column:NAME, an SQL condition";
  await expect(resolveTarget("toString")).rejects.toThrow(`unknown target: toString (${expected})`);
  await expect(resolveTarget("Creator")).rejects.toMatchObject({ exitCode: 2 });
  await expect(resolveTarget("column: ")).rejects.toThrow("invalid target: column: names no column");
  await expect(resolveTarget("activity", { activeDays: 0 })).rejects.toThrow(
    "invalid active days: 0 (expected a whole number from 1 to 36500)",
  );
  for (const horizon of [0, 1.5, 3651, Number.NaN]) {
    await expect(resolveTarget("creator", { activeDays: horizon })).rejects.toMatchObject({
      message: `invalid horizon: ${horizon} (expected a whole number of days from 1 to 3650)`,
      exitCode: 2,
    });
  }
  expect((await resolveTarget("creator", { activeDays: 3650 })).about).toContain("3650 days");
  expect((await resolveTarget("creator", { activeDays: 7 })).about).toContain("within 7 days");
  expect((await resolveTarget("activity")).about).toContain("within 30 days");
  expect((await resolveTarget("engagement")).inputs).toEqual(["awg_engagement_rate"]);
  expect((await resolveTarget("is_private")).name).toBe("is_private");
  expect((await resolveTarget("likes > 3")).inputs).toEqual(["likes"]);
});
