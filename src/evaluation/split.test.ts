import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InsightsError } from "../base/error.ts";
import { OneClassError } from "./classes.ts";
import { stratifiedSplit } from "./split.ts";

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
