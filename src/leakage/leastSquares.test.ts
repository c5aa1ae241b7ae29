import { describe, expect, it } from "vitest";
import { Random } from "../base/random.ts";
import { crossFit, leastSquares, rSquared, shuffledFolds, standardised } from "./leastSquares.ts";

const random = new Random(11);
const rows = 60;
const a = Float64Array.from({ length: rows }, () => random.normal());
const b = Float64Array.from({ length: rows }, () => random.normal());
const noise = Float64Array.from({ length: rows }, () => random.normal());
const exact = a.map((value, i) => 3 + 2 * value - 0.5 * b[i]);
const ones = new Float64Array(rows).fill(1);

describe("leastSquares", () => {
  it("finds the coefficients of an exact sum, under any weights", () => {
    const weights = Float64Array.from({ length: rows }, () => 0.01 + random.uniform());
    for (const own of [ones, weights])
      leastSquares([a, b], exact, own).forEach((value, i) => {
        expect(value).toBeCloseTo([3, 2, -0.5][i], 10);
      });
  });

  it("leaves nothing that the columns could still explain", () => {
    const y = exact.map((value, i) => value + noise[i]);
    const [constant, first, second] = leastSquares([a, b], y, ones);
    const left = y.map((value, i) => value - constant - first * a[i] - second * b[i]);
    for (const column of [ones, a, b])
      expect(column.reduce((sum, value, i) => sum + value * left[i], 0)).toBeCloseTo(0, 9);
  });

  it("does not mind constant and repeated columns", () => {
    const double = a.map((value) => 2 * value + 1);
    const coefficients = leastSquares([a, ones, double, b], exact, ones);
    const predicted = a.map(
      (value, i) =>
        coefficients[0] +
        coefficients[1] * value +
        coefficients[2] +
        coefficients[3] * double[i] +
        coefficients[4] * b[i],
    );
    expect(rSquared(exact, predicted, null)).toBeCloseTo(1, 12);
  });
});

describe("crossFit", () => {
  it("predicts each fold by a fit to the others", () => {
    const y = exact.map((value, i) => value + noise[i]);
    const folds = shuffledFolds(rows, 3, new Random(2));
    const predicted = crossFit([a, b], folds, 3, null)(y);
    for (const fold of [0, 1, 2]) {
      const others = Float64Array.from(folds, (own) => (own === fold ? 0 : 1));
      const [constant, first, second] = leastSquares([a, b], y, others);
      folds.forEach((own, i) => {
        if (own === fold) expect(predicted[i]).toBeCloseTo(constant + first * a[i] + second * b[i], 9);
      });
    }
  });

  it("explains an exact sum out of fold, and noise not at all", () => {
    const folds = shuffledFolds(rows, 5, new Random(3));
    const fit = crossFit([a, b], folds, 5, null);
    expect(rSquared(exact, fit(exact), null)).toBeCloseTo(1, 10);
    expect(rSquared(noise, fit(noise), null)).toBeLessThan(0.1);
    expect(rSquared(noise, crossFit([a, b], new Uint8Array(rows), 1, null)(noise), null)).toBeGreaterThan(0);
  });
});

describe("standardised", () => {
  it("has mean 0 and deviation 1, weighted, and takes unknown values for the mean", () => {
    const weights = Float64Array.of(1, 2, 1, 4);
    const column = standardised(Float64Array.of(1, 3, Number.NaN, 7), weights);
    // Mean (1 + 6 + 28) / 7 = 5, variance (16 + 8 + 16) / 7.
    const deviation = Math.sqrt(40 / 7);
    [-4 / deviation, -2 / deviation, 0, 2 / deviation].forEach((value, i) => {
      expect(column[i]).toBeCloseTo(value, 12);
    });
    expect([...standardised(Float64Array.of(0.1, 0.1, 0.1))]).toEqual([0, 0, 0]);
  });
});
