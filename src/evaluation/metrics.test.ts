import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { examples, scikitLearn } from "../../test/support/evaluation/examples.ts";
import { Random } from "../base/random.ts";
import { OneClassError } from "./classes.ts";
import { decisionMetrics, rankingMetrics, resampledMetrics, rocAuc } from "./metrics.ts";

describe("rankingMetrics", () => {
  it("equals scikit-learn's scores, ties and certain probabilities included", () => {
    const { reference, labels, scores } = scikitLearn();
    const ours = rankingMetrics(labels, scores);
    expect(Math.abs(ours.roc_auc - reference.roc_auc)).toBeLessThan(1e-12);
    expect(Math.abs(ours.average_precision - reference.average_precision)).toBeLessThan(1e-12);
    expect(Math.abs(ours.brier - reference.brier)).toBeLessThan(1e-12);
    expect(Math.abs(ours.log_loss - reference["log_loss_clipped_1e-15"])).toBeLessThan(1e-12);
  });

  it("clips certain and wrong probabilities instead of losing infinitely", () => {
    // 1 - (1 - 1e-15) is 9.992e-16 in double precision, so that the two losses differ in the fourth digit.
    const { log_loss } = rankingMetrics(Uint8Array.of(1, 0), Float64Array.of(0, 1));
    expect(log_loss).toBeCloseTo((-Math.log(1e-15) - Math.log(9.992007221626409e-16)) / 2, 12);
    expect(rankingMetrics(Uint8Array.of(1, 0), Float64Array.of(1, 0))).toMatchObject({
      roc_auc: 1,
      average_precision: 1,
      brier: 0,
    });
  });

  it("refuses one class, and scores that are no probabilities", () => {
    const scores = Float64Array.of(0.2, 0.3);
    expect(() => rankingMetrics(Uint8Array.of(1, 1), scores)).toThrow(OneClassError);
    expect(() => rankingMetrics(Uint8Array.of(0, 0), scores)).toThrow(
      "only one class: 0 positive and 2 negative rows",
    );
    expect(() => rankingMetrics(Uint8Array.of(0, 1), Float64Array.of(0.2, 1.1))).toThrow(RangeError);
    expect(() => rankingMetrics(Uint8Array.of(0, 1), Float64Array.of(0.2, Number.NaN))).toThrow(RangeError);
    expect(() => rankingMetrics(Uint8Array.of(0, 1), Float64Array.of(0.2))).toThrow(RangeError);
  });
});

describe("rocAuc", () => {
  it("is the share of pairs with the positive ahead, a tie counting half", () => {
    fc.assert(
      fc.property(examples(), ({ labels, scores }) => {
        let won = 0;
        let pairs = 0;
        for (let i = 0; i < labels.length; i++)
          for (let j = 0; j < labels.length; j++) {
            if (labels[i] !== 1 || labels[j] !== 0) continue;
            pairs++;
            won += scores[i] > scores[j] ? 1 : scores[i] === scores[j] ? 0.5 : 0;
          }
        expect(rocAuc(labels, scores)).toBeCloseTo(won / pairs, 12);
      }),
    );
  });

  it("does not change when the scores are stretched, nor with the order of the rows", () => {
    fc.assert(
      fc.property(examples(), ({ labels, scores }) => {
        const stretched = scores.map((score) => Math.exp(7 * score) - 3);
        expect(rocAuc(labels, stretched)).toBe(rocAuc(labels, scores));
        expect(rocAuc(labels.toReversed(), scores.toReversed())).toBe(rocAuc(labels, scores));
      }),
    );
  });

  it("becomes 1 less itself when the scores or the labels are turned round", () => {
    fc.assert(
      fc.property(examples(), ({ labels, scores }) => {
        const auc = rocAuc(labels, scores);
        const negated = scores.map((score) => -score);
        const other = labels.map((label) => 1 - label);
        expect(rocAuc(labels, negated)).toBeCloseTo(1 - auc, 12);
        expect(rocAuc(other, scores)).toBeCloseTo(1 - auc, 12);
        expect(rocAuc(other, negated)).toBeCloseTo(auc, 12);
      }),
    );
  });

  it("takes 0 and -0, and infinite scores, for what they are", () => {
    expect(rocAuc(Uint8Array.of(0, 1), Float64Array.of(0, -0))).toBe(0.5);
    expect(rocAuc(Uint8Array.of(0, 1), Float64Array.of(-Infinity, Infinity))).toBe(1);
  });
});

describe("average precision", () => {
  it("is the sum over thresholds of precision times recall gained", () => {
    fc.assert(
      fc.property(examples(), ({ labels, scores }) => {
        const positives = labels.reduce((sum, label) => sum + label, 0);
        let sum = 0;
        let before = 0;
        for (const threshold of [...new Set(scores)].sort((a, b) => b - a)) {
          const chosen = [...labels].filter((_, i) => scores[i] >= threshold);
          const tp = chosen.filter((label) => label === 1).length;
          sum += (tp / chosen.length) * (tp / positives - before);
          before = tp / positives;
        }
        expect(rankingMetrics(labels, scores).average_precision).toBeCloseTo(sum, 12);
      }),
    );
  });

  it("is scikit-learn's documented example", () => {
    // average_precision_score([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]) = 0.8333..., in scikit-learn's documentation.
    const scores = Float64Array.of(0.1, 0.4, 0.35, 0.8);
    expect(rankingMetrics(Uint8Array.of(0, 0, 1, 1), scores).average_precision).toBeCloseTo(5 / 6, 12);
  });
});

it("handles 200,000 different scores in well under the time a quadratic count would take", () => {
  const random = new Random(4);
  const n = 200_000;
  const labels = Uint8Array.from({ length: n }, () => random.integer(2));
  const scores = Float64Array.from({ length: n }, () => random.uniform());
  const start = process.cpuUsage();
  const { roc_auc, brier } = rankingMetrics(labels, scores);
  // A pair count would be 1e10 steps, tens of seconds of processor time.
  expect(process.cpuUsage(start).user / 1e6).toBeLessThan(4);
  expect(roc_auc).toBeCloseTo(0.5, 1);
  expect(brier).toBeCloseTo(1 / 3, 1);
});

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
