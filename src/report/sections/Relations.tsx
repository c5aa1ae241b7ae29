import type { ReactElement } from "react";
import type { ReportInput } from "../input.ts";
import { FigureGroup } from "../page/FigureGroup.tsx";

/** Figures that have a section of their own; all others stand among the relations. */
const PLACED = new Set([
  "mi-scores",
  "training-curve",
  "roc",
  "confusion-matrix",
  "score-distribution",
  "precision-recall-tradeoff",
  "permutation-importance",
  "days-since-last-post",
  "silences",
  "posts-per-week",
  "posting-times",
  "size-norm",
  "target-tiers",
  "reliability",
  "leaderboard",
  "thresholds",
  "threshold-choices",
  "recommended-permutation-importance",
  "partial-dependence",
]);

/** Names of the figures that stand together in this section, in the order they came. */
export function relationFigures({ figures }: Pick<ReportInput, "figures">): string[] {
  return figures.map(({ figure }) => figure.name).filter((name) => !PLACED.has(name));
}

/** The pictures of followers, likes and videos, and any figure that has no place of its own. */
export function Relations({ figures, files }: ReportInput): ReactElement {
  return (
    <>
      <p>
        The pictures of the original study, drawn from this file. Long tails are on logarithmic axes: each
        step is ten times the one before. Point at a mark to see its numbers.
      </p>
      <FigureGroup names={relationFigures({ figures })} figures={figures} files={files} />
    </>
  );
}
