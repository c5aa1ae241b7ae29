import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../base/random.ts";
import { smallestSubset } from "./combination.ts";
import { leastSquares, rSquared, standardised } from "./leastSquares.ts";

const ROWS = 80;

function problem(seed: number, size: number, coefficients: readonly number[], noise: number) {
  const random = new Random(seed);
  const shared = Array.from({ length: ROWS }, () => random.normal());
  const columns = Array.from({ length: size }, () =>
    standardised(Float64Array.from({ length: ROWS }, (_, i) => random.normal() + 0.5 * shared[i])),
  );
  const y = standardised(
    Float64Array.from({ length: ROWS }, (_, i) =>
      columns.reduce((sum, column, k) => sum + (coefficients[k] ?? 0) * column[i], noise * random.normal()),
    ),
  );
  const product = (a: Float64Array, b: Float64Array) =>
    a.reduce((sum, value, i) => sum + value * b[i], 0) / ROWS;
  return {
    columns,
    y,
    correlations: Float64Array.from(columns.flatMap((a) => columns.map((b) => product(a, b)))),
    withTarget: Float64Array.from(columns, (column) => product(column, y)),
  };
}

function explained(columns: readonly Float64Array[], y: Float64Array): number {
  const coefficients = leastSquares(columns, y, new Float64Array(ROWS).fill(1));
  const predicted = y.map((_, i) =>
    columns.reduce((sum, column, k) => sum + coefficients[k + 1] * column[i], coefficients[0]),
  );
  return rSquared(y, predicted, null);
}

function subsets(size: number): number[][] {
  return Array.from({ length: 2 ** size - 1 }, (_, bits) =>
    Array.from({ length: size }, (_, k) => k).filter((k) => ((bits + 1) >> k) & 1),
  );
}

describe("smallestSubset", () => {
  it("reaches the goal, needs all it names, and finds one or two where they are enough", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.array(fc.constantFrom(0, 0, 1, -2, 0.5), { minLength: 5, maxLength: 5 }),
        fc.constantFrom(0, 0.05, 0.5),
        (seed, coefficients, noise) => {
          const { columns, y, correlations, withTarget } = problem(seed, 5, coefficients, noise);
          const goal = noise === 0 ? 1 - 1e-6 : 0.9;
          const found = smallestSubset(correlations, withTarget, goal);
          const of = (at: number[]) =>
            explained(
              at.map((k) => columns[k]),
              y,
            );
          const reaching = subsets(5).filter((at) => of(at) >= goal + 1e-9);
          if (found === null) {
            expect(reaching).toEqual([]);
            return;
          }
          expect(of(found)).toBeGreaterThan(goal - 1e-9);
          for (const column of found)
            if (found.length > 1)
              expect(of(found.filter((other) => other !== column))).toBeLessThan(goal + 1e-9);
          const fewest = Math.min(...reaching.map((at) => at.length));
          if (fewest <= 2) expect(found.length).toBeLessThanOrEqual(fewest);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("names exactly the parts of a sum of many", () => {
    const coefficients = [0, 1, -1, 0, 2, 0.3, 0, 0, 1, 0, 0, 0.7];
    const { correlations, withTarget } = problem(5, 12, coefficients, 0);
    expect(smallestSubset(correlations, withTarget, 1 - 1e-6)).toEqual([1, 2, 4, 5, 8, 11]);
  });

  it("is not led astray by copies", () => {
    const { columns, y, correlations } = problem(6, 3, [1, 1, 0], 0);
    const product = (a: Float64Array, b: Float64Array) =>
      a.reduce((sum, value, i) => sum + value * b[i], 0) / ROWS;
    const four = [...columns, columns[0]];
    expect(correlations).toHaveLength(9);
    const found = smallestSubset(
      Float64Array.from(four.flatMap((a) => four.map((b) => product(a, b)))),
      Float64Array.from(four, (column) => product(column, y)),
      1 - 1e-6,
    );
    expect(found).toHaveLength(2);
    expect(found).toContain(1);
  });
});

it("takes two columns that are nearly one where their difference is what is explained, unless they are one but for rounding", () => {
  const find = (unshared: number) => {
    const shared = Math.sqrt(1 - unshared);
    const each = Math.sqrt((1 - shared) / 2);
    return smallestSubset(Float64Array.of(1, shared, shared, 1), Float64Array.of(each, -each), 0.99);
  };
  expect(find(1e-4)).toEqual([0, 1]);
  expect(find(1e-8)).toEqual([0, 1]);
  expect(find(1e-10)).toBeNull();
});
