import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spread } from "./spread.ts";

describe("spread", () => {
  it("gives mean, sample deviation and range", () => {
    // The squares of the deviations from 5 sum to 32; eight values.
    const { standard_deviation, ...rest } = spread([2, 4, 4, 4, 5, 5, 7, 9]);
    expect(rest).toEqual({ mean: 5, min: 2, max: 9 });
    expect(standard_deviation).toBeCloseTo(Math.sqrt(32 / 7), 12);
  });

  it("has no deviation for one value, nor for equal ones", () => {
    expect(spread([0.93])).toEqual({ mean: 0.93, standard_deviation: 0, min: 0.93, max: 0.93 });
    expect(spread(new Float64Array(3).fill(0.1))).toEqual({
      mean: 0.1,
      standard_deviation: 0,
      min: 0.1,
      max: 0.1,
    });
  });

  it("keeps the mean in the range", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (values) => {
        const { mean, min, max, standard_deviation } = spread(values);
        expect(mean).toBeGreaterThanOrEqual(min);
        expect(mean).toBeLessThanOrEqual(max);
        expect(standard_deviation).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("refuses nothing and what is not finite", () => {
    expect(() => spread([])).toThrow(RangeError);
    expect(() => spread([1, Number.NaN])).toThrow(RangeError);
  });
});
