import { countInWords, countOf } from "../base/words.ts";
import type { DecisionMetrics } from "../evaluation/metrics.ts";
import { ACTIVE, type ClassWords } from "./classWords.ts";
import { composeFigure, type Figure, REPORT_WIDTH } from "./figure.ts";
import { tooltip } from "./layers.ts";
import { percent, score } from "./numberFormat.ts";
import { INK } from "./palette.ts";
import { textWidth } from "./textWidth.ts";
import { LABEL_SIZE, PADDING } from "./theme.ts";

/** What `confusionMatrixFigure` draws: one matrix, or two to compare thresholds. */
export interface ConfusionMatrix {
  /** Each with its threshold and counts. */
  readonly decisions: readonly Pick<DecisionMetrics, "threshold" | "confusion">[];
  /** What the rows are: "test rows". */
  readonly rows: string;
  /** What the two classes are called; those of the original study unless given. */
  readonly words?: ClassWords;
}

const LABELS_WIDTH = 52;
const GAP = 28;
const CELL_HEIGHT = 92;

/** Font size of the counts in pixels, where they fit. */
const COUNT_SIZE = 24;

const COLUMNS = ["chosen", "left out"];

/** Counts of right and wrong decisions, and their shares of the accounts of each kind. */
export function confusionMatrixFigure(data: ConfusionMatrix, limit = REPORT_WIDTH): Figure {
  const { decisions, words = ACTIVE } = data;
  const beside = limit >= 520 && decisions.length > 1;
  const width = beside ? limit : Math.min(limit, 400);
  const labels = Math.max(LABELS_WIDTH, 12 + Math.ceil(textWidth(words.positives, LABEL_SIZE)));
  const panels = beside ? decisions.length : 1;
  const matrix = Math.floor((width - 2 * PADDING - panels * labels - (panels - 1) * GAP) / panels);
  const views = decisions.map((decision) => panel(decision, words, { matrix, labels }));
  const rows = beside ? 1 : decisions.length;
  const sentences = decisions.map(({ threshold, confusion: { tp, fp, fn, tn } }) => {
    const total = tp + fp + fn + tn;
    return `At the threshold ${score(threshold)}: ${countInWords(tp)} of ${countInWords(tp + fn)} ${words.one}s chosen, ${countInWords(fp)} of ${countInWords(fp + tn)} others chosen by mistake; ${total === 0 ? "no rows" : `${percent((tp + tn) / total)} of ${countOf(total, "decision")} right`}.`;
  });
  return composeFigure({
    name: "confusion-matrix",
    title: "Right and wrong decisions",
    subtitle: `Accounts by what they are (rows) and what was decided (columns), ${data.rows}. Shares are of each row.`,
    description: `Confusion matrix of the ${data.rows}. ${sentences.join(" ")}`,
    width,
    bodyHeight: rows * (2 * CELL_HEIGHT + 38) + (rows - 1) * 22 - 8,
    fit: false,
    body: { [beside ? "hconcat" : "vconcat"]: views, spacing: beside ? GAP : 22 },
  });
}

function panel(
  decision: ConfusionMatrix["decisions"][number],
  { positives }: ClassWords,
  { matrix, labels }: { readonly matrix: number; readonly labels: number },
): Record<string, unknown> {
  const kinds = [positives, "others"];
  const { tp, fp, fn, tn } = decision.confusion;
  const cell = (actual: number, decided: number, count: number, of: number) => ({
    actual: kinds[actual],
    decided: COLUMNS[decided],
    count: countInWords(count),
    share: of === 0 ? "no such accounts" : percent(count / of),
    right: actual === decided,
    // The tint is light enough for the text on it, whatever the share.
    tint: of === 0 ? 0.04 : 0.04 + (0.26 * count) / of,
  });
  const values = [
    cell(0, 0, tp, tp + fn),
    cell(0, 1, fn, tp + fn),
    cell(1, 0, fp, fp + tn),
    cell(1, 1, tn, fp + tn),
  ];
  const widest = Math.max(...values.map((value) => textWidth(value.count, COUNT_SIZE, 600)));
  const size = Math.floor(COUNT_SIZE * Math.min(1, (matrix / 2 - 16) / widest));
  const x = {
    field: "decided",
    type: "nominal",
    sort: COLUMNS,
    scale: { domain: COLUMNS, paddingInner: 0.03, paddingOuter: 0 },
    axis: { orient: "top", labelAngle: 0, title: null, domain: false, ticks: false, labelPadding: 6 },
  };
  const y = {
    field: "actual",
    type: "nominal",
    sort: kinds,
    scale: { domain: kinds, paddingInner: 0.05, paddingOuter: 0 },
    axis: { title: null, grid: false, minExtent: labels, maxExtent: labels, labelColor: INK.text },
  };
  return {
    title: {
      text: `Threshold ${score(decision.threshold)}`,
      fontSize: LABEL_SIZE + 1,
      lineHeight: 18,
      offset: 6,
      frame: "group",
    },
    width: matrix,
    height: 2 * CELL_HEIGHT,
    data: { values },
    encoding: { x, y },
    layer: [
      {
        mark: { type: "rect", cornerRadius: 4, strokeWidth: 1 },
        encoding: {
          fill: { condition: { test: "datum.right", value: INK.blue }, value: INK.orange },
          fillOpacity: { field: "tint", type: "quantitative", scale: null, legend: null },
          tooltip: tooltip({
            actual: "Account",
            decided: "Decision",
            count: "Accounts",
            share: "Share of the row",
          }),
        },
      },
      {
        mark: { type: "text", fontSize: size, fontWeight: 600, dy: -8 },
        encoding: { text: { field: "count" } },
      },
      { mark: { type: "text", dy: 16 }, encoding: { text: { field: "share" } } },
    ],
  };
}
