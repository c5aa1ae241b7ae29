import { expect, test } from "vitest";
import { percentile } from "./percentile.ts";

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
