import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../base/random.ts";
import {
  columnsOfProfile,
  dataProfileSchema,
  profileColumn,
  profileWords,
  valuesOfProfile,
} from "./dataProfile.ts";
import { compareColumn } from "./drift.ts";
import { populationStability } from "./driftMeasures.ts";

const drawn = (rows: number, seed: number, value: (random: Random) => number) => {
  const random = new Random(seed);
  return Float64Array.from({ length: rows }, () => value(random));
};

describe("profileColumn", () => {
  it("keeps the count of a value that many share, and of the unknown", () => {
    const flags = Float64Array.from({ length: 100 }, (_, i) => (i < 20 ? 1 : i < 25 ? Number.NaN : 0));
    expect(profileColumn("verified", flags)).toEqual({
      name: "verified",
      unknown: 5,
      values: [0, 1],
      counts: [75, 20],
    });
  });

  it("stands for the rows so well that nothing has moved, and a move shows as it would against them", () => {
    const before = drawn(5000, 1, (random) => Math.exp(3 * random.normal()));
    const again = drawn(5000, 2, (random) => Math.exp(3 * random.normal()));
    const moved = drawn(5000, 3, (random) => Math.exp(3 * random.normal() + 2));
    const kept = valuesOfProfile(profileColumn("likes", before));
    expect(kept).toHaveLength(5000);
    expect(compareColumn("likes", kept, again).shift).toBe("none");
    const psi = compareColumn("likes", before, moved).psi;
    expect(compareColumn("likes", kept, moved)).toMatchObject({ shift: "large" });
    expect(Math.abs(compareColumn("likes", kept, moved).psi / psi - 1)).toBeLessThan(0.05);
  });

  it("holds nobody's own number: every value stands for ten rows, and the largest is not the largest account's", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: 2, max: 6 }), fc.double({ min: 0, max: 1e9, noNaN: true })), {
          minLength: 0,
          maxLength: 300,
          size: "max",
        }),
        (values) => {
          const profile = profileColumn("x", values);
          const rows = profile.counts.reduce((sum, n) => sum + n, 0);
          expect(profile.counts.every((n) => n >= 10)).toBe(true);
          expect(profile.values).toEqual([...new Set(profile.values)].sort((a, b) => a - b));
          // Fewer than ten known values are told by nothing at all.
          expect(rows).toBe(values.length < 10 ? 0 : values.length);
        },
      ),
    );
    // Nine of a kind at either end or in the middle go with their neighbours.
    for (const lone of [-1, 55, 2000]) {
      const values = [...Array.from({ length: 1000 }, (_, i) => i + 0.5), ...new Array(9).fill(lone)];
      expect(Math.min(...profileColumn("x", values).counts)).toBeGreaterThanOrEqual(10);
    }
    const few = profileColumn("x", [2, 3, 4, ...new Array(50).fill(7), 8, 9]);
    expect(few).toMatchObject({ values: [7], counts: [55] });
    expect(profileColumn("x", new Array(9).fill(7)).values).toEqual([]);
    expect(profileColumn("x", new Array(10).fill(7))).toMatchObject({ values: [7], counts: [10] });
    // As a 32-bit feature has it: rounded, it would fall on the other side of its own edge.
    // A yes or no tells of nobody.
    expect(profileColumn("x", [0, 1, 0, 0])).toMatchObject({ values: [0, 1], counts: [3, 1] });
    const third = profileColumn("x", new Float32Array(60).fill(0.3));
    expect(third).toMatchObject({ values: [Math.fround(0.3)], counts: [60] });
    const wide = drawn(40, 1, (random) => 123_456_789 * random.uniform());
    expect(profileColumn("followers", wide).values.at(-1)).toBeLessThan(Math.max(...wide));
  });

  it("says the same of the rows whatever their order, and survives JSON", () => {
    const values = drawn(500, 4, (random) => random.integer(30));
    const profile = profileColumn("x", values);
    expect(profileColumn("x", values.toReversed())).toEqual(profile);
    const whole = { rows: 500, columns: [], words: [], features: [profile], prediction: profile };
    expect(dataProfileSchema.parse(JSON.parse(JSON.stringify(whole)))).toEqual(whole);
    expect(() => dataProfileSchema.parse({ ...whole, prediction: { ...profile, counts: [1] } })).toThrow(
      "counts",
    );
    expect(populationStability(valuesOfProfile(profile), Float64Array.from(values).sort()).psi).toBeLessThan(
      0.02,
    );
    expect(Object.keys(columnsOfProfile([profile]))).toEqual(["x"]);
  });
});

describe("profileWords", () => {
  it("counts the words that ten rows have, the rest together", () => {
    const words = ["en", "ar", "de", "fr"].flatMap((word, i) =>
      new Array(([30, 12, 10, 9] as const)[i]).fill(word),
    );
    words.push(null, "");
    expect(profileWords("predicted_lang", words)).toEqual({
      name: "predicted_lang",
      unknown: 2,
      other: 9,
      words: ["en", "ar", "de"],
      counts: [30, 12, 10],
    });
  });
});
