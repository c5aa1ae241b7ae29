import { renderToStaticMarkup } from "react-dom/server";
import type { DrawnFigure } from "./figures.ts";
import type { Metrics } from "./metrics.ts";
import { Document } from "./page/Document.tsx";

export type { DrawnFigure } from "./figures.ts";

/** What a report is made of. */
export interface ReportInput {
  /** Contents of `metrics.json`. */
  readonly metrics: Metrics;
  /** The figures in the order of the study. */
  readonly figures: readonly DrawnFigure[];
  /** Paths of the files beside the report, relative to it, with `/`: `metrics.json`, `figures/roc.svg`. Only these are linked. */
  readonly files: readonly string[];
}

/**
 * Renders the report: one HTML file that needs nothing else, neither network nor files beside it. Without scripts it shows
 * the figures as they were drawn; with scripts they answer the pointer.
 *
 * @returns the text of `report.html`
 */
export async function renderReport(input: ReportInput): Promise<string> {
  return `${renderToStaticMarkup(<Document {...input} />)}\n`;
}
