import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { examples, scikitLearn } from "../../test/support/evaluation/examples.ts";
import { Random } from "../base/random.ts";
import { OneClassError } from "./classes.ts";
import { averagePrecision, rankingMetrics, rocAuc } from "./metrics.ts";

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
        expect(averagePrecision(labels, stretched)).toBe(averagePrecision(labels, scores));
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

describe("averagePrecision", () => {
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
        expect(averagePrecision(labels, scores)).toBeCloseTo(sum, 12);
      }),
    );
  });

  it("is scikit-learn's documented example", () => {
    // average_precision_score([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]) = 0.8333..., in scikit-learn's documentation.
    const value = averagePrecision(Uint8Array.of(0, 0, 1, 1), Float64Array.of(0.1, 0.4, 0.35, 0.8));
    expect(value).toBeCloseTo(5 / 6, 12);
  });
});

it("handles 200,000 different scores in well under the time a quadratic count would take", () => {
  const random = new Random(4);
  const n = 200_000;
  const labels = Uint8Array.from({ length: n }, () => random.integer(2));
  const scores = Float64Array.from({ length: n }, () => random.uniform());
  const start = performance.now();
  const { roc_auc, brier } = rankingMetrics(labels, scores);
  // A pair count would be 1e10 steps, tens of seconds; loose because the machine is shared.
  expect(performance.now() - start).toBeLessThan(4000);
  expect(roc_auc).toBeCloseTo(0.5, 1);
  expect(brier).toBeCloseTo(1 / 3, 1);
});
