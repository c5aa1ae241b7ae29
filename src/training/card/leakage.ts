import type { TrainingResults } from "../results.ts";
import { escaped, list } from "./markdown.ts";

/** What gave the target away, and what became of it. */
export function leakageSection({ leakage }: TrainingResults): string {
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
