import type { ReactElement } from "react";
import { numberWord } from "../base/words.ts";
import type { TrainingResults } from "../training/results.ts";
import type { Metrics } from "./metrics.ts";
import { percent, range, score } from "./numbers.ts";

/** Column names in an expression, each once, in order: `a + b > 0.05` gives `["a", "b"]`. */
export function columnsIn(expression: string): string[] {
  return [...new Set(expression.match(/[A-Za-z_]\w*/g) ?? [])];
}

/** Columns that the one-line rule adds up; none where there is no rule. */
export function ruleColumns({ rule }: Pick<Metrics, "rule">): string[] {
  return rule === null ? [] : columnsIn(rule.expression);
}

/** F1 from which on a rule is as good as the label itself; of another label it would be a guess like any other. */
const GIVEN_AWAY = 0.95;

/** Whether the one-line rule all but is the label. */
export function givesAway({ rule }: Pick<Metrics, "rule">): boolean {
  return rule !== null && rule.f1 >= GIVEN_AWAY;
}

/** Those of the network's features that the one-line rule reads, where it gives the label away. */
export function leakingFeatures(metrics: Pick<Metrics, "rule" | "features">): string[] {
  if (!givesAway(metrics)) return [];
  const columns = ruleColumns(metrics);
  return metrics.features.filter((feature) => columns.includes(feature));
}

/** How the rule does beside the network at its threshold, by F1 on the same test rows. */
export type Comparison = "perfect" | "better" | "equal" | "worse";

/** Compares the rule with the network at its chosen threshold; null where there is no rule. */
export function compareRule({
  rule,
  test_at_threshold,
}: Pick<Metrics, "rule" | "test_at_threshold">): Comparison | null {
  if (rule === null) return null;
  if (rule.f1 === test_at_threshold.f1) return "equal";
  if (rule.f1 === 1) return "perfect";
  return rule.f1 > test_at_threshold.f1 ? "better" : "worse";
}

/** Which of the two models to use, and why. */
export interface Verdict {
  readonly use: "recommended" | "study" | "neither";
  /** What to do, in one sentence without its full stop. */
  readonly short: string;
  /** Why, in a few sentences. */
  readonly why: string;
}

/** Which model to use to find creators. */
export function verdict(metrics: Metrics): Verdict {
  const { results, reason } = metrics.recommended;
  const away = givesAway(metrics);
  const study = away
    ? "The original network is told what its label is made of, so its scores say nothing of finding creators."
    : "The original network answers its own label, which is not about who still posts.";
  if (results === null) {
    const none = `There is no recommended model here. ${reason ?? ""}`.trim();
    return away
      ? { use: "neither", short: "Do not use this network to find creators", why: `${study} ${none}` }
      : { use: "study", short: "There is only the original network here", why: `${study} ${none}` };
  }
  const { roc_auc: area, intervals } = results.out_of_fold;
  const measured = `area under the ROC curve ${score(area, 2)}, 95 % interval ${range(intervals.roc_auc, 2)}`;
  if (intervals.roc_auc.low <= 0.5)
    return {
      use: "neither",
      short: "Use neither of the two models to find creators",
      why: `${study} The recommended one cannot be told from guessing on this file (${measured}).`,
    };
  const { per_1000: thousand } = results.threshold;
  const picked = `Of 1,000 accounts like these it picks ${whole(thousand.selected)}, and ${whole(thousand.right)} of them are creators${thousand.selected > 0 ? ` (${percent(thousand.right / thousand.selected)}; picked blindly it would be ${percent(results.target.positive_rate)})` : ""}.`;
  return {
    use: "recommended",
    short: "To find creators, use the recommended model",
    why: `${study} ${looksFor(results)} On accounts it had not seen it puts a creator ahead of another in ${whole(100 * area)} of 100 cases (${measured}). ${picked}`,
  };
}

/** What the recommended model reads and looks for. */
function looksFor({ questions }: Pick<TrainingResults, "questions">): string {
  return questions === null
    ? "The recommended one reads only what a profile page shows and looks for accounts that still post and are answered better than is usual for their size."
    : "The recommended one asks who goes on posting and who is answered better than is usual for their size, from posts and rates where an account has them, else from its profile page.";
}

function whole(count: number): string {
  return String(Math.round(count));
}

/** What to do where the label is given away, and otherwise the result of the original study. */
export function headline(metrics: Metrics): string {
  const { use, short } = verdict(metrics);
  const comparison = compareRule(metrics);
  if (use !== "recommended" || !givesAway(metrics) || comparison === null || comparison === "worse")
    return studyHeadline(metrics);
  const columns = numberWord(ruleColumns(metrics).length);
  const beats = comparison === "equal" ? "does as well as" : "beats";
  return `Adding up ${columns} columns ${beats} the original network. ${short}`;
}

/** The original study's result in one sentence or two: what its network does, and the one-line rule beside it. */
export function studyHeadline(metrics: Metrics): string {
  const { precision, recall, confusion } = metrics.test_at_threshold;
  if (confusion.tp + confusion.fp === 0) return "At its threshold the network picks no account at all";
  const found = `The network finds ${percent(recall)} of the active accounts`;
  const comparison = compareRule(metrics);
  // A rule for another label is no news.
  if (comparison === null || (comparison === "worse" && !givesAway(metrics)))
    return `${found}, and ${percent(precision)} of its picks are right`;
  // Where nothing is missed, the mistakes are what tells the two apart.
  if (percent(recall) === percent(1) && precision < 1 && comparison === "perfect")
    return `${found}, but ${percent(1 - precision)} of its picks are wrong. Adding up ${numberWord(ruleColumns(metrics).length)} columns makes no mistake`;
  const columns = numberWord(ruleColumns(metrics).length);
  const adding = {
    perfect: "finds them all",
    better: "does better",
    equal: "does as well",
    worse: "does worse",
  }[comparison];
  return `${found}. Adding up ${columns} columns ${adding}`;
}

/** Which of the two models to use, and why. */
export function VerdictWords({ metrics }: { readonly metrics: Metrics }): ReactElement {
  const { short, why } = verdict(metrics);
  return (
    <p className="verdict">
      <strong>{short}.</strong> {why}
    </p>
  );
}
