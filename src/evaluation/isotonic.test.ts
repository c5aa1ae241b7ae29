import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { largestDifference } from "../../test/support/evaluation/examples.ts";
import { fitIsotonic, predictIsotonic } from "./isotonic.ts";

const fixture = new URL("../../test/fixtures/isotonic.json", import.meta.url);
const points = fc.array(
  fc.record({ x: fc.integer({ min: 0, max: 12 }), y: fc.integer({ min: 0, max: 4 }) }),
  { minLength: 1, maxLength: 30 },
);

describe("isotonic regression", () => {
  it("equals scikit-learn's IsotonicRegression", () => {
    const { x, y, fitted } = JSON.parse(readFileSync(fixture, "utf8")) as Record<
      "x" | "y" | "fitted",
      number[]
    >;
    const at = Float64Array.from(x);
    expect(largestDifference(predictIsotonic(fitIsotonic(at, y), at), fitted)).toBeLessThan(1e-12);
  });

  it("never falls, inside, between and outside the points", () => {
    fc.assert(
      fc.property(points, (rows) => {
        const isotonic = fitIsotonic(
          Float64Array.from(rows, ({ x }) => x),
          rows.map(({ y }) => y),
        );
        const at = Float64Array.from({ length: 141 }, (_, i) => i / 10 - 1);
        const values = predictIsotonic(isotonic, at);
        for (let i = 1; i < values.length; i++)
          expect(values[i]).toBeGreaterThanOrEqual(values[i - 1] - 1e-12);
        expect(values[0]).toBe(isotonic.y[0]);
        expect(values.at(-1)).toBe(isotonic.y.at(-1));
      }),
    );
  });

  it("is the closest: each value is the max over starts of the min over ends of means (min-max formula)", () => {
    // Robertson, Wright and Dykstra (1988), theorem 1.4.4.
    fc.assert(
      fc.property(points, (rows) => {
        const isotonic = fitIsotonic(
          Float64Array.from(rows, ({ x }) => x),
          rows.map(({ y }) => y),
        );
        const xs = [...new Set(rows.map(({ x }) => x))].sort((a, b) => a - b);
        const mean = (from: number, to: number) => {
          const inside = rows.filter(({ x }) => x >= from && x <= to);
          return inside.reduce((sum, { y }) => sum + y, 0) / inside.length;
        };
        for (const at of xs) {
          const starts = xs.filter((x) => x <= at);
          const ends = xs.filter((x) => x >= at);
          const expected = Math.max(...starts.map((from) => Math.min(...ends.map((to) => mean(from, to)))));
          expect(predictIsotonic(isotonic, Float64Array.of(at))[0]).toBeCloseTo(expected, 12);
        }
      }),
    );
  });

  it("takes a weight for so many copies of a point", () => {
    const weighted = fitIsotonic(Float64Array.of(1, 2, 3), [1, 0, 1], [3, 1, 2]);
    const copied = fitIsotonic(Float64Array.of(1, 1, 1, 2, 3, 3), [1, 1, 1, 0, 1, 1]);
    expect(weighted).toEqual(copied);
    expect(weighted).toEqual({ x: [1, 2, 3], y: [0.75, 0.75, 1] });
  });

  it("survives JSON", () => {
    const isotonic = fitIsotonic(Float64Array.of(0.1, 0.5, 0.9), [0, 1, 1]);
    expect(JSON.parse(JSON.stringify(isotonic))).toEqual(isotonic);
  });

  it("refuses what is no point", () => {
    expect(() => fitIsotonic(new Float64Array(), [])).toThrow(RangeError);
    expect(() => fitIsotonic(Float64Array.of(1), [1, 2])).toThrow(RangeError);
    expect(() => fitIsotonic(Float64Array.of(1), [1], [0])).toThrow(RangeError);
    expect(() => fitIsotonic(Float64Array.of(Number.NaN), [1])).toThrow(RangeError);
    const isotonic = fitIsotonic(Float64Array.of(1), [1]);
    expect(() => predictIsotonic(isotonic, Float64Array.of(Number.NaN))).toThrow(RangeError);
  });
});
