import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { examples, scikitLearn } from "../../test/support/evaluation/examples.ts";
import { decisionMetrics } from "./metrics.ts";
import { chooseThreshold, lowestThresholdAtPrecision } from "./thresholds.ts";

const precisions = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.constantFrom(0, 0.5, 0.75, 0.88, 1),
);

describe("chooseThreshold", () => {
  it("has the highest recall of all thresholds that are precise enough, then the highest precision", () => {
    fc.assert(
      fc.property(examples(), precisions, ({ labels, scores }, minPrecision) => {
        const chosen = chooseThreshold(labels, scores, { minPrecision });
        const all = [...new Set(scores)].map((score) => decisionMetrics(labels, scores, score));
        const precise = all.filter(({ precision }) => precision >= minPrecision);
        expect(chosen.reached).toBe(precise.length > 0);
        const candidates = precise.length > 0 ? precise : all;
        const best = candidates.toSorted((a, b) =>
          chosen.reached
            ? b.recall - a.recall || b.precision - a.precision
            : b.precision - a.precision || b.recall - a.recall,
        )[0];
        expect(chosen).toEqual({
          value: best.threshold,
          precision: best.precision,
          recall: best.recall,
          reached: precise.length > 0,
        });
      }),
    );
  });

  it("does not depend on the order of the rows", () => {
    fc.assert(
      fc.property(examples(), precisions, ({ labels, scores }, minPrecision) => {
        expect(chooseThreshold(labels.toReversed(), scores.toReversed(), { minPrecision })).toEqual(
          chooseThreshold(labels, scores, { minPrecision }),
        );
      }),
    );
  });

  it("leaves out negatives that cost no recall, where the study's rule takes them in", () => {
    const labels = Uint8Array.of(1, 1, 1, 0, 0);
    const scores = Float64Array.of(0.9, 0.8, 0.7, 0.6, 0.5);
    expect(chooseThreshold(labels, scores, { minPrecision: 0.7 })).toEqual({
      value: 0.7,
      precision: 1,
      recall: 1,
      reached: true,
    });
    expect(lowestThresholdAtPrecision(labels, scores, 0.7)).toEqual({
      value: 0.6,
      precision: 0.75,
      recall: 1,
      reached: true,
    });
  });

  it("says where the precision is out of reach, and takes the most precise", () => {
    const labels = Uint8Array.of(0, 1, 1, 0);
    const scores = Float64Array.of(0.9, 0.8, 0.7, 0.1);
    const expected = { value: 0.7, precision: 2 / 3, recall: 1, reached: false };
    expect(chooseThreshold(labels, scores, { minPrecision: 0.9 })).toEqual(expected);
    expect(lowestThresholdAtPrecision(labels, scores, 0.9)).toEqual(expected);
  });

  it("counts a precision of exactly the wanted one as reached", () => {
    const labels = Uint8Array.from({ length: 26 }, (_, i) => (i < 22 ? 1 : 0));
    const scores = Float64Array.from({ length: 26 }, (_, i) => (i < 25 ? 0.8 : 0.1));
    expect(chooseThreshold(labels, scores, { minPrecision: 0.88 })).toMatchObject({
      value: 0.8,
      reached: true,
    });
  });

  it("refuses one class and a precision outside 0..1", () => {
    const scores = Float64Array.of(0.1, 0.2);
    expect(() => chooseThreshold(Uint8Array.of(0, 0), scores, { minPrecision: 0.5 })).toThrow(
      "only one class",
    );
    expect(() => chooseThreshold(Uint8Array.of(0, 1), scores, { minPrecision: 88 })).toThrow(RangeError);
    expect(() => lowestThresholdAtPrecision(Uint8Array.of(0, 1), scores, Number.NaN)).toThrow(RangeError);
  });
});

describe("lowestThresholdAtPrecision", () => {
  it("is the first point of scikit-learn's curve that is precise enough", () => {
    const { reference, labels, scores } = scikitLearn();
    const first = reference.precision.findIndex((precision) => precision >= 0.88);
    const chosen = lowestThresholdAtPrecision(labels, scores, 0.88);
    expect(chosen.value).toBe(reference.thresholds[first]);
    expect(chosen.recall).toBeCloseTo(reference.recall[first], 12);
  });
});
