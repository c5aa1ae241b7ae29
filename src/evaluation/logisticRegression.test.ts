import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sigmoid } from "../base/statistics.ts";
import { fitLogisticRegression, LEAST_L2 } from "./logisticRegression.ts";

/*
 * import numpy as np
 * from sklearn.linear_model import LogisticRegression  # 1.9.1
 * i = np.arange(60)
 * x = np.c_[np.sin(i), np.cos(2.0 * i) + 0.1 * i]
 * y = (np.sin(3.0 * i + 1) + 0.6 * np.sin(i) > 0).astype(int)
 * w = 1 + i % 3
 * for c, weight in ((1, None), (10, w), (0.1, w)):
 *     m = LogisticRegression(C=c, tol=1e-12, max_iter=10000, solver="newton-cholesky").fit(x, y, sample_weight=weight)
 *     print(c, m.coef_[0].tolist(), m.intercept_[0])
 */
const PLACES = Array.from({ length: 60 }, (_, i) => i);
const COLUMNS = [PLACES.map((i) => Math.sin(i)), PLACES.map((i) => Math.cos(2 * i) + 0.1 * i)];
const LABELS = PLACES.map((i) => (Math.sin(3 * i + 1) + 0.6 * Math.sin(i) > 0 ? 1 : 0));
const WEIGHTS = PLACES.map((i) => 1 + (i % 3));
const SCIKIT_LEARN = [
  { c: 1, weights: undefined, expected: [1.015938894883219, 0.10767697889575513, -0.35854930811405344] },
  { c: 10, weights: WEIGHTS, expected: [1.2072703251994474, 0.11009725859635455, -0.3924766400119035] },
  { c: 0.1, weights: WEIGHTS, expected: [0.6685123545721815, 0.0870683743805114, -0.2906198084510369] },
];

const answer = (...fit: Parameters<typeof fitLogisticRegression>) => {
  const { coefficients, intercept } = fitLogisticRegression(...fit);
  return [...coefficients, intercept];
};

describe("logistic regression", () => {
  it.each(SCIKIT_LEARN)("gives scikit-learn's numbers, C $c", ({ c, weights, expected }) => {
    const found = answer(COLUMNS, LABELS, { weights, l2: 1 / c });
    found.forEach((value, i) => {
      expect(Math.abs(value - expected[i])).toBeLessThan(1e-5);
    });
  });

  it("takes a weight for so many rows", () => {
    const often = PLACES.flatMap((i) => new Array<number>(WEIGHTS[i]).fill(i));
    const repeated = answer(
      COLUMNS.map((column) => often.map((i) => column[i])),
      often.map((i) => LABELS[i]),
      { l2: 0.5 },
    );
    const weighted = answer(COLUMNS, LABELS, { weights: WEIGHTS, l2: 0.5 });
    weighted.forEach((value, i) => {
      expect(value).toBeCloseTo(repeated[i], 6);
    });
  });

  it("stands where its gradient is nought, for goals between 0 and 1 too", () => {
    const goals = LABELS.map((label, i) => 0.9 * label + 0.05 * (i % 2));
    const l2 = 0.3;
    const found = answer(COLUMNS, goals, { l2, weights: WEIGHTS });
    const rest = PLACES.map((i) => {
      const z = found[0] * COLUMNS[0][i] + found[1] * COLUMNS[1][i] + found[2];
      return WEIGHTS[i] * (goals[i] - sigmoid(z));
    });
    const pulls = [...COLUMNS, PLACES.map(() => 1)].map((column) =>
      column.reduce((sum, value, i) => sum + value * rest[i], 0),
    );
    pulls.forEach((pull, i) => {
      expect(pull).toBeCloseTo((i < 2 ? l2 : LEAST_L2) * found[i], 3);
    });
  });

  it("ends with finite numbers for rows that can be told apart, one class, no columns, equal columns", () => {
    const apart = [-2, -1, 1, 2];
    const [slope] = answer([apart], [0, 0, 1, 1]);
    expect(slope).toBeGreaterThan(5);
    expect(slope).toBeLessThan(100);
    expect(answer([apart], [1, 1, 1, 1]).every(Number.isFinite)).toBe(true);
    expect(sigmoid(answer([], [0, 1, 1, 1])[0])).toBeCloseTo(0.75, 5);
    const [first, second, intercept] = answer([COLUMNS[0], COLUMNS[0]], LABELS, { l2: 1e-3 });
    const [alone] = answer([COLUMNS[0]], LABELS, { l2: 5e-4 });
    expect(first + second).toBeCloseTo(alone, 3);
    expect(Number.isFinite(intercept)).toBe(true);
  });

  it("never does worse than no columns at all, whatever the rows", () => {
    const row = fc.tuple(
      fc.double({ min: -30, max: 30, noNaN: true }),
      fc.double({ min: -30, max: 30, noNaN: true }),
      fc.constantFrom(0, 1),
      fc.double({ min: 0, max: 5, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), (rows) => {
        const columns = [rows.map(([x]) => x), rows.map(([, x]) => x)];
        const labels = rows.map(([, , label]) => label);
        const weights = rows.map(([, , , weight]) => weight);
        const found = answer(columns, labels, { weights, l2: 0.1 });
        const bare = answer([], labels, { weights });
        const loss = (z: (i: number) => number, penalty: number) =>
          rows.reduce(
            (sum, _, i) => sum - weights[i] * Math.log(sigmoid((2 * labels[i] - 1) * z(i))),
            penalty,
          );
        const fitted = loss(
          (i) => found[0] * columns[0][i] + found[1] * columns[1][i] + found[2],
          0.05 * (found[0] ** 2 + found[1] ** 2),
        );
        expect(fitted).toBeLessThanOrEqual(loss(() => bare[0], 0) + 1e-3);
      }),
    );
  });
});
