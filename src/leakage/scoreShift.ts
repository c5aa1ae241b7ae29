import { compareColumn } from "../evaluation/drift.ts";
import type { FeatureColumn } from "./features.ts";
import { type LeakageFinding, SEVERE_AUC } from "./finding.ts";

/**
 * Finds features that differ between the rows to learn from and the rows to score. One whose value alone tells which of
 * the two a row is from (AUC 0.975, or known in one set only) has another meaning there, and is of no use.
 *
 * @param features at the rows to learn from
 * @param score the same features, in the same order, at the rows to score
 */
export function scoreShiftFindings(
  features: readonly FeatureColumn[],
  score: readonly FeatureColumn[],
): LeakageFinding[] {
  return features.flatMap(({ name, columns, values }, i): LeakageFinding[] => {
    const { shift, psi, higher, missing, message } = compareColumn(
      name,
      values,
      score[i].values,
      0.01 / features.length,
    );
    if (shift !== "some" && shift !== "large") return [];
    const telling = Math.max(
      higher === null ? 0.5 : Math.max(higher, 1 - higher),
      // Told apart by whether it is known: the area under a curve with one corner.
      0.5 + Math.abs(missing.current - missing.reference) / 2,
    );
    const severe = telling >= SEVERE_AUC;
    return [
      {
        severity: severe ? "severe" : shift === "large" ? "warn" : "info",
        code: "score_shift",
        features: [name],
        columns,
        message: severe
          ? `${name} alone tells rows to learn from and rows to score apart (AUC ${telling.toFixed(3)}): ${message}`
          : `In the rows to score, ${message}`,
        measure: severe ? "roc_auc" : "psi",
        value: severe ? telling : psi,
      },
    ];
  });
}
