import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { precisionRecallCurve, rocCurve } from "../evaluation/curves.ts";
import { decisionMetrics } from "../evaluation/decision.ts";
import { confusionMatrixFigure } from "../figures/confusionMatrix.ts";
import { daysSinceLastPostFigure } from "../figures/daysSinceLastPost.ts";
import type { Figure } from "../figures/figure.ts";
import { followersPerRatioFigure } from "../figures/followersPerRatio.ts";
import { likesPerVideoCountFigure } from "../figures/likesPerVideoCount.ts";
import { likesVsFollowersFigure } from "../figures/likesVsFollowers.ts";
import { miScoresFigure } from "../figures/miScores.ts";
import { permutationImportanceFigure } from "../figures/permutationImportance.ts";
import { precisionRecallTradeoffFigure } from "../figures/precisionRecallTradeoff.ts";
import { rocFigure } from "../figures/roc.ts";
import { scoreDistributionFigure } from "../figures/scoreDistribution.ts";
import { trainingCurveFigure } from "../figures/trainingCurve.ts";
import { type WrittenFigure, writeFigures } from "../figures/write.ts";
import type { Hooks } from "./events.ts";
import type { Story } from "./story.ts";

/** Folder of the figures in the result. */
export const FIGURES_FOLDER = "figures";

/** The figures of a story that its data allows, in the order of the report. */
function figuresOf({ data, analysis, runs, judged, settings }: Story): Figure[] {
  const [first] = runs;
  const { testLabels } = judged;
  const { testScores, threshold, trained } = first;
  const atThreshold = first.testAtThreshold;
  const { tp, fp, fn, tn } = atThreshold.confusion;
  const figures: Figure[] = [miScoresFigure({ table: analysis.information, target: data.target.name })];
  if (analysis.likesVsFollowers !== null) figures.push(likesVsFollowersFigure(analysis.likesVsFollowers));
  if (analysis.followersPerRatio !== null) figures.push(followersPerRatioFigure(analysis.followersPerRatio));
  if (analysis.likesPerVideoCount !== null)
    figures.push(likesPerVideoCountFigure(analysis.likesPerVideoCount));
  if (analysis.activity !== null) {
    const { daysSinceLastPost: days, activity } = analysis.activity;
    figures.push(daysSinceLastPostFigure({ days, snapshot: activity.snapshot }));
  }
  figures.push(
    trainingCurveFigure(trained),
    precisionRecallTradeoffFigure({
      curve: precisionRecallCurve(testLabels, testScores),
      chosen: { value: threshold.value, precision: atThreshold.precision, recall: atThreshold.recall },
      rows: "test rows",
      minPrecision: settings.minPrecision,
    }),
    rocFigure({
      curve: rocCurve(testLabels, testScores),
      auc: first.test.roc_auc,
      interval: judged.intervals.roc_auc,
      chosen: { threshold: threshold.value, fpr: fp / (fp + tn), tpr: tp / (tp + fn) },
      rows: "test rows",
    }),
    confusionMatrixFigure({
      decisions: [decisionMetrics(testLabels, testScores, 0.5), atThreshold],
      rows: "test rows",
    }),
    scoreDistributionFigure({
      scores: testScores,
      labels: testLabels,
      threshold: threshold.value,
      rows: "test rows",
    }),
    permutationImportanceFigure({ features: judged.importance, metric: "ROC AUC", rows: "test rows" }),
  );
  return figures;
}

/**
 * Draws the figures of a story and saves them in the folder `figures` of the result.
 *
 * @param directory folder of the result
 */
export async function drawFigures(
  story: Story,
  directory: string,
  hooks: Hooks,
): Promise<{ result: WrittenFigure[]; message: string }> {
  const folder = join(directory, FIGURES_FOLDER);
  await mkdir(folder);
  const written = await writeFigures(folder, figuresOf(story), {
    ...(hooks.signal === undefined ? {} : { signal: hooks.signal }),
    onFigure: (figure, done, of) => hooks.progress(done / of, figure.name),
  });
  return { result: written, message: `${written.length} figures` };
}
