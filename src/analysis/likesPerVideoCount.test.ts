import { describe, expect, test } from "vitest";
import { connect, createProfiles } from "../../test/support/analysis/profilesTable.ts";
import { HAS_REAL_FILE, realProfiles } from "../../test/support/analysis/realProfiles.ts";
import { likesPerVideoCount } from "./likesPerVideoCount.ts";

describe.skipIf(!HAS_REAL_FILE)("on the study's file", () => {
  test("the means peak where the study's picture does: near 135, 155, 174, 188 and 198", async () => {
    const profiles = await realProfiles();
    const { connection } = profiles;
    const value = (await likesPerVideoCount(connection, "profiles", { seed: 1 })).value!;
    expect(value.peaks).toEqual([136, 156, 174, 188, 198]);
    expect(value).toMatchObject({ rows: 656, leftOut: 344, missing: 0, limit: 200 });
    for (const { low, mean, high } of value.counts) {
      expect(low).toBeLessThanOrEqual(mean);
      expect(high).toBeGreaterThanOrEqual(mean);
    }
    await profiles.close();
  });
});

test("a mean for each number of videos, with a band that comes from the accounts", async () => {
  const connection = await connect();
  await createProfiles(connection, [
    ...Array.from({ length: 100 }, (_, i) => ({ videos_count: 7, likes: i })),
    { videos_count: 3, likes: 40 },
    { videos_count: 200, likes: 1e6 },
    { videos_count: 5 },
  ]);
  const value = (await likesPerVideoCount(connection, "profiles", { seed: 1 })).value!;
  expect(value).toMatchObject({ rows: 101, leftOut: 1, missing: 1 });
  expect(value.counts.map(({ videos_count }) => videos_count)).toEqual([3, 7]);
  expect(value.counts[0]).toEqual({ videos_count: 3, accounts: 1, mean: 40, low: 40, high: 40 });
  const { mean, low, high } = value.counts[1];
  expect(mean).toBe(49.5);
  // Standard error of the mean of 0..99: 28.87 / 10.
  expect(Math.abs(low - (49.5 - 1.96 * 2.887))).toBeLessThan(0.6);
  expect(Math.abs(high - (49.5 + 1.96 * 2.887))).toBeLessThan(0.6);
  const again = (await likesPerVideoCount(connection, "profiles", { seed: 1 })).value!;
  expect(again).toEqual(value);
  const other = (await likesPerVideoCount(connection, "profiles", { seed: 2 })).value!;
  expect(other.counts[1].low).not.toBe(low);
  connection.closeSync();
});

test("from 500 accounts on the band is the normal one, and meets the bootstrap's", async () => {
  const connection = await connect();
  await connection.run(`CREATE TABLE profiles AS SELECT i AS "row", 10 + i % 2 AS videos_count, (i * 7919) % 1000 AS likes
    FROM range(1997) AS t(i) WHERE i % 2 = 0 OR i < 998`);
  const { counts } = (await likesPerVideoCount(connection, "profiles")).value!;
  expect(counts.map(({ accounts }) => accounts)).toEqual([999, 499]);
  for (const { mean, low, high, accounts } of counts) {
    const half = (1.96 * 288.7) / Math.sqrt(accounts);
    expect(Math.abs(high - mean - half)).toBeLessThan(0.1 * half);
    expect(Math.abs(mean - low - half)).toBeLessThan(0.1 * half);
  }
  connection.closeSync();
});

test("neighbours of a peak are not peaks of their own", async () => {
  const connection = await connect();
  await createProfiles(
    connection,
    [50, 52, 54, 90, 120, 121].map((videos_count) => ({ videos_count, likes: 1000 - videos_count })),
  );
  expect((await likesPerVideoCount(connection, "profiles")).value!.peaks).toEqual([50, 90, 120]);
  connection.closeSync();
});

test("no rows under the limit, and a file without likes", async () => {
  const connection = await connect();
  await createProfiles(connection, [{ videos_count: 300, likes: 5 }]);
  expect((await likesPerVideoCount(connection, "profiles")).value).toMatchObject({
    counts: [],
    peaks: [],
    leftOut: 1,
  });
  await createProfiles(connection, [{ videos_count: 300 }]);
  const lacking = await likesPerVideoCount(connection, "profiles");
  expect(lacking.value).toBeNull();
  expect(lacking.alerts[0].message).toMatch(
    /^There is no picture of likes by number of videos: the file has no likes/,
  );
  connection.closeSync();
});
