import { countInWords } from "../../base/words.ts";
import type { TrainingResults } from "../results.ts";
import { list, table, withInterval } from "./markdown.ts";

/** What the head of a dimension's table says. */
const HEADS: Readonly<Record<string, string>> = {
  followers: "followers",
  language: "language",
  region: "region",
};

/** How it does on groups of accounts, one table a dimension. */
export function sliceSection({ slices }: TrainingResults): string {
  if (slices.length === 0) return "The profiles tell neither followers nor language nor region.";
  const dimensions = [...new Set(slices.map(({ dimension }) => dimension))];
  const missing = Object.keys(HEADS).filter((name) => !dimensions.includes(name));
  const tables = dimensions.map((dimension) => {
    const own = slices.filter((slice) => slice.dimension === dimension);
    const rows = own.map(({ name, rows, positives, metrics }) => [
      name,
      countInWords(rows),
      countInWords(positives),
      metrics === null ? "-" : withInterval(metrics.roc_auc.value, metrics.roc_auc),
      metrics?.precision == null ? "-" : withInterval(metrics.precision.value, metrics.precision),
      metrics === null ? "-" : withInterval(metrics.recall.value, metrics.recall),
    ]);
    const head = [HEADS[dimension] ?? dimension, "accounts", "active", "ROC AUC", "precision", "recall"];
    const warnings = own.flatMap(({ warning }) => (warning === null ? [] : [warning]));
    const shown = table([head, ...rows]);
    return warnings.length === 0 ? shown : `${shown}\n\n${list(warnings)}`;
  });
  if (missing.length > 0) {
    tables.push(
      `Nothing is said by ${missing.join(" or ")}: the profiles do not tell ${missing.length > 1 ? "them" : "it"}.`,
    );
  }
  return `Out of fold, at the model's threshold.\n\n${tables.join("\n\n")}`;
}
