import { describe, expect, it } from "vitest";
import { proportion } from "../base/statistics.ts";
import type { QuestionCard, ReportCard } from "../workspace/reportCard.ts";
import { forecastsText } from "./forecastsText.ts";

const none = {
  ...{ undated: 0, too_early: 0, not_seen_again: 0, without_posts: 0, out_of_reach: 0, without_rate: 0 },
  nothing_new: 0,
};
const cameTrue = (came_true: number, forecasts: number) => ({
  ...(proportion(came_true, forecasts) as { share: number; low: number; high: number }),
  ...{ forecasts, came_true },
});
const question: QuestionCard = {
  ...{ question: "still_posting", forecasts: 1000, judged: 940, people: 940, brier: 0.1 },
  not_judged: { ...none, not_seen_again: 12, too_early: 48 },
  likely: { ...cameTrue(271, 312), people: 312 },
  groups: [
    { ...cameTrue(0, 628), from: 0, to: 0.1, predicted: 0.02 },
    { ...cameTrue(271, 312), from: 0.9, to: 1, predicted: 0.95 },
  ],
};
const card = (...questions: QuestionCard[]): ReportCard => ({
  ...{ model: "0123456789abcdef", name: "creator", shipped: true, horizon: 30, questions },
});

describe("forecastsText", () => {
  it("says how the likely ones did, then all by steps, then what could not be told", () => {
    expect(forecastsText([card(question)])).toBe(`The model that ships, 30 days ahead

Will they go on posting?
Of 312 people forecast above 80 %, 271 posted (86.9 %, 82.7 to 90.2 %).
   forecast  how many  posted   share  95 % interval
  0 to 10 %       628       0     0 %  0 to 0.6 %
90 to 100 %       312     271  86.9 %  82.7 to 90.2 %
940 of 1,000 forecasts could be held to what happened. Of the others
  48 are too young: nothing was read so many days later
  12 are of accounts that later files do not show
`);
  });

  it("names models side by side, and tells forecasts from people where some have several", () => {
    const several = { ...question, likely: { ...cameTrue(271, 312), people: 200 }, not_judged: none };
    const text = forecastsText([card(question), { ...card(several), shipped: false, horizon: 60 }]);
    expect(text).toContain("\n\nYour model 01234567, 60 days ahead\n");
    expect(text).toContain("Of 312 forecasts above 80 % for 200 people, 271 posted (");
    expect(text).toMatch(/could be held to what happened\.\n$/);
  });

  it("says so where there is nothing to tell", () => {
    expect(forecastsText([])).toMatch(/^No forecasts: /);
    expect(forecastsText([card()])).toMatch(/^No forecasts: /);
    const early = { ...question, judged: 0, people: 0, likely: null, groups: [], brier: null };
    expect(forecastsText([card({ ...early, not_judged: { ...none, too_early: 1000 } })])).toBe(
      `The model that ships, 30 days ahead

Will they go on posting?
0 of 1,000 forecasts could be held to what happened. Of the others
  1,000 are too young: nothing was read so many days later
`,
    );
  });
});
