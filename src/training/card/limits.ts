import { countOfThings } from "../../base/words.ts";
import type { TrainingResults } from "../results.ts";
import { list } from "./markdown.ts";

/** Where its numbers end. */
export function limitsSection(results: TrainingResults): string {
  const { target, leakage, options, distilled, test, dataset } = results;
  const lines = [
    "The numbers are of accounts like those of this file. Other days, countries or ways of collecting may differ: `insights compare` tells whether yours are alike, `insights evaluate` on labelled accounts of your own how it does.",
    "Out of fold each account is judged by networks that have not seen it; the model stands for all of them together.",
    test === null
      ? "Calibration and threshold were chosen on the same predictions as the numbers, which flatters the numbers at the threshold by a little."
      : `The ${countOfThings(test.rows, "account")} set aside had no part in any choice; their intervals are wide because they are few. Whoever trains again after looking at them has used them up.`,
    "Intervals are over accounts, not over trainings or files.",
  ];
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
  if (distilled !== null) {
    const { networks, practice_profiles: practice, compared_profiles: compared } = distilled;
    lines.push(
      `The model is one network that was taught to answer like the mean of ${networks}, on ${countOfThings(practice, "made-up profile")}. On the ${countOfThings(compared, "profile")} of this file, none of which it learnt from, its probabilities differ from theirs by ${distilled.mean_difference.toFixed(4)} on average and by ${distilled.largest_difference.toFixed(4)} at most, and its ROC AUC by ${distilled.roc_auc_difference.toFixed(4)}.`,
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
