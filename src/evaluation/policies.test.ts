import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { examples } from "../../test/support/evaluation/examples.ts";
import { decisionMetrics } from "./metrics.ts";
import { choosePolicy, POLICY_NAMES, parsePolicy, type ThresholdPolicy } from "./policies.ts";
import { thresholdTable } from "./thresholds.ts";

const share = fc.constantFrom(0, 0.3, 0.5, 0.75, 0.9, 1);
const price = fc.constantFrom(0.5, 1, 2, 5);

/** All decisions there are: one for each score, and to pick nothing. */
function decisions(labels: Uint8Array, scores: Float64Array) {
  const values = [...new Set(scores)].sort((a, b) => a - b);
  return [...values, values[values.length - 1] + 1].map((value) => decisionMetrics(labels, scores, value));
}

describe("choosePolicy", () => {
  it("finds the most with the wanted precision, then has the highest precision", () => {
    const precision = fc.oneof(share, fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(examples(), precision, ({ labels, scores }, value) => {
        const chosen = choosePolicy({ kind: "min_precision", value }, labels, scores);
        const all = [...new Set(scores)].map((score) => decisionMetrics(labels, scores, score));
        const precise = all.filter((decision) => decision.precision >= value);
        const best = (precise.length > 0 ? precise : all).toSorted((a, b) =>
          precise.length > 0
            ? b.recall - a.recall || b.precision - a.precision
            : b.precision - a.precision || b.recall - a.recall,
        )[0];
        expect(chosen).toMatchObject({
          value: best.threshold,
          precision: best.precision,
          recall: best.recall,
          reached: precise.length > 0,
        });
      }),
    );
  });

  it("counts a precision of exactly the wanted one as reached, and a row at the threshold as picked", () => {
    const labels = Uint8Array.from({ length: 26 }, (_, i) => (i < 22 ? 1 : 0));
    const scores = Float64Array.from({ length: 26 }, (_, i) => (i < 25 ? 0.8 : 0.1));
    const chosen = choosePolicy({ kind: "min_precision", value: 0.88 }, labels, scores);
    expect(chosen).toMatchObject({ value: 0.8, reached: true, queue_rate: 25 / 26 });
  });

  it("takes the most precise threshold where the wanted precision is out of reach", () => {
    const labels = Uint8Array.of(0, 1, 1, 0);
    const scores = Float64Array.of(0.9, 0.8, 0.7, 0.1);
    expect(choosePolicy({ kind: "min_precision", value: 0.9 }, labels, scores)).toMatchObject({
      value: 0.7,
      precision: 2 / 3,
      recall: 1,
      reached: false,
    });
  });

  it("is the most precise of those that find enough", () => {
    fc.assert(
      fc.property(examples(), share, ({ labels, scores }, value) => {
        const chosen = choosePolicy({ kind: "min_recall", value }, labels, scores);
        expect(chosen.recall).toBeGreaterThanOrEqual(value);
        const enough = decisions(labels, scores).filter(
          ({ recall, confusion }) => recall >= value && confusion.tp + confusion.fp > 0,
        );
        expect(chosen.precision).toBe(Math.max(...enough.map(({ precision }) => precision)));
        expect(chosen.recall).toBe(
          Math.max(
            ...enough.filter(({ precision }) => precision === chosen.precision).map(({ recall }) => recall),
          ),
        );
      }),
    );
  });

  it("has the highest F1", () => {
    fc.assert(
      fc.property(examples(), ({ labels, scores }) => {
        const chosen = choosePolicy({ kind: "max_f1" }, labels, scores);
        expect(chosen.f1).toBeCloseTo(Math.max(...decisions(labels, scores).map(({ f1 }) => f1)), 12);
      }),
    );
  });

  it("has the lowest cost, picking nothing included, and of equal ones picks the fewest", () => {
    fc.assert(
      fc.property(examples(), price, price, ({ labels, scores }, falsePositive, falseNegative) => {
        const cost = (value: number) => {
          const { fp, fn } = decisionMetrics(labels, scores, value).confusion;
          return falsePositive * fp + falseNegative * fn;
        };
        const { value } = choosePolicy({ kind: "cost", falsePositive, falseNegative }, labels, scores);
        const all = decisions(labels, scores);
        const least = Math.min(...all.map(({ threshold }) => cost(threshold)));
        expect(cost(value)).toBe(least);
        const picked = decisionMetrics(labels, scores, value).confusion;
        for (const { threshold, confusion } of all)
          if (cost(threshold) === least)
            expect(picked.tp + picked.fp).toBeLessThanOrEqual(confusion.tp + confusion.fp);
      }),
    );
  });

  it("fills the queue as far as ties allow", () => {
    const size = fc.integer({ min: 1, max: 45 });
    fc.assert(
      fc.property(examples(), size, ({ labels, scores }, room) => {
        const chosen = choosePolicy({ kind: "queue", size: room, of: null }, labels, scores);
        const lengths = decisions(labels, scores)
          .map(({ confusion }) => confusion.tp + confusion.fp)
          .filter((length) => length > 0);
        const fitting = lengths.filter((length) => length <= room);
        expect(chosen.reached).toBe(fitting.length > 0);
        const expected = fitting.length > 0 ? Math.max(...fitting) : Math.min(...lengths);
        expect(chosen.queue_rate * labels.length).toBeCloseTo(expected, 9);
        // The same share of ten times as many is the same threshold.
        const shared = choosePolicy(
          { kind: "queue", size: 10 * room, of: 10 * labels.length },
          labels,
          scores,
        );
        if (room <= labels.length) expect(shared.value).toBe(chosen.value);
      }),
    );
  });

  it("does not depend on the order of the rows, and its numbers are those of its threshold", () => {
    const policy: fc.Arbitrary<ThresholdPolicy> = fc.oneof(
      share.map((value) => ({ kind: "min_precision", value }) as const),
      share.map((value) => ({ kind: "min_recall", value }) as const),
      fc.constant({ kind: "max_f1" } as const),
      price.map((falseNegative) => ({ kind: "cost", falsePositive: 1, falseNegative }) as const),
      fc.integer({ min: 1, max: 30 }).map((size) => ({ kind: "queue", size, of: null }) as const),
    );
    fc.assert(
      fc.property(examples(), policy, ({ labels, scores }, wanted) => {
        const chosen = choosePolicy(wanted, labels, scores);
        expect(choosePolicy(wanted, labels.toReversed(), scores.toReversed())).toEqual(chosen);
        const { precision, recall, f1, confusion } = decisionMetrics(labels, scores, chosen.value);
        expect(chosen.precision).toBeCloseTo(precision, 12);
        expect(chosen.recall).toBeCloseTo(recall, 12);
        expect(chosen.f1).toBeCloseTo(f1, 12);
        const { selected, right, wrong, missed } = chosen.per_1000;
        expect(selected).toBeCloseTo(right + wrong, 9);
        expect([right, wrong, missed].map((count) => Math.round((count * labels.length) / 1000))).toEqual([
          confusion.tp,
          confusion.fp,
          confusion.fn,
        ]);
        expect(JSON.parse(JSON.stringify(chosen))).toEqual(chosen);
      }),
    );
  });

  it("says in words what it means", () => {
    const labels = Uint8Array.of(1, 1, 1, 0, 0, 0, 0, 0);
    const scores = Float64Array.of(0.9, 0.8, 0.4, 0.7, 0.3, 0.2, 0.1, 0.1);
    const say = (name: string, text?: string) =>
      choosePolicy(parsePolicy(name, text), labels, scores).explanation;
    expect(say("min-precision", "0.9")).toBe(
      "Chosen for the most accounts found with at least 90 % of the picked right. Of 1,000 accounts like these it picks 250: 250 right and 0 wrong; 125 are missed.",
    );
    expect(say("cost", "false_positive=1,false_negative=5")).toBe(
      "Chosen for the lowest cost, 1 for a wrong pick and 5 for a miss. Of 1,000 accounts like these it picks 500: 375 right and 125 wrong; 0 are missed.",
    );
    expect(say("cost", "false_positive=1,false_negative=0")).toBe(
      "Chosen for the lowest cost, 1 for a wrong pick and 0 for a miss. Of 1,000 accounts like these none is picked, and 375 are missed.",
    );
    expect(say("queue", "2")).toMatch(/^Chosen for the best 2 accounts of those at hand\. .* it picks 250:/);
    expect(say("queue", "500/20,000")).toMatch(
      /^Chosen for the best 500 of 20,000 accounts\. More accounts than that share the highest score; this takes them all\./,
    );
    expect(say("min-recall", "1")).toContain("at least 100 % of all found");
    expect(say("max-f1")).toContain("(F1)");
    const reversed = choosePolicy(
      { kind: "min_precision", value: 0.9 },
      labels,
      scores.map((score) => -score),
    );
    expect(reversed.explanation).toContain("No threshold is so precise; this is the most precise.");
  });

  it("refuses one class", () => {
    expect(() => choosePolicy({ kind: "max_f1" }, Uint8Array.of(1, 1), Float64Array.of(0.1, 0.2))).toThrow(
      "only one class",
    );
  });
});

describe("parsePolicy", () => {
  it("reads what the command line takes", () => {
    expect(parsePolicy("min-precision", "0.9")).toEqual({ kind: "min_precision", value: 0.9 });
    expect(parsePolicy("min_recall", " .8 ")).toEqual({ kind: "min_recall", value: 0.8 });
    expect(parsePolicy("max-f1")).toEqual({ kind: "max_f1" });
    expect(parsePolicy("cost", "false_negative=5, false_positive=1")).toEqual({
      kind: "cost",
      falsePositive: 1,
      falseNegative: 5,
    });
    expect(parsePolicy("queue", "500")).toEqual({ kind: "queue", size: 500, of: null });
    expect(parsePolicy("queue", "500/20_000")).toEqual({ kind: "queue", size: 500, of: 20000 });
  });

  it.each([
    ["max-acc", "", "unknown policy: max-acc (expected min-precision, min-recall, max-f1, cost, queue)"],
    ["toString", "", /^unknown policy: toString/],
    ["min-precision", "88", "invalid min-precision: 88 (expected a share from 0 to 1, like 0.9)"],
    ["min-precision", "", /^invalid min-precision: {2}\(expected a share/],
    ["min-recall", "-0.1", /^invalid min-recall: -0\.1/],
    ["min-recall", "1e-1", /^invalid min-recall/],
    ["max-f1", "0.5", "invalid max-f1: 0.5 (expected nothing)"],
    ["cost", "false_positive=1", /^invalid cost: .*\(expected false_positive=1,false_negative=5\)$/],
    ["cost", "false_positive=1,false_positive=2", /^invalid cost/],
    ["cost", "false_positive=1,false_negative=-5", /^invalid cost/],
    ["cost", "false_positive=0,false_negative=0", /^invalid cost/],
    ["cost", "false_positive=1,false_negative=5,other=2", /^invalid cost/],
    ["cost", "1,5", /^invalid cost/],
    ["queue", "0", "invalid queue: 0 (expected a number of accounts, like 500, or 500/20000)"],
    ["queue", "2.5", /^invalid queue/],
    ["queue", "500/20", /^invalid queue/],
    ["queue", "5/10/20", /^invalid queue/],
    ["queue", "5/", /^invalid queue/],
  ])("refuses %s %j", (name, text, message) => {
    expect(() => parsePolicy(name, text)).toThrow(message);
    expect(() => parsePolicy(name, text)).toThrow(expect.objectContaining({ exitCode: 2 }));
  });

  it("never breaks on any text", () => {
    fc.assert(
      fc.property(fc.constantFrom(...POLICY_NAMES), fc.string(), (name, text) => {
        try {
          const policy = parsePolicy(name, text);
          expect(policy.kind).toBe(name);
        } catch (error) {
          expect((error as Error).name).toBe("InsightsError");
        }
      }),
    );
  });
});

describe("thresholdTable", () => {
  it("has the numbers of each threshold", () => {
    fc.assert(
      fc.property(examples(), ({ labels, scores }) => {
        const table = thresholdTable(labels, scores, [0, 0.05, 0.3, 0.5, 0.951, 1, 1.5]);
        table.threshold.forEach((threshold, at) => {
          const { precision, recall, f1, confusion } = decisionMetrics(labels, scores, threshold);
          const picked = confusion.tp + confusion.fp;
          expect(table.precision[at]).toBe(picked === 0 ? null : precision);
          expect(table.recall[at]).toBe(recall);
          expect(table.f1[at]).toBeCloseTo(f1, 12);
          expect(table.queue_rate[at]).toBe(picked / labels.length);
        });
      }),
    );
    const { threshold } = thresholdTable(Uint8Array.of(0, 1), Float64Array.of(0.2, 0.8));
    expect([threshold.length, threshold[0], threshold[50], threshold[100]]).toEqual([101, 0, 0.5, 1]);
  });
});
