import { describe, expect, test } from "vitest";
import { connect, createProfiles } from "../../test/support/analysis/profilesTable.ts";
import {
  engagementLabels,
  HAS_REAL_FILE,
  realProfiles,
  reference,
} from "../../test/support/analysis/realProfiles.ts";
import { Random } from "../base/random.ts";
import { INFORMATION_COLUMNS, informationTable, SHUFFLED_ROWS } from "./information.ts";
import { labelsAt } from "./query.ts";

describe.skipIf(!HAS_REAL_FILE)("on the study's file", () => {
  test("both readings come within 0.02 nats of scikit-learn's, and so does chance", async () => {
    const profiles = await realProfiles();
    const { connection } = profiles;
    const table = await informationTable(connection, "profiles", await engagementLabels(connection), {
      seed: 1,
    });
    const expected = JSON.parse(reference("mutual-information.json"));
    for (const name of INFORMATION_COLUMNS) {
      const near = (ours: number, theirs: number) => expect(Math.abs(ours - theirs), name).toBeLessThan(0.02);
      near(table.corrected[name].score, expected.corrected[name]);
      near(table.corrected[name].shuffled, expected.corrected_shuffled[name]);
      near(table.published[name].score, expected.as_published[name]);
      near(table.published[name].shuffled, expected.as_published_shuffled[name]);
    }
    expect(table.published.followers.kind).toBe("category");
    expect(table.published.is_verified.kind).toBe("numeric");
    expect(table.corrected.is_verified.kind).toBe("flag");
    await profiles.close();
  });
});

const known = (labels: number[]) => ({
  rows: Float64Array.from(labels.keys()),
  labels: Int8Array.from(labels),
});

test("columns the file lacks, or never knows, are not there; unknown targets are left out", async () => {
  const connection = await connect();
  const rows = Array.from({ length: 40 }, (_, i) => ({ followers: i, is_verified: i % 2 === 0 }));
  await createProfiles(connection, rows, ["likes", "bio_link"]);
  const labels = rows.map((row) => (row.followers < 20 ? 0 : 1));
  const all = await informationTable(connection, "profiles", known(labels));
  expect(Object.keys(all.corrected)).toEqual(["is_verified", "followers"]);
  expect(Object.keys(all.published)).toEqual(["is_verified", "followers"]);
  expect(all.corrected.followers.score).toBeGreaterThan(0.5);
  expect(all.corrected.followers.score).toBeGreaterThan(5 * all.corrected.followers.shuffled);
  // With the labels known for the upper half alone, one class is left and there is nothing to know.
  const half = await informationTable(connection, "profiles", known(labels.map((l) => (l === 0 ? -1 : 1))));
  expect(half.corrected.followers.score).toBe(0);
  connection.closeSync();
});

test("a link is a flag in the corrected reading and a category in the published one", async () => {
  const connection = await connect();
  const rows = Array.from({ length: 60 }, (_, i) => (i % 2 ? { bio_link: `https://a.example/${i}` } : {}));
  await createProfiles(connection, rows, ["bio_link"]);
  const random = new Random(2);
  const labels = rows.map(() => random.integer(2));
  const table = await informationTable(connection, "profiles", known(labels));
  expect(table.corrected.bio_link.score).toBeLessThan(0.05);
  // Thirty links that occur once look informative, and just as much with shuffled labels.
  expect(table.published.bio_link.score).toBeGreaterThan(0.2);
  expect(table.published.bio_link.shuffled).toBeGreaterThan(0.2);
  connection.closeSync();
});

test("labels are found by row number", () => {
  const target = { rows: Float64Array.of(2, 5, 7), labels: Int8Array.of(1, 0, 1) };
  expect([...labelsAt(Float64Array.of(0, 2, 3, 7, 9), target)]).toEqual([-1, 1, -1, 1, -1]);
});

test("one row, and no rows, score nothing", async () => {
  const connection = await connect();
  await createProfiles(connection, [{ followers: 3, bio_link: "a" }]);
  const table = await informationTable(connection, "profiles", known([1]));
  expect(table.corrected.followers).toEqual({ score: 0, shuffled: 0, kind: "numeric" });
  expect(table.published.bio_link.score).toBe(0);
  await createProfiles(connection, [], ["followers"]);
  expect((await informationTable(connection, "profiles", known([]))).corrected).toEqual({});
  connection.closeSync();
});

test("above 100,000 rows chance is measured on a sample, the score on all", async () => {
  const connection = await connect();
  const rows = SHUFFLED_ROWS + 20_000;
  await connection.run(
    `CREATE TABLE profiles AS SELECT i AS "row", ((i * 7919) % 100003)::BIGINT AS followers FROM range(${rows}) AS t(i)`,
  );
  const labels = Int8Array.from({ length: rows }, (_, i) => ((i * 7919) % 100003 < 50_000 ? 1 : 0));
  const target = { rows: Float64Array.from(labels.keys()), labels };
  const { corrected } = await informationTable(connection, "profiles", target, { shuffles: 1, seed: 1 });
  expect(corrected.followers.score).toBeGreaterThan(0.68);
  expect(corrected.followers.shuffled).toBeLessThan(0.01);
  connection.closeSync();
});
