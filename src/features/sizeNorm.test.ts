import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { connect, createProfiles } from "../../test/support/features/profiles.ts";
import { poolAdjacentViolators } from "../base/statistics.ts";
import { readProfiles } from "../profiles/read.ts";
import { aggregateOf } from "./aggregates.ts";
import { fitSizeNorm, logNorm, logNormSql, mergeSmallBins, type SizeNorm, sizeNorm } from "./sizeNorm.ts";

const shared = new URL("../../../shared/", import.meta.url);
const file = new URL("data/tiktok.csv", shared);

describe.skipIf(!existsSync(file))("on the study's own profiles", () => {
  it("is the reference's curve, to its printed digits", async () => {
    const profiles = await readProfiles(file.pathname);
    const norm = (await fitSizeNorm(aggregateOf(profiles.connection), "profiles"))!;
    await profiles.close();
    const reference = JSON.parse(readFileSync(new URL("reference/size-norm.json", shared), "utf8"));
    expect(norm.log10_followers.map((x) => Number(x.toFixed(2)))).toEqual(reference.log10_followers);
    expect(norm.log_rate.map((y) => Number(Math.exp(y).toFixed(4)))).toEqual(reference.rate);
    expect(norm.rows.reduce((sum, rows) => sum + rows, 0)).toBe(1000);
    expect(sizeNorm.parse(JSON.parse(JSON.stringify(norm)))).toEqual(norm);
  });
});

describe("fitting", () => {
  it("takes medians of bins of half decades, small ones merged towards the middle", async () => {
    const connection = await connect();
    const people = (n: number, followers: number, rate: number) =>
      Array.from({ length: n }, () => ({ followers: BigInt(followers), awg_engagement_rate: rate }));
    await createProfiles(connection, "profiles", [
      ...people(5, 0, 2),
      ...people(21, 50, 1),
      ...people(25, 200, 0.1),
      ...people(40, 2000, 0.3),
      ...people(19, 1_000_000, 0.01),
      ...people(30, 500_000, 0.02),
      { followers: 7n },
      { awg_engagement_rate: 0.5 },
      { followers: 7n, awg_engagement_rate: Number.NaN },
      { followers: 7n, awg_engagement_rate: -1 },
    ]);
    const norm = (await fitSizeNorm(aggregateOf(connection), "profiles"))!;
    const log = (rate: number) => Math.log(rate + 1e-4);
    const pooled = (25 * log(0.1) + 40 * log(0.3)) / 65;
    expect(norm.rows).toEqual([26, 25, 40, 49]);
    const sizes = [50, 200, 2000, 500_000].map(Math.log10);
    norm.log10_followers.forEach((x, i) => {
      expect(x).toBeCloseTo(sizes[i], 12);
    });
    const rates = [log(1), pooled, pooled, log(0.02)];
    norm.log_rate.forEach((y, i) => {
      expect(y).toBeCloseTo(rates[i], 12);
    });
  });

  it("is one level where there are few rows, and null where there are none", async () => {
    const connection = await connect();
    await createProfiles(connection, "profiles", [
      { followers: 10n, awg_engagement_rate: 0.2 },
      { followers: 1_000_000n, awg_engagement_rate: 0.1 },
    ]);
    const norm = (await fitSizeNorm(aggregateOf(connection), "profiles"))!;
    expect(norm.rows).toEqual([2]);
    expect(logNorm(norm, 3)).toBe(norm.log_rate[0]);
    await createProfiles(connection, "profiles", [{ followers: 10n }]);
    expect(await fitSizeNorm(aggregateOf(connection), "profiles")).toBeNull();
  });
});

it("prints the curve that its plain twin gives", async () => {
  const norms: SizeNorm[] = [
    { log10_followers: [2], log_rate: [-2], rows: [9] },
    { log10_followers: [1.15, 2.5, 3.25, 6], log_rate: [0.2, -1.75, -1.75, -4], rows: [30, 31, 32, 33] },
  ];
  const followers = [0, 1, 14, 15, 316, 317, 1778, 1779, 999_999, 1_000_000, 2 ** 50];
  const connection = await connect();
  await createProfiles(connection, "profiles", [...followers.map((n) => ({ followers: BigInt(n) })), {}]);
  for (const norm of norms) {
    const reader = await connection.runAndReadAll(`SELECT ${logNormSql(norm)} FROM profiles ORDER BY "row"`);
    const values = reader.getRowsJS().map(([value]) => value);
    expect(values.at(-1)).toBeNull();
    followers.forEach((n, i) => {
      expect(values[i]).toBeCloseTo(logNorm(norm, n), 12);
    });
    for (let i = 1; i < followers.length; i++) {
      expect(logNorm(norm, followers[i])).toBeLessThanOrEqual(logNorm(norm, followers[i - 1]));
    }
  }
  expect(logNorm(norms[1], 10 ** 2.5)).toBeCloseTo(-1.75, 12);
  expect(logNorm(norms[1], 10 ** 1.825)).toBeCloseTo((0.2 - 1.75) / 2, 12);
});

it("refuses a curve that cannot be", () => {
  expect(sizeNorm.safeParse({ log10_followers: [1, 2], log_rate: [0], rows: [3, 4] }).success).toBe(false);
  expect(sizeNorm.safeParse({ log10_followers: [2, 1], log_rate: [0, 0], rows: [3, 4] }).success).toBe(false);
});

describe("merging bins", () => {
  it.each([
    [
      [5, 12, 38, 100, 16, 3, 2],
      [55, 100, 21],
    ],
    [[30], [30]],
    [[3, 4], [7]],
    [
      [50, 10, 50],
      [50, 60],
    ],
    [
      [50, 50, 10],
      [50, 60],
    ],
    [[], []],
  ])("%j", (rows, merged) => {
    expect(mergeSmallBins(rows, 20).map((bin) => bin.rows)).toEqual(merged);
  });

  it("leaves no small bin, and none out", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 20 }), (rows) => {
        const bins = mergeSmallBins(rows, 20);
        expect(bins[0].first).toBe(0);
        expect(bins.at(-1)?.last).toBe(rows.length - 1);
        bins.forEach((bin, i) => {
          if (i > 0) expect(bin.first).toBe(bins[i - 1].last + 1);
          expect(bin.rows).toBe(rows.slice(bin.first, bin.last + 1).reduce((sum, n) => sum + n, 0));
          if (bins.length > 1) expect(bin.rows).toBeGreaterThanOrEqual(20);
        });
      }),
    );
  });
});

describe("values that never rise", () => {
  it("pool what rises, by weight", () => {
    // By hand: 1 (of weight 2), 4 and 4 rise, their mean is (2 + 4 + 4) / 4; 0 (of weight 3) and 2 rise, (0 + 2) / 4.
    const pooled = poolAdjacentViolators([5, 1, 4, 4, 0, 2], [1, 2, 1, 1, 3, 1]);
    [5, 2.5, 2.5, 2.5, 0.5, 0.5].forEach((value, i) => {
      expect(pooled[i]).toBeCloseTo(value, 12);
    });
  });

  it("never rise, keep the weighted sum, and leave falling values alone", () => {
    const point = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 30 }), (points) => {
        const values = points.map(([value]) => value);
        const weights = points.map(([, weight]) => weight);
        const pooled = poolAdjacentViolators(values, weights);
        const sum = (list: readonly number[]) =>
          list.reduce((total, value, i) => total + value * weights[i], 0);
        expect(sum(pooled)).toBeCloseTo(sum(values), 8);
        for (let i = 1; i < pooled.length; i++) expect(pooled[i]).toBeLessThanOrEqual(pooled[i - 1] + 1e-9);
        const falling = [...values].sort((a, b) => b - a);
        expect(poolAdjacentViolators(falling, weights)).toEqual(falling);
      }),
    );
  });
});
