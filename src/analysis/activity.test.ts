import { describe, expect, test } from "vitest";
import { connect, createProfiles } from "../../test/support/analysis/profilesTable.ts";
import {
  engagementLabels,
  HAS_REAL_FILE,
  realProfiles,
  reference,
} from "../../test/support/analysis/realProfiles.ts";
import { activityOf } from "./activity.ts";

type Row = Parameters<typeof createProfiles>[1][number];

async function activityIn(rows: readonly Row[], labels?: readonly number[]) {
  const connection = await connect();
  await createProfiles(connection, rows);
  const target = labels && {
    rows: Float64Array.from(labels.keys()),
    labels: Int8Array.from(labels),
  };
  const found = await activityOf(connection, "profiles", target);
  connection.closeSync();
  return found;
}

describe.skipIf(!HAS_REAL_FILE)("on the study's file", () => {
  test("40 % posted within 30 days, fewer of those the label calls active", async () => {
    const profiles = await realProfiles();
    const { connection } = profiles;
    const { value } = await activityOf(connection, "profiles", await engagementLabels(connection));
    const { activity, daysSinceLastPost } = value!;
    const expected = reference("targets.csv")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(",")[1])
      .filter((days) => days !== "")
      .map(Number);
    expect(daysSinceLastPost.length).toBe(expected.length);
    expect(activity.accounts).toBe(998);
    // The reference is cut to a thousandth of a day, and one account posted an hour after its page's hour.
    const furthest = Math.max(...expected.map((days, i) => Math.abs(daysSinceLastPost[i] - days)));
    expect(furthest).toBeLessThan(0.05);
    expect(activity.median_days_since_last_post).toBeCloseTo(96.777, 3);
    expect(activity.posted_within_30_days).toBeCloseTo(0.396, 3);
    expect(activity.posted_within_30_days_by_target.positive).toBeCloseTo(0.285, 3);
    expect(activity.posted_within_30_days_by_target.negative).toBeCloseTo(0.51, 3);
    await profiles.close();
  });
});

test("days run from the last post to the account's own snapshot", async () => {
  const { value, alerts } = await activityIn(
    [
      { observed_at: "2023-08-01", posted_at: ["2023-07-30 12:00:00", "2023-01-01"] },
      { observed_at: "2023-08-11", posted_at: ["2023-01-01", "2023-05-13"] },
      { observed_at: "2023-08-01", posted_at: ["2023-08-01 09:00:00"] },
      { observed_at: "2023-08-01", posted_at: [] },
      { observed_at: "2023-08-01" },
    ],
    [1, 0, -1, 1, 1],
  );
  expect(alerts).toEqual([]);
  expect([...value!.daysSinceLastPost]).toEqual([1.5, 90, 0]);
  expect(value!.activity).toEqual({
    accounts: 3,
    median_days_since_last_post: 1.5,
    posted_within_30_days: 2 / 3,
    posted_within_90_days: 1,
    snapshot: "the moment each profile was read (observed_at)",
    posted_within_30_days_by_target: { positive: 1, negative: 0 },
  });
});

test("without a snapshot the newest date in the file stands in, and it says so", async () => {
  const none = await activityIn([
    { posted_at: ["2023-08-01"] },
    { posted_at: ["2023-06-22"], created_at: "2023-08-02" },
  ]);
  expect([...none.value!.daysSinceLastPost]).toEqual([1, 41]);
  expect(none.value!.activity.snapshot).toBe(
    "the newest date anywhere in the file (2023-08-02), because no profile says when it was read",
  );
  expect(none.value!.activity.posted_within_30_days_by_target).toEqual({ positive: null, negative: null });
  const some = await activityIn([
    { posted_at: ["2023-08-01"], observed_at: "2023-08-11" },
    { posted_at: ["2023-08-01"] },
    { observed_at: "2023-08-21" },
  ]);
  expect([...some.value!.daysSinceLastPost]).toEqual([10, 20]);
  expect(some.value!.activity.snapshot).toBe(
    "the moment each profile was read (observed_at); the newest date anywhere in the file (2023-08-21) for 1 account of 2 without it",
  );
});

test("what is lacking is said", async () => {
  const absent = await activityIn([{ followers: 1 }]);
  expect(absent.value).toBeNull();
  expect(absent.alerts[0].message).toBe(
    "There is no activity: the file has no posted_at (it could come from top_videos, createTimeISO).",
  );
  const undated = await activityIn([{ posted_at: [] }]);
  expect(undated.value).toBeNull();
  expect(undated.alerts[0].code).toBe("no_dated_posts");
});
