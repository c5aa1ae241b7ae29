import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { connect, createProfiles } from "../../test/support/analysis/profilesTable.ts";
import { HAS_REAL_FILE, realProfiles } from "../../test/support/analysis/realProfiles.ts";
import type { CanonicalName } from "../profiles/canonical.ts";
import { summarise } from "./summary.ts";

type Row = Parameters<typeof createProfiles>[1][number];

async function summaryOf(rows: readonly Row[], columns: readonly CanonicalName[] = []) {
  const connection = await connect();
  await createProfiles(connection, rows, columns);
  const found = await summarise(connection, "profiles");
  connection.closeSync();
  const column = (name: string) => found.summary.columns.find((candidate) => candidate.name === name)!;
  return { ...found, column, codes: found.alerts.map(({ code }) => code) };
}

describe.skipIf(!HAS_REAL_FILE)("on the study's file", () => {
  test("it tells what the study found, and the leak in one sentence", async () => {
    const profiles = await realProfiles();
    const { connection } = profiles;
    const { summary, alerts } = await summarise(connection, "profiles");
    const column = (name: string) => summary.columns.find((candidate) => candidate.name === name)!;
    expect(column("bio_link")).toMatchObject({ count: 191, missing: 809 });
    expect(column("biography").missing).toBe(3);
    // statistics.mean, stdev and quantiles(method='inclusive') of Python 3 on the column.
    expect(column("followers")).toMatchObject({
      min: 1,
      p25: 671.25,
      median: 5241,
      p75: 31600,
      max: 14500000,
    });
    expect(column("followers").mean).toBeCloseTo(113086.883, 6);
    expect(column("followers").standard_deviation).toBeCloseTo(669827.026, 2);
    expect(summary.verified).toEqual([
      {
        is_verified: false,
        accounts: 981,
        followers_min: 1,
        followers_median: 4983,
        followers_max: 14500000,
      },
      {
        is_verified: true,
        accounts: 19,
        followers_min: 16800,
        followers_median: 996200,
        followers_max: 10500000,
      },
    ]);
    expect(summary.outliers).toEqual({ rule: "awg_engagement_rate > 5", rows: 18 });
    const leak = alerts.find(({ code }) => code === "linear_sum");
    expect(leak?.message).toMatch(
      /^awg_engagement_rate is like_engagement_rate \+ comment_engagement_rate in every row \(largest difference \de-15\)\./,
    );
    const codes = alerts.map(({ code }) => code);
    for (const code of ["outliers", "heavy_tail", "mostly_missing", "imbalanced_flag", "high_cardinality"])
      expect(codes).toContain(code);
    // Warnings come first.
    const levels = alerts.map(({ level }) => level);
    expect(levels).toEqual([...levels].sort().reverse());
    await profiles.close();
  });
});

test("quantiles, deviation and skewness follow their formulas", async () => {
  const { column } = await summaryOf([1, 2, 4, 8, 100].map((followers) => ({ followers })));
  // By hand: squares of the deviations from 23 sum to 7440, cubes to 426390; n / ((n - 1)(n - 2)) = 5 / 12.
  expect(column("followers").mean).toBe(23);
  expect(column("followers").standard_deviation).toBeCloseTo(Math.sqrt(7440 / 4), 10);
  expect(column("followers").skewness).toBeCloseTo(((5 / 12) * 426390) / (7440 / 4) ** 1.5, 10);
  expect(column("followers").p05).toBeCloseTo(1.2, 12);
  expect(column("followers").p25).toBe(2);
  expect(column("followers").p95).toBeCloseTo(81.6, 12);
  expect(column("followers").distinct).toBe(5);
});

/** Pearson's correlation in plain loops. */
function pearson(x: readonly number[], y: readonly number[]): number | null {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const sum = (f: (i: number) => number) => x.reduce((total, _, i) => total + f(i), 0);
  const [xx, yy, xy] = [
    sum((i) => (x[i] - mx) ** 2),
    sum((i) => (y[i] - my) ** 2),
    sum((i) => (x[i] - mx) * (y[i] - my)),
  ];
  return xx > 1e-12 && yy > 1e-12 ? xy / Math.sqrt(xx * yy) : null;
}

const meanRanks = (values: readonly number[]) =>
  values.map((v) => values.filter((o) => o < v).length + (values.filter((o) => o === v).length + 1) / 2);

test("correlations are pairwise complete, with mean ranks for ties", async () => {
  const value = fc.option(fc.integer({ min: 0, max: 6 }), { freq: 4 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ followers: value, likes: value, following: value }), {
        minLength: 1,
        maxLength: 25,
      }),
      async (rows) => {
        const { summary } = await summaryOf(rows);
        const names = summary.pearson.columns as ("followers" | "likes" | "following")[];
        names.forEach((first, i) => {
          names.forEach((second, j) => {
            const both = rows.filter((row) => row[first] !== null && row[second] !== null);
            const x = both.map((row) => row[first] as number);
            const y = both.map((row) => row[second] as number);
            const same = (ours: number | null, theirs: number | null) =>
              theirs === null ? expect(ours).toBeNull() : expect(ours).toBeCloseTo(theirs, 9);
            same(summary.pearson.values[i][j], pearson(x, y));
            same(summary.spearman.values[i][j], pearson(meanRanks(x), meanRanks(y)));
          });
        });
      },
    ),
    { numRuns: 25 },
  );
});

test("no rows, one row and no known values give nulls, not errors", async () => {
  const none = await summaryOf([], ["followers", "is_verified", "awg_engagement_rate", "posted_at"]);
  expect(none.codes).toEqual(["no_rows"]);
  expect(none.column("followers")).toMatchObject({ count: 0, mean: null, median: null, skewness: null });
  expect(none.summary.pearson).toEqual({ columns: [], values: [] });
  const one = await summaryOf([{ followers: 5, is_verified: true, biography: "x" }]);
  expect(one.column("followers")).toMatchObject({
    count: 1,
    mean: 5,
    standard_deviation: null,
    skewness: null,
  });
  expect(one.summary.pearson.values).toEqual([[null]]);
  expect(one.codes).toEqual(["few_rows"]);
  const unknown = await summaryOf([{ id: "1" }, { id: "2" }], ["followers", "region"]);
  expect(unknown.alerts.find(({ code }) => code === "all_missing")?.message).toBe(
    "followers and region are empty in every row.",
  );
  expect(unknown.summary.verified).toEqual([]);
});

test("alerts for constants, rare flags, zeros and repeats", async () => {
  const rows: Row[] = Array.from({ length: 120 }, (_, i) => ({
    id: String(i),
    account_id: i < 2 ? "twice" : `name${i}`,
    biography: i < 3 ? "the same" : i < 10 ? " " : `words ${i}`,
    followers: i === 0 ? 0 : i,
    following: 7,
    videos_count: i % 40,
    is_verified: i === 5,
    awg_engagement_rate: i === 1 ? 6 : 0.01 * (i % 7),
    region: "PL",
  }));
  const { alerts, summary } = await summaryOf(rows);
  const message = (code: string, column?: string) =>
    alerts.find((found) => found.code === code && (column === undefined || found.column === column))?.message;
  expect(message("constant", "following")).toMatch(/^following is the same in every row/);
  expect(message("constant", "region")).toBeDefined();
  expect(message("imbalanced_flag")).toBe("is_verified is true for only 1 of 120 accounts (0.8 %).");
  expect(message("zero_followers")).toMatch(/^1 account has no followers/);
  expect(message("zero_videos")).toMatch(/^3 accounts have no videos/);
  expect(message("duplicate_accounts")).toBe("1 account_id occurs more than once, in 2 rows.");
  expect(message("shared_biographies")).toBe("3 accounts share 1 biography word for word.");
  expect(message("outliers")).toMatch(/^1 row has awg_engagement_rate > 5 \(largest 6\)/);
  expect(summary.pearson.values[1][1]).toBeNull();
  // No alert quotes what an account wrote.
  expect(alerts.map(({ message: text }) => text).join()).not.toMatch(/twice|the same,|words \d/);
});

describe("sums", () => {
  const rate = (i: number) => Math.abs(Math.sin(i)) + 0.01;
  const rows = (awg: (like: number, comment: number) => number | null): Row[] =>
    Array.from({ length: 200 }, (_, i) => ({
      like_engagement_rate: rate(i),
      comment_engagement_rate: rate(3 * i + 5) / 10,
      awg_engagement_rate: awg(rate(i), rate(3 * i + 5) / 10),
    }));

  test("an exact one is found among rows that know all three", async () => {
    const { alerts } = await summaryOf(rows((like, comment) => (like > 0.9 ? null : like + comment)));
    expect(alerts.filter(({ code }) => code === "linear_sum").map(({ column }) => column)).toEqual([
      "awg_engagement_rate",
    ]);
  });

  test("one rounded by a provider is found as a near one", async () => {
    const { codes } = await summaryOf(rows((like, comment) => Number((like + comment).toFixed(3))));
    expect(codes).toContain("near_linear_sum");
    expect(codes).not.toContain("linear_sum");
  });

  test("a copy beside a column of zeros is no sum, nor is an unrelated column", async () => {
    const copies = rows((like) => like).map((row) => ({ ...row, comment_engagement_rate: 0 }));
    expect((await summaryOf(copies)).codes.join()).not.toContain("linear_sum");
    expect((await summaryOf(copies)).codes).toContain("high_correlation");
    const { codes } = await summaryOf(rows((like, comment) => like * (1 + comment)));
    expect(codes.join()).not.toContain("linear_sum");
  });
});
