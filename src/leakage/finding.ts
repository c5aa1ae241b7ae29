import { z } from "zod";
import { count } from "../base/schemas.ts";

import { listed } from "../base/words.ts";

/** `severe` features are taken out, `warn` asks for a look, `info` is told and no more. */
const severity = z.enum(["severe", "warn", "info"]);

/** What was found; stable names for `metrics.json`. */
const code = z.enum([
  /** A feature is made of a column the target was made of. */
  "target_column",
  /** A feature is made of a column that the target's norm uses, which is no leak. */
  "norm_column",
  /** Features add up to what the target was cut from, or to its logarithm. */
  "combination",
  /** Two features' ratio or product is what the target was cut from. */
  "ratio",
  "product",
  /** One feature ranks the rows almost as the target does. */
  "single_feature",
  /** One feature tells the target, but not by larger or smaller: a U, stripes, a special value. */
  "single_feature_bins",
  /** Two features together tell the target, and neither does alone. */
  "pair",
  /** All features together tell the target better than anything honest would. */
  "all_features",
  /** A feature is the mean of the labels of the rows that share its value. */
  "target_encoding",
  /** The place of a row in the file tells its label. */
  "row_order",
  /** The same account, or the same row, on both sides of the split. */
  "repeated_id",
  "repeated_row",
  /** Training on shuffled labels beats chance. */
  "shuffled_labels",
  /** A feature follows how many posts are listed before a moment, on lists that are cut off: the rest came after it. */
  "cut_off_list",
  /** A feature looks different in the rows to score. */
  "score_shift",
]);

/** One finding of the audit; docs/leakage.md lists the codes. */
export const findingSchema = z.strictObject({
  severity,
  code,
  /** Features it is about; empty where it is about rows or the protocol. */
  features: z.array(z.string()).readonly(),
  /** Canonical columns they are made of, or the target's. */
  columns: z.array(z.string()).readonly(),
  /** One plain sentence. */
  message: z.string(),
  /** What `value` is: `roc_auc`, `r_squared`, `psi`, or a count of `rows`, `features` or `groups`. */
  measure: z.string(),
  value: z.number(),
});

/** One finding of the audit. */
export type LeakageFinding = Readonly<z.infer<typeof findingSchema>>;

/** How much a finding weighs. */
export type Severity = LeakageFinding["severity"];

/** What the audit found. */
export const auditSchema = z.strictObject({
  /** Severe ones first. */
  findings: z.array(findingSchema).readonly(),
  rows: count,
  /** Rows that the checks of features were made on. */
  audited_rows: count,
  /** Area under the ROC curve of a linear model of the features without a severe finding, out of fold; null if unknown. */
  remaining_roc_auc: z.number().min(0).max(1).nullable(),
  /** What could not be looked at, or only in part, and why: plain sentences. */
  limits: z.array(z.string()).readonly(),
});

/** What the audit found. */
export type LeakageAudit = Readonly<z.infer<typeof auditSchema>>;

/** Area under the ROC curve from which a feature alone is suspect, and from which it is taken out. */
export const SUSPECT_AUC = 0.925;
/** As {@link SUSPECT_AUC}: no honest feature of a profile tells so much alone. */
export const SEVERE_AUC = 0.975;

/** The severity of an area under the ROC curve, either way round; null below {@link SUSPECT_AUC}. */
export function severityOfAuc(auc: number): Severity | null {
  const size = Math.max(auc, 1 - auc);
  return size >= SEVERE_AUC ? "severe" : size >= SUSPECT_AUC ? "warn" : null;
}

const ORDER: readonly Severity[] = ["severe", "warn", "info"];

/** The findings, severe ones first, otherwise in the order given. */
export function bySeverity(findings: readonly LeakageFinding[]): LeakageFinding[] {
  return [...findings].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}

/** A feature in several findings leaks once: the best of those that share it is the explanation, the others repeat it. */
export function strongestPerFeature(found: LeakageFinding[]): LeakageFinding[] {
  const taken = new Set<string>();
  return found
    .sort((a, b) => b.value - a.value)
    .filter(({ features }) => {
      if (features.some((name) => taken.has(name))) return false;
      for (const name of features) taken.add(name);
      return true;
    });
}

/** What becomes of the features after the audit. */
export interface TakenOut {
  /** Features to drop, in the order of the findings. */
  readonly features: readonly string[];
  /** Plain sentences for the report: one a feature, or what was left in and why. */
  readonly sentences: readonly string[];
}

/**
 * Says which features are to be dropped: those with a severe finding, unless leakage is allowed.
 *
 * @param options.allowLeakage leave them in, and say so
 */
export function takeOut(
  findings: readonly LeakageFinding[],
  options: { readonly allowLeakage: boolean },
): TakenOut {
  const reasons = new Map<string, string[]>();
  for (const { severity, features, message } of findings)
    if (severity === "severe")
      for (const feature of features) reasons.set(feature, [...(reasons.get(feature) ?? []), message]);
  const found = [...reasons.keys()];
  if (found.length === 0) return { features: [], sentences: [] };
  if (options.allowLeakage) {
    const them = found.length === 1 ? "It gives" : "They give";
    return {
      features: [],
      sentences: [
        `Left in because leakage was allowed: ${listed(found)}. ${them} the target away, so the results say nothing of new accounts.`,
      ],
    };
  }
  return {
    features: found,
    sentences: [...reasons].map(([feature, [first]]) => `Taken out: ${feature}. ${first}`),
  };
}
