import { calibrationReport } from "../../../src/evaluation/calibrationReport.ts";
import { choosePolicy } from "../../../src/evaluation/policies.ts";
import { thresholdTable } from "../../../src/evaluation/thresholds.ts";
import { classWords } from "../../../src/figures/classWords.ts";
import { exampleScores } from "./examples.ts";

const first = exampleScores(300, 21);
const words = classWords("creator");
const rows = "rows left out of training";

export const exampleReliability = {
  ...calibrationReport(first.labels, first.scores, { seed: 1, repeats: 100 }),
  rows,
  words,
};

export const exampleLeaderboard = {
  entries: [
    { name: "ensemble", roc_auc: { value: 0.801, low: 0.771, high: 0.832 }, training_ms: 12_300 },
    { name: "network", roc_auc: { value: 0.794, low: 0.763, high: 0.825 }, training_ms: 1800 },
    { name: "logistic regression", roc_auc: { value: 0.761, low: 0.729, high: 0.793 }, training_ms: 420 },
    { name: "study's network", roc_auc: { value: 0.748, low: 0.713, high: 0.782 }, training_ms: 9100 },
    { name: "best single feature", roc_auc: { value: 0.662, low: 0.622, high: 0.7 }, training_ms: 15 },
    { name: "majority", roc_auc: { value: 0.5, low: 0.5, high: 0.5 }, training_ms: 12 },
  ],
  rows: "998 accounts, 5 folds, 3 times",
  ours: "ensemble",
};

export const exampleThresholds = { table: thresholdTable(first.labels, first.scores), chosen: 0.42, rows };

/** One choice of a few words. */
function chosen(name: string, policy: Parameters<typeof choosePolicy>[0], asked = false) {
  return { name, asked, ...choosePolicy(policy, first.labels, first.scores) };
}

export const exampleChoices = {
  choices: [
    chosen("the best 100 of 1,000", { kind: "queue", size: 100, of: 1000 }),
    chosen("precision of 90\u00a0%", { kind: "min_precision", value: 0.9 }),
    chosen("the best F1", { kind: "max_f1" }, true),
    chosen("a miss costs 5, a wrong pick 1", { kind: "cost", falsePositive: 1, falseNegative: 5 }),
    chosen("recall of 90\u00a0%", { kind: "min_recall", value: 0.9 }),
  ],
  rows,
  words,
};
