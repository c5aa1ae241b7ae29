import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { precisionRecallCurve, rocCurve } from "../evaluation/curves.ts";
import { decisionMetrics } from "../evaluation/metrics.ts";
import { activityFigures } from "../figures/activityFigures.ts";
import { confusionMatrixFigure } from "../figures/confusionMatrix.ts";
import { type Figure, type FigureOptions, PHONE_WIDTH } from "../figures/figure.ts";
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
function figuresOf(
  { data, analysis, runs, judged, recommended, settings }: Story,
  options: FigureOptions,
): Figure[] {
  const [first] = runs;
  const { testLabels } = judged;
  const { testScores, threshold, trained } = first;
  const atThreshold = first.testAtThreshold;
  const { tp, fp, fn, tn } = atThreshold.confusion;
  const figures: Figure[] = [
    miScoresFigure({ table: analysis.information, target: data.target.name }, options),
  ];
  figures.push(
    ...where(analysis.likesVsFollowers, (found) => likesVsFollowersFigure(found, options)),
    ...where(analysis.followersPerRatio, (found) => followersPerRatioFigure(found, options)),
    ...where(analysis.likesPerVideoCount, (found) => likesPerVideoCountFigure(found, options)),
  );
  figures.push(...activityFigures({ ...analysis.activity, ages: null }, options));
  figures.push(
    trainingCurveFigure(trained, options),
    precisionRecallTradeoffFigure(
      {
        curve: precisionRecallCurve(testLabels, testScores),
        chosen: { value: threshold.value, precision: atThreshold.precision, recall: atThreshold.recall },
        rows: "test rows",
        minPrecision: settings.minPrecision,
      },
      options,
    ),
    rocFigure(
      {
        curve: rocCurve(testLabels, testScores),
        auc: first.test.roc_auc,
        interval: judged.intervals.roc_auc,
        chosen: { threshold: threshold.value, fpr: fp / (fp + tn), tpr: tp / (tp + fn) },
        rows: "test rows",
      },
      options,
    ),
    confusionMatrixFigure(
      {
        decisions: [decisionMetrics(testLabels, testScores, 0.5), atThreshold],
        rows: "test rows",
      },
      options,
    ),
    scoreDistributionFigure(
      {
        scores: testScores,
        labels: testLabels,
        threshold: threshold.value,
        rows: "test rows",
      },
      options,
    ),
    permutationImportanceFigure(
      {
        features: judged.importance,
        metric: "ROC AUC",
        rows: judged.importanceRows,
      },
      options,
    ),
  );
  if (recommended.trained === null) return figures;
  const names = new Set(figures.map(({ name }) => name));
  for (const figure of resultFigures(recommended.trained.results, options)) {
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
  const written = await writeFigures(folder, figuresOf(story, {}), {
    signal: hooks.signal,
    onFigure: (figure, done, of) => hooks.progress((0.8 * done) / of, figure.name),
  });
  const result: StudyFigure[] = [];
  for (const [i, figure] of figuresOf(story, { width: PHONE_WIDTH }).entries()) {
    hooks.signal?.throwIfAborted();
    result.push({ ...written[i], narrow: await drawFigure(figure) });
  }
  return { result, message: `${written.length} figures` };
}
