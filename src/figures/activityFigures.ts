import type { ActivityReport } from "../analysis/activityReport.ts";
import { accountAgesFigure, daysSinceLastPostFigure, postsPerWeekFigure } from "./activityHistograms.ts";
import { type Figure, REPORT_WIDTH } from "./figure.ts";
import { postingTimesFigure } from "./postingTimes.ts";
import { sizeNormFigure } from "./scatterPlots.ts";
import { silencesFigure } from "./survival.ts";
import { targetTiersFigure } from "./targetTiers.ts";

/** The figures of an activity report: of each part that the file could tell. */
export function activityFigures(
  { lastPost, pace, times, silences, ages, targets, norm }: Omit<ActivityReport, "snapshot" | "alerts">,
  width = REPORT_WIDTH,
): Figure[] {
  const figures: Figure[] = [];
  if (lastPost !== null) {
    const { daysSinceLastPost: days, activity } = lastPost;
    figures.push(daysSinceLastPostFigure({ days, snapshot: activity.snapshot }, width));
  }
  if (silences !== null && silences.length > 0) figures.push(silencesFigure(silences, width));
  if (pace !== null && pace.accounts > 0) figures.push(postsPerWeekFigure(pace, width));
  if (times !== null) figures.push(postingTimesFigure(times, width));
  if (ages !== null) figures.push(accountAgesFigure(ages, width));
  if (norm !== null) figures.push(sizeNormFigure(norm, width));
  if (targets.some(({ tables }) => tables.tiers.some(({ positive }) => positive !== null)))
    figures.push(targetTiersFigure({ targets }, width));
  return figures;
}
