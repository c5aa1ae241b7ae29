import { type LeakageFinding, listed } from "./finding.ts";

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
