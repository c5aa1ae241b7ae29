import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exp, ln, log10, normalProbability, normalQuantile, pow10 } from "./arithmetic.ts";

const relative = (a: number, b: number): number => Math.abs(a - b) / Math.max(Math.abs(b), 1e-300);

describe("ln and exp", () => {
  it("agree with the engine's to 1e-13", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
        expect(Math.abs(ln(x) - Math.log(x))).toBeLessThan(1e-13 * Math.max(1, Math.abs(Math.log(x))));
        expect(Math.abs(log10(x) - Math.log10(x))).toBeLessThan(1e-13 * Math.max(1, Math.abs(Math.log10(x))));
      }),
    );
    fc.assert(
      fc.property(fc.double({ min: -690, max: 690, noNaN: true }), (x) => {
        // The rounding of x itself counts |x| times in the result.
        expect(relative(exp(x), Math.exp(x))).toBeLessThan(1e-13);
      }),
    );
    expect(relative(pow10(3), 1000)).toBeLessThan(1e-13);
  });
});

describe("the normal distribution", () => {
  // Python 3.11.7: from statistics import NormalDist; NormalDist().cdf(z), NormalDist().inv_cdf(p)
  it.each([
    [-3, 0.0013498980316301035],
    [-1, 0.15865525393145707],
    [0, 0.5],
    [0.5, 0.6914624612740131],
    [2, 0.9772498680518208],
  ])("has the probability of %f", (z, p) => {
    expect(Math.abs(normalProbability(z) - p)).toBeLessThan(1.5e-7);
  });

  it.each([
    [1e-6, -4.753424308822899],
    [0.01, -2.3263478740408408],
    [0.3, -0.5244005127080409],
    [0.975, 1.959963984540054],
  ])("has the quantile at %f", (p, z) => {
    expect(relative(normalQuantile(p), z)).toBeLessThan(2e-9);
  });
});
