import { INK } from "./palette.ts";
import { textWidth } from "./textWidth.ts";
import { LABEL_SIZE } from "./theme.ts";

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
