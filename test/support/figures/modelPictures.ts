import { classWords } from "../../../src/figures/classWords.ts";
import { confusionMatrixFigure } from "../../../src/figures/confusionMatrix.ts";
import type { Figure } from "../../../src/figures/figure.ts";
import { leaderboardFigure } from "../../../src/figures/leaderboard.ts";
import { reliabilityFigure } from "../../../src/figures/reliability.ts";
import { rocFigure } from "../../../src/figures/roc.ts";
import { scoreDistributionFigure } from "../../../src/figures/scoreDistribution.ts";
import { thresholdChoicesFigure } from "../../../src/figures/thresholdChoices.ts";
import { thresholdsFigure } from "../../../src/figures/thresholdCurves.ts";
import { exampleConfusion, exampleDistribution, exampleRoc } from "./examples.ts";
import * as example from "./modelExamples.ts";

type Picture = (width?: number) => Figure;

/** Figures of a trained model with example data, by name. */
export const MODEL_PICTURES: Readonly<Record<string, Picture>> = {
  reliability: (width) => reliabilityFigure(example.exampleReliability, width),
  leaderboard: (width) => leaderboardFigure(example.exampleLeaderboard, width),
  thresholds: (width) => thresholdsFigure(example.exampleThresholds, width),
  "threshold-choices": (width) => thresholdChoicesFigure(example.exampleChoices, width),
};

const words = classWords("creator");
const nothing = {
  threshold: [0, 1],
  precision: [null, null],
  recall: [0, 0],
  f1: [0, 0],
  queue_rate: [0, 0],
};
const none = { selected: 0, right: 0, wrong: 0, missed: 0 };

/** The same at the edge of their data, and figures of the study with the words of another target. */
export const MODEL_EDGES: Readonly<Record<string, Picture>> = {
  "reliability of one group": (width) =>
    reliabilityFigure(
      {
        ...example.exampleReliability,
        curve: [],
        bins: [{ rows: 1, predicted: 0, observed: 1, low: 0.2, high: 1 }],
      },
      width,
    ),
  "leaderboard of one": (width) =>
    leaderboardFigure(
      {
        ...example.exampleLeaderboard,
        entries: [{ name: "ensemble", roc_auc: { value: 1, low: 1, high: 1 }, training_ms: 0 }],
      },
      width,
    ),
  "leaderboard worse than guessing": (width) =>
    leaderboardFigure(
      {
        ...example.exampleLeaderboard,
        entries: [{ name: "network", roc_auc: { value: 0.2, low: 0, high: 0.7 }, training_ms: 3 }],
      },
      width,
    ),
  "thresholds of nothing picked": (width) =>
    thresholdsFigure({ table: nothing, chosen: 1.2, rows: "rows" }, width),
  "threshold-choices of nothing": (width) =>
    thresholdChoicesFigure({ choices: [], rows: "rows", words }, width),
  "threshold-choices of one that picks nothing": (width) =>
    thresholdChoicesFigure(
      { choices: [{ name: "the best F1", asked: true, value: 0.9999, per_1000: none }], rows: "rows" },
      width,
    ),
  "roc of creators": (width) => rocFigure({ ...exampleRoc, words }, width),
  "confusion-matrix of creators": (width) => confusionMatrixFigure({ ...exampleConfusion, words }, width),
  "score-distribution of positives": (width) =>
    scoreDistributionFigure({ ...exampleDistribution, words: classWords("column:label") }, width),
};
