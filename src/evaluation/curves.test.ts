import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { examples, largestDifference, scikitLearn } from "../../test/support/evaluation/examples.ts";
import { precisionRecallCurve, rocCurve } from "./curves.ts";
import { rocAuc } from "./metrics.ts";

const shared = new URL("../../../shared/reference/metrics.json", import.meta.url);
const example = { labels: Uint8Array.of(0, 0, 1, 1), scores: Float64Array.of(0.1, 0.4, 0.35, 0.8) };

describe("precisionRecallCurve", () => {
  it("equals scikit-learn's on 400 rows with ties", () => {
    const { reference, labels, scores } = scikitLearn();
    const ours = precisionRecallCurve(labels, scores);
    expect(largestDifference(ours.precision, reference.precision)).toBeLessThan(1e-12);
    expect(largestDifference(ours.recall, reference.recall)).toBeLessThan(1e-12);
    expect(largestDifference(ours.thresholds, reference.thresholds)).toBe(0);
  });

  it.skipIf(!existsSync(shared))("was given the reference values as they were made", () => {
    expect(scikitLearn().reference).toEqual(JSON.parse(readFileSync(shared, "utf8")));
  });

  it("keeps every threshold and ends at recall 0, precision 1", () => {
    // scikit-learn's documentation, precision_recall_curve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]).
    const { precision, recall, thresholds } = precisionRecallCurve(example.labels, example.scores);
    expect([...precision]).toEqual([0.5, 2 / 3, 0.5, 1, 1]);
    expect([...recall]).toEqual([1, 1, 0.5, 0.5, 0]);
    expect([...thresholds]).toEqual([0.1, 0.35, 0.4, 0.8]);
  });

  it("refuses one class", () => {
    expect(() => precisionRecallCurve(Uint8Array.of(1), Float64Array.of(0.5))).toThrow("only one class");
  });
});

describe("rocCurve", () => {
  it("equals scikit-learn's documented example", () => {
    // scikit-learn 1.2 documentation, roc_curve([1, 1, 2, 2], [0.1, 0.4, 0.35, 0.8], pos_label=2).
    const { fpr, tpr, thresholds } = rocCurve(example.labels, example.scores);
    expect([...fpr]).toEqual([0, 0, 0.5, 0.5, 1]);
    expect([...tpr]).toEqual([0, 0.5, 0.5, 1, 1]);
    expect([...thresholds]).toEqual([1.8, 0.8, 0.4, 0.35, 0.1]);
  });

  it("has the counts behind scikit-learn's precision-recall curve on 400 rows", () => {
    const { reference, labels, scores } = scikitLearn();
    const { fpr, tpr, thresholds } = rocCurve(labels, scores);
    const positives = reference.y.filter((label) => label === 1).length;
    const negatives = reference.y.length - positives;
    const at = [...thresholds.slice(1)].map((threshold) => reference.thresholds.indexOf(threshold));
    expect(at.length).toBeGreaterThan(50);
    const expectedFpr = at.map((i) => {
      const tp = reference.recall[i] * positives;
      return (tp / reference.precision[i] - tp) / negatives;
    });
    const expectedTpr = at.map((i) => reference.recall[i]);
    expect(largestDifference(tpr.slice(1), expectedTpr)).toBeLessThan(1e-12);
    expect(largestDifference(fpr.slice(1), expectedFpr)).toBeLessThan(1e-12);
    expect(thresholds[0]).toBe(Math.max(...reference.score) + 1);
  });

  it("leaves out points inside straight runs", () => {
    const labels = Uint8Array.of(1, 1, 1, 0, 0);
    const scores = Float64Array.of(0.9, 0.8, 0.7, 0.6, 0.5);
    const short = rocCurve(labels, scores);
    expect([...short.thresholds]).toEqual([1.9, 0.9, 0.7, 0.5]);
  });

  it("rises from (0, 0) to (1, 1) and has the area of rocAuc", () => {
    fc.assert(
      fc.property(examples(), ({ labels, scores }) => {
        const { fpr, tpr, thresholds } = rocCurve(labels, scores);
        const last = fpr.length - 1;
        expect([fpr[0], tpr[0], fpr[last], tpr[last]]).toEqual([0, 0, 1, 1]);
        let area = 0;
        for (let i = 1; i <= last; i++) {
          expect(fpr[i]).toBeGreaterThanOrEqual(fpr[i - 1]);
          expect(tpr[i]).toBeGreaterThanOrEqual(tpr[i - 1]);
          expect(thresholds[i]).toBeLessThan(thresholds[i - 1]);
          area += ((fpr[i] - fpr[i - 1]) * (tpr[i] + tpr[i - 1])) / 2;
        }
        expect(area).toBeCloseTo(rocAuc(labels, scores), 12);
      }),
    );
  });
});
