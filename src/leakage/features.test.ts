import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsAt, isConstant, ranked, rowsOf, sampleRows } from "./features.ts";
import { binsOf, cellsAuc } from "./singleFeature.ts";

const column = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 8 }),
      fc.double({ min: -5, max: 5, noNaN: true }),
      fc.constant(Number.NaN),
    ),
    {
      minLength: 1,
      maxLength: 60,
    },
  )
  .map((values) => Float64Array.from(values));

describe("sampleRows", () => {
  it("takes all rows where they are few, otherwise as many as wanted, ascending, seeded", () => {
    expect([...sampleRows(4, 10, 1)]).toEqual([0, 1, 2, 3]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 50 }), (rows, most) => {
        const at = sampleRows(rows, most, 5);
        expect(at).toHaveLength(Math.min(rows, most));
        for (let i = 0; i < at.length; i++) {
          expect(at[i]).toBeGreaterThan(i === 0 ? -1 : at[i - 1]);
          expect(at[i]).toBeLessThan(rows);
        }
        expect(sampleRows(rows, most, 5)).toEqual(at);
      }),
    );
    expect(sampleRows(1000, 20, 1)).not.toEqual(sampleRows(1000, 20, 2));
  });

  it("draws from the whole file", () => {
    const mean = sampleRows(1_000_000, 10_000, 3).reduce((sum, row) => sum + row, 0) / 10_000;
    // The mean of 10,000 uniform places is off by 2900 one time in three.
    expect(Math.abs(mean - 500_000)).toBeLessThan(15_000);
  });
});

describe("ranked", () => {
  it("keeps the order, shares the place of equal values, and stays within -1 and 1", () => {
    expect([...ranked(Float64Array.of(10, 1000, -3, 10, Number.NaN))]).toEqual([0, 0.75, -0.75, 0, 0]);
    fc.assert(
      fc.property(column, (values) => {
        const ranks = ranked(values);
        values.forEach((value, i) => {
          expect(Math.abs(ranks[i])).toBeLessThan(1);
          values.forEach((other, j) => {
            if (value < other) expect(ranks[i]).toBeLessThan(ranks[j]);
            if (value === other) expect(ranks[i]).toBe(ranks[j]);
          });
        });
      }),
    );
  });
});

describe("binsOf", () => {
  it("parts values in order, never equal ones, and unknown ones apart", () => {
    fc.assert(
      fc.property(column, fc.integer({ min: 1, max: 12 }), (values, most) => {
        const { bins, count } = binsOf(values, most);
        values.forEach((value, i) => {
          expect(bins[i]).toBeLessThan(count);
          if (Number.isNaN(value)) expect(bins[i]).toBe(count - 1);
          values.forEach((other, j) => {
            if (value <= other) expect(bins[i]).toBeLessThanOrEqual(bins[j]);
            if (value === other) expect(bins[i]).toBe(bins[j]);
            if (Number.isNaN(value) && !Number.isNaN(other)) expect(bins[i]).not.toBe(bins[j]);
          });
        });
        expect(count).toBeLessThanOrEqual(2 * most + 2);
      }),
    );
  });

  it("gives a heavy value a bin of its own", () => {
    const values = Float64Array.from({ length: 100 }, (_, i) => (i < 50 ? 0.5 : i / 100 - 0.25));
    const { bins } = binsOf(values, 4);
    const heavy = bins[0];
    values.forEach((value, i) => {
      expect(bins[i] === heavy).toBe(value === 0.5);
    });
  });
});

describe("cellsAuc", () => {
  it("sees cells that tell, and is not flattered by cells that do not", () => {
    const rows = 400;
    const labels = Uint8Array.from({ length: rows }, (_, i) => (i * 7919) % 2);
    const folds = Uint8Array.from({ length: rows }, (_, i) => Math.floor(i / 2) % 5);
    const telling = Int32Array.from(labels, (label) => 1 - label);
    expect(cellsAuc(telling, 2, labels, folds, 5)).toBe(1);
    // A cell for each row tells everything about the rows themselves, and nothing about others.
    const own = Int32Array.from({ length: rows }, (_, i) => i);
    expect(cellsAuc(own, rows, labels, folds, 5)).toBeLessThanOrEqual(0.5);
  });
});

describe("columnsAt", () => {
  it("reads columns of a row-major matrix", () => {
    const features = { names: ["a", "b"], values: Float32Array.of(1, 2, 3, 4, 5, 6) };
    expect(rowsOf(features)).toBe(3);
    expect(columnsAt(features, Int32Array.of(0, 2), [["x"], []])).toEqual([
      { name: "a", columns: ["x"], values: Float64Array.of(1, 5) },
      { name: "b", columns: [], values: Float64Array.of(2, 6) },
    ]);
    expect(() => rowsOf({ names: ["a", "b"], values: new Float32Array(3) })).toThrow(
      "invalid matrix: 3 values in rows of 2",
    );
    expect(() => rowsOf({ names: [], values: new Float32Array(0) })).toThrow("invalid matrix");
    expect(isConstant(Float64Array.of(Number.NaN, 2, 2))).toBe(true);
    expect(isConstant(Float64Array.of(1, Number.NaN, 2))).toBe(false);
  });
});
