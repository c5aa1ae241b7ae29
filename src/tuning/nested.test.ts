import { describe, expect, it } from "vitest";
import { Random } from "../base/random.ts";
import { compare, verdict } from "./nested.ts";

const random = new Random(5);
const labels = Uint8Array.from({ length: 300 }, () => (random.uniform() < 0.4 ? 1 : 0));
const noisy = (noise: number) =>
  Float64Array.from(labels, (label) => 1 / (1 + Math.exp(-(2 * label - 1 + noise * random.normal()))));
const [sharp, dull] = [noisy(0.8), noisy(2.5)];

const judge = (tuned: Float64Array, usual: Float64Array, chosen: number, outer: readonly number[]) =>
  verdict(compare(labels, tuned, usual, { folds: 3, seed: 1 }).difference, chosen, outer);

describe("the verdict", () => {
  it("is for tuning only where it is better beyond chance", () => {
    expect(judge(sharp, dull, 7, [7, 3])).toMatchObject({
      advice: "use",
      sentence: expect.stringMatching(
        /^Use the tuned recipe: .* by −0\.\d{4} \(95 % interval −0.* better\.$/,
      ),
    });
    expect(judge(dull, sharp, 7, [7, 3])).toMatchObject({
      advice: "keep",
      sentence: expect.stringMatching(/by \+0\.\d{4} .* which is worse\.$/),
    });
    const near = sharp.map((p, i) => Math.min(0.999, Math.max(0.001, p + (i % 2 === 0 ? 0.01 : -0.01))));
    expect(judge(near, sharp, 7, [0, 3])).toMatchObject({
      advice: "keep",
      sentence: expect.stringContaining("do not show that it is better"),
    });
  });

  it("keeps the usual recipe where the search chose it", () => {
    expect(judge(sharp, dull, 0, [7, 3]).sentence).toContain("of all trials it did best itself");
    expect(judge(sharp, sharp, 7, [0, 0]).sentence).toContain("the search chose it itself");
  });
});

it("measures both on the same rows, tuned less usual", () => {
  const { tuned, usual, difference } = compare(labels, sharp, dull, { folds: 3, seed: 1 });
  expect(difference.roc_auc.difference).toBeCloseTo(tuned.roc_auc - usual.roc_auc, 12);
  expect(difference.log_loss.difference).toBeCloseTo(tuned.log_loss - usual.log_loss, 12);
  expect(difference.brier.high).toBeLessThan(0);
  const { low, high } = tuned.intervals.roc_auc;
  expect(low < tuned.roc_auc && tuned.roc_auc < high).toBe(true);
});
