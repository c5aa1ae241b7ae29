import { expect, it } from "vitest";
import { connect, createProfiles } from "../../test/support/analysis/profilesTable.ts";
import { activityReport } from "../analysis/activityReport.ts";
import { comparedTargets } from "../analysis/targetTables.ts";
import { SAMPLE_FILE } from "../base/data.ts";
import { activityFigures } from "../figures/activityFigures.ts";
import { readProfiles } from "../profiles/read.ts";
import { activityMetrics } from "./activity.ts";

it("tells all there is of the sample, and draws it", async () => {
  const profiles = await readProfiles(SAMPLE_FILE);
  const { connection, missing } = profiles;
  const answered = await comparedTargets(connection, "profiles", missing);
  const report = await activityReport(connection, "profiles", answered);
  await profiles.close();
  const { activity, posting, targets, size_norm } = activityMetrics(report);
  expect(activity?.accounts).toBeGreaterThan(900);
  expect(posting.times?.by_weekday_and_hour.flat().reduce((a, b) => a + b)).toBe(posting.times?.posts);
  const above = report.pace!.postsPerWeek.reduce((sum, posts) => sum + (posts > 1 ? 1 : 0), 0);
  expect(posting.pace).toMatchObject({ more_than_once_a_week: above / report.pace!.accounts });
  expect(posting.account_age?.median_years).toBeGreaterThan(0);
  expect(targets.map(({ name }) => name)).toEqual(["engagement", "activity", "creator"]);
  expect(targets[1].posted_within_30_days).toEqual({ positive: 1, negative: 0 });
  for (const { positives, tiers } of targets)
    expect(tiers.reduce((sum, tier) => sum + tier.positives, 0)).toBe(positives);
  expect(size_norm?.rows.length).toBe(size_norm?.log_rate.length);
  expect(activityFigures(report).map(({ name }) => name)).toEqual([
    "days-since-last-post",
    "silences",
    "posts-per-week",
    "posting-times",
    "account-ages",
    "size-norm",
    "target-tiers",
  ]);
});

it("is null where the file tells nothing", async () => {
  const connection = await connect();
  await createProfiles(connection, [{ followers: null, observed_at: null, posted_at: null }]);
  const report = await activityReport(connection, "profiles", []);
  expect(activityMetrics(report)).toEqual({
    activity: null,
    posting: { pace: null, times: null, account_age: null },
    targets: [],
    size_norm: null,
  });
  expect(activityFigures(report)).toEqual([]);
});
