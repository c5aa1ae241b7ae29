import type { Figure } from "../figures/figure.ts";
import type { Drawing } from "../figures/render.ts";
import type { Metrics } from "./metrics.ts";

/** One drawing of a figure, as `drawFigure` makes it. */
export type FigureDrawing = Pick<Drawing, "svg" | "vega" | "width" | "height">;

/** A figure as the report needs it: its words, and what `writeFigures` drew. */
export interface DrawnFigure {
  readonly figure: Pick<Figure, "name" | "title" | "description">;
  readonly drawing: FigureDrawing;
  /** The same figure drawn for a telephone's width, where there is one. */
  readonly narrow?: FigureDrawing;
}

/** What a report is made of. */
export interface ReportInput {
  /** Contents of `metrics.json`. */
  readonly metrics: Metrics;
  /** The figures in the order of the study. */
  readonly figures: readonly DrawnFigure[];
  /** Paths of the files beside the report, relative to it, with `/`: `metrics.json`, `figures/roc.svg`. Only these are linked. */
  readonly files: readonly string[];
}
