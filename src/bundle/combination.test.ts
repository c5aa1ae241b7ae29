import fc from "fast-check";
import { expect, it } from "vitest";
import { sigmoid } from "../base/statistics.ts";
import { bothLogit, combinedLogit } from "./combination.ts";

const logit = fc.double({ min: -30, max: 30, noNaN: true });

it("gives the logit of the product of two probabilities, which is below both", () => {
  fc.assert(
    fc.property(logit, logit, (a, b) => {
      const both = bothLogit(a, b);
      expect(sigmoid(both)).toBeCloseTo(sigmoid(a) * sigmoid(b), 12);
      expect(both).toBeLessThanOrEqual(Math.min(a, b));
      expect(bothLogit(b, a)).toBe(both);
    }),
  );
});

it("holds where probabilities are next to 0 and 1", () => {
  // Python: from mpmath import mp, exp, log; mp.dps = 60; -log(exp(-a) + exp(-b) + exp(-a-b))
  expect(bothLogit(800, 800)).toBeCloseTo(799.3068528194401, 9);
  expect(bothLogit(-800, 800)).toBe(-800);
  expect(bothLogit(-800, -700)).toBe(-1500);
  expect(bothLogit(0, 0)).toBeCloseTo(Math.log(1 / 3), 12);
});

it("scales the product as Platt does", () => {
  const combination = {
    still_posting: "posts",
    well_answered: "rate",
    intercept: 0.31,
    slope: 1.16,
  } as const;
  // Python: p = .8 * .6; sigmoid(.31 + 1.16 * log(p / (1 - p)))
  const p = sigmoid(combinedLogit(combination, Math.log(4), Math.log(1.5)));
  expect(p).toBeCloseTo(0.5540752912770929, 12);
});
