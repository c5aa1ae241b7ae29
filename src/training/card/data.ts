import { countInWords, countOfThings, shareInWords } from "../../base/words.ts";
import type { TrainingResults } from "../results.ts";
import { code, escaped, list } from "./markdown.ts";

/** What it learnt from. */
export function dataSection({ dataset, target, test }: TrainingResults): string {
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
export function targetSection({ target, options }: TrainingResults): string {
  const days = options.active_days === null ? "" : `, with \`--active-days ${options.active_days}\``;
  const learnt =
    target.name === "creator"
      ? "\n\nWhat is normal for an account's size was learnt from the training rows and is kept in the model."
      : "";
  return `${code(options.target)}${days}: ${escaped(target.about)}.

Of the accounts it learnt from it is true for ${countInWords(target.positives)} and not for ${countInWords(target.negatives)} (${shareInWords(target.positive_rate)} true). "Active" below means that it is true.${learnt}`;
}
