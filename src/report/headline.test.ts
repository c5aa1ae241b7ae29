import { describe, expect, it } from "vitest";
import { decisions } from "../../test/support/report/evaluated.ts";
import { exampleMetrics } from "../../test/support/report/metrics.ts";
import { columnsIn, compareRule, headline, leakingFeatures, ruleColumns, studyHeadline } from "./verdict.tsx";

const rule = { expression: "like_engagement_rate + comment_engagement_rate > 0.05", precision: 1, recall: 1 };
const say = (change: Parameters<typeof exampleMetrics>[0]) =>
  studyHeadline(exampleMetrics(change)).replaceAll("\u00a0", " ");

const nobody = { results: null, reason: "It was left out on request (--no-recommended)." };

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
