import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../base/random.ts";
import { decisionMetrics, rankingMetrics } from "./metrics.ts";
import { followerTiers, sliceMetrics, wordGroups } from "./slices.ts";

describe("followerTiers", () => {
  it("knows the tiers of the trade, their lower ends included", () => {
    const followers = [0, 999, 1000, 9_999, 10_000, 49_999, 50_000, 499_999, 500_000, 999_999, 1e6, 5e8];
    const { dimension, names, codes } = followerTiers(followers);
    expect(dimension).toBe("followers");
    expect(Array.from(codes, (code) => names[code])).toEqual(
      ["starter", "nano", "micro", "mid", "macro", "mega"].flatMap((name) => [name, name]),
    );
  });

  it("sets unknown followers apart, only where there are any", () => {
    const { names, codes } = followerTiers([5000, Number.NaN]);
    expect(names[codes[1]]).toBe("unknown");
    expect(followerTiers([5000]).names).not.toContain("unknown");
  });

  it("refuses tiers that leave out small accounts", () => {
    expect(() => followerTiers([1], [{ name: "nano", from: 1000 }])).toThrow(
      "invalid tiers: the first has to start from 0 followers",
    );
  });
});

describe("wordGroups", () => {
  it("keeps the frequent, in whatever order the rows come, and puts the rest together", () => {
    const values = ["en", "de", "en", null, "fr", "", "de", "en", "ar"];
    const { names, codes } = wordGroups("language", values, 2);
    expect(names).toEqual(["en", "de", "other", "unknown"]);
    expect(Array.from(codes, (code) => names[code])).toEqual([
      "en",
      "de",
      "en",
      "unknown",
      "other",
      "unknown",
      "de",
      "en",
      "other",
    ]);
    expect(wordGroups("language", values.toReversed(), 2).names).toEqual(names);
    expect(wordGroups("language", ["en", "de"]).names).toEqual(["de", "en"]);
  });

  it("does not mix up a word with the groups of its own making", () => {
    const { names, codes } = wordGroups("region", ["other", "other", "A", null, "unknown", "unknown"], 2);
    expect(names).toEqual(["other", "unknown", "other", "unknown"]);
    expect([...codes]).toEqual([0, 0, 2, 3, 1, 1]);
  });

  it("puts every row into one group", () => {
    const value = fc.constantFrom("a", "b", "c", "d", "e", null, "");
    fc.assert(
      fc.property(fc.array(value), fc.integer({ min: 0, max: 6 }), (values, most) => {
        const { names, codes } = wordGroups("language", values, most);
        expect(codes).toHaveLength(values.length);
        for (const code of codes) expect(names[code]).toBeTypeOf("string");
        expect(names.length).toBeLessThanOrEqual(most + 2);
      }),
    );
  });
});

describe("sliceMetrics", () => {
  const random = new Random(7);
  const rows = 1200;
  const labels = Uint8Array.from({ length: rows }, () => random.integer(2));
  // The first group is told apart well, the second not at all, the others are tiny.
  const codes = Int32Array.from({ length: rows }, (_, row) =>
    row < 590 ? 0 : row < 1180 ? 1 : row < 1199 ? 2 : 3,
  );
  const probabilities = Float64Array.from(labels, (label, row) =>
    codes[row] === 1 ? random.uniform() : 0.6 * random.uniform() + 0.4 * label,
  );
  const grouping = { dimension: "followers", names: ["good", "bad", "few", "one", "none"], codes };
  const slices = sliceMetrics(labels, probabilities, grouping, { threshold: 0.5, seed: 1, repeats: 300 });

  it("gives each group the numbers it would get alone, inside their intervals", () => {
    expect(slices.map(({ name, rows }) => [name, rows])).toEqual([
      ["good", 590],
      ["bad", 590],
      ["few", 19],
      ["one", 1],
    ]);
    for (const [code, slice] of slices.slice(0, 2).entries()) {
      const own = (_: number, row: number) => codes[row] === code;
      const alone = {
        ...decisionMetrics(labels.filter(own), probabilities.filter(own), 0.5),
        ...rankingMetrics(labels.filter(own), probabilities.filter(own)),
      };
      for (const name of ["roc_auc", "average_precision", "precision", "recall", "f1", "brier"] as const) {
        const number = slice.metrics?.[name];
        expect(number?.value).toBe(alone[name]);
        expect(number?.low).toBeLessThan(alone[name]);
        expect(number?.high).toBeGreaterThan(alone[name]);
      }
    }
    expect(slices[0].metrics?.roc_auc.low).toBeGreaterThan(0.8);
    expect(slices[1].metrics?.roc_auc.high).toBeLessThan(0.6);
    expect(slices[1].warning).toBeNull();
  });

  it("says where a slice is too small to say", () => {
    expect(slices[2].warning).toMatch(/^few is too small to say: 19 accounts, \d+ of them positive\.$/);
    expect(slices[2].metrics).not.toBeNull();
    expect(slices[3]).toMatchObject({ metrics: null, rows: 1 });
    expect(slices[3].warning).toMatch(/^one is too small to say: 1 account, [01] of them positive\.$/);
    const noise = sliceMetrics(
      labels.subarray(590, 690),
      probabilities.subarray(590, 690),
      { dimension: "region", names: ["XX"], codes: new Int32Array(100) },
      { threshold: 0.5, seed: 1, repeats: 300 },
    );
    expect(noise[0].warning).toMatch(/its ROC AUC may be anything from 0\.\d\d to 0\.\d\d\.$/);
  });

  it("has no precision where nothing is picked, and tells how hopeful the model is", () => {
    const [slice] = sliceMetrics(
      Uint8Array.of(1, 0, 0, 0),
      Float64Array.of(0.3, 0.2, 0.1, 0.2),
      { dimension: "region", names: ["XX"], codes: new Int32Array(4) },
      { threshold: 0.5, seed: 1, repeats: 50 },
    );
    expect(slice.metrics?.precision).toBeNull();
    expect(slice.queue_rate).toBe(0);
    expect(slice.calibration_error).toBeCloseTo(0.2 - 0.25, 12);
  });

  it("says nothing where no resample of two rows has both classes", () => {
    const pair = { dimension: "region", names: ["XX"], codes: new Int32Array(2) };
    const slices = Array.from({ length: 12 }, (_, seed) =>
      sliceMetrics(Uint8Array.of(0, 1), Float64Array.of(0.2, 0.8), pair, {
        threshold: 0.5,
        seed,
        repeats: 1,
      }),
    );
    const silent = slices.filter(([{ metrics }]) => metrics === null);
    expect(silent.length).toBeGreaterThan(0);
    expect(silent.length).toBeLessThan(12);
    for (const [{ warning }] of slices)
      expect(warning).toBe("XX is too small to say: 2 accounts, 1 of them positive.");
  });

  it("refuses lengths that differ", () => {
    expect(() =>
      sliceMetrics(labels, probabilities.subarray(1), grouping, { threshold: 0.5, seed: 1 }),
    ).toThrow(RangeError);
  });
});
