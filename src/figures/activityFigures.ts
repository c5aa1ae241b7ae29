import type { ActivityReport } from "../analysis/activityReport.ts";
import { accountAgesFigure, daysSinceLastPostFigure, postsPerWeekFigure } from "./activityHistograms.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { postingTimesFigure } from "./postingTimes.ts";
import { sizeNormFigure } from "./scatterPlots.ts";
import { targetTiersFigure } from "./targetTiers.ts";

/** The figures of an activity report: of each part that the file could tell. */
export function activityFigures(
  { lastPost, pace, times, ages, targets, norm }: Omit<ActivityReport, "snapshot" | "alerts">,
  options: FigureOptions = {},
): Figure[] {
  const figures: Figure[] = [];
  if (lastPost !== null) {
    const { daysSinceLastPost: days, activity } = lastPost;
    figures.push(daysSinceLastPostFigure({ days, snapshot: activity.snapshot }, options));
  }
  if (pace !== null && pace.accounts > 0) figures.push(postsPerWeekFigure(pace, options));
  if (times !== null) figures.push(postingTimesFigure(times, options));
  if (ages !== null) figures.push(accountAgesFigure(ages, options));
  if (norm !== null) figures.push(sizeNormFigure(norm, options));
  if (targets.some(({ tables }) => tables.tiers.some(({ positive }) => positive !== null)))
    figures.push(targetTiersFigure({ targets }, options));
  return figures;
}
