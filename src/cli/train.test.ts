import { describe, expect, it } from "vitest";
import { exampleResults } from "../../test/support/report/recommended.ts";
import { trainText } from "./train.ts";

describe("trainText", () => {
  it("tells what came in, how good the model is out of fold, and where everything is", () => {
    const text = trainText(exampleResults, "made");
    expect(text).toContain(`target ${exampleResults.target.name}: `);
    expect(text).toMatch(/ROC AUC +0\.\d{3} +0\.\d{3} to 0\.\d{3}/);
    expect(text).toContain(exampleResults.threshold.explanation);
    expect(text).toMatch(/model +made\/model\ncard +made\/README\.md/);
  });

  it("ranks the models of a leaderboard, and leaves it out where there is none", () => {
    expect(trainText(exampleResults, "made")).toMatch(/on the same folds +ROC AUC[\s\S]*\nmajority +0\.500/);
    expect(trainText({ ...exampleResults, leaderboard: null }, "made")).not.toContain("on the same folds");
  });

  it("tells rows set aside, columns that are not there, and what was taken out", () => {
    const { out_of_fold: metrics, dataset, leakage } = exampleResults;
    const text = trainText(
      {
        ...exampleResults,
        dataset: { ...dataset, rejected: 3, unknown_columns: ["bio_link"] },
        leakage: { ...leakage, taken_out: ["a", "b", "c", "d"], sentences: ["x"] },
        test: { size: 0.2, rows: 200, positives: 50, metrics } as unknown as typeof exampleResults.test,
      },
      "made",
    );
    expect(text).toContain("200 profiles set aside");
    expect(text).toContain("the file does not have bio_link: unknown throughout");
    expect(text).toContain("3 rejected (made/rejected.csv)");
    expect(text).toContain("Taken out: a, b, c and d. They give the target away; made/README.md tells how.");
  });
});
