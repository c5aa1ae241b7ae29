import fc from "fast-check";
import { expect, test } from "vitest";
import fixture from "../../test/fixtures/mutual-information.json" with { type: "json" };
import { Random } from "../base/random.ts";
import {
  mutualInformationCategories,
  mutualInformationNumeric,
  shuffledInformationCategories,
  shuffledInformationNumeric,
} from "./mutualInformation.ts";

const labels = Uint8Array.from(fixture.label);
const column = (k: number) => Float64Array.from(fixture.continuous, (row) => row[k]);

// fixture: np.mean([mutual_info_classif(c, lab, discrete_features=False, n_neighbors=3, random_state=s) for s in range(50)], 0)
// One draw of noise differs from the next by 0.0004, 0.0009, 0.022 and 0 nats here (rounded values have equal distances,
// column 2 holds counts), so a mean of 50 by a seventh of that; we allow four times as much.
test.each([
  [0, 0.00024],
  [1, 0.00053],
  [2, 0.0125],
  [3, 0],
])("the score of continuous column %i equals scikit-learn's to the noise's own spread", (k, tolerance) => {
  const score = mutualInformationNumeric(column(k), labels, { draws: 1000 });
  expect(Math.abs(score - fixture.continuous_mi[k])).toBeLessThanOrEqual(tolerance);
});

test("the plug-in score of a flag equals scikit-learn's", () => {
  expect(mutualInformationCategories(Int32Array.from(fixture.flag), labels)).toBeCloseTo(fixture.flag_mi, 12);
});

/** Ross's formula straight from the paper, O(n^2), on values without ties. */
function direct(x: Float64Array, classes: Uint8Array, neighbors: number): number {
  const psi = (m: number) => {
    let sum = -0.5772156649015329;
    for (let i = 1; i < m; i++) sum += 1 / i;
    return sum;
  };
  const size = (c: number) => classes.filter((other) => other === c).length;
  const used = [...x.keys()].filter((i) => size(classes[i]) > 1);
  const terms = used.map((i) => {
    const distances = used
      .filter((j) => j !== i && classes[j] === classes[i])
      .map((j) => Math.abs(x[j] - x[i]))
      .sort((a, b) => a - b);
    const k = Math.min(neighbors, distances.length);
    const within = used.filter((j) => Math.abs(x[j] - x[i]) < distances[k - 1]).length;
    return psi(k) - psi(size(classes[i])) - psi(within);
  });
  if (terms.length === 0) return 0;
  return Math.max(0, psi(used.length) + terms.reduce((a, b) => a + b, 0) / used.length);
}

test("sorting gives what the definition gives, for one class and for two", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 2, maxLength: 40 }),
      fc.integer({ min: 1, max: 2 }),
      fc.integer(),
      (numbers, classCount, seed) => {
        const random = new Random(seed);
        // Odd offsets keep distances from being equal, where the noise would decide.
        const x = Float64Array.from(numbers, (value) => value + random.uniform() * 0.5);
        const classes = Uint8Array.from(numbers, () => random.integer(classCount));
        expect(mutualInformationNumeric(x, classes)).toBeCloseTo(direct(x, classes, 3), 9);
      },
    ),
    { numRuns: 200 },
  );
});

test("a number that decides the class carries the class's entropy, one that does not carries almost nothing", () => {
  const random = new Random(5);
  const x = Float64Array.from({ length: 4000 }, () => random.normal());
  const decided = Uint8Array.from(x, (value) => (value > 0 ? 1 : 0));
  expect(mutualInformationNumeric(x, decided)).toBeGreaterThan(0.98 * Math.LN2);
  expect(mutualInformationNumeric(x, decided)).toBeLessThan(1.02 * Math.LN2);
  expect(shuffledInformationNumeric(x, decided)).toBeLessThan(0.02);
});

test("edge cases give 0 rather than NaN", () => {
  const of = (x: number[], classes: number[]) =>
    mutualInformationNumeric(Float64Array.from(x), Uint8Array.from(classes));
  expect(of([], [])).toBe(0);
  expect(of([1], [0])).toBe(0);
  expect(of([7, 7, 7, 7], [0, 1, 0, 1])).toBe(0);
  expect(of([Number.NaN, Number.NaN], [0, 1])).toBe(0);
  expect(of([1, 2], [0, 1])).toBe(0);
  expect(of([1, 2, 3, 4], [1, 1, 1, 1])).toBe(0);
  expect(shuffledInformationNumeric(Float64Array.of(1), Uint8Array.of(1))).toBe(0);
  expect(mutualInformationCategories(new Int32Array(0), new Uint8Array(0))).toBe(0);
  expect(mutualInformationCategories(Int32Array.of(0, 0, 0), Uint8Array.of(1, 0, 1))).toBe(0);
});

test("a row with NaN counts for nothing", () => {
  const x = Float64Array.from([...column(0), Number.NaN, Number.NaN]);
  const more = Uint8Array.from([...labels, 1, 0]);
  expect(mutualInformationNumeric(x, more)).toBe(mutualInformationNumeric(column(0), labels));
});

test("categories that are all different score the entropy, and so do shuffled labels: chance shows", () => {
  const codes = Int32Array.from(labels.keys());
  const score = mutualInformationCategories(codes, labels);
  expect(score).toBeGreaterThan(0.69);
  expect(shuffledInformationCategories(codes, labels)).toBeCloseTo(score, 12);
  expect(shuffledInformationCategories(Int32Array.from(fixture.flag), labels)).toBeLessThan(0.01);
});

test("the same seed gives the same score", () => {
  const score = (seed: number) => mutualInformationNumeric(column(2), labels, { seed, draws: 2 });
  expect(score(3)).toBe(score(3));
  expect(score(3)).not.toBe(score(4));
});
