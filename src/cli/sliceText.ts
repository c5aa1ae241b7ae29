import { countInWords } from "../base/words.ts";
import type { Slice } from "../evaluation/slices.ts";
import { formatTable } from "./table.ts";

/** What a dimension is called above its table. */
const CALLED: Readonly<Record<string, string>> = {
  followers: "by followers",
  language: "by language",
  region: "by region",
};

/** Slices as tables for a terminal, one a dimension, each with what is too small to say; empty without slices. */
export function sliceText(slices: readonly Slice[]): string {
  const dimensions = [...new Set(slices.map(({ dimension }) => dimension))];
  return dimensions
    .map((dimension) => {
      const own = slices.filter((slice) => slice.dimension === dimension);
      const rows = own.map(({ name, rows: accounts, positives, metrics, warning }) => [
        name,
        countInWords(accounts),
        countInWords(positives),
        metrics === null ? "-" : metrics.roc_auc.value.toFixed(3),
        metrics === null ? "" : `${metrics.roc_auc.low.toFixed(3)} to ${metrics.roc_auc.high.toFixed(3)}`,
        warning === null ? "" : "too small to say",
      ]);
      const head = [CALLED[dimension] ?? dimension, "accounts", "positive", "ROC AUC", "95 % interval"];
      return formatTable([head, ...rows], [1, 2, 3]);
    })
    .join("\n\n");
}
