import { lowerBound } from "../base/statistics.ts";
import { rocAuc } from "../evaluation/metrics.ts";
import type { FeatureColumn } from "./features.ts";
import { type LeakageFinding, severityOfAuc } from "./finding.ts";

/**
 * Bins of a column, as even as values allow: a value that fills a bin has one of its own, and unknown values have one.
 *
 * @param most bins for known values
 * @returns a bin for each row, and how many bins there are
 */
export function binsOf(values: Float64Array, most: number): { bins: Int32Array; count: number } {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const n = sorted.length;
  const edges: number[] = [];
  // The first row of the bin that is still open.
  let start = 0;
  for (let i = 0; i < n; ) {
    let end = i + 1;
    while (end < n && sorted[end] === sorted[i]) end++;
    // A bin closes before a heavy value, and where it is full.
    if (end - i >= n / most && start < i) {
      edges.push(sorted[i - 1]);
      start = i;
    }
    if (end - start >= n / most || end === n) {
      edges.push(sorted[i]);
      start = end;
    }
    i = end;
  }
  const bins = Int32Array.from(values, (value) =>
    Number.isNaN(value) ? edges.length : lowerBound(edges, value),
  );
  return { bins, count: edges.length + 1 };
}

/**
 * Area under the ROC curve of the positive rate of a row's cell, as the other folds have it: how well cells tell the label,
 * whatever the shape of the relation, without the flattery of many cells. Rates are drawn towards the whole by two rows.
 */
export function cellsAuc(
  cells: Int32Array,
  count: number,
  labels: Uint8Array,
  folds: Uint8Array,
  foldCount: number,
): number {
  const rows = new Float64Array((foldCount + 1) * count);
  const positives = new Float64Array((foldCount + 1) * count);
  let whole = 0;
  for (let i = 0; i < cells.length; i++) {
    for (const fold of [folds[i], foldCount]) {
      rows[fold * count + cells[i]]++;
      positives[fold * count + cells[i]] += labels[i];
    }
    whole += labels[i];
  }
  const prior = whole / cells.length;
  const scores = new Float64Array(cells.length);
  for (let i = 0; i < cells.length; i++) {
    const inFold = folds[i] * count + cells[i];
    const all = foldCount * count + cells[i];
    scores[i] = (positives[all] - positives[inFold] + 2 * prior) / (rows[all] - rows[inFold] + 2);
  }
  return rocAuc(labels, scores);
}

/** How well one feature alone tells the label. */
export interface SingleAuc {
  readonly feature: FeatureColumn;
  /** By larger or smaller, whichever is better, over rows that know it: 0.5 to 1. */
  readonly ranked: number;
  /** By bins, out of fold, unknown values a bin of their own: catches any shape; may fall below 0.5 where there is none. */
  readonly binned: number;
}

/** Rows to a bin: fewer make rates of chance. */
const ROWS_A_BIN = 25;

/** Measures each feature alone. Both classes must be present. */
export function singleAucs(
  features: readonly FeatureColumn[],
  labels: Uint8Array,
  folds: Uint8Array,
  foldCount: number,
): SingleAuc[] {
  const most = Math.min(32, Math.max(4, Math.round(labels.length / ROWS_A_BIN)));
  return features.map((feature) => {
    const { bins, count } = binsOf(feature.values, most);
    return {
      feature,
      ranked: rankedAuc(feature.values, labels),
      binned: Math.max(cellsAuc(bins, count, labels, folds, foldCount), missingAuc(feature.values, labels)),
    };
  });
}

/** By whether it is known at all, whichever way: the area under a curve with one corner. */
function missingAuc(values: Float64Array, labels: Uint8Array): number {
  const missing = values.map((value) => Number(Number.isNaN(value)));
  const auc = rocAuc(labels, missing);
  return Math.max(auc, 1 - auc);
}

function rankedAuc(values: Float64Array, labels: Uint8Array): number {
  let known: { labels: Uint8Array; values: Float64Array } = { labels, values };
  if (values.some(Number.isNaN)) {
    known = {
      labels: labels.filter((_, i) => !Number.isNaN(values[i])),
      values: values.filter((value) => !Number.isNaN(value)),
    };
    // Few known rows rank well by chance; the bins judge such a feature.
    if (known.values.length < labels.length / 2) return 0.5;
  }
  const positives = known.labels.reduce((sum, label) => sum + label, 0);
  if (positives === 0 || positives === known.labels.length) return 0.5;
  const auc = rocAuc(known.labels, known.values);
  return Math.max(auc, 1 - auc);
}

/**
 * Features that tell too much alone. A shape other than larger or smaller is named where only the bins see it.
 *
 * @param known features that leak for another reason: of them only the one that tells most is told of
 */
export function singleFeatureFindings(
  aucs: readonly SingleAuc[],
  known: ReadonlySet<string>,
): LeakageFinding[] {
  const findings = aucs.flatMap(({ feature: { name, columns }, ranked, binned }): LeakageFinding[] => {
    const byBins = binned > ranked + 0.02 && severityOfAuc(Math.max(0.5, binned)) !== null;
    const auc = byBins ? binned : ranked;
    const severity = severityOfAuc(auc);
    if (severity === null) return [];
    return [
      {
        severity,
        code: byBins ? "single_feature_bins" : "single_feature",
        features: [name],
        columns,
        message: byBins
          ? `${name} alone tells the label with an AUC of ${auc.toFixed(3)}, though not by being larger or smaller.`
          : `${name} alone ranks the rows with an AUC of ${auc.toFixed(3)}.`,
        measure: "roc_auc",
        value: auc,
      },
    ];
  });
  const isKnown = ({ features }: LeakageFinding) => features.every((name) => known.has(name));
  const most = Math.max(...findings.filter(isKnown).map(({ value }) => value));
  const strongest = findings.find((finding) => isKnown(finding) && finding.value === most);
  return findings.filter((finding) => !isKnown(finding) || finding === strongest);
}

/** Whether the place in the file tells the label: a file sorted or appended by the answer. */
export function rowOrderFindings(
  positions: Int32Array,
  labels: Uint8Array,
  folds: Uint8Array,
  foldCount: number,
): LeakageFinding[] {
  const order = { name: "row", columns: [], values: Float64Array.from(positions) };
  const [{ ranked, binned }] = singleAucs([order], labels, folds, foldCount);
  const auc = Math.max(ranked, binned);
  if (severityOfAuc(auc) === null) return [];
  return [
    {
      severity: "warn",
      code: "row_order",
      features: [],
      columns: [],
      message: `The place of a row in the file tells its label with an AUC of ${auc.toFixed(3)}: the file is sorted or put together by the answer, so nothing that follows its order may be a feature.`,
      measure: "roc_auc",
      value: auc,
    },
  ];
}
