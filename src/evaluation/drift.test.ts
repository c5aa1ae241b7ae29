import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../base/random.ts";
import { nextAbove } from "../base/statistics.ts";
import { profileWords } from "./dataProfile.ts";
import { compareColumn, compareColumns, compareWords } from "./drift.ts";
import { kolmogorovChance, kolmogorovSmirnov, populationStability } from "./driftMeasures.ts";

const sorted = (values: Iterable<number>) => Float64Array.from(values).sort();
const normals = (random: Random, n: number, mean = 0) =>
  Float64Array.from({ length: n }, () => mean + random.normal());

describe("kolmogorovSmirnov", () => {
  it("has the tabled limit law", () => {
    // Smirnov's table (Ann. Math. Statist. 19, 1948): L(1.3581) = 0.95, L(1.2238) = 0.90, L(1.6276) = 0.99, L(0.8276) = 0.5.
    expect(kolmogorovChance(1.3581)).toBeCloseTo(0.05, 5);
    expect(kolmogorovChance(1.2238)).toBeCloseTo(0.1, 4);
    expect(kolmogorovChance(1.6276)).toBeCloseTo(0.01, 5);
    expect(kolmogorovChance(0.8276)).toBeCloseTo(0.5, 4);
    expect(kolmogorovChance(0)).toBe(1);
    expect(kolmogorovChance(0.1)).toBeCloseTo(1, 12);
    // Both series at the seam.
    expect(kolmogorovChance(1 - 1e-12)).toBeCloseTo(kolmogorovChance(1), 10);
  });

  it("counts small samples exactly", () => {
    // Five and five, nothing in common: 2 of the C(10, 5) = 252 orders are as far apart; at 4/5 it is 20 of them.
    const apart = kolmogorovSmirnov(sorted([1, 2, 3, 4, 5]), sorted([6, 7, 8, 9, 10]));
    expect(apart.statistic).toBe(1);
    expect(apart.p_value).toBeCloseTo(2 / 252, 12);
    const nearly = kolmogorovSmirnov(sorted([1, 2, 3, 4, 6]), sorted([5, 7, 8, 9, 10]));
    expect(nearly.statistic).toBeCloseTo(0.8, 12);
    expect(nearly.p_value).toBeCloseTo(20 / 252, 12);
    // Two and one: |F - G| is 1 in two orders of three, 1/2 in the other.
    expect(kolmogorovSmirnov(sorted([1, 2]), sorted([3])).p_value).toBeCloseTo(2 / 3, 12);
    expect(kolmogorovSmirnov(sorted([1, 2]), sorted([1, 2])).p_value).toBe(1);
  });

  it("equals the definition over all values", () => {
    const values = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(values, values, (a, b) => {
        const share = (list: number[], x: number) => list.filter((value) => value <= x).length / list.length;
        const brute = Math.max(...[...a, ...b].map((x) => Math.abs(share(a, x) - share(b, x))));
        const { statistic, p_value } = kolmogorovSmirnov(sorted(a), sorted(b));
        expect(statistic).toBeCloseTo(brute, 12);
        expect(p_value).toBeGreaterThanOrEqual(0);
        expect(p_value).toBeLessThanOrEqual(1);
        expect(kolmogorovSmirnov(sorted(b), sorted(a)).statistic).toBe(statistic);
      }),
    );
  });

  it("passes from counting to the limit law without a step, and is right about chance", () => {
    const random = new Random(1);
    const exact = kolmogorovSmirnov(sorted(normals(random, 100)), sorted(normals(random, 100)));
    const limit = kolmogorovChance((Math.sqrt(50) + 0.12 + 0.11 / Math.sqrt(50)) * exact.statistic);
    expect(Math.abs(exact.p_value - limit)).toBeLessThan(0.03);
    let below = 0;
    for (let i = 0; i < 400; i++)
      if (kolmogorovSmirnov(sorted(normals(random, 150)), sorted(normals(random, 150))).p_value < 0.05)
        below++;
    // 20 expected of 400; 4 and 38 are four standard errors away.
    expect(below).toBeGreaterThan(4);
    expect(below).toBeLessThan(38);
    expect(exact.critical).toBeCloseTo(1.358 * Math.sqrt(2 / 100), 3);
  });

  it("needs values", () => {
    expect(() => kolmogorovSmirnov(new Float64Array(0), sorted([1]))).toThrow("no values to compare");
  });
});

describe("populationStability", () => {
  it("is the formula on known shares", () => {
    // Shares 0.2 / 0.8 against 0.5 / 0.5: (0.5 - 0.2) ln(0.5 / 0.2) + (0.5 - 0.8) ln(0.5 / 0.8) = 0.41589; many rows, so that
    // the half row of each bin does not count.
    const flags = (ones: number, n: number) =>
      Float64Array.from({ length: n }, (_, i) => (i < n - ones ? 0 : 1));
    expect(populationStability(flags(80_000, 100_000), flags(50_000, 100_000)).psi).toBeCloseTo(0.41589, 4);
    expect(populationStability(flags(20_000, 100_000), flags(50_000, 100_000)).psi).toBeCloseTo(0.41589, 4);
  });

  it("is 0 for the same sample, symmetric in shares, and sees what is missing", () => {
    const sample = sorted(normals(new Random(2), 500));
    expect(populationStability(sample, sample).psi).toBe(0);
    expect(populationStability(sample, sample).bins).toBe(10);
    expect(
      populationStability(sample, sample.subarray(250), { reference: 0, current: 250 }).psi,
    ).toBeGreaterThan(1);
    expect(populationStability(sorted([]), sample, { reference: 500, current: 0 }).psi).toBeGreaterThan(5);
  });

  it("gives a heavy value a bin of its own, and sees values beyond the range", () => {
    const heavy = sorted(Float64Array.from({ length: 1000 }, (_, i) => (i < 600 ? 5 : i / 100)));
    const without = sorted(heavy.filter((value) => value !== 5));
    expect(populationStability(heavy, without).psi).toBeGreaterThan(0.25);
    const constant = new Float64Array(100).fill(3);
    expect(populationStability(constant, constant).psi).toBe(0);
    expect(populationStability(constant, new Float64Array(100).fill(4)).psi).toBeGreaterThan(5);
    expect(populationStability(constant, new Float64Array(100).fill(2.999)).psi).toBeGreaterThan(5);
  });

  it("is beyond chance about once in a hundred where nothing moved", () => {
    const random = new Random(3);
    let beyond = 0;
    for (let i = 0; i < 1000; i++) {
      const { psi, chance } = populationStability(sorted(normals(random, 300)), sorted(normals(random, 200)));
      if (psi > chance) beyond++;
    }
    expect(beyond).toBeLessThan(30);
    expect(beyond).toBeGreaterThan(0);
  });

  it("steps to the next double", () => {
    expect(nextAbove(1)).toBe(1 + Number.EPSILON);
    expect(nextAbove(0)).toBe(5e-324);
    expect(nextAbove(-1)).toBe(-1 + Number.EPSILON / 2);
    expect(nextAbove(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("compareColumns", () => {
  it("says what moved, and where to, most moved first", () => {
    const random = new Random(4);
    const drifts = compareColumns(
      {
        still: normals(random, 800),
        up: normals(random, 800),
        gone: normals(random, 800),
        wide: normals(random, 800),
        only_here: [1],
      },
      {
        still: normals(random, 600),
        up: normals(random, 600, 1),
        gone: normals(random, 600).map((value, i) => (i % 2 ? Number.NaN : value)),
        wide: normals(random, 600).map((value) => 2 * value),
      },
    );
    expect(drifts.map(({ name, shift }) => `${name} ${shift}`).sort()).toEqual([
      "gone large",
      "still none",
      "up large",
      "wide large",
    ]);
    expect(drifts.at(-1)?.name).toBe("still");
    const words = Object.fromEntries(drifts.map(({ name, message }) => [name, message]));
    expect(words.still).toMatch(/^still has not moved to speak of \(PSI 0\.0\d, KS 0\.0\d, p 0\.\d{3}\)\.$/);
    expect(words.up).toMatch(/^up has moved a lot: higher, the median .* after .*p below 0\.001\.$/);
    expect(words.gone).toContain("unknown in 50 % of the rows after 0 %");
    expect(words.wide).toContain("spread differently");
    const up = drifts.find(({ name }) => name === "up");
    // The chance that N(1, 1) is above N(0, 1) is Phi(1 / sqrt 2) = 0.760.
    expect(up?.higher).toBeCloseTo(0.76, 1);
  });

  it("does not take chance for change, however many columns", () => {
    const random = new Random(5);
    const columns = (n: number) =>
      Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`x${i}`, normals(random, n)]));
    for (const n of [40, 150, 1000])
      for (let i = 0; i < 5; i++)
        expect(
          compareColumns(columns(n), columns(n)).filter(({ shift }) => shift === "some" || shift === "large"),
        ).toEqual([]);
  });

  it("says when the rows are too few to tell, and copes with columns known in one set only", () => {
    expect(compareColumn("x", [1, 2, 3, 4], [5, 6, 7, 8], 0.001).message).toBe(
      "x may have moved, but the rows are too few to tell it from chance (PSI 2.03, KS 1.00, p 0.029).",
    );
    const gone = compareColumn("x", new Float64Array(300).fill(1), new Float64Array(300).fill(Number.NaN));
    expect(gone).toMatchObject({ shift: "large", ks: null, higher: null, missing: { current: 1 } });
    expect(gone.message).toMatch(/^x has moved a lot: unknown in 100 % of the rows after 0 %; PSI/);
    expect(() => compareColumn("x", [], [1])).toThrow(RangeError);
  });
});

const spoken = (shares: Record<string, number>, unknown = 0) =>
  profileWords("predicted_lang", [
    ...Object.entries(shares).flatMap(([word, rows]) => Array<string>(rows).fill(word)),
    ...Array<null>(unknown).fill(null),
  ]);

describe("compareWords", () => {
  it("tells which words came and went", () => {
    const found = compareWords(spoken({ en: 700, de: 200, fr: 100 }), spoken({ en: 200, de: 200, ar: 600 }));
    expect(found.shift).toBe("large");
    expect(found.message).toMatch(/^predicted_lang has moved a lot: ar 60 % after 0 %, en 20 % after 70 %, /);
    expect(found.shares.at(-1)?.word).toBe("de");
    // Too rare to be told from the others of the other set.
    const rare = compareWords(spoken({ en: 991, de: 9 }), spoken({ en: 988, de: 12 }));
    expect(rare.shares.map(({ word }) => word)).toEqual(["en", "other"]);
    expect(found.shares.reduce((sum, { current }) => sum + current, 0)).toBeCloseTo(1);
  });

  it("is quiet where nothing moved, where chance explains it, and where nobody knows a word", () => {
    const same = compareWords(spoken({ en: 700, de: 300 }), spoken({ en: 352, de: 148 }));
    expect(same).toMatchObject({ shift: "none", message: expect.stringContaining("has not moved") });
    expect(compareWords(spoken({ en: 15, de: 15 }), spoken({ en: 18, de: 12 })).shift).not.toBe("large");
    expect(compareWords(spoken({}, 50), spoken({}, 30))).toMatchObject({ shift: "none", psi: 0 });
    expect(compareWords(spoken({ en: 500 }), spoken({}, 500)).shift).toBe("large");
  });
});
