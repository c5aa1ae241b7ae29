import { describe, expect, test } from "vitest";
import { connect, createProfiles } from "../../test/support/analysis/profilesTable.ts";
import { HAS_REAL_FILE, realProfiles } from "../../test/support/analysis/realProfiles.ts";
import { activityJson, activityReport, quantilesOf } from "./activityReport.ts";
import { accountAges, postingPace, postingTimes } from "./posting.ts";

type Row = Parameters<typeof createProfiles>[1][number];

async function profilesOf(rows: readonly Row[]) {
  const connection = await connect();
  await createProfiles(connection, rows);
  return connection;
}

describe("posting pace", () => {
  test("counts posts between the oldest and the newest, in whatever order they are listed", async () => {
    const connection = await profilesOf([
      { posted_at: ["2023-08-15", "2023-08-01", "2023-08-08", "2023-08-29"] },
      { posted_at: ["2023-08-01 00:00:00", "2023-08-01 00:00:30", "2023-08-01 12:00:00"] },
      { posted_at: ["2023-08-01", "2023-08-01"] },
      { posted_at: ["2023-08-01"] },
      { posted_at: [] },
      {},
      { posted_at: ["2023-01-01", "2022-01-01"] },
    ]);
    const { value, alerts } = await postingPace(connection, "profiles");
    expect(alerts).toEqual([]);
    expect(value?.accounts).toBe(4);
    // Three gaps in four weeks; two within a day, which count as a week; none at all; one in 365 days.
    const [weekly, burst, same, rare] = value?.postsPerWeek ?? [];
    expect([weekly, burst, same]).toEqual([0.75, 2, 1]);
    expect(rare).toBeCloseTo(7 / 365, 12);
    expect([...(value?.longestGapDays ?? [])]).toEqual([14, (43_200 - 30) / 86_400, 0, 365]);
  });

  test("without posts there is none, and it says so", async () => {
    const absent = await postingPace(await profilesOf([{ followers: 1 }]), "profiles");
    expect(absent.value).toBeNull();
    expect(absent.alerts[0].message).toMatch(/^There is no posting pace: the file has no posted_at/);
  });
});

test("posting times are counted by weekday from Monday and by hour, in UTC", async () => {
  const connection = await profilesOf([
    // A Monday, a Sunday.
    { posted_at: ["2023-07-31 00:59:59", "2023-07-30 23:00:00"] },
    { posted_at: ["2023-07-31 00:00:00"] },
    {},
  ]);
  const { value } = await postingTimes(connection, "profiles");
  expect(value?.posts).toBe(3);
  expect([value?.counts[0][0], value?.counts[6][23]]).toEqual([2, 1]);
  expect(value?.counts.flat().reduce((sum, posts) => sum + posts, 0)).toBe(3);
  expect([value?.oldest, value?.newest]).toEqual(["2023-07-30T23:00:00.000Z", "2023-07-31T00:59:59.000Z"]);
  expect((await postingTimes(await profilesOf([{ posted_at: [] }]), "profiles")).value).toBeNull();
  expect((await postingTimes(await profilesOf([{ likes: 1 }]), "profiles")).alerts).toHaveLength(1);
});

test("account ages run to the snapshot, or to the newest date of the file", async () => {
  const rows = [
    { created_at: "2020-08-01", observed_at: "2023-08-01" },
    { created_at: "2021-08-01" },
    { created_at: "2023-08-02", observed_at: "2023-08-01" },
    { followers: 3 },
  ];
  const { value } = await accountAges(await profilesOf(rows), "profiles");
  expect(value?.undated).toBe(1);
  const [own, standIn, negative] = value?.years ?? [];
  expect(own).toBeCloseTo(1095 / 365.25, 12);
  expect(standIn).toBeCloseTo(731 / 365.25, 12);
  expect(negative).toBe(0);
  const bare = await accountAges(
    await profilesOf([{ created_at: "2020-01-01" }, { created_at: "2021-01-01" }]),
    "profiles",
  );
  expect([...(bare.value?.years ?? [])]).toEqual([366 / 365.25, 0]);
  expect((await accountAges(await profilesOf([{ likes: 1 }]), "profiles")).value).toBeNull();
});

test("quantiles of nothing are null", () => {
  expect(quantilesOf(new Float64Array())).toBeNull();
  expect(quantilesOf(Float64Array.of(3, 1, 2))).toMatchObject({ median: 2, p25: 1.5 });
});

test("a file without posts says each missing column once, and nothing else", async () => {
  const connection = await profilesOf([{ followers: 1, observed_at: null, posted_at: null }]);
  const report = await activityReport(connection, "profiles", []);
  expect(report.alerts.map(({ column }) => column)).toEqual(["posted_at", "created_at"]);
  expect(activityJson(report)).toMatchObject({
    last_post: null,
    pace: null,
    times_utc: null,
    account_age: null,
  });
  const reason = new Error("stopped");
  await expect(
    activityReport(connection, "profiles", [], { signal: AbortSignal.abort(reason) }),
  ).rejects.toBe(reason);
});

describe.skipIf(!HAS_REAL_FILE)("on the study's file", () => {
  test("everything is known of nearly all accounts", async () => {
    const profiles = await realProfiles();
    const json = activityJson(await activityReport(profiles.connection, "profiles", []));
    await profiles.close();
    expect(json).toMatchObject({
      snapshot: { profiles: 1000, observed: 1000 },
      last_post: { accounts: 998 },
      pace: { accounts: 965 },
      times_utc: { posts: 26_558 - 33 },
      account_age: { accounts: 916, undated: 84 },
    });
    const { times_utc } = json as { times_utc: { by_hour: number[]; by_weekday_from_monday: number[] } };
    const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
    expect([sum(times_utc.by_hour), sum(times_utc.by_weekday_from_monday)]).toEqual([26_525, 26_525]);
  });
});
