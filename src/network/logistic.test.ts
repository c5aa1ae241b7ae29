import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crossEntropy, meanCrossEntropy, meanSquaredError, sigmoid } from "./logistic.ts";

describe("sigmoid", () => {
  it("is right in the middle and at both ends", () => {
    expect(sigmoid(0)).toBe(0.5);
    expect(sigmoid(Math.log(3))).toBeCloseTo(0.75, 15);
    expect(sigmoid(1000)).toBe(1);
    expect(sigmoid(-1000)).toBe(0);
    expect(sigmoid(-700)).toBeGreaterThan(0);
  });

  it("of z and of -z add to one", () => {
    fc.assert(
      fc.property(fc.double({ min: -800, max: 800, noNaN: true }), (z) => {
        expect(sigmoid(z) + sigmoid(-z)).toBeCloseTo(1, 15);
      }),
    );
  });
});

describe("crossEntropy", () => {
  it("is minus the logarithm of the label's probability", () => {
    fc.assert(
      fc.property(fc.double({ min: -20, max: 20, noNaN: true }), (z) => {
        expect(crossEntropy(z, 1)).toBeCloseTo(-Math.log(sigmoid(z)), 7);
        expect(crossEntropy(z, 0)).toBeCloseTo(-Math.log(1 - sigmoid(z)), 6);
      }),
    );
  });

  it("stays exact where the probability rounds to 0 or 1", () => {
    expect(crossEntropy(1000, 0)).toBe(1000);
    expect(crossEntropy(-1000, 1)).toBe(1000);
    expect(crossEntropy(40, 1)).toBeCloseTo(Math.exp(-40), 30);
  });

  it("takes soft labels", () => {
    expect(crossEntropy(2, 0.25)).toBeCloseTo(0.25 * crossEntropy(2, 1) + 0.75 * crossEntropy(2, 0), 12);
  });
});

it("averages over the rows", () => {
  expect(meanCrossEntropy([0, 0], [1, 0])).toBeCloseTo(Math.LN2, 15);
  expect(meanSquaredError([0, 0, 1000], [1, 0, 1])).toBeCloseTo(0.5 / 3, 15);
});
