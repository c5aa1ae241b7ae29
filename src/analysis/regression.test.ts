import { expect, test } from "vitest";
import { connect } from "../../test/support/analysis/profilesTable.ts";
import { evenPlaces, lineWithBand, regress } from "./regression.ts";

async function fitted(points: readonly (readonly [number | null, number | null])[]) {
  const connection = await connect();
  const values = points.map(([x, y]) => `(${x ?? "NULL"}, ${y ?? "NULL"})`).join(", ");
  const regression = await regress(connection, `(VALUES ${values}) AS t(a, b)`, "a::DOUBLE", "b::DOUBLE");
  connection.closeSync();
  return regression;
}

// Anscombe's first set (1973): slope 0.5001, intercept 3.0001, r^2 0.6665, residual deviation 1.2366.
const ANSCOMBE: [number, number][] = [
  [10, 8.04],
  [8, 6.95],
  [13, 7.58],
  [9, 8.81],
  [11, 8.33],
  [14, 9.96],
  [6, 7.24],
  [4, 4.26],
  [12, 10.84],
  [7, 4.82],
  [5, 5.68],
];

test("the line and its fit equal the published ones", async () => {
  const regression = await fitted(ANSCOMBE);
  expect(regression?.slope).toBeCloseTo(0.5001, 4);
  expect(regression?.intercept).toBeCloseTo(3.0001, 4);
  expect(regression?.r_squared).toBeCloseTo(0.6665, 4);
  expect(regression?.residual_deviation).toBeCloseTo(1.2366, 4);
});

test("the band follows its formula: narrowest at the mean, t(0.975, 9) = 2.2622 standard errors to each side", async () => {
  const regression = await fitted(ANSCOMBE);
  const [low, middle, high] = lineWithBand(regression!, [4, 9, 14]);
  expect(middle.y).toBeCloseTo(3.0001 + 9 * 0.5001, 3);
  expect(middle.high - middle.y).toBeCloseTo((2.2622 * 1.2366) / Math.sqrt(11), 3);
  expect(high.high - high.y).toBeCloseTo(2.2622 * 1.2366 * Math.sqrt(1 / 11 + 25 / 110), 3);
  expect(low.y - low.low).toBeCloseTo(high.high - high.y, 9);
});

test("incomplete rows do not count; too few or a constant x have no line", async () => {
  expect(await fitted([...ANSCOMBE, [1000, null], [null, 5]])).toEqual(await fitted(ANSCOMBE));
  expect(
    await fitted([
      [1, 1],
      [2, 2],
    ]),
  ).toBeNull();
  expect(
    await fitted([
      [1, 1],
      [1, 2],
      [1, 3],
    ]),
  ).toBeNull();
  const flat = await fitted([
    [1, 4],
    [2, 4],
    [3, 4],
  ]);
  expect(flat).toMatchObject({ slope: 0, intercept: 4, r_squared: 1, residual_deviation: 0 });
});

test("places are even and reach both ends", () => {
  expect(evenPlaces(0, 1, 5)).toEqual([0, 0.25, 0.5, 0.75, 1]);
});
