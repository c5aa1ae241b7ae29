import { describe, expect, it } from "vitest";
import { exampleMetrics } from "../../test/support/report/metrics.ts";
import { exampleResults } from "../../test/support/report/recommended.ts";
import type { Metrics } from "./metrics.ts";
import { verdict } from "./verdict.tsx";

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
