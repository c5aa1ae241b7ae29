import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { population } from "./data.ts";
import {
  conditionalProbability,
  conditionalQuantile,
  curveAt,
  PROBABILITIES,
  quantile,
} from "./quantiles.ts";

const {
  quantiles,
  conditional,
  correlations: { matrix },
} = population();
const { age, likeRate, silence, videos } = conditional;

const probability = fc.double({ min: 0, max: 1, noNaN: true });

describe("quantile", () => {
  it("gives the table's own values and lines between them", () => {
    for (const [i, p] of PROBABILITIES.entries())
      expect(quantile(quantiles.followersLate, p)).toBeCloseTo(quantiles.followersLate[i], 12);
    expect(quantile(quantiles.followersLate, 0.45)).toBeCloseTo(
      (quantiles.followersLate[7] + quantiles.followersLate[8]) / 2,
      12,
    );
  });

  it("never falls", () => {
    fc.assert(
      fc.property(probability, probability, fc.double({ min: -1, max: 9, noNaN: true }), (a, b, at) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        for (const table of [videos, likeRate, silence, age]) {
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
            age,
            at,
            conditionalProbability(age, at, conditionalQuantile(age, at, p)),
          );
          expect(back).toBeCloseTo(conditionalQuantile(age, at, p), 3);
        },
      ),
    );
  });

  it("is 0 below, 1 above, and the middle where the table is flat", () => {
    expect(conditionalProbability(age, 3, -1)).toBe(0);
    expect(conditionalProbability(age, 3, 99)).toBeCloseTo(1, 5);
    // A tenth of the accounts with ten followers have one video, up to p = 0.1.
    expect(conditionalProbability(videos, 0.8, 0)).toBeCloseTo(0.05, 5);
  });
});

describe("curveAt", () => {
  it("is linear between its knots and flat beyond", () => {
    expect([0, 1, 1.5, 2, 9].map((at) => curveAt({ knots: [1, 2], values: [10, 20] }, at))).toEqual([
      10, 10, 15, 20, 20,
    ]);
  });
});

describe("the measured tables", () => {
  it("hold a symmetric matrix of correlations with ones on its diagonal", () => {
    for (const [i, row] of matrix.entries()) {
      expect(row).toHaveLength(matrix.length);
      expect(row[i]).toBe(1);
      for (const [j, value] of row.entries()) expect(value).toBe(matrix[j][i]);
    }
  });
});
