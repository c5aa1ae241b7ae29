import fc from "fast-check";
import { expect, it } from "vitest";
import { repeatedStratifiedFolds } from "./split.ts";

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
