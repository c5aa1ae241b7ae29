import type { Metrics } from "./metrics.ts";

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
