import { describe, expect, it } from "vitest";
import { exampleMetrics } from "../../../test/support/report/metrics.ts";
import { textOf } from "../../../test/support/report/text.ts";
import type { Metrics } from "../metrics.ts";
import { Activity, Posting, Size } from "./Activity.tsx";

const { summary } = exampleMetrics();
const { pace, times, account_age } = summary.posting;
const input = (change: Partial<Metrics["summary"]>, target = "engagement") => {
  const metrics = exampleMetrics();
  return {
    metrics: exampleMetrics({
      summary: { ...summary, ...change },
      target: { ...metrics.target, name: target },
    }),
    figures: [],
    files: [],
  };
};
const posting = (change: Partial<Metrics["summary"]["posting"]>) =>
  textOf(<Posting {...input({ posting: { ...summary.posting, ...change } })} />);

/** Posts by the hour alone, on Monday to Friday and on weekends. */
const grid = (weekday: (hour: number) => number, weekend = weekday) => {
  const by_weekday_and_hour = Array.from({ length: 7 }, (_, day) =>
    Array.from({ length: 24 }, (_, hour) => (day < 5 ? weekday(hour) : weekend(hour))),
  );
  return { ...times!, by_weekday_and_hour, posts: by_weekday_and_hour.flat().reduce((a, b) => a + b, 0) };
};

describe("posting", () => {
  it("tells the pace, and how old the accounts are where that is known", () => {
    const text = posting({});
    expect(text).toContain("Most of them post more than once a week. Of 931 accounts with two dated posts");
    expect(text).toContain("53.2 % post more often than weekly, and the median is 1.13 posts a week");
    expect(text).toContain("The median account was 3.21 years old");
    expect(posting({ account_age: null })).not.toContain("years old");
    const slow = { ...pace!, more_than_once_a_week: 0.4 };
    expect(posting({ pace: slow })).toContain("Most of them post once a week or less.");
  });

  it("names the fullest and the emptiest hour", () => {
    const peaked = grid((hour) => (hour === 18 ? 400 : hour === 4 ? 20 : 100));
    expect(posting({ times: peaked })).toMatch(
      /Of 18,340 dated posts most come in the hour from 18:00 \(15.3 %\), fewest in the one from 04:00 \(0.8 %\). Weekends are like other days. Hours are UTC/,
    );
  });

  it("sees days that are all alike, weekends that are not, and too few posts", () => {
    expect(posting({ times: grid(() => 100) })).toContain("16,800 dated posts spread over the whole day");
    const busy = () => 200;
    const idle = () => 20;
    expect(posting({ times: grid(idle, busy) })).toMatch(
      /Saturdays and Sundays have 80 % of them, more than/,
    );
    expect(posting({ times: grid(busy, idle) })).toMatch(
      /Saturdays and Sundays have 3.8 % of them, less than/,
    );
    expect(posting({ times: grid(() => 1) })).toContain("168 dated posts are too few to tell");
  });

  it("leaves out what the file does not tell", () => {
    expect(posting({ times: null })).not.toContain("UTC");
    expect(posting({ pace: null })).not.toContain("a week");
    expect(posting({ pace: null, times: null, account_age })).toBe("");
  });
});

describe("size", () => {
  const size = (change: Partial<Metrics["summary"]>, target?: string) =>
    textOf(<Size {...input(change, target)} />);

  it("tells what is usual for a size, and whom the targets call active", () => {
    const text = size({});
    expect(text).toContain("it is usually 127.1 % for the smallest accounts and 2 % for the largest.");
    // The last tier has five accounts only.
    expect(text).toContain(
      "The target engagement mostly finds small accounts: it calls active 85.7 % in the tier “under 1 K”, 24 % in “micro”.",
    );
    expect(text).toContain("The target creator, a post within 90 days and more engagement than is usual");
    expect(text).toContain("calls active 10 % in the tier “under 1 K”, 34.3 % in “micro”.");
  });

  it("says so where size does not matter, or works the other way", () => {
    const size_norm = { log10_followers: [2, 3], log_rate: [-3, -3.1], rows: [40, 40] };
    expect(size({ size_norm })).toContain("Engagement depends little on size here");
    const creator = size({}, "creator");
    expect(creator).toContain("The target creator finds large accounts more often");
    expect(creator).not.toContain("more engagement than is usual for the size");
    const even = summary.targets.map((target) => ({
      ...target,
      tiers: target.tiers.map((tier) => ({ ...tier, positives: 20, negatives: 20 })),
    }));
    expect(size({ targets: even })).toContain("The target engagement hardly asks for size");
  });

  it("leaves out what the file does not tell", () => {
    expect(size({ size_norm: null })).not.toContain("usually");
    const [{ tiers, ...target }] = summary.targets;
    expect(size({ targets: [{ ...target, tiers: tiers.slice(0, 1) }] })).not.toContain("The target");
    expect(size({ targets: [], size_norm: null })).toBe("");
  });

  it("is told of files without dated posts too", () => {
    const nothing = { pace: null, times: null, account_age: null };
    const text = textOf(<Activity {...input({ activity: null, posting: nothing, size_norm: null })} />);
    expect(text).toMatch(/This file dates no posts.*mostly finds small accounts/);
    expect(text).not.toContain("How often");
  });
});
