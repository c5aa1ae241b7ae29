import { describe, expect, it } from "vitest";
import { exampleMetrics } from "../../../test/support/report/metrics.ts";
import { exampleQuestions } from "../../../test/support/report/questions.ts";
import { exampleResults } from "../../../test/support/report/recommended.ts";
import { textOf } from "../../../test/support/report/text.ts";
import type { TrainingResults } from "../../training/results.ts";
import type { Metrics } from "../metrics.ts";
import { calibrationWords, standing } from "../shared/Models.tsx";
import { beyondChance, entropy, informationRows, mostlyChance } from "./Information.tsx";
import { Audit } from "./Label.tsx";
import { Files, studyCommand } from "./Making.tsx";
import { InShort } from "./Masthead.tsx";
import { networkWords } from "./Model.tsx";
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

  it("tells the two questions, what each is answered from and how good that is", () => {
    const words = text({ questions: exampleQuestions });
    expect(words).toContain("does a post come within 30 days after the profile was read?");
    expect(words).toContain("at 8,996 moments of 940 accounts all that came later was hidden");
    expect(words).toMatch(/still posting, from dated posts 940 0\.9420\.922 to 0\.962/);
    expect(words).toMatch(/answered well, from the profile page alone 1,000 0\.867/);
    expect(words).toMatch(/from dated posts, from the observed engagement 940 0\.976.* 92 %/);
    expect(words).toMatch(/from the profile page alone, from the profile page alone 940 0\.790.* –/);
    expect(words).not.toContain("the model is not told them");
    // A model of one question has none of this.
    expect(text()).not.toContain("Still posting:");
    expect(text()).toContain("the model is not told them");
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
    expect(textOf(<InShort metrics={metrics} />)).not.toContain("Which model to use");
    expect(textOf(<InShort metrics={exampleMetrics()} />)).toContain("ROC AUC, recommended 0.80");
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

const example = exampleMetrics();
const [severe, warning] = example.leakage.findings;
const say = (leakage: Partial<Metrics["leakage"]>, change: Partial<Metrics> = {}) =>
  textOf(<Audit metrics={exampleMetrics({ leakage: { ...example.leakage, ...leakage }, ...change })} />);

describe("the audit", () => {
  it("tells what gives the label away, what would be left, and why it was kept", () => {
    const text = say({});
    expect(text).toMatch(/gives it away\s*awg_engagement_rate, which/);
    expect(text).toMatch(/look at this\s*2 rows are on both sides/);
    expect(text).toContain("would go without comment_engagement_rate and like_engagement_rate.");
    expect(text).toContain(
      "The other seven inputs, together in a plain linear model, tell active accounts from others with an area under the ROC curve of 0.80 on accounts it was not fitted on, where 0.50 is guessing and 1.00 is certain.",
    );
    expect(text).toContain(
      "The two that give it away were kept, because this run reproduces the original study.",
    );
    expect(text).toMatch(/did not look at.*there are none yet/);
  });

  it("does not call another preset a reproduction", () => {
    const text = say(
      { findings: [{ ...severe, features: ["like_engagement_rate"] }] },
      { options: { ...example.options, preset: "profile" } },
    );
    expect(text).toContain("What gives it away was kept, as a study trains on all inputs of its preset");
    expect(text).not.toContain("original study");
  });

  it("says what little or much is left, and where it is not known", () => {
    expect(say({ remaining_roc_auc: 0.52 })).toContain("That is next to nothing.");
    expect(say({ remaining_roc_auc: 0.6 })).not.toContain("That is");
    expect(say({ remaining_roc_auc: null })).not.toContain("linear model");
    const features = ["comment_engagement_rate", "like_engagement_rate"];
    expect(say({ remaining_roc_auc: null }, { features })).toContain("No input would be left.");
    expect(say({}, { features: [...features, "likes"] })).toContain("The one other input, in a plain");
  });

  it("takes nothing out for a warning, and is calm where there is nothing", () => {
    expect(say({ findings: [warning] })).not.toContain("would go without");
    const text = say({ findings: [], limits: [] });
    expect(text).toContain("Nothing was found, which is no proof that nothing is there.");
    expect(text).not.toMatch(/gives it away|kept|did not look/);
  });
});

it("gives the command that makes the report again", () => {
  expect(studyCommand(exampleMetrics()).join(" ")).toBe(
    "insights study creators.csv --preset original --seed 1 --seeds 3 --min-precision 0.88",
  );
});

it("quotes what a shell would take for something else", () => {
  const { options, dataset } = exampleMetrics();
  const command = studyCommand({
    options: { ...options, split: "it's mine.json" },
    dataset: { ...dataset, file: "-rf $(x).csv" },
  }).join(" ");
  expect(command).toContain("insights study './-rf $(x).csv' ");
  expect(command).toContain("--split 'it'\\''s mine.json'");
});

it("tells the network's shape", () => {
  const { network, features } = exampleMetrics();
  const say = (change: Partial<typeof network>) =>
    networkWords({ network: { ...network, ...change }, features }).replaceAll("\u00a0", " ");
  expect(say({})).toContain("9 inputs, three hidden layers of 64 units with ReLU between");
  expect(say({})).toContain("9,025 weights in all. While it learns, 20 % of the hidden units");
  expect(say({ hidden: [32] })).toContain("one hidden layer of 32 units");
  expect(say({ hidden: [32, 16, 8] })).toContain("three hidden layers of 32, 16 and 8 units");
  expect(say({ dropout: 0 })).toMatch(/No dropout\.$/);
  expect(say({ hidden: [], parameters: 10 })).toBe(
    "A logistic regression: 9 inputs, no hidden layer, 10 weights in all.",
  );
});

it("orders the columns by what they tell beyond chance", () => {
  const rows = informationRows(exampleMetrics());
  expect(rows.slice(0, 3).map(({ column }) => column)).toEqual([
    "like_engagement_rate",
    "comment_engagement_rate",
    "videos_count",
  ]);
  expect(rows.map(beyondChance)).toEqual(rows.map(beyondChance).toSorted((a, b) => b - a));
});

it("finds the published score that owes most to chance, among those of categories", () => {
  const metrics = exampleMetrics();
  expect(mostlyChance(informationRows(metrics))).toMatchObject({
    column: "followers",
    score: 0.121,
    published: { score: 0.631, shuffled: 0.602 },
  });
  expect(
    mostlyChance(informationRows(exampleMetrics({ mutual_information_as_published: {} }))),
  ).toBeUndefined();
});

it("knows how much there is to know about a yes or no", () => {
  expect(entropy(0.5)).toBeCloseTo(Math.LN2, 12);
  expect(entropy(0)).toBe(0);
  expect(entropy(1)).toBe(0);
});
