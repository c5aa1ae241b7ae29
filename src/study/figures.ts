import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { precisionRecallCurve, rocCurve } from "../evaluation/curves.ts";
import { decisionMetrics } from "../evaluation/metrics.ts";
import { activityFigures } from "../figures/activityFigures.ts";
import { confusionMatrixFigure } from "../figures/confusionMatrix.ts";
import { type Figure, PHONE_WIDTH, REPORT_WIDTH } from "../figures/figure.ts";
import { likesPerVideoCountFigure } from "../figures/likesPerVideoCount.ts";
import { miScoresFigure } from "../figures/miScores.ts";
import { permutationImportanceFigure } from "../figures/permutationImportance.ts";
import { precisionRecallTradeoffFigure } from "../figures/precisionRecallTradeoff.ts";
import { type Drawing, drawFigure } from "../figures/render.ts";
import { rocFigure } from "../figures/roc.ts";
import { followersPerRatioFigure, likesVsFollowersFigure } from "../figures/scatterPlots.ts";
import { scoreDistributionFigure } from "../figures/scoreDistribution.ts";
import { trainingCurveFigure } from "../figures/trainingCurve.ts";
import { type WrittenFigure, writeFigures } from "../figures/write.ts";
import { resultFigures } from "../training/trainingFigures.ts";
import type { Hooks } from "./events.ts";
import type { Story } from "./story.ts";

/** Folder of the figures in the result. */
export const FIGURES_FOLDER = "figures";

/** A figure of the study, drawn for a report's column and for a telephone. */
export interface StudyFigure extends WrittenFigure {
  readonly narrow: Drawing;
}

/** The figure of a finding, or none where the file lacks columns for it. */
function where<Found>(found: Found | null, draw: (found: Found) => Figure): Figure[] {
  return found === null ? [] : [draw(found)];
}

/** The figures of a story that its data allows, in the order of the report. */
function figuresOf({ data, analysis, runs, judged, recommended, settings }: Story, width: number): Figure[] {
  const [first] = runs;
  const { testLabels } = judged;
  const { testScores, threshold, trained } = first;
  const atThreshold = first.testAtThreshold;
  const { tp, fp, fn, tn } = atThreshold.confusion;
  const figures: Figure[] = [
    miScoresFigure({ table: analysis.information, target: data.target.name }, width),
  ];
  figures.push(
    ...where(analysis.likesVsFollowers, (found) => likesVsFollowersFigure(found, width)),
    ...where(analysis.followersPerRatio, (found) => followersPerRatioFigure(found, width)),
    ...where(analysis.likesPerVideoCount, (found) => likesPerVideoCountFigure(found, width)),
  );
  figures.push(...activityFigures({ ...analysis.activity, ages: null }, width));
  figures.push(
    trainingCurveFigure(trained, width),
    precisionRecallTradeoffFigure(
      {
        curve: precisionRecallCurve(testLabels, testScores),
        chosen: { value: threshold.value, precision: atThreshold.precision, recall: atThreshold.recall },
        rows: "test rows",
        minPrecision: settings.minPrecision,
      },
      width,
    ),
    rocFigure(
      {
        curve: rocCurve(testLabels, testScores),
        auc: first.test.roc_auc,
        interval: judged.intervals.roc_auc,
        chosen: { threshold: threshold.value, fpr: fp / (fp + tn), tpr: tp / (tp + fn) },
        rows: "test rows",
      },
      width,
    ),
    confusionMatrixFigure(
      {
        decisions: [decisionMetrics(testLabels, testScores, 0.5), atThreshold],
        rows: "test rows",
      },
      width,
    ),
    scoreDistributionFigure(
      {
        scores: testScores,
        labels: testLabels,
        threshold: threshold.value,
        rows: "test rows",
      },
      width,
    ),
    permutationImportanceFigure(
      {
        features: judged.importance,
        metric: "ROC AUC",
        rows: judged.importanceRows,
      },
      width,
    ),
  );
  if (recommended.trained === null) return figures;
  const names = new Set(figures.map(({ name }) => name));
  for (const figure of resultFigures(recommended.trained.results, width)) {
    figures.push(names.has(figure.name) ? { ...figure, name: `recommended-${figure.name}` } : figure);
  }
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
): Promise<{ result: StudyFigure[]; message: string }> {
  const folder = join(directory, FIGURES_FOLDER);
  await mkdir(folder);
  const written = await writeFigures(folder, figuresOf(story, REPORT_WIDTH), {
    signal: hooks.signal,
    onFigure: (figure, done, of) => hooks.progress((0.8 * done) / of, figure.name),
  });
  const result: StudyFigure[] = [];
  for (const [i, figure] of figuresOf(story, PHONE_WIDTH).entries()) {
    hooks.signal?.throwIfAborted();
    result.push({ ...written[i], narrow: await drawFigure(figure) });
  }
  return { result, message: `${written.length} figures` };
}
