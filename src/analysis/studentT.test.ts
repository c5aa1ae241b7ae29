import { expect, test } from "vitest";
import { studentT95 } from "./regression.ts";

// Published tables of Student's t, two-sided 95 %.
test.each([
  [1, 12.7062],
  [2, 4.3027],
  [3, 3.1824],
  [4, 2.7764],
  [5, 2.5706],
  [10, 2.2281],
  [29, 2.0452],
  [30, 2.0423],
  [100, 1.984],
  [1000, 1.9623],
])("%i degrees of freedom: %d", (degrees, quantile) => {
  expect(Math.abs(studentT95(degrees) - quantile)).toBeLessThan(6e-5);
});

test("the two ways of computing it meet, and it falls to the normal quantile", () => {
  expect(studentT95(200) - studentT95(201)).toBeGreaterThan(0);
  expect(studentT95(200) - studentT95(201)).toBeLessThan(1e-4);
  expect(studentT95(199) - studentT95(200)).toBeCloseTo(studentT95(200) - studentT95(201), 5);
  expect(studentT95(1e9)).toBeCloseTo(1.959964, 6);
});
