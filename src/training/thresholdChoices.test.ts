import { describe, expect, it } from "vitest";
import { policyName, thresholdChoices } from "./thresholdChoices.ts";

const labels = Uint8Array.from({ length: 40 }, (_, i) => (i % 4 === 0 ? 1 : 0));
const scores = (shift: number) =>
  Float64Array.from(labels, (label, i) => Math.min(1, (label === 1 ? 0.5 : 0.2) + (i % 7) / 20 + shift));
const mean = scores(0.05);

describe("ways to choose a threshold", () => {
  it("shows one of each kind, the one that was asked for in the place of its own", () => {
    const { choices } = thresholdChoices(labels, mean, { kind: "min_recall", value: 0.755 });
    expect(choices.map(({ policy }) => policy)).toEqual([
      "queue",
      "min_precision",
      "max_f1",
      "cost",
      "min_recall",
    ]);
    expect(choices.filter(({ asked }) => asked).map(({ name }) => name)).toEqual(["recall of 75.5\u00a0%"]);
    const recall = choices[4];
    expect(recall.recall).toBeGreaterThanOrEqual(0.755);
    for (const { per_1000, queue_rate } of choices) {
      expect(per_1000.right + per_1000.wrong).toBeCloseTo(per_1000.selected, 9);
      expect(per_1000.right + per_1000.missed).toBeCloseTo(250, 9);
      expect(queue_rate).toBeCloseTo(per_1000.selected / 1000, 12);
    }
  });

  it("has the chosen thresholds among the hundredths, with the numbers of the choices", () => {
    const { table, choices } = thresholdChoices(labels, mean, { kind: "max_f1" });
    expect(table.threshold).toEqual([...new Set(table.threshold)].sort((a, b) => a - b));
    expect([table.threshold[0], table.queue_rate[0], table.precision.at(-1)]).toEqual([0, 1, null]);
    expect(table.threshold).toEqual(expect.arrayContaining([0.01, 0.4, 1]));
    for (const { value, precision, recall, queue_rate } of choices) {
      const at = table.threshold.indexOf(value);
      expect(at).toBeGreaterThanOrEqual(0);
      expect([table.precision[at], table.recall[at], table.queue_rate[at]]).toEqual([
        precision,
        recall,
        queue_rate,
      ]);
    }
  });

  it("names policies in a few words", () => {
    expect(policyName({ kind: "queue", size: 500, of: null })).toBe("the best 500");
    expect(policyName({ kind: "queue", size: 500, of: 20_000 })).toBe("the best 500 of 20,000");
    expect(policyName({ kind: "cost", falsePositive: 1, falseNegative: 4 })).toBe(
      "a miss costs 4, a wrong pick 1",
    );
    expect(policyName({ kind: "min_precision", value: 0.6 })).toBe("precision of 60\u00a0%");
  });
});
