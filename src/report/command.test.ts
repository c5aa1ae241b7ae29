import { expect, it } from "vitest";
import { exampleMetrics } from "../../test/support/report/metrics.ts";
import { studyCommand } from "./sections/Making.tsx";
import { networkWords } from "./sections/Model.tsx";

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
