import type { ActivityReport } from "../analysis/activityReport.ts";
import { accountAgesFigure } from "./accountAges.ts";
import { daysSinceLastPostFigure } from "./daysSinceLastPost.ts";
import type { Figure } from "./figure.ts";
import { postingTimesFigure } from "./postingTimes.ts";
import { postsPerWeekFigure } from "./postsPerWeek.ts";
import { sizeNormFigure } from "./sizeNorm.ts";
import { targetTiersFigure } from "./targetTiers.ts";

/** The figures of an activity report: of each part that the file could tell. */
export function activityFigures({ lastPost, pace, times, ages, targets, norm }: ActivityReport): Figure[] {
  const figures: Figure[] = [];
  if (lastPost !== null) {
    const { daysSinceLastPost: days, activity } = lastPost;
    figures.push(daysSinceLastPostFigure({ days, snapshot: activity.snapshot }));
  }
  if (pace !== null && pace.postsPerWeek.length > 0) figures.push(postsPerWeekFigure(pace));
  if (times !== null) figures.push(postingTimesFigure(times));
  if (ages !== null) figures.push(accountAgesFigure(ages));
  if (norm !== null) figures.push(sizeNormFigure(norm));
  if (targets.some(({ tables }) => tables.tiers.some(({ positive }) => positive !== null))) {
    figures.push(targetTiersFigure({ targets }));
  }
  return figures;
}
