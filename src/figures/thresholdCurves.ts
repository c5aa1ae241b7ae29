import type { ThresholdTable } from "../evaluation/thresholds.ts";
import { PROBABILITY, quantity, topOffset, topTitle } from "./axes.ts";
import { composeFigure, type Figure, REPORT_WIDTH } from "./figure.ts";
import { hoverLayer, layer, markerLayers } from "./layers.ts";
import { lineLegend } from "./legend.ts";
import { score } from "./numberFormat.ts";
import { INK } from "./palette.ts";

/** What `thresholdsFigure` draws. */
export interface ThresholdCurves {
  readonly table: ThresholdTable;
  /** The threshold in use. */
  readonly chosen: number;
  /** What the rows are: "rows left out of training". */
  readonly rows: string;
}

const SERIES = [
  ["Precision", "precision", INK.blue, undefined],
  ["Recall", "recall", INK.orange, [8, 3]],
  ["F1", "f1", INK.purple, [2, 3]],
  ["Share picked", "queue_rate", INK.green, [8, 3, 2, 3]],
] as const;

/** Precision, recall, F1 and the share picked against the threshold. */
export function thresholdsFigure(data: ThresholdCurves, width = REPORT_WIDTH): Figure {
  const { table, chosen } = data;
  const points = SERIES.flatMap(([series, name]) =>
    table.threshold.map((threshold, i) => ({ threshold, series, value: table[name][i] })),
  ).filter(({ value }) => value !== null);
  const together = table.threshold.map((threshold, i) => ({
    threshold,
    ...Object.fromEntries(SERIES.map(([series, name]) => [series, table[name][i]])),
  }));
  const x = quantity("threshold", PROBABILITY.scale, { ...PROBABILITY.axis, title: "Threshold" });
  const axis = { ...PROBABILITY.axis, ...topTitle("↑ Out of fold", 1) };
  const legend = lineLegend(
    SERIES.map(([name, , color, dash]) => ({ name, color, ...(dash === undefined ? {} : { dash }) })),
    width,
    topOffset(1),
  );
  const encoding = legend.encoding("series");
  const near = nearest(table.threshold, chosen);
  const at = SERIES.map(([series, name]) => {
    const value = table[name][near];
    return `${series.toLowerCase().replace("f1", "F1")} ${value === null ? "unknown" : score(value)}`;
  });
  return composeFigure({
    name: "thresholds",
    title: "What the threshold decides",
    subtitle: `Precision: picks that are right. Recall: those found.`,
    description: `Precision, recall, F1 and the share of accounts picked against the threshold, ${data.rows}. At the chosen threshold, ${score(chosen)}: ${at.join(", ")}.`,
    width,
    bodyHeight: 320 + legend.height,
    body: {
      layer: [
        layer(
          points,
          { type: "line", strokeWidth: 2 },
          { x, y: quantity("value", PROBABILITY.scale, axis), ...encoding },
        ),
        ...markerLayers(
          {
            at: chosen,
            share: Math.max(0, Math.min(1, chosen)),
            label: `chosen: ${score(chosen)}`,
          },
          width - 80,
        ),
        hoverLayer(together, x, {
          threshold: ["Threshold", ".2f"],
          ...Object.fromEntries(SERIES.map(([series]) => [series, [series, ".3f"] as const])),
        }),
      ],
    },
  });
}

function nearest(thresholds: readonly number[], chosen: number): number {
  const distances = thresholds.map((threshold) => Math.abs(threshold - chosen));
  return distances.indexOf(Math.min(...distances));
}
