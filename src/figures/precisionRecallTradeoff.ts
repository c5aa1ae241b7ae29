import { capitalised } from "../base/words.ts";
import type { PrecisionRecallCurve } from "../evaluation/curves.ts";
import { PROBABILITY, quantity, topOffset, topTitle } from "./axes.ts";
import { composeFigure, type Figure, REPORT_WIDTH } from "./figure.ts";
import { hoverLayer, layer, markerLayers } from "./layers.ts";
import { lineLegend } from "./legend.ts";
import { score, spreadPositions } from "./numberFormat.ts";
import { INK } from "./palette.ts";

/** What `precisionRecallTradeoffFigure` draws. */
export interface PrecisionRecallTradeoff {
  /** The curve on the rows named by `rows`. */
  readonly curve: PrecisionRecallCurve;
  /** The threshold in use, and its precision and recall on the same rows; none is marked where it is null. */
  readonly chosen: { readonly value: number; readonly precision: number; readonly recall: number } | null;
  /** What the rows are: "validation rows". */
  readonly rows: string;
  /** The precision that was asked for when the threshold was picked on validation rows: 0 to 1. */
  readonly minPrecision?: number;
}

const SERIES = ["Precision", "Recall", "F1"] as const;

function harmonicMean(a: number, b: number): number {
  return a + b === 0 ? 0 : (2 * a * b) / (a + b);
}

/** Precision, recall and F1 against the threshold, with the chosen threshold marked. */
export function precisionRecallTradeoffFigure(data: PrecisionRecallTradeoff, width = REPORT_WIDTH): Figure {
  const { curve, chosen } = data;
  const points = spreadPositions(curve.thresholds.length, 400).map((i) => ({
    threshold: curve.thresholds[i],
    Precision: curve.precision[i],
    Recall: curve.recall[i],
    F1: harmonicMean(curve.precision[i], curve.recall[i]),
  }));
  const long = SERIES.flatMap((series) =>
    points.map((point) => ({ threshold: point.threshold, series, value: point[series] })),
  );
  const x = quantity("threshold", PROBABILITY.scale, { ...PROBABILITY.axis, title: "Threshold" });
  const legend = lineLegend(
    [
      { name: "Precision", color: INK.blue },
      { name: "Recall", color: INK.orange },
      { name: "F1", color: INK.grey, dash: [6, 3] },
    ],
    width,
    topOffset(1),
  );
  const asked =
    data.minPrecision === undefined
      ? ""
      : ` It was picked on validation rows, for the highest recall at a precision of at least ${score(data.minPrecision)}.`;
  const at =
    chosen === null
      ? ""
      : ` At the chosen threshold, ${score(chosen.value)}, precision is ${score(chosen.precision)} and recall ${score(chosen.recall)}.`;
  return composeFigure({
    name: "precision-recall-tradeoff",
    title: "A higher threshold is surer and finds fewer",
    subtitle: `An account is chosen where its probability is at or above the threshold. ${capitalised(data.rows)}.`,
    description: `Precision (share of the chosen accounts that are active), recall (share of the active accounts that are chosen) and F1 against the threshold, on the ${data.rows}.${at}${chosen === null ? "" : asked}`,
    width,
    bodyHeight: 310 + legend.height,
    body: {
      layer: [
        layer(
          long,
          { type: "line", interpolate: "step-before" },
          {
            x,
            y: quantity("value", PROBABILITY.scale, {
              ...PROBABILITY.axis,
              ...topTitle("↑ Score on these rows", 1),
            }),
            ...legend.encoding("series"),
          },
        ),
        ...(chosen === null
          ? []
          : markerLayers(
              {
                at: chosen.value,
                share: chosen.value,
                label: `${score(chosen.value)}: precision ${score(chosen.precision)}, recall ${score(chosen.recall)}`,
              },
              width - 80,
            )),
        hoverLayer(points, x, {
          threshold: ["Threshold", ".3f"],
          Precision: ["Precision", ".3f"],
          Recall: ["Recall", ".3f"],
          F1: ["F1", ".3f"],
        }),
      ],
    },
  });
}
