import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { promoted, ranked, rungsOf } from "./rungs.ts";

const scores = (...losses: (number | null)[]) => losses.map((log_loss, trial) => ({ trial, log_loss }));

describe("rungs", () => {
  it("give about a third of the next budget each, from the repeats first", () => {
    expect(rungsOf(60, { repeats: 3, networks: 16 })).toEqual([
      { networks: 2, repeats: 1, first: 0 },
      { networks: 5, repeats: 1, first: 1 },
      { networks: 16, repeats: 1, first: 2 },
      { networks: 16, repeats: 3, first: 0 },
    ]);
  });

  it("are fewer for few trials, and where no smaller budget is left", () => {
    expect(rungsOf(1, { repeats: 3, networks: 8 })).toEqual([{ networks: 8, repeats: 3, first: 0 }]);
    expect(rungsOf(3, { repeats: 3, networks: 8 })).toHaveLength(2);
    expect(rungsOf(9, { repeats: 3, networks: 8 })).toHaveLength(3);
    expect(rungsOf(1000, { repeats: 1, networks: 2 })).toEqual([{ networks: 2, repeats: 1, first: 0 }]);
    expect(rungsOf(1000, { repeats: 1, networks: 1 })).toEqual([{ networks: 1, repeats: 1, first: 0 }]);
  });

  it("never ask for a deal of the folds that the last does not have", () => {
    const count = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), count, count, (trials, repeats, networks) => {
        const rungs = rungsOf(trials, { repeats, networks });
        expect(rungs.at(-1)).toEqual({ repeats, networks, first: 0 });
        expect(rungs.every((rung) => rung.first >= 0 && rung.first + rung.repeats <= repeats)).toBe(true);
        const budgets = rungs.map((rung) => rung.repeats * rung.networks);
        expect(budgets).toEqual([...new Set(budgets)].sort((a, b) => a - b));
      }),
    );
  });
});

describe("promotion", () => {
  it("takes the best third, and the usual recipe whatever it scored", () => {
    expect(promoted(scores(0.9, 0.5, 0.3, 0.4, 0.8, 0.7))).toEqual([0, 2, 3]);
    expect(promoted(scores(0.1, 0.5, 0.3, 0.4, 0.8, 0.7, 0.6))).toEqual([0, 2, 3]);
    expect(promoted(scores(0.4))).toEqual([0]);
  });

  it("takes the one drawn first of equals, and none that could not be trained", () => {
    expect(promoted(scores(0.9, 0.5, 0.5, 0.5))).toEqual([0, 1, 2]);
    expect(promoted(scores(null, null, 0.5, null, null, null))).toEqual([0, 2]);
    expect(promoted(scores(null, null))).toEqual([0]);
    expect(ranked(scores(null, 0.5, null, 0.2)).map(({ trial }) => trial)).toEqual([3, 1, 0, 2]);
  });
});
