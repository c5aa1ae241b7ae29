import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  crossEntropy,
  mannWhitney,
  meanCrossEntropy,
  meanSquaredError,
  percentile,
  proportionsZ,
  sigmoid,
  spread,
} from "./statistics.ts";

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

test("percentiles equal NumPy's", () => {
  // np.percentile([1, 2, 4, 8], [0, 2.5, 50, 97.5, 100])
  const sorted = [1, 2, 4, 8];
  expect(percentile(sorted, 0)).toBe(1);
  expect(percentile(sorted, 0.025)).toBeCloseTo(1.075, 12);
  expect(percentile(sorted, 0.5)).toBe(3);
  expect(percentile(sorted, 0.975)).toBeCloseTo(7.7, 12);
  expect(percentile(sorted, 1)).toBe(8);
});

test("one number is all its percentiles, none has none", () => {
  expect(percentile([5], 0.3)).toBe(5);
  expect(percentile([], 0.5)).toBeNaN();
});

describe("mannWhitney", () => {
  const sorted = fc
    .array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 12 })
    .map((x) => x.sort());

  it("counts the pairs in which the second is higher, ties half", () => {
    fc.assert(
      fc.property(sorted, sorted, (first, second) => {
        const pairs = first.flatMap((a) => second.map((b) => (b > a ? 1 : b === a ? 0.5 : 0)));
        const { higher, z } = mannWhitney(first, second);
        expect(higher).toBeCloseTo(pairs.reduce((sum, one) => sum + one, 0 as number) / pairs.length, 12);
        expect(mannWhitney(second, first).z).toBeCloseTo(-z, 12);
      }),
    );
  });

  it.each([[[1, 2, 3, 4, 5, 6]], [[1, 1, 2, 3, 3, 3]], [[0, 0, 0, 0, 0, 9]]])(
    "has a z whose square is one on average over all orders of %j",
    (values) => {
      const squares: number[] = [];
      for (let chosen = 0; chosen < 64; chosen++) {
        const [first, second] = [0, 1].map((side) => values.filter((_, i) => ((chosen >> i) & 1) === side));
        if (first.length === 2) squares.push(mannWhitney(first, second).z ** 2);
      }
      expect(squares).toHaveLength(15);
      expect(squares.reduce((sum, one) => sum + one, 0) / 15).toBeCloseTo(1, 12);
    },
  );

  it("has no z where all values are equal", () => {
    expect(mannWhitney([2, 2], [2])).toEqual({ higher: 0.5, z: 0 });
  });
});

it("tells two proportions apart by their pooled standard error", () => {
  // Pooled 0.3; error sqrt(0.21 (1/100 + 1/100)).
  expect(proportionsZ({ count: 20, n: 100 }, { count: 40, n: 100 })).toBeCloseTo(0.2 / Math.sqrt(0.0042), 12);
  expect(proportionsZ({ count: 5, n: 5 }, { count: 3, n: 3 })).toBe(0);
});
