import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stratifiedHoldOut } from "./split.ts";

const labelsOf = (positives: number, negatives: number) =>
  Uint8Array.from({ length: positives + negatives }, (_, i) => (i < positives ? 1 : 0));

describe("stratifiedHoldOut", () => {
  it("draws the share, each class in proportion, by the seed", () => {
    const labels = labelsOf(217, 781);
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
          const labels = labelsOf(positives, negatives);
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
    expect(() => stratifiedHoldOut(labelsOf(5, 5), { share: 1, seed: 1 })).toThrow(RangeError);
  });
});
