import type { Metrics } from "./metrics.ts";

/** A figure as the report needs it: words, and the drawing. What `writeFigures` gives fits. */
export interface DrawnFigure {
  readonly figure: {
    /** File name without ending: `roc`. */
    readonly name: string;
    readonly title: string;
    /** Caption and alternative text. */
    readonly description: string;
  };
  readonly drawing: FigureDrawing;
  /** The same figure drawn for a telephone's width, where there is one. */
  readonly narrow?: FigureDrawing;
}

/** One drawing of a figure. What `drawFigure` gives fits. */
export interface FigureDrawing {
  /** SVG to stand inline in the page, with the classes of `figureCss`. */
  readonly svg: string;
  /** The compiled Vega specification, its colours as CSS variables. */
  readonly vega: Readonly<Record<string, unknown>>;
  /** Size in pixels. */
  readonly width: number;
  readonly height: number;
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
