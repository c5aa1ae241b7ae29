import { z } from "zod";
import { countInWords } from "../base/words.ts";
import { choiceSchema, choosePolicy, type ThresholdPolicy } from "../evaluation/policies.ts";
import { PERCENT_THRESHOLDS, type ThresholdTable, thresholdTable } from "../evaluation/thresholds.ts";

/** One way to choose, in a few words, and what it comes to. */
export const namedChoiceSchema = choiceSchema.extend({
  /** "precision of 60 %", "the best F1". */
  name: z.string(),
  /** Whether it is the one that was asked for. */
  asked: z.boolean(),
});

/** One of each kind, as a team might ask. What was really asked for takes the place of its kind. */
const EXAMPLES: readonly ThresholdPolicy[] = [
  { kind: "queue", size: 100, of: 1000 },
  { kind: "min_precision", value: 0.6 },
  { kind: "max_f1" },
  { kind: "cost", falsePositive: 1, falseNegative: 5 },
  { kind: "min_recall", value: 0.9 },
];

/** A policy in a few words. */
export function policyName(policy: ThresholdPolicy): string {
  const percent = (share: number) => `${Math.round(1000 * share) / 10}\u00a0%`;
  switch (policy.kind) {
    case "min_precision":
      return `precision of ${percent(policy.value)}`;
    case "min_recall":
      return `recall of ${percent(policy.value)}`;
    case "max_f1":
      return "the best F1";
    case "cost":
      return `a miss costs ${policy.falseNegative}, a wrong pick ${policy.falsePositive}`;
    case "queue":
      return policy.of === null
        ? `the best ${countInWords(policy.size)}`
        : `the best ${countInWords(policy.size)} of ${countInWords(policy.of)}`;
  }
}

/**
 * What each threshold does, and what each way to choose one comes to: in hundredths, and the chosen ones among them, so that a
 * number is the same wherever it is read.
 *
 * @param labels 0 or 1, both present
 * @param probabilities out of fold, the mean over the repeats
 * @param asked the policy that was asked for
 */
export function thresholdChoices(
  labels: Uint8Array,
  probabilities: Float64Array,
  asked: ThresholdPolicy,
): { table: ThresholdTable; choices: z.infer<typeof namedChoiceSchema>[] } {
  const choices = EXAMPLES.map((example) => {
    const policy = example.kind === asked.kind ? asked : example;
    return {
      name: policyName(policy),
      asked: policy.kind === asked.kind,
      ...choosePolicy(policy, labels, probabilities),
    };
  });
  const thresholds = [...new Set([...PERCENT_THRESHOLDS, ...choices.map(({ value }) => value)])];
  thresholds.sort((a, b) => a - b);
  return { table: thresholdTable(labels, probabilities, thresholds), choices };
}
