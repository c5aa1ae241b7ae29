import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AGE, CORRELATIONS, FOLLOWERS_LATE, LIKE_RATE, SILENCE, VIDEOS } from "./population.ts";
import { conditionalProbability, conditionalQuantile, curve, PROBABILITIES, quantile } from "./quantiles.ts";

const probability = fc.double({ min: 0, max: 1, noNaN: true });

describe("quantile", () => {
  it("gives the table's own values and lines between them", () => {
    for (const [i, p] of PROBABILITIES.entries())
      expect(quantile(FOLLOWERS_LATE, p)).toBeCloseTo(FOLLOWERS_LATE[i], 12);
    expect(quantile(FOLLOWERS_LATE, 0.45)).toBeCloseTo((FOLLOWERS_LATE[7] + FOLLOWERS_LATE[8]) / 2, 12);
  });

  it("never falls", () => {
    fc.assert(
      fc.property(probability, probability, fc.double({ min: -1, max: 9, noNaN: true }), (a, b, at) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        for (const table of [VIDEOS, LIKE_RATE, SILENCE, AGE]) {
          expect(conditionalQuantile(table, at, low)).toBeLessThanOrEqual(
            conditionalQuantile(table, at, high) + 1e-12,
          );
        }
      }),
    );
  });
});

describe("conditionalProbability", () => {
  it("undoes conditionalQuantile where the table rises", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        fc.double({ min: 1, max: 6, noNaN: true }),
        (p, at) => {
          const back = conditionalQuantile(
            AGE,
            at,
            conditionalProbability(AGE, at, conditionalQuantile(AGE, at, p)),
          );
          expect(back).toBeCloseTo(conditionalQuantile(AGE, at, p), 3);
        },
      ),
    );
  });

  it("is 0 below, 1 above, and the middle where the table is flat", () => {
    expect(conditionalProbability(AGE, 3, -1)).toBe(0);
    expect(conditionalProbability(AGE, 3, 99)).toBeCloseTo(1, 5);
    // A tenth of the accounts with ten followers have one video, up to p = 0.1.
    expect(conditionalProbability(VIDEOS, 0.8, 0)).toBeCloseTo(0.05, 5);
  });
});

describe("curve", () => {
  it("is linear between its knots and flat beyond", () => {
    expect([0, 1, 1.5, 2, 9].map((at) => curve([1, 2], [10, 20], at))).toEqual([10, 10, 15, 20, 20]);
  });
});

describe("the measured tables", () => {
  it("hold a symmetric matrix of correlations with ones on its diagonal", () => {
    for (const [i, row] of CORRELATIONS.entries()) {
      expect(row).toHaveLength(CORRELATIONS.length);
      expect(row[i]).toBe(1);
      for (const [j, value] of row.entries()) expect(value).toBe(CORRELATIONS[j][i]);
    }
  });
});
