import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InsightsError } from "../base/error.ts";
import { OneClassError } from "./classes.ts";
import { repeatedStratifiedFolds, stratifiedHoldOut, stratifiedSplit } from "./split.ts";

const splitFile = new URL("../../../shared/reference/split.json", import.meta.url);
const targetFile = new URL("../../../shared/reference/original-features.csv", import.meta.url);

function labelled(positives: number, negatives: number): Uint8Array {
  return Uint8Array.from({ length: positives + negatives }, (_, i) => (i < positives ? 1 : 0));
}

function positivesIn(labels: Uint8Array, part: Int32Array): number {
  return part.reduce((sum, position) => sum + labels[position], 0);
}

describe("stratifiedSplit", () => {
  it("puts every row in one part, each part stratified to within one row", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 12, max: 400 }),
        fc.integer({ min: 12, max: 400 }),
        fc.integer(),
        (positives, negatives, seed) => {
          const labels = labelled(positives, negatives);
          const split = stratifiedSplit(labels, { seed });
          const all = [...split.train, ...split.valid, ...split.test];
          expect(all.toSorted((a, b) => a - b)).toEqual([...labels.keys()]);
          expect(split.test.length).toBe(Math.ceil(0.2 * labels.length));
          expect(split.valid.length).toBe(Math.ceil(0.2 * (labels.length - split.test.length)));
          for (const part of Object.values(split) as Int32Array[]) {
            const exact = (positives * part.length) / labels.length;
            expect(Math.abs(positivesIn(labels, part) - exact)).toBeLessThanOrEqual(1);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it.skipIf(!existsSync(splitFile) || !existsSync(targetFile))(
    "has the published split's sizes and class counts on the study's labels",
    () => {
      const published = JSON.parse(readFileSync(splitFile, "utf8")) as Record<
        "train" | "valid" | "test",
        number[]
      >;
      const lines = readFileSync(targetFile, "utf8").trim().split("\n");
      const labels = Uint8Array.from(lines.slice(1), (line) => Number(line.split(",").at(-1)));
      const ours = stratifiedSplit(labels, { seed: 42 });
      for (const part of ["train", "valid", "test"] as const) {
        expect(ours[part].length, part).toBe(published[part].length);
        expect(positivesIn(labels, ours[part]), part).toBe(
          positivesIn(labels, Int32Array.from(published[part])),
        );
      }
    },
  );

  it("gives the same split for the same seed, and another for another", () => {
    const labels = labelled(60, 60);
    expect(stratifiedSplit(labels, { seed: 5 })).toEqual(stratifiedSplit(labels, { seed: 5 }));
    for (let seed = 0; seed < 20; seed++)
      expect(stratifiedSplit(labels, { seed }).test).not.toEqual(
        stratifiedSplit(labels, { seed: seed + 1 }).test,
      );
  });

  it("draws each row for the test part about equally often", () => {
    const labels = labelled(20, 30);
    const drawn = new Float64Array(50);
    for (let seed = 0; seed < 2000; seed++)
      for (const position of stratifiedSplit(labels, { seed }).test) drawn[position]++;
    // Binomial(2000, 0.2): deviation 17.9; five of them allowed.
    for (const count of drawn) expect(Math.abs(count - 400)).toBeLessThan(90);
  });

  it("mixes the classes within each part", () => {
    const labels = labelled(500, 500);
    const { train, valid, test } = stratifiedSplit(labels, { seed: 1 });
    for (const part of [train, valid, test]) {
      const firstHalf = positivesIn(labels, part.subarray(0, part.length / 2));
      expect(firstHalf / part.length).toBeGreaterThan(0.15);
      expect(firstHalf / part.length).toBeLessThan(0.35);
    }
  });

  it("takes other shares", () => {
    const { train, valid, test } = stratifiedSplit(labelled(50, 50), { test: 0.3, valid: 0.5, seed: 0 });
    expect([train.length, valid.length, test.length]).toEqual([35, 35, 30]);
  });

  it("says when there is one class or too few rows", () => {
    expect(() => stratifiedSplit(labelled(10, 0), { seed: 0 })).toThrow(OneClassError);
    expect(() => stratifiedSplit(labelled(0, 10), { seed: 0 })).toThrow(
      "only one class: 0 positive and 10 negative",
    );
    expect(() => stratifiedSplit(new Uint8Array(), { seed: 0 })).toThrow("too few rows: 0");
    expect(() => stratifiedSplit(labelled(1, 1), { seed: 0 })).toThrow(InsightsError);
    expect(() => stratifiedSplit(labelled(2, 98), { seed: 0 })).toThrow(
      "too few rows: 2 positive and 98 negative rows leave no positive row for the validation part",
    );
    expect(() => stratifiedSplit(labelled(99, 3), { seed: 0 })).toThrow(
      "no negative row for the validation part",
    );
  });

  it("never returns a part without both classes, however few rows", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 15 }),
        fc.integer({ min: 1, max: 15 }),
        (positives, negatives) => {
          const labels = labelled(positives, negatives);
          try {
            const split = stratifiedSplit(labels, { seed: 3 });
            for (const part of Object.values(split) as Int32Array[]) {
              expect(positivesIn(labels, part)).toBeGreaterThan(0);
              expect(positivesIn(labels, part)).toBeLessThan(part.length);
            }
          } catch (error) {
            expect(error).toBeInstanceOf(InsightsError);
            expect(String(error)).toContain("too few rows");
          }
        },
      ),
    );
  });

  it("refuses a share that is none, and labels that are unknown", () => {
    expect(() => stratifiedSplit(labelled(9, 9), { test: 20, seed: 0 })).toThrow(RangeError);
    expect(() => stratifiedSplit(labelled(9, 9), { valid: 0, seed: 0 })).toThrow(RangeError);
    expect(() => stratifiedSplit(Uint8Array.of(0, 1, 255), { seed: 0 })).toThrow(RangeError);
  });
});

const labelsOf = (positives: number, negatives: number) =>
  Uint8Array.from({ length: positives + negatives }, (_, i) => (i % 3 === 0 && i / 3 < positives ? 1 : 0));

it("leaves every row out once a repeat, each fold with its share of the classes", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(0, 1), { minLength: 10, maxLength: 200 }),
      fc.integer({ min: 2, max: 5 }),
      fc.integer({ min: 1, max: 3 }),
      fc.integer(),
      (values, folds, repeats, seed) => {
        const labels = Uint8Array.from(values);
        const positives = values.filter((value) => value === 1).length;
        fc.pre(Math.min(positives, values.length - positives) >= folds);
        const cut = repeatedStratifiedFolds(labels, { folds, repeats, seed });
        expect(cut).toHaveLength(folds * repeats);
        for (let repeat = 0; repeat < repeats; repeat++) {
          const own = cut.filter((one) => one.repeat === repeat);
          expect(own.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual([...values.keys()]);
          for (const { train, test } of own) {
            expect([...train, ...test].sort((a, b) => a - b)).toEqual([...values.keys()]);
            const share = test.reduce((sum, i) => sum + labels[i], 0) - positives / folds;
            expect(Math.abs(share)).toBeLessThan(1);
            expect(Math.abs(test.length - values.length / folds)).toBeLessThan(1);
          }
        }
      },
    ),
  );
});

it("cuts the same with the same seed, otherwise with another, and anew each repeat", () => {
  const labels = labelsOf(40, 80);
  const first = repeatedStratifiedFolds(labels, { seed: 1 });
  expect(repeatedStratifiedFolds(labels, { seed: 1 })).toEqual(first);
  expect(repeatedStratifiedFolds(labels, { seed: 2 })).not.toEqual(first);
  expect(first).toHaveLength(15);
  expect(first[5].test).not.toEqual(first[0].test);
});

it("refuses rows that cannot be dealt", () => {
  expect(() => repeatedStratifiedFolds(Uint8Array.from([1, 1, 0]), { seed: 1, folds: 2 })).toThrow(
    "too few rows: 1 negative rows cannot be dealt to 2 folds",
  );
  expect(() => repeatedStratifiedFolds(new Uint8Array(9), { seed: 1 })).toThrow(
    "only one class: 0 positive and 9 negative rows",
  );
  expect(() => repeatedStratifiedFolds(labelsOf(9, 9), { seed: 1, folds: 1 })).toThrow(RangeError);
  expect(() => repeatedStratifiedFolds(labelsOf(9, 9), { seed: 1, repeats: 0 })).toThrow(RangeError);
});

const dealtLabels = (positives: number, negatives: number) =>
  Uint8Array.from({ length: positives + negatives }, (_, i) => (i < positives ? 1 : 0));

describe("stratifiedHoldOut", () => {
  it("draws the share, each class in proportion, by the seed", () => {
    const labels = dealtLabels(217, 781);
    const held = stratifiedHoldOut(labels, { share: 0.2, seed: 1 });
    expect(held).toHaveLength(200);
    expect(held.filter((row) => labels[row] === 1)).toHaveLength(43);
    expect(stratifiedHoldOut(labels, { share: 0.2, seed: 1 })).toEqual(held);
    expect(stratifiedHoldOut(labels, { share: 0.2, seed: 2 })).not.toEqual(held);
  });

  it("gives rising positions, none twice, and leaves both classes on both sides or says why not", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        (positives, negatives, share) => {
          const labels = dealtLabels(positives, negatives);
          let held: Int32Array;
          try {
            held = stratifiedHoldOut(labels, { share, seed: 3 });
          } catch (error) {
            expect((error as Error).message).toMatch(/^too few rows: of \d+ positive and/);
            return;
          }
          expect([...held]).toEqual([...new Set(held)].sort((a, b) => a - b));
          expect(held).toHaveLength(Math.ceil(share * labels.length));
          const rest = labels.filter((_, row) => !held.includes(row));
          for (const part of [rest, Uint8Array.from(held, (row) => labels[row])]) {
            expect([...new Set(part)].sort()).toEqual([0, 1]);
          }
        },
      ),
    );
  });

  it("refuses a share that is none", () => {
    expect(() => stratifiedHoldOut(dealtLabels(5, 5), { share: 1, seed: 1 })).toThrow(RangeError);
  });
});
