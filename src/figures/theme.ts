import type { Config } from "vega-lite";
import { INK } from "./palette.ts";
import { FONT_FAMILY } from "./textWidth.ts";

/** Font sizes in pixels. */
export const TITLE_SIZE = 17;
export const SUBTITLE_SIZE = 13;
export const LABEL_SIZE = 12;

/** Line heights in pixels of the title and the subtitle. */
export const TITLE_LINE = 22;
export const SUBTITLE_LINE = 18;

/** Space round a picture, in pixels. */
export const PADDING = 12;

/**
 * The look of all figures, as a Vega-Lite configuration in the light colours: Inter, a quiet grid, no frame, axis
 * titles in plain reading direction. The dark theme is the same with other colours (see `palette.ts`).
 */
export const THEME: Config = {
  // Vega's own role and label on every mark would be read out one by one; the picture has one label as a whole.
  aria: false,
  font: FONT_FAMILY,
  background: "transparent",
  padding: PADDING,
  view: { stroke: null },
  locale: {
    number: {
      decimal: ".",
      thousands: ",",
      grouping: [3],
      currency: ["", ""],
      percent: "\u00a0%",
      minus: "−",
    },
  },
  title: {
    anchor: "start",
    frame: "bounds",
    fontSize: TITLE_SIZE,
    fontWeight: 600,
    lineHeight: TITLE_LINE,
    color: INK.text,
    subtitleFontSize: SUBTITLE_SIZE,
    subtitleLineHeight: SUBTITLE_LINE,
    subtitleColor: INK.muted,
    subtitlePadding: 4,
    offset: 14,
  },
  axis: {
    labelFontSize: LABEL_SIZE,
    labelColor: INK.muted,
    labelPadding: 6,
    labelLimit: 0,
    labelOverlap: "greedy",
    labelSeparation: 8,
    labelBound: false,
    titleFontSize: LABEL_SIZE,
    titleFontWeight: 500,
    titleColor: INK.text,
    titleLimit: 0,
    domainColor: INK.axis,
    tickColor: INK.axis,
    tickSize: 4,
    gridColor: INK.grid,
    gridWidth: 1,
  },
  axisX: { grid: false, titlePadding: 10, labelFlush: false },
  axisY: { grid: true, domain: false, ticks: false },
  legend: {
    orient: "top",
    direction: "horizontal",
    title: null,
    labelFontSize: LABEL_SIZE,
    labelColor: INK.text,
    labelLimit: 0,
    symbolSize: 120,
    symbolStrokeWidth: 2.5,
    columnPadding: 18,
    rowPadding: 4,
    offset: 8,
    padding: 0,
  },
  text: { fontSize: LABEL_SIZE, color: INK.text },
  line: { strokeWidth: 2.25, strokeJoin: "round", strokeCap: "round" },
  rule: { color: INK.grey },
  point: { filled: true },
};
