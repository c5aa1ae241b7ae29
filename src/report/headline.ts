import type { Metrics } from "./metrics.ts";
import { percent } from "./numbers.ts";
import { compareRule, givesAway, ruleColumns } from "./rule.ts";
import { verdict } from "./verdict.ts";
import { numberWord } from "./words.ts";

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
