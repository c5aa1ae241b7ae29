import { describe, expect, it } from "vitest";
import { exampleFiles, exampleMetrics } from "../../../test/support/report/metrics.ts";
import { textOf } from "../../../test/support/report/text.ts";
import type { Metrics } from "../metrics.ts";
import { AlertList } from "../shared/Findings.tsx";
import { Activity, Posting, Size } from "./Activity.tsx";
import { Data, strongestPair } from "./Data.tsx";

const dataset = exampleMetrics().dataset;
const summary = exampleMetrics().summary;

function data(change: Partial<Metrics> = {}, files: readonly string[] = exampleFiles): string {
  return textOf(<Data metrics={exampleMetrics(change)} figures={[]} files={files} />);
}

describe("what was read", () => {
  it("tells rows, rejects by reason and repeats", () => {
    const text = data();
    expect(text).toContain("creators.csv is a CSV file. Its columns are those of Bright Data.");
    expect(text).toContain(
      "1,000 accounts were taken from it. 7 records were rejected. 3 records repeated one",
    );
    expect(text).toMatch(/too few columns 4 missing id 2 invalid utf8 1/);
    expect(text).toContain("what was wrong: rejected.csv.");
    expect(text).toContain("14 columns recognised, 1 not used, 2 not there");
  });

  it("tells of a clean file in few words", () => {
    const text = data({
      dataset: {
        ...dataset,
        format: "ndjson",
        provider: "mapped",
        rejected: 0,
        rejected_by_reason: {},
        duplicates: 0,
        columns: { mapped: { id: "user" }, unmapped: [], missing: [] },
      },
    });
    expect(text).toContain("creators.csv is an NDJSON file. Its columns were named by hand.");
    expect(text).toContain("No record was rejected. None was there twice.");
    expect(text).not.toContain("rejected.csv");
    expect(text).toContain("1 column recognised id user");
  });

  it("speaks of one record as of one", () => {
    const text = data({ dataset: { ...dataset, rows: 1, rejected: 1, duplicates: 1 } }, []);
    expect(text).toContain("1 account was taken from it. 1 record was rejected. 1 record repeated one");
    expect(text).not.toContain("rejected.csv");
  });

  it("gives missing shares, quantiles and the share of yes", () => {
    const text = data();
    expect(text).toContain("bio_link text 80.9 % 190");
    expect(text).toContain("is_verified yes or no, 1.9 % yes none 2");
    expect(text).toContain("followerswhole number, mean 214 K none 874 0 22 6,021 891 K 28.5 M 14.2");
  });

  it("sets verified accounts against the others", () => {
    expect(data()).toContain(
      "19 accounts of 1,000 (1.9 %) are verified. By the median they have 211 times the followers",
    );
    const others = summary.verified.filter(({ is_verified }) => !is_verified);
    expect(data({ summary: { ...summary, verified: others } })).toContain(
      "None of the 981 accounts is verified.",
    );
    expect(data({ summary: { ...summary, verified: [] } })).not.toContain("verified.");
  });

  it("names outliers and the pair that correlates most, where there are any", () => {
    expect(data()).toContain(
      "18 accounts (1.8 %) are what the original study called outliers: awg_engagement_rate > 5.",
    );
    expect(data()).toContain("Of two columns, followers and likes hang together most: 0.89");
    const none = { columns: [], values: [] };
    const text = data({
      summary: { ...summary, outliers: { rule: "x > 5", rows: 0 }, spearman: none, pearson: none },
    });
    expect(text).not.toContain("outliers");
    expect(text).not.toContain("Spearman");
  });

  it("finds the strongest pair whatever its sign, past constants and the diagonal", () => {
    const columns = ["a", "b", "c"];
    expect(
      strongestPair({
        columns,
        values: [
          [1, null, -0.7],
          [null, 1, 0.5],
          [-0.7, 0.5, 1],
        ],
      }),
    ).toEqual({ a: "a", b: "c", value: -0.7 });
    expect(strongestPair({ columns: ["a"], values: [[1]] })).toBeNull();
    const { expression, ...target } = exampleMetrics().target;
    expect(data({ target: { ...target, expression: "likes > 5" } })).toContain(
      "Of two columns, the label’s own aside, followers and like engagement rate hang together most: −0.62",
    );
    expect(expression).not.toContain("likes");
  });
});

describe("alerts", () => {
  const alerts = (list: Metrics["dataset"]["alerts"]) => textOf(<AlertList alerts={list} />);

  it("puts the gravest first and names the column where the sentence does not", () => {
    const text = alerts([
      { level: "info", code: "a", column: null, message: "First told." },
      { level: "warning", code: "b", column: "likes", message: "Odd." },
      { level: "error", code: "c", column: "likes", message: "likes is wrong." },
    ]);
    expect(text).toBe("wronglikes is wrong. look at thisOdd.likes good to knowFirst told.");
  });

  it("folds away what is only good to know where there is much of it", () => {
    const info = { level: "info" as const, code: "a", column: null, message: "So." };
    expect(alerts([{ ...info, level: "warning" }, info, info, info, info, info])).toMatch(
      /^look at thisSo\. 5 more things that are good to know/,
    );
    expect(alerts([info, info])).not.toContain("more things");
  });

  it("says when there are none", () => {
    expect(alerts([])).toBe("Nothing in this file looks odd.");
  });
});

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
    expect(text).toContain("The target creator, a post within 30 days and more engagement than is usual");
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
