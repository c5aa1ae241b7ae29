import type { Figure } from "../figures/figure.ts";
import type { Drawing } from "../figures/render.ts";
import type { Shortlist } from "../shortlist/shortlist.ts";
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

/** Whom a study found in its file: the first of a list, without contacts. */
export interface Found {
  /** Which model ranked: the one that ships with the program, or the one that was trained beside the study. */
  readonly by: "shipped" | "recommended";
  /** When that model was made, ISO 8601, and of how many profiles. */
  readonly made: { readonly at: string; readonly rows: number };
  /** Whether that model learnt from this very file. */
  readonly own: boolean;
  /** Days that it looks ahead; null where it forecasts nothing. */
  readonly horizon: number | null;
  readonly list: Pick<Shortlist, "entries" | "considered" | "preferred">;
}

/** What a report is made of. */
export interface ReportInput {
  /** Contents of `metrics.json`. */
  readonly metrics: Metrics;
  /** The people who were found; none where no model could rank them. */
  readonly found?: Found | undefined;
  /** The figures in the order of the study. */
  readonly figures: readonly DrawnFigure[];
  /** Paths of the files beside the report, relative to it, with `/`: `metrics.json`, `figures/roc.svg`. Only these are linked. */
  readonly files: readonly string[];
}
