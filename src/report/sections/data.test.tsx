import { describe, expect, it } from "vitest";
import { exampleFiles, exampleMetrics } from "../../../test/support/report/metrics.ts";
import { textOf } from "../../../test/support/report/text.ts";
import type { Metrics } from "../metrics.ts";
import { AlertList } from "../shared/Findings.tsx";
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
    expect(text).toMatch(/too few columns 4 invalid followers 2 invalid utf8 1/);
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
