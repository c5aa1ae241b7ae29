import type { Metrics } from "./metrics.ts";
import { percent } from "./numbers.ts";
import { compareRule, givesAway, ruleColumns } from "./rule.ts";
import { numberWord } from "./words.ts";

/** The result in one sentence or two: what the network does at its threshold, and the one-line rule beside it. */
export function headline(metrics: Metrics): string {
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
