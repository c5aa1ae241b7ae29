import { countInWords, countOf } from "../base/words.ts";
import type { Properties, TailScale } from "./axes.ts";
import { INK } from "./palette.ts";
import { textWidth } from "./textWidth.ts";
import { LABEL_SIZE } from "./theme.ts";

/** A layer: one kind of mark over rows of its own. */
export function layer(values: readonly object[], mark: Properties, encoding: Properties): Properties {
  return { data: { values }, mark, encoding };
}

/** What a tooltip shows: by field of the data its title, or its title and a d3 number format. */
export type Hint = Readonly<Record<string, string | readonly [title: string, format: string]>>;

/** A tooltip in Vega-Lite's form. */
export function tooltip(hint: Hint): Properties[] {
  return Object.entries(hint).map(([field, shown]) =>
    typeof shown === "string"
      ? { field, title: shown, type: "nominal" }
      : { field, title: shown[0], type: "quantitative", format: shown[1] },
  );
}

/**
 * A layer for line charts: wherever the pointer is, the nearest point along the horizontal axis shows a thin line and
 * its values. It is invisible until then, so printed and saved pictures do not hold it.
 *
 * @param points one row a place on the horizontal axis, with all fields of the hint
 * @param x the chart's own encoding of the horizontal axis
 */
export function hoverLayer(points: readonly object[], x: Properties, hint: Hint): Record<string, unknown> {
  return {
    data: { values: points },
    params: [
      {
        name: "pointed",
        select: { type: "point", on: "pointerover", clear: "pointerout", nearest: true, encodings: ["x"] },
      },
    ],
    mark: { type: "rule", color: INK.muted, strokeWidth: 1, y: 0, y2: "height" },
    encoding: {
      x,
      opacity: { condition: { param: "pointed", empty: false, value: 0.8 }, value: 0 },
      tooltip: tooltip(hint),
    },
  };
}

/** A value on the horizontal axis that is pointed out. */
export interface Marker {
  /** In the axis's own unit. */
  readonly at: number;
  readonly label: string;
  /** Where it stands on the axis, 0 (left end) to 1; decides to which side the label runs. */
  readonly share: number;
}

/**
 * Layers for a marked value: a thin vertical line, and its label above the plot, moved aside where it would stick out.
 *
 * @param plotWidth about how wide the plot will be, in pixels
 * @param row 0 for a label right above the plot, 1 for one row higher
 */
export function markerLayers(marker: Marker, plotWidth: number, row = 0): Record<string, unknown>[] {
  const half = textWidth(marker.label, LABEL_SIZE, 500) / 2;
  const middle = marker.share * plotWidth;
  const align = middle - half < 0 ? "left" : middle + half > plotWidth ? "right" : "center";
  const y = -6 - row * (LABEL_SIZE + 5);
  const data = { values: [{ at: marker.at, label: marker.label }] };
  const x = { field: "at", type: "quantitative" };
  return [
    {
      data,
      mark: { type: "rule", color: INK.text, strokeWidth: 1.25, strokeDash: [4, 3], y: y + 3, y2: "height" },
      encoding: { x },
    },
    {
      data,
      mark: {
        type: "text",
        align,
        baseline: "bottom",
        y,
        // A label that starts at the line's side would touch it.
        dx: align === "left" ? -1 : align === "right" ? 1 : 0,
        fontWeight: 500,
        color: INK.text,
      },
      encoding: { x, text: { field: "label" } },
    },
  ];
}

/**
 * A layer of accounts as points. The more there are, the smaller and fainter, so that density shows as darkness.
 *
 * @param points rows with the fields of both axes and of the hint
 */
export function scatterLayer(
  points: readonly object[],
  x: Properties,
  y: Properties,
  hint: Hint,
): Record<string, unknown> {
  const n = points.length;
  return {
    data: { values: points },
    mark: {
      type: "circle",
      color: INK.blue,
      size: n > 2000 ? 12 : n > 300 ? 18 : 32,
      opacity: 1,
      fillOpacity: n > 2000 ? 0.3 : n > 300 ? 0.45 : 0.65,
    },
    encoding: { x, y, tooltip: tooltip(hint) },
  };
}

/** How many accounts are drawn: "1,000 accounts." or "A random 5,000 of 90,000 accounts." */
export function shownSentence(points: number, rows: number): string {
  if (points >= rows) return `${countOf(rows, "account")}.`;
  return `A random ${countInWords(points)} of ${countOf(rows, "account")}.`;
}

/** How the axes of a scatter plot are scaled, as a sentence to follow others; nothing for plain axes. */
export function axesSentence(across: TailScale, up: TailScale): string {
  if (across.kind === "linear" && up.kind === "linear") return "";
  const which =
    across.kind !== "linear" && up.kind !== "linear"
      ? "Both axes are"
      : `The ${across.kind === "linear" ? "vertical" : "horizontal"} axis is`;
  const zero = across.kind === "symlog" || up.kind === "symlog" ? ", with a place for zero" : "";
  return ` ${which} logarithmic${zero}.`;
}
