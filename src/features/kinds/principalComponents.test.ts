import fc from "fast-check";
import { expect, it } from "vitest";
import { symmetricEigen } from "./principalComponents.ts";

it("solves a matrix whose answer is known", () => {
  const { values, vectors } = symmetricEigen([
    [2, 1],
    [1, 2],
  ]);
  expect(values[0]).toBeCloseTo(3, 14);
  expect(values[1]).toBeCloseTo(1, 14);
  expect(vectors[0][0]).toBeCloseTo(Math.SQRT1_2, 14);
  expect(vectors[0][1]).toBeCloseTo(Math.SQRT1_2, 14);
  expect(vectors[1][0]).toBeCloseTo(Math.SQRT1_2, 14);
  expect(vectors[1][1]).toBeCloseTo(-Math.SQRT1_2, 14);
});

it("keeps the axes of equal eigenvalues in order", () => {
  expect(
    symmetricEigen([
      [1, 0],
      [0, 1],
    ]),
  ).toEqual({
    values: [1, 1],
    vectors: [
      [1, 0],
      [0, 1],
    ],
  });
});

it("makes the largest entry positive, the first where two are equal but for rounding", () => {
  const { vectors } = symmetricEigen([
    [1, -0.3],
    [-0.3, 1 + 1e-13],
  ]);
  for (const vector of vectors) expect(vector[0]).toBeGreaterThan(0.7);
});

it("does not touch its argument", () => {
  const matrix = [
    [1, 0.5],
    [0.5, 1],
  ];
  symmetricEigen(matrix);
  expect(matrix).toEqual([
    [1, 0.5],
    [0.5, 1],
  ]);
});

it("gives back any symmetric matrix as the sum of its parts", () => {
  const size = fc.integer({ min: 1, max: 6 });
  const entry = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  const square = size.chain((n) =>
    fc.array(fc.array(entry, { minLength: n, maxLength: n }), { minLength: n, maxLength: n }),
  );
  fc.assert(
    fc.property(square, (half) => {
      const n = half.length;
      const matrix = half.map((row, i) => row.map((value, j) => value + half[j][i]));
      const { values, vectors } = symmetricEigen(matrix);
      const size = Math.max(1e-300, ...matrix.flat().map(Math.abs));
      for (let i = 0; i < n; i++) {
        if (i > 0) expect(values[i]).toBeLessThanOrEqual(values[i - 1]);
        for (let j = 0; j < n; j++) {
          const back = values.reduce((sum, value, k) => sum + value * vectors[k][i] * vectors[k][j], 0);
          const product = vectors[i].reduce((sum, entry, k) => sum + entry * vectors[j][k], 0);
          expect(Math.abs(back - matrix[i][j])).toBeLessThan(1e-12 * size * n);
          expect(Math.abs(product - (i === j ? 1 : 0))).toBeLessThan(1e-13);
        }
      }
    }),
  );
});
