import { describe, expect, it } from "vitest";
import { proportion } from "../base/statistics.ts";
import type { QuestionCard } from "./reportCard.ts";
import { judgedInWords, likelyInWords, rangeInWords } from "./reportCardWords.ts";

const none = {
  ...{ undated: 0, too_early: 0, not_seen_again: 0, without_posts: 0, out_of_reach: 0, without_rate: 0 },
  nothing_new: 0,
};
const likely = (came_true: number, forecasts: number, people = forecasts) => ({
  ...(proportion(came_true, forecasts) as { share: number; low: number; high: number }),
  ...{ forecasts, came_true, people },
});
const card: QuestionCard = {
  ...{ question: "still_posting", forecasts: 1000, judged: 940, people: 940, brier: 0.1, groups: [] },
  not_judged: { ...none, not_seen_again: 12, too_early: 48 },
  likely: likely(271, 312),
};

describe("a report card in words", () => {
  it("tells how those did who were likely to", () => {
    expect(likelyInWords(card)).toBe(
      "Of 312 people forecast above 80 %, 271 posted (86.9 %, 82.7 to 90.2 %).",
    );
    expect(likelyInWords({ ...card, question: "well_answered", likely: likely(1, 1) })).toMatch(
      /^Of 1 person forecast above 80 %, 1 was answered above it \(100 %/,
    );
    expect(likelyInWords({ ...card, likely: likely(271, 312, 200) })).toContain(
      "Of 312 forecasts above 80 % for 200 people, 271 posted",
    );
    expect(likelyInWords({ ...card, likely: null })).toBeNull();
  });

  it("tells what could be judged, and why the rest could not", () => {
    expect(judgedInWords(card)).toEqual({
      held: "940 of 1,000 forecasts could be held to what happened. Of the others",
      others: [
        "48 are too young: nothing was read so many days later",
        "12 are of accounts that later files do not show",
      ],
    });
    expect(judgedInWords({ ...card, not_judged: none })).toEqual({
      held: "940 of 1,000 forecasts could be held to what happened.",
      others: [],
    });
  });

  it("writes an interval with one sign", () => {
    expect(rangeInWords({ low: 0.827, high: 0.902 })).toBe("82.7 to 90.2 %");
  });
});
