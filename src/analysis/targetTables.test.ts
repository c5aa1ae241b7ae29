import { describe, expect, test } from "vitest";
import { connect, createProfiles } from "../../test/support/analysis/profilesTable.ts";
import { HAS_REAL_FILE, realProfiles } from "../../test/support/analysis/realProfiles.ts";
import { proportion } from "../base/statistics.ts";
import { TIER_RANGES, tierSql } from "../profiles/tiers.ts";
import { aboveNormSql } from "../targets/named.ts";
import { resolveTarget } from "../targets/resolve.ts";
import { snapshotOf } from "../targets/snapshot.ts";
import { labelsOf } from "../targets/target.ts";
import { sizeNormPoints } from "./scatters.ts";
import { targetTables } from "./targetTables.ts";

test("answers are counted against posting and against the tier of followers", async () => {
  const connection = await connect();
  const late = { observed_at: "2023-08-01", posted_at: ["2023-07-31"] };
  const early = { observed_at: "2023-08-01", posted_at: ["2023-05-01"] };
  await createProfiles(connection, [
    { ...late, followers: 999 },
    { ...early, followers: 1000 },
    { ...late, followers: 9999 },
    { ...early, followers: 1_000_000 },
    { observed_at: "2023-08-01", followers: 5_000_000 },
    { ...late },
  ]);
  const labels = {
    rows: Float64Array.from([0, 1, 2, 3, 4, 5]),
    labels: Int8Array.from([1, 1, 0, -1, 1, 0]),
  };
  const snapshot = await snapshotOf(connection, "profiles");
  const [tables] = await targetTables(connection, "profiles", [labels], snapshot);
  expect(tables).toMatchObject({ positives: 3, negatives: 2, unknown: 1, days: 30 });
  expect(tables.posted.positive).toEqual({ yes: 1, no: 1, unknown: 1, posted: proportion(1, 2) });
  expect(tables.posted.negative).toEqual({ yes: 2, no: 0, unknown: 0, posted: proportion(2, 2) });
  expect(
    tables.tiers.map(({ tier, positives, negatives, unknown }) => [tier.name, positives, negatives, unknown]),
  ).toEqual([
    ["under 1 K", 1, 0, 0],
    ["nano", 1, 1, 0],
    ["micro", 0, 0, 0],
    ["mid", 0, 0, 0],
    ["macro", 0, 0, 0],
    ["mega", 1, 0, 1],
  ]);
  expect(tables.tiers[2].positive).toBeNull();
  const [own] = await targetTables(connection, "profiles", [labels], snapshot, {
    days: 100,
    tiers: [{ name: "all", from: 0, below: null }],
  });
  expect(own.posted.positive.yes).toBe(2);
  expect(own.tiers).toMatchObject([{ positives: 3, negatives: 1, unknown: 1 }]);
});

test("tiers join without gaps", () => {
  TIER_RANGES.forEach(({ from }, i) => {
    expect(from).toBe(i === 0 ? 0 : TIER_RANGES[i - 1].below);
  });
});

describe("shares with intervals", () => {
  // Wilson's ends are the p for which the share lies exactly 1.96 standard errors of p away (1927, his equation for p).
  test.each([
    [8, 10],
    [1, 3],
    [145, 508],
    [0, 5],
    [5, 5],
  ])("%i of %i solve the equation they are defined by", (count, n) => {
    const { share, low, high } = proportion(count, n)!;
    expect(share).toBe(count / n);
    const errors = (p: number) => Math.abs(share - p) / Math.sqrt((p * (1 - p)) / n);
    if (count === 0) expect(low).toBe(0);
    else expect(errors(low)).toBeCloseTo(1.959963984540054, 9);
    if (count === n) expect(high).toBe(1);
    else expect(errors(high)).toBeCloseTo(1.959963984540054, 9);
    expect(low).toBeLessThanOrEqual(share);
    expect(high).toBeGreaterThanOrEqual(share);
  });

  test("of nothing there is none", () => {
    expect(proportion(0, 0)).toBeNull();
  });
});

test("accounts above the norm are those that the target says", async () => {
  const connection = await connect();
  await createProfiles(connection, [
    { followers: 100, awg_engagement_rate: 0.3 },
    { followers: 100, awg_engagement_rate: 0.1 },
    { followers: 0, awg_engagement_rate: 0.2 },
    { followers: 5 },
  ]);
  const { norm } = await (await resolveTarget("creator")).fit(connection, "profiles");
  const { points, rows, missing } = await sizeNormPoints(connection, "profiles", norm!);
  expect([rows, missing]).toEqual([3, 1]);
  expect(points).toEqual([
    { followers: 100, rate: 0.3, above: true },
    { followers: 100, rate: 0.1, above: false },
    { followers: 0, rate: 0.2, above: false },
  ]);
});

describe.skipIf(!HAS_REAL_FILE)("on the study's file", () => {
  test("about half of the accounts of every size are above the norm", async () => {
    const profiles = await realProfiles();
    const { connection } = profiles;
    const { norm } = await (await resolveTarget("creator")).fit(connection, "profiles");
    const reader = await connection.runAndReadAll(
      `SELECT ${tierSql(TIER_RANGES, (_, place) => `${place}`)} AS tier, avg(CAST(${aboveNormSql(norm!)} AS INTEGER)) FROM profiles GROUP BY tier`,
    );
    await profiles.close();
    const shares = reader.getRowsJS().map(([, above]) => Number(above));
    expect(shares).toHaveLength(6);
    for (const above of shares) expect(Math.abs(above - 0.5)).toBeLessThan(0.1);
  });

  test("the original label means few followers, the others mean posting", async () => {
    const profiles = await realProfiles();
    const { connection } = profiles;
    const names = ["engagement", "activity", "creator"];
    const labelled = [];
    for (const name of names) {
      const target = await (await resolveTarget(name)).fit(connection, "profiles");
      labelled.push(await labelsOf(connection, target, "profiles"));
    }
    const tables = await targetTables(
      connection,
      "profiles",
      labelled,
      await snapshotOf(connection, "profiles"),
    );
    await profiles.close();
    const [original, , creator] = tables;
    expect(original.posted.positive).toMatchObject({ yes: 145, no: 363, unknown: 2 });
    expect(original.posted.negative).toMatchObject({ yes: 250, no: 240, unknown: 0 });
    expect(creator.posted.positive).toMatchObject({ yes: 175, no: 0 });
    const share = (tier: number) => tables.map(({ tiers }) => tiers[tier].positive?.share.toFixed(3));
    expect(share(0)).toEqual(["0.871", "0.199", "0.098"]);
    expect(share(5)).toEqual(["0.286", "0.857", "0.429"]);
  });
});
