import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { examples, scikitLearn } from "../../test/support/evaluation/examples.ts";
import { OneClassError } from "./classes.ts";
import { decisionMetrics, rankingMetrics, resampledMetrics } from "./metrics.ts";

describe("resampledMetrics", () => {
  it("gives the plain metrics of the chosen rows, or the same error", () => {
    const picks = fc.array(fc.nat(), { minLength: 1, maxLength: 60 });
    const thresholds = fc.oneof(
      // Scores are twentieths, so that some are the threshold itself.
      fc.constantFrom(0, 0.25, 0.5, 0.75, 1, -1, 2),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(examples(), picks, thresholds, ({ labels, scores }, picked, threshold) => {
        const statistic = resampledMetrics(labels, scores, threshold);
        const indices = Int32Array.from(picked, (pick) => pick % labels.length);
        const chosenLabels = Uint8Array.from(indices, (i) => labels[i]);
        const chosenScores = Float64Array.from(indices, (i) => scores[i]);
        if (new Set(chosenLabels).size === 1) {
          expect(() => statistic(indices)).toThrow(OneClassError);
          return;
        }
        const plain: Record<string, number | object> = {
          ...decisionMetrics(chosenLabels, chosenScores, threshold),
          ...rankingMetrics(chosenLabels, chosenScores),
        };
        const resampled = statistic(indices);
        expect(Object.keys(resampled).length).toBe(9);
        for (const [name, value] of Object.entries(resampled))
          expect(value, name).toBeCloseTo(plain[name] as number, 12);
      }),
    );
  });

  it("forgets the resample before", () => {
    const { labels, scores } = scikitLearn();
    const statistic = resampledMetrics(labels, scores, 0.5);
    const all = Int32Array.from(labels.keys());
    const first = statistic(all);
    statistic(all.subarray(0, 50));
    expect(statistic(all)).toEqual(first);
  });

  it("refuses what the metrics refuse", () => {
    expect(() => resampledMetrics(Uint8Array.of(1, 1), Float64Array.of(0.1, 0.2), 0.5)).toThrow(
      OneClassError,
    );
    expect(() => resampledMetrics(Uint8Array.of(1, 0), Float64Array.of(0.1, 2), 0.5)).toThrow(RangeError);
    expect(() => resampledMetrics(Uint8Array.of(1, 0), Float64Array.of(0.1, 0.2), Number.NaN)).toThrow(
      RangeError,
    );
  });
});
