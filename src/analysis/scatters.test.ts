import { describe, expect, test } from "vitest";
import { connect, createProfiles } from "../../test/support/analysis/profilesTable.ts";
import { HAS_REAL_FILE, realProfiles } from "../../test/support/analysis/realProfiles.ts";
import { DRAWN_POINTS } from "./query.ts";
import { followersPerRatio, likesVsFollowers } from "./scatters.ts";

describe.skipIf(!HAS_REAL_FILE)("on the study's file", () => {
  test("19 rows have 29,000,000 likes or more, and logarithms suit the rest better", async () => {
    const profiles = await realProfiles();
    const { connection } = profiles;
    const { value } = await likesVsFollowers(connection, "profiles");
    expect(value).toMatchObject({ rows: 981, leftOut: 19, missing: 0, limit: 29_000_000 });
    expect(value!.points.length).toBe(981);
    expect(value!.power!.r2).toBeGreaterThan(value!.linear!.r2 + 0.3);
    const ratios = (await followersPerRatio(connection, "profiles")).value!;
    expect(ratios).toMatchObject({ rows: 1000, missing: 0, withoutVideos: 0 });
    expect(ratios.points.length).toBe(1000);
    await profiles.close();
  });
});

test("likes that are a power of followers lie on the logarithmic line, within a band of no width", async () => {
  const connection = await connect();
  const rows = [0, 9, 99, 999].map((followers) => ({ followers, likes: (1 + followers) ** 2 - 1 }));
  await createProfiles(connection, [...rows, { followers: 5 }, { followers: 1, likes: 29_000_000 }]);
  const value = (await likesVsFollowers(connection, "profiles")).value!;
  expect(value).toMatchObject({ rows: 4, missing: 1, leftOut: 1 });
  expect(value.power!.slope).toBeCloseTo(2, 9);
  expect(value.power!.r2).toBeCloseTo(1, 9);
  const [first, last] = [value.power!.curve[0], value.power!.curve.at(-1)!];
  expect(first.followers).toBeCloseTo(0, 9);
  expect(last.followers).toBeLessThanOrEqual(999);
  expect(last.followers).toBeCloseTo(999, 6);
  expect(last.likes / 999_999).toBeCloseTo(1, 6);
  expect(last.high / last.low).toBeCloseTo(1, 6);
  // The straight line is the straight line at the same places.
  for (const { followers, likes } of value.linear!.curve)
    expect(likes).toBeCloseTo(value.linear!.intercept + value.linear!.slope * followers, 4);
  connection.closeSync();
});

test("one row is a point without a line", async () => {
  const connection = await connect();
  await createProfiles(connection, [{ followers: 3, likes: 4, videos_count: 2 }]);
  const value = (await likesVsFollowers(connection, "profiles")).value!;
  expect(value.points).toEqual([{ followers: 3, likes: 4 }]);
  expect(value.linear).toBeNull();
  expect(value.power).toBeNull();
  expect((await followersPerRatio(connection, "profiles")).value!.points).toEqual([
    { followers: 3, likes_per_video: 2 },
  ]);
  connection.closeSync();
});

test("accounts without videos have no ratio and are counted", async () => {
  const connection = await connect();
  await createProfiles(connection, [
    { followers: 3, likes: 0, videos_count: 0 },
    { followers: 3, likes: 5 },
    { followers: 3, likes: 5, videos_count: 1 },
  ]);
  expect((await followersPerRatio(connection, "profiles")).value).toMatchObject({
    rows: 1,
    withoutVideos: 1,
    missing: 1,
  });
  connection.closeSync();
});

test("more rows than can be drawn are sampled, by row and seed", async () => {
  const connection = await connect();
  await connection.run(`CREATE TABLE profiles AS
    SELECT i AS "row", i AS followers, 2 * i AS likes FROM range(20000) AS t(i)`);
  const points = async (seed: number) =>
    (await likesVsFollowers(connection, "profiles", { seed })).value!.points.map(
      ({ followers }) => followers,
    );
  const sample = await points(1);
  expect(sample.length).toBe(DRAWN_POINTS);
  expect(sample).toEqual([...sample].sort((a, b) => a - b));
  expect(await points(1)).toEqual(sample);
  expect(await points(2)).not.toEqual(sample);
  // A random sample of 0..19999 has its mean near the middle: standard error 71.
  const mean = sample.reduce((sum, value) => sum + value, 0) / sample.length;
  expect(Math.abs(mean - 9999.5)).toBeLessThan(350);
  connection.closeSync();
});

test("what is lacking is said", async () => {
  const connection = await connect();
  await createProfiles(connection, [{ followers: 1 }], ["videos_count"]);
  const scatter = await likesVsFollowers(connection, "profiles");
  expect(scatter.value).toBeNull();
  expect(scatter.alerts.map(({ column }) => column)).toEqual(["likes"]);
  const ratio = await followersPerRatio(connection, "profiles");
  expect(ratio.value).toBeNull();
  expect(ratio.alerts.map(({ column }) => column)).toEqual(["likes", "videos_count"]);
  connection.closeSync();
});
