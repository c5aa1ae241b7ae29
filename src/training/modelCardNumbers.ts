import type { Interval } from "../base/schemas.ts";
import { countInWords, countOfThings, intervalInWords, scoreInWords } from "../base/words.ts";
import type { Measures } from "./measures.ts";
import type { TrainingResults } from "./results.ts";

/** A number with its interval: `0.803 (0.780 to 0.825)`. */
export function withInterval(value: number, interval: Interval): string {
  return `${scoreInWords(value)} (${intervalInWords(interval)})`;
}

/** Rows of cells as a Markdown table, the first one its head. */
export function table([head, ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Lines as a Markdown list. */
export function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join("\n");
}

/** Text that means itself in a Markdown paragraph, list or table. */
export function escaped(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll(/\s+/g, " ");
}

/** Text as code; what would end it is softened. */
export function code(text: string): string {
  return `\`${text.replaceAll("`", "'").replaceAll(/\s+/g, " ")}\``;
}

/** Numbers of the card's table, and what each is in words. */
const SHOWN = [
  ["roc_auc", "ROC AUC: how often an active account ranks above another"],
  ["average_precision", "average precision"],
  ["precision", "precision: share of the picked that are active"],
  ["recall", "recall: share of the active that are picked"],
  ["f1", "F1"],
  ["brier", "Brier score: mean squared error of the probability, lower is better"],
] as const satisfies readonly (readonly [keyof Measures["intervals"], string])[];

/** How it was measured. */
export function protocolSection({ options, test }: TrainingResults): string {
  const aside =
    test === null
      ? "No rows were set aside for a last test (`--test-size`)."
      : `${countOfThings(test.rows, "profile")} were set aside first, drawn in proportion to the classes: no norm, feature, network, calibration or threshold has seen them. They were judged once, by the finished model.`;
  return `${countOfThings(options.repeats, "repeat")} of stratified ${options.folds}-fold cross-validation, seed ${options.seed}. In every fold the target's norm, the
features and ${countOfThings(options.networks, "network")} are fitted to the training rows only. Out of fold means: the mean probability over the repeats,
from networks that have not seen the account, as \`predictions.csv\` holds it. It estimates what the procedure gives when it
learns from ${options.folds - 1} of ${options.folds} parts of the accounts; the model is made by the same procedure from all of them.
Calibration and threshold are fitted to out-of-fold predictions only. ${aside}`;
}

/** What was measured. */
export function numbersSection(results: TrainingResults): string {
  const { out_of_fold: measured, threshold, test, calibration } = results;
  const head = test === null ? ["what", "out of fold"] : ["what", "out of fold", "set aside"];
  const rows = SHOWN.map(([name, words]) => {
    const outOfFold = withInterval(measured[name], measured.intervals[name]);
    return test === null
      ? [words, outOfFold]
      : [words, outOfFold, withInterval(test.metrics[name], test.metrics.intervals[name])];
  });
  const { mean, standard_deviation: deviation } = measured.roc_auc_over_folds;
  const { slope, intercept, intervals } = calibration;
  return `With 95 % intervals: other accounts to learn from and to judge by. Picked means a probability of at least ${scoreInWords(threshold.value)}.

${table([head, ...rows])}

${list([
  `ROC AUC of the single folds: mean ${mean.toFixed(3)}, standard deviation ${deviation.toFixed(3)}.`,
  `Calibration out of fold: slope ${withInterval(slope, intervals.slope)}, where 1 is right; intercept ${withInterval(intercept, intervals.intercept)}, where 0 is right.`,
  ...(test === null
    ? []
    : [
        `Set aside: mean probability less the share of active accounts ${test.bias.toFixed(3)}, where 0 is right.`,
      ]),
])}

${threshold.explanation}${choices(results)}${leaderboard(results)}`;
}

/** What other thresholds would do. */
function choices({ thresholds }: TrainingResults): string {
  if (thresholds.choices.length < 2) return "";
  const rows = thresholds.choices.map(({ name, asked, value, reached, per_1000: of }) => [
    `${name}${asked ? " (this model)" : ""}${reached ? "" : ", not reached"}`,
    scoreInWords(value),
    ...[of.selected, of.right, of.wrong, of.missed].map((count) => countInWords(count)),
  ]);
  return `

Other thresholds, in accounts of 1,000 like these:

${table([["chosen for", "threshold", "picked", "right", "wrong", "missed"], ...rows])}`;
}

/** Other models on the same folds. */
function leaderboard({ leaderboard: board }: TrainingResults): string {
  if (board === null) return "";
  const rows = board.entries.map(({ name, roc_auc: auc, difference }) => [
    name,
    withInterval(auc.value, auc),
    difference === null ? "the best" : withInterval(difference.value, difference),
  ]);
  return `

Other models on the same folds:

${table([["model", "ROC AUC", "less than the best by"], ...rows])}`;
}

/** How to get an answer from it. */
export function useSection({ threshold, questions }: TrainingResults): string {
  const columns = questions === null ? "" : ", still_posting, well_answered, evidence";
  return `\`\`\`sh
insights score MODEL FILE --out scores.csv     # id, probability, active${columns}
insights explain MODEL FILE --id ID            # why, in words
insights evaluate MODEL FILE                   # how it does on labelled accounts of your own
insights compare MODEL FILE                    # whether your accounts are like those it learnt from
\`\`\`

MODEL is the folder with ${code("model.json")}: that of this card, or ${code("model")} beside it. Columns that a file does not have are taken as unknown, and every score says less
for it. An account is picked from a probability of ${scoreInWords(threshold.value)} on; sort by the probability to call the more promising ones first.`;
}

/** What accounts are grouped by. */
const DIMENSIONS = ["followers", "language", "region"];

/** How it does on groups of accounts, one table a dimension. */
export function sliceSection({ slices }: TrainingResults): string {
  if (slices.length === 0) return "The profiles tell neither followers nor language nor region.";
  const dimensions = [...new Set(slices.map(({ dimension }) => dimension))];
  const missing = DIMENSIONS.filter((name) => !dimensions.includes(name));
  const tables = dimensions.map((dimension) => {
    const those = slices.filter((slice) => slice.dimension === dimension);
    const rows = those.map(({ name, rows, positives, metrics }) => [
      name,
      countInWords(rows),
      countInWords(positives),
      metrics === null ? "-" : withInterval(metrics.roc_auc.value, metrics.roc_auc),
      metrics?.precision == null ? "-" : withInterval(metrics.precision.value, metrics.precision),
      metrics === null ? "-" : withInterval(metrics.recall.value, metrics.recall),
    ]);
    const head = [dimension, "accounts", "active", "ROC AUC", "precision", "recall"];
    const warnings = those.flatMap(({ warning }) => (warning === null ? [] : [warning]));
    const shown = table([head, ...rows]);
    return warnings.length === 0 ? shown : `${shown}\n\n${list(warnings)}`;
  });
  if (missing.length > 0) {
    tables.push(
      `Nothing is said by ${missing.join(" or ")}: the profiles do not tell ${missing.length > 1 ? "them" : "it"}.`,
    );
  }
  return `Out of fold, at the model's threshold.\n\n${tables.join("\n\n")}`;
}
