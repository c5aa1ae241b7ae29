import { describe, expect, it } from "vitest";
import { decisions } from "../../../test/support/report/evaluated.ts";
import { exampleFiles, exampleMetrics } from "../../../test/support/report/metrics.ts";
import { textOf } from "../../../test/support/report/text.ts";
import type { Metrics } from "../metrics.ts";
import { perThousand } from "../shared/Thousand.tsx";
import { protocolWords, Results } from "./Results.tsx";
import { Threshold } from "./Threshold.tsx";

const example = exampleMetrics();
const input = (change: Partial<Metrics> = {}) => ({
  metrics: exampleMetrics(change),
  figures: [],
  files: exampleFiles,
});

describe("results", () => {
  it("sets published, own protocol, correct protocol and rule side by side", () => {
    const text = textOf(<Results {...input()} />);
    expect(text).toMatch(/The published study.*? 0\.93 0\.91 0\.96 –/);
    expect(text).toMatch(/study’s own protocol.*? 0\.909 0\.888 0\.931 0\.331/);
    expect(text).toMatch(
      /Ours, by a correct protocol.*? 0\.9370\.902 to 0\.967 0\.9240\.867 to 0\.972 0\.9510\.906 to 0\.990 0\.412/,
    );
    expect(text).toMatch(
      /The one-line rulelike_engagement_rate \+ comment_engagement_rate > 0\.05 1\.000 1\.000 1\.000/,
    );
    expect(text).toContain(
      "97.4 of 100 cases (area under the ROC curve 0.974, 95 % interval 0.953 to 0.991)",
    );
    expect(textOf(<Results {...input({ rule: null })} />)).not.toContain("one-line rule like");
  });

  it("tells the spread over seeds, or that there was one", () => {
    const text = textOf(<Results {...input()} />);
    expect(text).toContain("Three trainings on the same split");
    expect(text).toContain("F1 at the chosen threshold is 0.929 on average and ranges from 0.919 to 0.937.");
    expect(text).toContain("epochs 807 23 780 820");
    const once = textOf(<Results {...input({ seeds: example.seeds.slice(0, 1) })} />);
    expect(once).toContain("The network was trained once, from seed 1.");
    expect(once).not.toContain("trainings on the same split");
  });

  it("compares the protocols in the words that the numbers bear out", () => {
    const chosen = example.test_at_threshold;
    const words = (f1: number) =>
      protocolWords(exampleMetrics({ as_published: { ...example.as_published, f1 } }));
    expect(words(chosen.f1)).toContain("gives the same F1 as the correct one. That is within the interval");
    expect(words(chosen.f1 + 0.01)).toContain("0.010 higher than the correct one. That is within");
    expect(words(chosen.f1 - 0.01)).toContain("0.010 lower than the correct one, although");
    expect(words(0.5)).toContain("outside the interval");
  });
});

describe("the threshold", () => {
  const say = (change: Partial<Metrics>) => textOf(<Threshold {...input(change)} />);

  it("tells what was asked for, what came of it, and what it means for a thousand accounts", () => {
    const text = say({});
    expect(text).toContain(
      "On the validation accounts 0.412 is the threshold that finds most at that precision: precision 88.2 %, recall 96.3 %.",
    );
    expect(text).toContain("precision 92.4 % and recall 95.1 %: the precision holds.");
    expect(text).toContain(
      "485 picked, and active 40 picked by mistake 25 active, but left out 450 rightly left out",
    );
    expect(text).toContain("a list of 525 names");
  });

  it("says when the precision was not reached, or did not hold", () => {
    const threshold = { ...example.threshold, reached: false, valid_precision: 0.8 };
    expect(say({ threshold })).toContain(
      "No threshold reaches that on the validation accounts. The most precise one was taken, 0.412, with precision 80 %",
    );
    const intervals = example.test_at_threshold.intervals;
    expect(say({ test_at_threshold: { ...decisions(0.4, 80, 40, 22, 58), intervals } })).toContain(
      "less than was asked for",
    );
  });

  it("rounds a thousand so that it stays a thousand", () => {
    const sum = ({ tp, fp, fn, tn }: { tp: number; fp: number; fn: number; tn: number }) => tp + fp + fn + tn;
    expect(perThousand({ tp: 1, fp: 1, fn: 1, tn: 0 })).toEqual({ tp: 334, fp: 333, fn: 333, tn: 0 });
    expect(sum(perThousand({ tp: 3, fp: 2, fn: 1, tn: 1 })!)).toBe(1000);
    expect(perThousand({ tp: 0, fp: 0, fn: 0, tn: 0 })).toBeNull();
  });
});
