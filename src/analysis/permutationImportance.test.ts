import { expect, test } from "vitest";
import { Random } from "../base/random.ts";
import { permutationImportance } from "./permutationImportance.ts";

const ROWS = 400;
const random = new Random(3);
const values = Float32Array.from({ length: ROWS * 3 }, () => random.uniform());
const labels = Uint8Array.from({ length: ROWS }, (_, row) => (values[row * 3] > 0.5 ? 1 : 0));
const matrix = { values, columns: 3, names: ["decides", "helps_not", "unused"] };

/** A model that reads the first column alone. */
const first = (x: Float32Array, rows: number) => Float64Array.from({ length: rows }, (_, row) => x[row * 3]);

const accuracy = (of: Uint8Array, scores: Float64Array) =>
  of.reduce((right, label, i) => right + (label === (scores[i] > 0.5 ? 1 : 0) ? 1 : 0), 0) / of.length;

test("a feature the model lives by drops the metric to chance, one it does not read drops nothing", () => {
  const [decides, helpsNot, unused] = permutationImportance(first, matrix, labels, accuracy, { seed: 1 });
  expect(decides.feature).toBe("decides");
  expect(decides.mean).toBeGreaterThan(0.45);
  expect(decides.mean).toBeLessThan(0.55);
  expect(decides.low).toBeLessThan(decides.mean);
  expect(decides.high).toBeGreaterThan(decides.mean);
  expect(decides.standard_deviation).toBeGreaterThan(0);
  expect(helpsNot).toEqual({ feature: "helps_not", mean: 0, standard_deviation: 0, low: 0, high: 0 });
  expect(unused.mean).toBe(0);
});

test("the same seed gives the same numbers and another seed others; the matrix is left as it was", () => {
  const before = values.slice();
  const run = (seed: number) => permutationImportance(first, matrix, labels, accuracy, { seed, repeats: 5 });
  expect(run(1)).toEqual(run(1));
  expect(run(1)).not.toEqual(run(2));
  expect(values).toEqual(before);
});

test("one repeat has no deviation, no rows have no importance", () => {
  const [decides] = permutationImportance(first, matrix, labels, accuracy, { repeats: 1 });
  expect(decides.standard_deviation).toBe(0);
  expect(decides.low).toBe(decides.mean);
  const empty = { ...matrix, values: new Float32Array(0) };
  expect(permutationImportance(first, empty, new Uint8Array(0), accuracy)).toEqual([]);
});

test("a matrix of another size and zero repeats are refused", () => {
  expect(() => permutationImportance(first, matrix, labels.slice(1), accuracy)).toThrow(
    "invalid matrix: 1200 values (expected 399 rows x 3)",
  );
  expect(() => permutationImportance(first, matrix, labels, accuracy, { repeats: 0 })).toThrow(
    "invalid repeats",
  );
});

test("an aborted run stops", () => {
  expect(() =>
    permutationImportance(first, matrix, labels, accuracy, { signal: AbortSignal.abort() }),
  ).toThrow();
});
