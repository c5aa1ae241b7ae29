import { describe, expect, it } from "vitest";
import { decisions } from "../../test/support/report/evaluated.ts";
import { exampleMetrics } from "../../test/support/report/metrics.ts";
import { exampleResults } from "../../test/support/report/recommended.ts";
import type { Metrics } from "./metrics.ts";
import {
  columnsIn,
  compareRule,
  headline,
  leakingFeatures,
  ruleColumns,
  studyHeadline,
  verdict,
} from "./verdict.tsx";

const judge = (change: Partial<Metrics>) => {
  const { why, ...rest } = verdict(exampleMetrics(change));
  return { ...rest, why: why.replaceAll("\u00a0", " ") };
};
const nobody = { results: null, reason: "The file does not have posted_at." };
const withArea = (roc_auc: number, low: number, high: number) => {
  const { out_of_fold } = exampleResults;
  const intervals = { ...out_of_fold.intervals, roc_auc: { low, high } };
  return {
    results: { ...exampleResults, out_of_fold: { ...out_of_fold, roc_auc, intervals } },
    reason: null,
  };
};

describe("the verdict", () => {
  it("recommends the recommended model, with its numbers", () => {
    const { use, short, why } = judge({});
    expect([use, short]).toEqual(["recommended", "To find creators, use the recommended model"]);
    expect(why).toContain("told what its label is made of");
    expect(why).toContain("ahead of another in 80 of 100 cases");
    expect(why).toContain("area under the ROC curve 0.80, 95 % interval 0.77 to 0.83");
    expect(why).toContain(
      "it picks 322, and 156 of them are creators (48.4 %; picked blindly it would be 22 %)",
    );
    expect(judge({ rule: null }).why).toContain("not about who still posts");
  });

  it("recommends nothing that cannot be told from guessing", () => {
    const { use, why } = judge({ recommended: withArea(0.53, 0.48, 0.58) });
    expect(use).toBe("neither");
    expect(why).toContain("cannot be told from guessing on this file");
  });

  it("says why there is none, and does not send anybody to a label that is given away", () => {
    expect(judge({ recommended: nobody })).toMatchObject({
      use: "neither",
      short: "Do not use this network to find creators",
      why: expect.stringContaining("There is no recommended model here. The file does not have posted_at."),
    });
    expect(judge({ recommended: nobody, rule: null }).use).toBe("study");
  });
});

const rule = { expression: "like_engagement_rate + comment_engagement_rate > 0.05", precision: 1, recall: 1 };
const say = (change: Parameters<typeof exampleMetrics>[0]) =>
  studyHeadline(exampleMetrics(change)).replaceAll("\u00a0", " ");

describe("the headline", () => {
  it("says which model to use where the label is given away", () => {
    const use = "To find creators, use the recommended model";
    expect(headline(exampleMetrics())).toBe(`Adding up two columns beats the original network. ${use}`);
    const { f1 } = exampleMetrics().test_at_threshold;
    expect(headline(exampleMetrics({ rule: { ...rule, f1: Math.max(f1, 0.95) } }))).toContain(use);
  });

  it("is the study's own where there is nothing to recommend, or nothing given away", () => {
    for (const change of [{ recommended: nobody }, { rule: null }, { rule: { ...rule, f1: 0.5 } }])
      expect(headline(exampleMetrics(change))).toBe(studyHeadline(exampleMetrics(change)));
  });
});

describe("the study's headline", () => {
  it("sets the network beside the rule, whichever does better", () => {
    const found = "The network finds 95.1 % of the active accounts. Adding up two columns";
    expect(say({ rule: { ...rule, f1: 1 } })).toBe(`${found} finds them all`);
    expect(say({ rule: { ...rule, f1: 0.98 } })).toBe(`${found} does better`);
    const better = {
      ...decisions(0.5, 101, 1, 1, 97),
      intervals: exampleMetrics().test_at_threshold.intervals,
    };
    expect(say({ rule: { ...rule, f1: 0.96 }, test_at_threshold: better })).toMatch(
      /two columns does worse$/,
    );
    const { f1 } = exampleMetrics().test_at_threshold;
    expect(say({ rule: { ...rule, f1 } })).toBe(`${found} does as well`);
  });

  it("tells of the mistakes where nothing is missed", () => {
    const { intervals } = exampleMetrics().test_at_threshold;
    const all = { ...decisions(0.05, 102, 15, 0, 83), intervals };
    expect(say({ rule: { ...rule, f1: 1 }, test_at_threshold: all })).toBe(
      "The network finds 100 % of the active accounts, but 12.8 % of its picks are wrong. Adding up two columns makes no mistake",
    );
  });

  it("passes over a rule that is no better than a guess", () => {
    expect(say({ rule: { ...rule, f1: 0.5 } })).toMatch(/of its picks are right$/);
  });

  it("does without a rule", () => {
    expect(say({ rule: null })).toBe(
      "The network finds 95.1 % of the active accounts, and 92.4 % of its picks are right",
    );
  });

  it("says when nothing is picked", () => {
    const intervals = exampleMetrics().test_at_threshold.intervals;
    expect(say({ test_at_threshold: { ...decisions(0.99, 0, 0, 102, 98), intervals } })).toBe(
      "At its threshold the network picks no account at all",
    );
  });
});

describe("the rule", () => {
  it("reads columns from an expression", () => {
    expect(columnsIn("a_rate + b2 + a_rate > 0.05")).toEqual(["a_rate", "b2"]);
    expect(ruleColumns(exampleMetrics())).toEqual(["like_engagement_rate", "comment_engagement_rate"]);
    expect(ruleColumns({ rule: null })).toEqual([]);
  });

  it("finds the features that give the label away", () => {
    expect(leakingFeatures(exampleMetrics())).toEqual(["comment_engagement_rate", "like_engagement_rate"]);
    expect(leakingFeatures(exampleMetrics({ features: ["followers"] }))).toEqual([]);
    expect(compareRule(exampleMetrics({ rule: null }))).toBeNull();
  });
});
