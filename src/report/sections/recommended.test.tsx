import { describe, expect, it } from "vitest";
import { exampleMetrics } from "../../../test/support/report/metrics.ts";
import { exampleResults } from "../../../test/support/report/recommended.ts";
import { textOf } from "../../../test/support/report/text.ts";
import type { TrainingResults } from "../../training/results.ts";
import { calibrationWords, standing } from "../shared/Models.tsx";
import { Files } from "./Making.tsx";
import { Masthead } from "./Masthead.tsx";
import { Recommended } from "./Recommended.tsx";

const text = (change: Partial<TrainingResults> = {}) => {
  const recommended = { results: { ...exampleResults, ...change }, reason: null };
  return textOf(<Recommended metrics={exampleMetrics({ recommended })} figures={[]} files={[]} />);
};

describe("the recommended model", () => {
  it("tells the target, the protocol and the numbers with intervals", () => {
    const words = text();
    expect(words).toContain(
      "Of 962 accounts that can be judged, 212 are (22 %); of 38 others it is not known.",
    );
    expect(words).toContain(
      "Five folds, dealt twice: every account is judged by networks that have not seen it",
    );
    expect(words).toContain("area under the ROC curve 0.801 0.771 to 0.832");
    expect(words).toContain("Brier score 0.131 0.119 to 0.143");
    expect(words).toContain("insights score recommended/model NEW.csv --out scores.csv");
  });

  it("shows the leaderboard where there is one", () => {
    expect(text()).toMatch(/ensemble 0.8010.771 to 0.831 .* best 12 s logistic regression/);
    expect(text({ leaderboard: null })).not.toContain("Against others");
  });

  it("tells what it relies on", () => {
    expect(text()).toContain(
      "these cost most of the area under the ROC curve: videos (0.110), followers (0.040) and biography contact (0.001). For one of three groups",
    );
    const importance = {
      ...exampleResults.importance,
      groups: exampleResults.importance.groups.slice(2).map((group) => ({ ...group, mean: -0.001 })),
    };
    expect(text({ importance })).toContain("No group of inputs alone makes a difference");
  });

  it("tells what the audit found and took out", () => {
    expect(text()).toContain("No input had to be taken out. good to knowOne account is there twice.");
    const { leakage } = exampleResults;
    expect(text({ leakage: { ...leakage, findings: [] } })).toContain("Nothing gives the target away");
    const taken = { ...leakage, taken_out: ["likes"], sentences: ["likes gives it away."] };
    expect(text({ leakage: taken })).toMatch(/taken out before training\. likes gives it away\./);
  });

  it("says in its place why there is none, and not at the top", () => {
    const recommended = { results: null, reason: "The file does not have posted_at." };
    const metrics = exampleMetrics({ recommended });
    const words = textOf(<Recommended metrics={metrics} figures={[]} files={[]} />);
    expect(words).toMatch(/^Do not use this network to find creators\. .*does not have posted_at\.$/);
    expect(textOf(<Masthead metrics={metrics} />)).not.toContain("Which model to use");
    expect(textOf(<Masthead metrics={exampleMetrics()} />)).toContain("ROC AUC, recommended 0.80");
  });

  it("is listed among the files", () => {
    const files = ["recommended/README.md", "recommended/model/model.json"];
    expect(textOf(<Files metrics={exampleMetrics()} files={files} />)).toMatch(
      /README\.md of the recommended/,
    );
    expect(textOf(<Files metrics={exampleMetrics()} files={["metrics.json"]} />)).not.toContain(
      "recommended/",
    );
  });
});

describe("the words", () => {
  const { calibration, leaderboard } = exampleResults;
  const at = (slope: [number, number, number], intercept: [number, number, number]) =>
    calibrationWords({
      ...calibration,
      slope: slope[1],
      intercept: intercept[1],
      intervals: {
        slope: { low: slope[0], high: slope[2] },
        intercept: { low: intercept[0], high: intercept[2] },
      },
    });

  it("judge the calibration by its intervals", () => {
    expect(calibrationWords(calibration)).toMatch(/^Its probabilities can be taken at their word/);
    expect(at([0.5, 0.6, 0.8], [-1, 0, 1])).toContain("too extreme");
    expect(at([1.2, 1.4, 1.6], [-1, 0, 1])).toContain("too timid");
    expect(at([0.9, 1, 1.1], [-0.5, -0.4, -0.3])).toContain("too high on the whole");
    expect(at([0.9, 1, 1.1], [0.3, 0.4, 0.5])).toContain("too low on the whole");
  });

  it("say of a ranking what the rows can tell", () => {
    const board = leaderboard!;
    expect(standing(board, "ensemble")).toContain("the next, logistic regression, is behind it by more than");
    expect(standing(board, "logistic regression")).toContain("here the simpler one would do");
    const close = { value: -0.001, low: -0.02, high: 0.02, share_above: 0.4 };
    const entries = board.entries.map((entry, i) => (i === 1 ? { ...entry, difference: close } : entry));
    expect(standing({ ...board, entries }, "ensemble")).toContain("too few to tell it from the next");
    expect(standing({ ...board, entries }, "logistic regression")).toMatch(
      /too few to tell ours from it.*Clearly behind: study's network, best single feature, majority\./,
    );
    expect(standing({ ...board, entries: entries.slice(0, 1) }, "ensemble")).toContain("nothing to hold");
  });
});
