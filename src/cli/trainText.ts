import { join } from "node:path";
import { countInWords, countOfThings, listed, shareInWords } from "../base/words.ts";
import type { Measures } from "../training/measures.ts";
import type { TrainingResults } from "../training/results.ts";
import { formatTable } from "./table.ts";

/** More features taken out than this are told in one line. */
const FEW = 3;

/** What became of features that give the target away: a sentence each where they are few. */
function takenOut(
  { taken_out: taken, sentences }: TrainingResults["leakage"],
  card: string,
): readonly string[] {
  if (taken.length <= FEW) return sentences;
  return [`Taken out: ${listed(taken)}. They give the target away; ${card} tells how.`];
}

const SHOWN = [
  ["ROC AUC", "roc_auc"],
  ["average precision", "average_precision"],
  ["precision", "precision"],
  ["recall", "recall"],
  ["F1", "f1"],
] as const;

/** Metrics as rows of a table: name, value, interval. */
function metricRows(measured: Measures): string[][] {
  return SHOWN.map(([words, name]) => {
    const { low, high } = measured.intervals[name];
    const at = name === "precision" ? ` at ${measured.threshold.toFixed(3)}` : "";
    return [words + at, measured[name].toFixed(3), `${low.toFixed(3)} to ${high.toFixed(3)}`];
  });
}

/** How the model does on the rows that were set aside. */
function testText({ rows, metrics }: NonNullable<TrainingResults["test"]>): string {
  return formatTable(
    [[`${countOfThings(rows, "profile")} set aside`, "", "95 % interval"], ...metricRows(metrics)],
    [1],
  );
}

/** Models on the same folds, best first. */
function leaderboardText({ entries }: NonNullable<TrainingResults["leaderboard"]>): string {
  const range = ({ low, high }: { low: number; high: number }) => `${low.toFixed(3)} to ${high.toFixed(3)}`;
  const rows = entries.map(({ name, roc_auc, average_precision, brier, difference, training_ms }) => [
    name,
    roc_auc.value.toFixed(3),
    range(roc_auc),
    average_precision.value.toFixed(3),
    brier.value.toFixed(3),
    difference === null ? "" : range(difference),
    `${(training_ms / 1000).toFixed(1)} s`,
  ]);
  const head = [
    "on the same folds",
    "ROC AUC",
    "95 % interval",
    "av. precision",
    "Brier",
    "against the best",
    "training",
  ];
  return formatTable([head, ...rows], [1, 3, 4, 6]);
}

/** What a person wants to know at the end: what came in, what was found, how good it is, what to do next. */
export function trainText(results: TrainingResults, out: string): string {
  const {
    dataset,
    target,
    leakage,
    out_of_fold: measured,
    calibration,
    threshold,
    test,
    leaderboard,
  } = results;
  const left = target.unknown === 0 ? "" : `, ${countInWords(target.unknown)} unknown and left out`;
  const rejected =
    dataset.rejected === 0
      ? ""
      : `, ${countInWords(dataset.rejected)} rejected (${join(out, "rejected.csv")})`;
  const unknown =
    dataset.unknown_columns.length === 0
      ? []
      : [`the file does not have ${dataset.unknown_columns.join(", ")}: unknown throughout`];
  const shown = leakage.findings.filter(({ severity }) => severity === "warn").map(({ message }) => message);
  return `
${[
  `${countOfThings(dataset.rows, "profile")} (${dataset.provider})${rejected}`,
  `target ${target.name}: ${shareInWords(target.positive_rate)} positive${left}`,
  ...unknown,
  ...takenOut(leakage, join(out, "README.md")),
  ...shown.map((message) => `look at: ${message}`),
].join("\n")}

${formatTable(
  [
    ["out of fold", "", "95 % interval"],
    ...metricRows(measured),
    [
      "calibration slope",
      calibration.slope.toFixed(3),
      `${calibration.intervals.slope.low.toFixed(3)} to ${calibration.intervals.slope.high.toFixed(3)}`,
    ],
  ],
  [1],
)}

${threshold.explanation}${test === null ? "" : `\n\n${testText(test)}`}${leaderboard === null ? "" : `\n\n${leaderboardText(leaderboard)}`}

model    ${join(out, "model")}
card     ${join(out, "README.md")}
figures  ${join(out, "figures")}
numbers  ${join(out, "metrics.json")}
`;
}
