import { describe, expect, it } from "vitest";
import { Random } from "../base/random.ts";
import { rocAuc } from "../evaluation/metrics.ts";
import { combinationFindings } from "./combination.ts";
import { severityOfAuc } from "./finding.ts";
import { cellsAuc, singleAucs, singleFeatureFindings } from "./singleFeature.ts";
import { closestRows, goalOfFit, severityOfFit, sourceViews } from "./source.ts";

const feature = (name: string, values: ArrayLike<number>) => ({
  name,
  columns: [name],
  values: Float64Array.from(values),
});

describe("what a finding is worth", () => {
  it.each([
    [0.5, null],
    [0.9249, null],
    [0.925, "warn"],
    [0.9749, "warn"],
    [0.975, "severe"],
    [0.0751, null],
    [0.074, "warn"],
    [0.02, "severe"],
  ])("an area under the ROC curve of %d: %s", (auc, severity) => {
    expect(severityOfAuc(auc)).toBe(severity);
  });

  it.each([
    [0.9499, null, 0.94],
    [0.95, "warn", 0.94],
    [0.9899, "warn", 0.94],
    [0.99, "severe", 0.99],
    [0.9999, "severe", 0.99],
    [1 - 1e-6, "severe", 1 - 1.1e-5],
    [1, "severe", 1 - 1.1e-5],
  ])("an R2 of %d: %s, and a part of the features explains it from %d on", (r2, severity, goal) => {
    expect(severityOfFit(r2)).toBe(severity);
    expect(goalOfFit(r2)).toBeCloseTo(goal, 12);
  });
});

describe("the source of a target", () => {
  const source = (rows: number, value: (row: number) => number) =>
    sourceViews({ name: "rate", values: Float64Array.from({ length: rows }, (_, row) => value(row)) });

  it("is looked at from 50 known rows on", () => {
    expect(source(49, (row) => 1 + row)).toEqual([]);
    expect(source(50, (row) => 1 + row)).toHaveLength(2);
    expect(source(60, (row) => (row < 11 ? Number.NaN : 1 + row))).toEqual([]);
  });

  it("has a logarithm where nine of ten values are above 0", () => {
    expect(source(100, (row) => row - 9).map(({ logarithm }) => logarithm)).toEqual([false, true]);
    expect(source(100, (row) => row - 10).map(({ logarithm }) => logarithm)).toEqual([false]);
  });

  it("may be missed by two rows in a hundred", () => {
    const y = Float64Array.from({ length: 100 }, (_, row) => (row < 5 ? 10 * (row + 1) : 0));
    const kept = closestRows(y, new Float64Array(100), new Float64Array(100).fill(1));
    expect(kept).toHaveLength(98);
    expect([...kept]).not.toContain(4);
    expect([...kept]).toContain(2);
  });
});

describe("combinations", () => {
  const random = new Random(4);
  const values = Float64Array.from({ length: 100 }, () => Math.exp(2 * random.normal()));
  const find = (features: ReturnType<typeof feature>[]) =>
    combinationFindings(features, { name: "rate", values }, new Set(), 1);

  it("see a logarithm where 98 of 100 values of a feature are above 0", () => {
    // The smallest are taken for 0, as rounding does.
    const sorted = values.toSorted();
    const square = (zeros: number) =>
      feature(
        "square",
        values.map((value) => (value < sorted[zeros] ? 0 : value ** 2)),
      );
    expect(find([square(2)])).toMatchObject([{ severity: "severe", features: ["square"] }]);
    expect(find([square(3)])).toEqual([]);
  });

  it("are looked for ten times at most", () => {
    const copies = Array.from({ length: 12 }, (_, i) =>
      feature(
        `copy ${i}`,
        values.map((value) => (i + 1) * value),
      ),
    );
    expect(find(copies)).toHaveLength(10);
  });

  /** Findings on 100 rows of a source that so many columns, all needed alike, explain to a share. */
  const findSum = (columns: number, share: number) => {
    const draw = new Random(11);
    const parts = Array.from({ length: columns }, (_, i) =>
      feature(
        `part ${i}`,
        Array.from({ length: 100 }, () => draw.normal()),
      ),
    );
    const noise = Math.sqrt((columns * (1 - share)) / share);
    const sums = Float64Array.from({ length: 100 }, (_, row) =>
      parts.reduce((sum, { values: part }) => sum + part[row], noise * draw.normal()),
    );
    return combinationFindings(parts, { name: "rate", values: sums }, new Set(), 1);
  };

  it("are judged on the rows they were fitted to from four rows a term on, else out of fold", () => {
    expect(findSum(25, 0.98)).toMatchObject([{ severity: "warn" }]);
    expect(findSum(26, 0.985)).toEqual([]);
  });

  it("are not made of many terms: the share is adjusted for their number", () => {
    expect(findSum(25, 0.97)).toEqual([]);
  });

  it("are not made of noise, however many columns of it there are", () => {
    const noise = Array.from({ length: 40 }, (_, i) =>
      feature(
        `noise ${i}`,
        values.map(() => random.normal()),
      ),
    );
    expect(find(noise)).toEqual([]);
  });
});

describe("single features", () => {
  const labels = Uint8Array.from({ length: 250 }, (_, row) => row % 2);
  const folds = Uint8Array.from(labels, (_, row) => Math.floor(row / 10) % 5);
  const aucs = (value: (row: number) => number) =>
    singleAucs(
      [
        feature(
          "x",
          Array.from(labels, (_, row) => value(row)),
        ),
      ],
      labels,
      folds,
      5,
    )[0];

  it("are ranked where half of the rows know them", () => {
    const known = (rows: number) => aucs((row) => (row < rows ? row % 2 : Number.NaN)).ranked;
    expect(known(125)).toBe(1);
    expect(known(124)).toBe(0.5);
  });

  it("have a bin for 25 rows", () => {
    // Ten values, whose labels take turns.
    expect(aucs((row) => row % 10).binned).toBe(1);
  });

  it("have four bins at least, and 32 at most", () => {
    const striped = (rows: number, stripes: number) => {
      const of = Uint8Array.from({ length: rows }, (_, row) => Math.floor((row * stripes) / rows) % 2);
      const parts = Uint8Array.from(of, (_, row) => row % 5);
      return singleAucs([feature("x", Array.from(of.keys()))], of, parts, 5)[0].binned;
    };
    expect(striped(60, 4)).toBeGreaterThan(0.95);
    expect(striped(60, 8)).toBeLessThan(0.7);
    expect(striped(3200, 32)).toBeGreaterThan(0.95);
    expect(striped(3200, 64)).toBeLessThan(0.7);
  });

  it("have rates drawn towards the whole by two rows, so that a cell of one row is not sure", () => {
    // Two folds. In the second a cell of one positive row, and one with nine of ten positive.
    const cells = Int32Array.of(0, 1, 2, 2, 0, ...Array<number>(10).fill(1), ...Array<number>(8).fill(2));
    const own = Uint8Array.of(0, 1, 0, 0, 1, ...Array<number>(9).fill(1), 0, ...Array<number>(8).fill(0));
    const parts = Uint8Array.from(own, (_, row) => Number(row >= 4));
    const prior = own.reduce((sum, label) => sum + label, 0) / own.length;
    const scores = Float64Array.from(cells, (cell, row) => {
      const others = [...own].filter((_, other) => cells[other] === cell && parts[other] !== parts[row]);
      return others.reduce((sum, label) => sum + label, 2 * prior) / (others.length + 2);
    });
    expect(scores[0]).toBeLessThan(scores[1]);
    expect(cellsAuc(cells, 3, own, parts, 2)).toBeCloseTo(rocAuc(own, scores), 12);
  });

  it("are told by their bins only where these tell clearly more", () => {
    const found = (ranked: number, binned: number) =>
      singleFeatureFindings([{ feature: feature("x", []), ranked, binned }], new Set()).map(
        ({ code, value }) => [code, value],
      );
    expect(found(0.93, 0.949)).toEqual([["single_feature", 0.93]]);
    expect(found(0.93, 0.96)).toEqual([["single_feature_bins", 0.96]]);
    expect(found(0.6, 0.92)).toEqual([]);
    expect(found(0.6, 0.03)).toEqual([]);
  });
});
