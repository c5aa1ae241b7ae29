import { countInWords, countOfThings, shareInWords } from "../base/words.ts";
import { creatorInWords, creatorLimits, questionsSection } from "./creatorCard.ts";
import {
  code,
  escaped,
  list,
  numbersSection,
  protocolSection,
  sliceSection,
  useSection,
} from "./modelCardNumbers.ts";
import type { TrainingResults } from "./results.ts";

/** What the model is made of, in words. */
function makingOf({ options: { repeats, networks } }: TrainingResults): string {
  const count = repeats * networks;
  return count === 1 ? "a small neural network" : `the average of ${count} small neural networks`;
}

/** What the model is and how good, in a paragraph. */
function whatItIs(results: TrainingResults): string {
  const { options, target, features, out_of_fold: measured, questions } = results;
  if (questions !== null) return creatorInWords(questions, results);
  const { low, high } = measured.intervals.roc_auc;
  return `A model that gives a TikTok account a probability of being active, as the target ${code(target.name)} has it, from what its profile
tells. It is ${makingOf(results)} over ${countOfThings(features.length, "feature")} of the preset ${code(options.preset)}. In short: of an active account and
another one, it puts the active one first in ${(100 * measured.roc_auc).toFixed(0)} of 100 pairs (95 % interval ${(100 * low).toFixed(0)} to ${(100 * high).toFixed(0)}), measured on accounts that it had not seen.`;
}

/**
 * The model card in Markdown: what the model is, for whom and for whom not, on what data, how it was judged, what it does on
 * groups of accounts, and where it ends.
 *
 * @param dated what the date of the results is of: the training, unless told otherwise
 */
export function modelCard(results: TrainingResults, dated = "Made on"): string {
  const { created_at, versions } = results;
  return `# Model card

## What it is

${whatItIs(results)}

${dated} ${created_at.slice(0, 10)} by influencer-insights ${versions.influencer_insights} (Node ${versions.node}, DuckDB ${versions.duckdb}).

## For whom

For people who look for creators to contact and want the more promising ones first, out of files like the one it was trained on.
Scores put accounts in an order and say how sure to be; a person decides.

## Not for whom

Not for decisions about people without a person looking: payments, bans, credit, employment, surveillance. Not for accounts of
other networks. Not for telling whether somebody is honest, real, or good at anything.

## How to use

${useSection(results)}

## Data

${dataSection(results)}

## Target

${targetSection(results)}

## Protocol

${protocolSection(results)}

## Numbers

${numbersSection(results)}${results.questions === null ? "" : `\n\n## Questions\n\n${questionsSection(results.questions)}`}

## Slices

${sliceSection(results)}

## What it relies on

${insideSection(results)}

## Leakage audit

${leakageSection(results)}

## Limits

${limitsSection(results)}
`;
}

/** What it learnt from. */
function dataSection({ dataset, target, test }: TrainingResults): string {
  const { file, fingerprint, provider, rows, rejected, duplicates, unknown_columns: unknown } = dataset;
  const lines = [
    `${escaped(file)} (${provider}), SHA-256 ${code(fingerprint)}`,
    `${countOfThings(rows, "profile")}; ${countInWords(rejected)} rejected, ${countOfThings(duplicates, "duplicate")}`,
  ];
  if (test !== null) {
    lines.push(
      `${countOfThings(test.rows, "profile")} of them set aside before anything was fitted, and looked at once, at the end`,
    );
  }
  if (unknown.length > 0) lines.push(`the file does not have ${unknown.join(", ")}: unknown throughout`);
  if (target.unknown > 0) {
    lines.push(`${countOfThings(target.unknown, "profile")} whose target is unknown, left out`);
  }
  return list(lines);
}

/** What its answer means. */
function targetSection({ target, options }: TrainingResults): string {
  const option = target.name === "creator" ? "--horizon" : "--active-days";
  const days = options.active_days === null ? "" : `, with \`${option} ${options.active_days}\``;
  const learnt =
    target.name === "creator"
      ? "\n\nWhat is normal for an account's size was learnt from the training rows and is kept in the model."
      : "";
  return `${code(options.target)}${days}: ${escaped(target.about)}.

Of the accounts it learnt from it is true for ${countInWords(target.positives)} and not for ${countInWords(target.negatives)} (${shareInWords(target.positive_rate)} true). "Active" below means that it is true.${learnt}`;
}

/** Groups that the card names at most. */
const MOST = 5;

/** What the model relies on: the groups of features whose shuffle makes the ranking worse in nearly every fold. */
function insideSection({ importance }: TrainingResults): string {
  const relied = importance.groups.filter(({ low }) => low > 0).slice(0, MOST);
  const explained =
    "What this means for a single account, `insights explain` tells. Figures: `figures/permutation-importance.png`, `figures/partial-dependence.png`.";
  if (relied.length === 0) {
    return `No single group of features makes the ranking worse in nearly every fold when it is shuffled: they stand in for each other.
${explained}`;
  }
  const lines = relied.map(
    ({ group, mean, low, high }) =>
      `- ${group}: ${mean.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)} over folds and shuffles)`,
  );
  return `By how much ROC AUC falls on rows held out from a fold's networks when a group of features is shuffled, the main ones. Groups that say
the same stand in for each other, so that each seems to count less than both do. Not causes.

${lines.join("\n")}

${explained}`;
}

/** What gave the target away, and what became of it. */
function leakageSection({ leakage }: TrainingResults): string {
  const { findings, taken_out: taken, sentences, limits, remaining_roc_auc: remaining } = leakage;
  const lines =
    findings.length === 0
      ? ["nothing found"]
      : findings.map(({ severity, message }) => `${severity}: ${escaped(message)}`);
  // The findings have given the reasons.
  lines.push(...(taken.length > 0 ? [`Taken out: ${taken.join(", ")}.`] : sentences).map(escaped));
  if (remaining !== null) {
    lines.push(
      `The features that were left, together in a linear model, reach an ROC AUC of ${remaining.toFixed(3)}.`,
    );
  }
  lines.push(...limits.map(escaped));
  return `Features that hold the answer, rows on both sides of a fold, a training that learns from shuffled labels: looked for before
anything was trained.

${list(lines)}`;
}

/** Where its numbers end. */
function limitsSection(results: TrainingResults): string {
  const { target, leakage, options, test, dataset } = results;
  const lines = [
    "The numbers are of accounts like those of this file. Other days, countries or ways of collecting may differ: `insights compare` tells whether yours are alike, `insights evaluate` on labelled accounts of your own how it does.",
    `What is estimated is the procedure: out of fold each account is judged by as many networks as the model has, trained the same way on ${options.folds - 1} of ${options.folds} parts of the accounts. The model itself, trained on all of them, is judged by no account of this file.`,
    test === null
      ? "Calibration and threshold were chosen on the same predictions as the numbers, which flatters the numbers at the threshold by a little."
      : `The ${countOfThings(test.rows, "account")} set aside had no part in any choice; their intervals are wide because they are few. Whoever trains again after looking at them has used them up.`,
    "Intervals are over accounts, not over trainings or files.",
  ];
  if (results.questions !== null) lines.push(...creatorLimits(results.questions));
  if (options.preset === "profile") {
    lines.push(
      "It sees what a profile page shows, not the posts. What an account did lately it can only guess.",
    );
  }
  if (target.name === "creator" || target.name === "engagement") {
    lines.push(
      "Engagement rates come from the provider, over its own choice of posts. The target inherits that.",
    );
  }
  if (dataset.unknown_columns.length > 0) {
    lines.push(
      `It has never seen ${dataset.unknown_columns.join(", ")}: files that have them gain nothing by it here.`,
    );
  }
  if (target.unknown > 0) {
    lines.push(
      `${countOfThings(target.unknown, "account")} whose target is unknown had no part in this; the model scores such accounts all the same, and nobody knows how well.`,
    );
  }
  if (options.allow_leakage && leakage.sentences.length > 0) {
    lines.push("Features that give the target away were left in. Do not use this model on new accounts.");
  }
  return list(lines);
}
