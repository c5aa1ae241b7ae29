import type { Properties } from "./axes.ts";
import { INK } from "./palette.ts";

/** A line of a tooltip: a field of the data, how it is called and how it is printed. */
export interface TooltipField {
  readonly field: string;
  readonly title?: string;
  /** d3 number format; without one the value is shown as it is. */
  readonly format?: string;
}

/** Tooltip fields in Vega-Lite's form. */
export function tooltip(fields: readonly TooltipField[]): Properties[] {
  return fields.map(({ field, title, format }) => ({
    field,
    title: title ?? field,
    type: format === undefined ? "nominal" : "quantitative",
    ...(format === undefined ? {} : { format }),
  }));
}

/**
 * A layer for line charts: wherever the pointer is, the nearest point along the horizontal axis shows a thin line and
 * its values. It is invisible until then, so printed and saved pictures do not hold it.
 *
 * @param points one row a place on the horizontal axis, with all fields the tooltip shows
 * @param x the chart's own encoding of the horizontal axis
 */
export function hoverLayer(
  points: readonly object[],
  x: Properties,
  fields: readonly TooltipField[],
): Record<string, unknown> {
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
      tooltip: tooltip(fields),
    },
  };
}
