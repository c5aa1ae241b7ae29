import type { DrawnFigure } from "./figures.ts";
import type { Metrics } from "./metrics.ts";

/** What a report is made of. */
export interface ReportInput {
  /** Contents of `metrics.json`. */
  readonly metrics: Metrics;
  /** The figures in the order of the study. */
  readonly figures: readonly DrawnFigure[];
  /** Paths of the files beside the report, relative to it, with `/`: `metrics.json`, `figures/roc.svg`. Only these are linked. */
  readonly files: readonly string[];
}
