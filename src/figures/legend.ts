import type { Properties } from "./axes.ts";
import { textWidth } from "./textWidth.ts";
import { LABEL_SIZE, PADDING } from "./theme.ts";

/** One entry of a legend. */
export interface LegendEntry {
  readonly name: string;
  readonly color: string;
  /** Dash pattern in pixels; solid without. */
  readonly dash?: readonly number[];
}

/** A legend above the plot. */
export interface Legend {
  /** Height it takes, in pixels. */
  readonly height: number;
  /** Encodings of colour (and dash) for a field that holds the entries' names. */
  encoding(field: string): Properties;
}

const SYMBOL = 24;
const GAP = 18;
const ROW = 18;

/** How many entries fit beside each other. */
function columnsOf(entries: readonly LegendEntry[], width: number): number {
  const widest = Math.max(...entries.map((entry) => textWidth(entry.name, LABEL_SIZE))) + SYMBOL + GAP;
  return Math.max(1, Math.min(entries.length, Math.floor((width - 2 * PADDING - 40) / widest)));
}

/**
 * A legend of lines: colour, and dashes so that the lines differ without colour too.
 *
 * @param width of the picture, in pixels
 * @param offset space between it and the plot, for what stands there: the axis title and marked values
 */
export function lineLegend(entries: readonly LegendEntry[], width: number, offset: number): Legend {
  const columns = columnsOf(entries, width);
  const domain = entries.map((entry) => entry.name);
  return {
    height: Math.ceil(entries.length / columns) * ROW + offset,
    encoding: (field) => ({
      color: {
        field,
        type: "nominal",
        scale: { domain, range: entries.map((entry) => entry.color) },
        legend: { symbolType: "stroke", columns, symbolSize: 340, offset },
      },
      strokeDash: {
        field,
        type: "nominal",
        scale: { domain, range: entries.map((entry) => entry.dash ?? [1, 0]) },
      },
    }),
  };
}

/** A legend of filled squares, as a scale and legend for a colour encoding. */
export function rectangleLegend(
  entries: readonly LegendEntry[],
  width: number,
): { height: number; scale: Record<string, unknown> } {
  const columns = columnsOf(entries, width);
  return {
    height: Math.ceil(entries.length / columns) * ROW + 8,
    scale: {
      scale: { domain: entries.map((entry) => entry.name), range: entries.map((entry) => entry.color) },
      legend: { symbolType: "square", columns, symbolStrokeWidth: 0 },
    },
  };
}
