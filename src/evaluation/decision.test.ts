import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { examples, scikitLearn } from "../../test/support/evaluation/examples.ts";
import { decisionMetrics } from "./metrics.ts";

describe("decisionMetrics", () => {
  it("equals scikit-learn's scores at 0.5", () => {
    const { reference, labels, scores } = scikitLearn();
    const ours = decisionMetrics(labels, scores, 0.5);
    for (const [name, value] of Object.entries(reference["at_0.5"]))
      expect(Math.abs(ours[name as keyof (typeof reference)["at_0.5"]] - value), name).toBeLessThan(1e-12);
  });

  it("chooses a score that equals the threshold", () => {
    const { confusion } = decisionMetrics(
      Uint8Array.of(1, 0, 1, 0),
      Float64Array.of(0.5, 0.5, 0.4, 0.1),
      0.5,
    );
    expect(confusion).toEqual({ tp: 1, fp: 1, fn: 1, tn: 1 });
  });

  it("gives 0 where nothing was chosen or nothing is positive", () => {
    const none = decisionMetrics(Uint8Array.of(1, 0), Float64Array.of(0.2, 0.1), 0.5);
    expect(none).toMatchObject({ precision: 0, recall: 0, f1: 0, accuracy: 0.5, mcc: 0 });
    const oneClass = decisionMetrics(Uint8Array.of(0, 0), Float64Array.of(0.9, 0.1), 0.5);
    expect(oneClass).toMatchObject({ precision: 0, recall: 0, f1: 0, accuracy: 0.5, mcc: 0 });
  });

  it("counts every row once, and mcc stays in -1..1", () => {
    fc.assert(
      fc.property(examples(), fc.double({ min: -0.5, max: 1.5, noNaN: true }), ({ labels, scores }, at) => {
        const { confusion, mcc, threshold } = decisionMetrics(labels, scores, at);
        expect(confusion.tp + confusion.fp + confusion.fn + confusion.tn).toBe(labels.length);
        expect(Math.abs(mcc)).toBeLessThanOrEqual(1);
        expect(threshold).toBe(at);
      }),
    );
  });

  it("has an mcc that is the same with the classes swapped and changes sign with the labels", () => {
    fc.assert(
      fc.property(examples(), ({ labels, scores }) => {
        // 0.475 lies between the scores, so that no tie falls on either side.
        const { mcc } = decisionMetrics(labels, scores, 0.475);
        const other = labels.map((label) => 1 - label);
        const mirrored = scores.map((score) => -score);
        expect(decisionMetrics(other, mirrored, -0.475).mcc).toBeCloseTo(mcc, 12);
        expect(decisionMetrics(other, scores, 0.475).mcc).toBeCloseTo(-mcc, 12);
      }),
    );
  });

  it("is 1 or -1 for decisions that are all right or all wrong, whatever the sizes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 300 }), (ones, zeros) => {
        const labels = Uint8Array.from({ length: ones + zeros }, (_, i) => (i < ones ? 1 : 0));
        expect(decisionMetrics(labels, Float64Array.from(labels), 0.5).mcc).toBeCloseTo(1, 12);
        expect(
          decisionMetrics(
            labels,
            Float64Array.from(labels, (l) => 1 - l),
            0.5,
          ).mcc,
        ).toBeCloseTo(-1, 12);
      }),
    );
  });

  it("refuses what only a mistake can pass", () => {
    const labels = Uint8Array.of(0, 1);
    expect(() => decisionMetrics(labels, Float64Array.of(0.5), 0.5)).toThrow("2 labels but 1 scores");
    expect(() => decisionMetrics(labels, Float64Array.of(0.5, Number.NaN), 0.5)).toThrow(RangeError);
    expect(() => decisionMetrics(labels, Float64Array.of(0.5, 0.4), Number.NaN)).toThrow(RangeError);
    expect(() => decisionMetrics(Uint8Array.of(0, 255), Float64Array.of(0.5, 0.4), 0.5)).toThrow(
      "label 255 at position 1",
    );
    expect(() => decisionMetrics(new Uint8Array(), new Float64Array(), 0.5)).toThrow("no rows to evaluate");
  });
});
