import { countOfThings } from "../base/words.ts";
import { rocCurve } from "../evaluation/curves.ts";
import { columnInWords } from "../features/featureGroups.ts";
import { classWords } from "../figures/classWords.ts";
import { confusionMatrixFigure } from "../figures/confusionMatrix.ts";
import { type Figure, REPORT_WIDTH } from "../figures/figure.ts";
import { leaderboardFigure } from "../figures/leaderboard.ts";
import { type DependenceCurve, partialDependenceFigure } from "../figures/partialDependence.ts";
import { permutationImportanceFigure } from "../figures/permutationImportance.ts";
import { reliabilityFigure } from "../figures/reliability.ts";
import { rocFigure } from "../figures/roc.ts";
import { scoreDistributionFigure } from "../figures/scoreDistribution.ts";
import { thresholdChoicesFigure } from "../figures/thresholdChoices.ts";
import { thresholdsFigure } from "../figures/thresholdCurves.ts";
import { CANONICAL_COLUMNS, isCanonical } from "../profiles/canonical.ts";
import type { Dependence } from "./partialDependence.ts";
import { CREATOR_NAME, ENSEMBLE } from "./recipe.ts";
import type { TrainingResults } from "./results.ts";
import type { OutOfFoldScores, TrainedProfiles } from "./trained.ts";

/** What all rows of these figures are. */
const ROWS = "rows left out of training";

/** The figures of a trained model that its numbers alone draw. */
export function resultFigures(results: TrainingResults, width: number): Figure[] {
  const { calibration, leaderboard, target, threshold, thresholds } = results;
  const common = { rows: ROWS, words: classWords(target.name) };
  const figures = [
    reliabilityFigure({ ...calibration, ...common }, width),
    thresholdsFigure({ table: thresholds.table, chosen: threshold.value, rows: ROWS }, width),
    thresholdChoicesFigure({ choices: thresholds.choices, ...common }, width),
  ];
  if (leaderboard !== null) {
    const { entries, rows, folds, repeats } = leaderboard;
    const often = repeats === 1 ? "once" : repeats === 2 ? "twice" : `${repeats} times`;
    const judged = `${countOfThings(rows, "account")}, ${folds} folds, ${often}`;
    figures.push(leaderboardFigure({ entries, rows: judged, ours: oursAmong(results) }, width));
  }
  const { importance, partial_dependence: dependences } = results;
  const groups = importance.groups.map(({ group, ...fall }) => ({ feature: group, ...fall }));
  figures.push(
    permutationImportanceFigure({ features: groups, metric: "ROC AUC", rows: ROWS }, width),
    partialDependenceFigure({ curves: dependenceCurves(dependences), being: common.words.being }, width),
  );
  return figures;
}

/** What the model is called on its leaderboard. */
export function oursAmong({ questions }: Pick<TrainingResults, "questions">): string {
  return questions === null ? ENSEMBLE.name : CREATOR_NAME;
}

/** The figures of its ranking and its decisions, for which the scores are needed. */
function scoreFigures(results: TrainingResults, scores: OutOfFoldScores, width: number): Figure[] {
  const { out_of_fold: measured, target } = results;
  const { labels, probabilities } = scores;
  const { threshold, confusion, roc_auc, intervals } = measured;
  const { tp, fp, fn, tn } = confusion;
  const common = { rows: ROWS, words: classWords(target.name) };
  const chosen = { threshold, fpr: fp / (fp + tn), tpr: tp / (tp + fn) };
  const roc = { curve: rocCurve(labels, probabilities), auc: roc_auc, interval: intervals.roc_auc };
  return [
    rocFigure({ ...roc, chosen, ...common }, width),
    confusionMatrixFigure({ decisions: [{ threshold, confusion }], ...common }, width),
    scoreDistributionFigure({ scores: probabilities, labels, threshold, ...common }, width),
  ];
}

/** All figures of a training, in the order in which to look at them. */
export function trainingFigures(
  { results, outOfFold }: Pick<TrainedProfiles, "results" | "outOfFold">,
  width = REPORT_WIDTH,
): Figure[] {
  return [...scoreFigures(results, outOfFold, width), ...resultFigures(results, width)];
}

const YEAR = 365.25;

/** Partial dependences as a figure draws them: columns by their names for people, the account's age in years. */
export function dependenceCurves(dependences: readonly Dependence[]): DependenceCurve[] {
  return dependences.map(({ column, points, density }) => {
    const known = isCanonical(column);
    const unit = known ? 1 : YEAR;
    return {
      label: known ? columnInWords(column) : "account age in years",
      flag: known && CANONICAL_COLUMNS[column].type === "BOOLEAN",
      points: points.map((point) => ({ ...point, value: point.value / unit })),
      density: { edges: density.edges.map((edge) => edge / unit), counts: density.counts },
    };
  });
}
