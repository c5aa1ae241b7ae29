import { countInWords, countOfThings, shareInWords } from "../words.ts";
import type { Measures } from "./measures.ts";
import type { TrainingResults } from "./results.ts";

/** Numbers of the card's table, and what each is in words. */
const SHOWN = [
  ["roc_auc", "area under the ROC curve: how often an active account ranks above another"],
  ["average_precision", "average precision"],
  ["precision", "share of the picked that are active"],
  ["recall", "share of the active that are picked"],
  ["f1", "F1"],
  ["brier", "Brier score: mean squared error of the probability, lower is better"],
] as const satisfies readonly (readonly [keyof Measures["intervals"], string])[];

/** A number with its interval: `0.803 (0.780 to 0.825)`. */
function withInterval(value: number, { low, high }: { readonly low: number; readonly high: number }): string {
  return `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}

/** Rows of cells as a Markdown table, the first one its head. */
function table([head, ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Text that means itself in a Markdown table. */
function escaped(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll(/\s+/g, " ");
}

function dataSection({ dataset, target, options }: TrainingResults): string {
  const { file, fingerprint, provider, rows, rejected, duplicates, unknown_columns: unknown } = dataset;
  const lines = [
    `- ${escaped(file)} (${provider}), SHA-256 \`${fingerprint}\``,
    `- ${countOfThings(rows, "profile")}; ${countInWords(rejected)} rejected, ${countOfThings(duplicates, "duplicate")}`,
    `- target \`${options.target.replaceAll("`", "'")}\`: ${escaped(target.about)}`,
    `- ${countInWords(target.positives)} active, ${countInWords(target.negatives)} not (${shareInWords(target.positive_rate)} active); unknown and left out: ${countInWords(target.unknown)}`,
  ];
  if (unknown.length > 0) lines.push(`- the file does not have ${unknown.join(", ")}: unknown throughout`);
  return lines.join("\n");
}

function leakageSection({ leakage }: TrainingResults): string {
  const { findings, taken_out: taken, sentences, limits } = leakage;
  const lines =
    findings.length === 0
      ? ["- nothing found"]
      : findings.map(({ severity, message }) => `- ${severity}: ${escaped(message)}`);
  // The findings have given the reasons.
  const became = taken.length > 0 ? [`Taken out: ${taken.join(", ")}.`] : sentences;
  return [...lines, ...[...became, ...limits].map((text) => `- ${escaped(text)}`)].join("\n");
}

function sliceSection({ slices }: TrainingResults): string {
  if (slices.length === 0) return "No profile has followers, so nothing is said by tier.";
  const rows = slices.map(({ name, rows, positives, metrics }) => [
    name,
    countInWords(rows),
    countInWords(positives),
    metrics === null ? "-" : withInterval(metrics.roc_auc.value, metrics.roc_auc),
    metrics?.precision == null ? "-" : withInterval(metrics.precision.value, metrics.precision),
    metrics === null ? "-" : withInterval(metrics.recall.value, metrics.recall),
  ]);
  const warnings = slices.flatMap(({ warning }) => (warning === null ? [] : [`- ${warning}`]));
  const shown = table([["followers", "accounts", "active", "ROC AUC", "precision", "recall"], ...rows]);
  return warnings.length === 0 ? shown : `${shown}\n\n${warnings.join("\n")}`;
}

function limitsSection({ target, leakage, calibration, options, distilled }: TrainingResults): string {
  const { slope, intercept, intervals } = calibration;
  const lines = [
    `- The numbers are of accounts like those of this file. Other days, countries or ways of collecting may differ: \`insights evaluate\` on labelled accounts of your own tells.`,
    `- Out of fold each account is judged by networks that have not seen it; the model stands for all of them, which this file cannot judge. Calibration and threshold were chosen on the same predictions as the numbers, which flatters the numbers at the threshold by a little.`,
    `- Intervals are over accounts, not over trainings or files.`,
    `- Calibration out of fold: slope ${withInterval(slope, intervals.slope)} (1 is right), intercept ${withInterval(intercept, intervals.intercept)} (0 is right).`,
  ];
  if (distilled !== null) {
    const { networks, practice_profiles: practice, compared_profiles: compared } = distilled;
    lines.push(
      `- The model is one network that was taught to answer like the mean of ${networks}, on ${countOfThings(practice, "made-up profile")}. On the ${countOfThings(compared, "profile")} of this file, none of which it learnt from, its probabilities differ from theirs by ${distilled.mean_difference.toFixed(4)} on average and by ${distilled.largest_difference.toFixed(4)} at most, and its ROC AUC by ${distilled.roc_auc_difference.toFixed(4)}.`,
    );
  }
  if (target.unknown > 0) {
    lines.push(
      `- ${countOfThings(target.unknown, "account")} whose target is unknown had no part in this; the model scores such accounts all the same, and nobody knows how well.`,
    );
  }
  if (options.allow_leakage && leakage.sentences.length > 0) {
    lines.push("- Features that give the target away were left in. Do not use this model on new accounts.");
  }
  return lines.join("\n");
}

/** What the model is made of, in words. */
function makingOf({ options: { folds, repeats, networks }, distilled }: TrainingResults): string {
  const all = countOfThings(folds * repeats * networks, "small neural network");
  return distilled === null ? `the average of ${all}` : `a small neural network that stands for ${all},`;
}

/** The model card in Markdown: what the model is, for whom, on what data, how it was judged, and where it ends. */
export function modelCard(results: TrainingResults): string {
  const { created_at, versions, options, target, features, out_of_fold: measured, threshold } = results;
  const numbers = SHOWN.map(([name, words]) => [
    words,
    withInterval(measured[name], measured.intervals[name]),
  ]);
  const { mean, standard_deviation: deviation } = measured.roc_auc_over_folds;
  return `# Model card

## What it is

A model that gives TikTok accounts a probability of being active, as the target \`${target.name.replaceAll("`", "'")}\` has it, from what a profile tells. It is
${makingOf(results)} over ${countOfThings(features.length, "feature")} of the preset \`${options.preset}\`. Made on ${created_at.slice(0, 10)} by influencer-insights ${versions.influencer_insights}, seed ${options.seed}.

## For whom

For people who look for creators to contact and want the more promising ones first, out of files like the one it was trained on.
Scores put accounts in an order and say how sure to be; a person decides.

## Not for whom

Not for decisions about people without a person looking: payments, bans, credit, employment, surveillance. Not for accounts of
other networks. Not for telling whether somebody is honest, real, or good at anything.

## Data and target

${dataSection(results)}

## Protocol

${countOfThings(options.repeats, "repeat")} of stratified ${options.folds}-fold cross-validation. In every fold the target's norm, the features and ${countOfThings(options.networks, "network")} are fitted to
the training rows only. Every number below is out of fold, the mean probability over the repeats; ROC AUC
and average precision rank by the mean logit, as the model does.

## Numbers

With 95 % bootstrap intervals. Picked means a probability of at least ${threshold.value.toFixed(3)}.

${table([["what", "value"], ...numbers])}

ROC AUC of the single folds: mean ${mean.toFixed(3)}, deviation ${deviation.toFixed(3)}.

${threshold.explanation}

## By size

${sliceSection(results)}

## Leakage audit

${leakageSection(results)}

## Limits

${limitsSection(results)}
`;
}
