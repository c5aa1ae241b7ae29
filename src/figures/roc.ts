import { capitalised } from "../base/words.ts";
import type { RocCurve } from "../evaluation/curves.ts";
import { quantity, SHARE, topTitle } from "./axes.ts";
import { ACTIVE, type ClassWords } from "./classWords.ts";
import { composeFigure, type Figure, REPORT_WIDTH } from "./figure.ts";
import { hoverLayer, layer, tooltip } from "./layers.ts";
import { percent, score, spreadPositions } from "./numberFormat.ts";
import { INK } from "./palette.ts";

/** What `rocFigure` draws. */
export interface Roc {
  readonly curve: RocCurve;
  /** Area under the curve, 0 to 1. */
  readonly auc: number;
  /** 95 % interval of the area, where one was computed. */
  readonly interval?: { readonly low: number; readonly high: number };
  /** The point of the threshold in use on the same rows: shares of the negatives and positives chosen. */
  readonly chosen?: { readonly threshold: number; readonly fpr: number; readonly tpr: number };
  /** What the rows are: "test rows". */
  readonly rows: string;
  /** What the two classes are called; those of the original study unless given. */
  readonly words?: ClassWords;
}

/** The ROC is drawn as a square of this size at most, so that the diagonal is one. */
const SIDE = 400;

/** True positive rate against false positive rate, with the diagonal that chance would give. */
export function rocFigure(data: Roc, limit = REPORT_WIDTH): Figure {
  const width = Math.min(limit, SIDE + 80);
  const { curve, auc, interval, chosen, words = ACTIVE } = data;
  const points = spreadPositions(curve.fpr.length, 400).map((i) => ({
    fpr: curve.fpr[i],
    tpr: curve.tpr[i],
    threshold: i === 0 ? "none chosen" : curve.thresholds[i].toFixed(3),
  }));
  const x = quantity("fpr", SHARE.scale, {
    ...SHARE.axis,
    title: `Share of the others chosen by mistake`,
  });
  const y = quantity("tpr", SHARE.scale, {
    ...SHARE.axis,
    ...topTitle(`↑ Share of the ${words.positives} found`),
  });
  const area = `${score(auc)}${interval === undefined ? "" : ` (95 % interval ${score(interval.low)} to ${score(interval.high)})`}`;
  const marked =
    chosen === undefined
      ? ""
      : ` At the threshold ${score(chosen.threshold)} ${percent(chosen.tpr)} of the ${words.positives} and ${percent(chosen.fpr)} of the others are chosen.`;
  return composeFigure({
    name: "roc",
    title: "How well the ranking separates the two",
    subtitle: `ROC curve, ${data.rows}. Area under it ${area}; guessing has 0.50.`,
    description: `ROC curve on the ${data.rows}: share of the ${words.one}s found against the share of the others chosen by mistake, for every threshold. The area under it is ${area}; the dashed diagonal is guessing, with 0.50.${marked}`,
    width,
    bodyHeight: width - 80 + 78,
    body: {
      layer: [
        layer(
          [
            { fpr: 0, tpr: 0 },
            { fpr: 1, tpr: 1 },
          ],
          { type: "line", color: INK.grey, strokeWidth: 1.25, strokeDash: [5, 4] },
          { x, y },
        ),
        {
          data: { values: points },
          mark: { type: "area", color: INK.blue, fillOpacity: 0.1 },
          // Without this the shares of points at one place would be piled on each other.
          encoding: { x, y: { ...y, stack: null } },
        },
        layer(points, { type: "line", color: INK.blue }, { x, y, order: { field: "tpr" } }),
        layer(
          [{ x: 0.7, y: 0.7, label: "guessing" }],
          { type: "text", align: "left", baseline: "top", dx: 6, dy: 4, color: INK.muted },
          { x: quantity("x"), y: quantity("y"), text: { field: "label" } },
        ),
        hoverLayer(points, x, {
          threshold: "Threshold",
          tpr: [`${capitalised(words.positives)} found`, ".1%"],
          fpr: [`Others chosen`, ".1%"],
        }),
        ...(chosen === undefined ? [] : chosenPoint(chosen, words, x, y)),
      ],
    },
  });
}

function chosenPoint(
  chosen: NonNullable<Roc["chosen"]>,
  words: ClassWords,
  x: object,
  y: object,
): Record<string, unknown>[] {
  const data = {
    values: [
      {
        fpr: chosen.fpr,
        tpr: chosen.tpr,
        label: `threshold ${score(chosen.threshold)}`,
      },
    ],
  };
  return [
    {
      data,
      mark: { type: "point", size: 90, color: INK.orange, stroke: INK.surface, strokeWidth: 1.5, opacity: 1 },
      encoding: {
        x,
        y,
        tooltip: tooltip({
          label: "Chosen",
          tpr: [`${capitalised(words.positives)} found`, ".1%"],
          fpr: [`Others chosen`, ".1%"],
        }),
      },
    },
    {
      data,
      // Below and to the right of the point is the side the curve never takes.
      mark: {
        type: "text",
        align: chosen.fpr > 0.6 ? "right" : "left",
        baseline: "top",
        dx: chosen.fpr > 0.6 ? -4 : 8,
        dy: 6,
        fontWeight: 500,
      },
      encoding: { x, y, text: { field: "label" } },
    },
  ];
}
