import { daysSinceLastPostFigure } from "../../../src/figures/activityHistograms.ts";
import { confusionMatrixFigure } from "../../../src/figures/confusionMatrix.ts";
import type { Figure, FigureOptions } from "../../../src/figures/figure.ts";
import { likesPerVideoCountFigure } from "../../../src/figures/likesPerVideoCount.ts";
import { miScoresFigure } from "../../../src/figures/miScores.ts";
import { permutationImportanceFigure } from "../../../src/figures/permutationImportance.ts";
import { precisionRecallTradeoffFigure } from "../../../src/figures/precisionRecallTradeoff.ts";
import { rocFigure } from "../../../src/figures/roc.ts";
import { followersPerRatioFigure, likesVsFollowersFigure } from "../../../src/figures/scatterPlots.ts";
import { scoreDistributionFigure } from "../../../src/figures/scoreDistribution.ts";
import { trainingCurveFigure } from "../../../src/figures/trainingCurve.ts";
import { ACTIVITY_EDGES, ACTIVITY_PICTURES } from "./activityPictures.ts";
import { DRIFT_EDGES, DRIFT_PICTURES } from "./driftPictures.ts";
import * as example from "./examples.ts";
import { INSIDE_EDGES, INSIDE_PICTURES } from "./insidePictures.ts";
import { MODEL_EDGES, MODEL_PICTURES } from "./modelPictures.ts";
import { TUNING_EDGES, TUNING_PICTURES } from "./tuningPictures.ts";

/** A figure waiting for its width. */
export type Picture = (options?: FigureOptions) => Figure;

/** Every figure with example data, by name. */
export const PICTURES: Readonly<Record<string, Picture>> = {
  "mi-scores": (options) =>
    miScoresFigure({ table: example.exampleInformation, target: "engagement" }, options),
  "likes-vs-followers": (options) => likesVsFollowersFigure(example.exampleLikes, options),
  "followers-per-ratio": (options) => followersPerRatioFigure(example.exampleRatio, options),
  "likes-per-videocount": (options) => likesPerVideoCountFigure(example.exampleVideos, options),
  "precision-recall-tradeoff": (options) => precisionRecallTradeoffFigure(example.exampleTradeoff, options),
  "training-curve": (options) => trainingCurveFigure(example.exampleTraining, options),
  roc: (options) => rocFigure(example.exampleRoc, options),
  "confusion-matrix": (options) => confusionMatrixFigure(example.exampleConfusion, options),
  "score-distribution": (options) => scoreDistributionFigure(example.exampleDistribution, options),
  "permutation-importance": (options) => permutationImportanceFigure(example.exampleImportances, options),
  "days-since-last-post": (options) => daysSinceLastPostFigure(example.exampleActivity, options),
  ...ACTIVITY_PICTURES,
  ...MODEL_PICTURES,
  ...INSIDE_PICTURES,
  ...DRIFT_PICTURES,
  ...TUNING_PICTURES,
};

const float = (...values: number[]) => Float64Array.from(values);
const none = { precision: float(1), recall: float(0), thresholds: float() };
const line = { slope: 1, intercept: 0, r2: 1, curve: [] };
const account = { followers: 120, likes: 900 };
const scatter = { rows: 1, missing: 0, leftOut: 0, limit: 29_000_000, linear: null, power: null };
const confusion = { tp: 0, fp: 0, fn: 0, tn: 0 };
const score = (value: number) => ({ score: value, shuffled: 0.001, kind: "numeric" as const });

/** Figures at the edge of their data: nothing, one row, all one value, the smallest and the largest. */
export const EDGES: Readonly<Record<string, Picture>> = {
  "mi-scores without columns": (options) =>
    miScoresFigure({ table: { corrected: {}, published: {} }, target: "engagement" }, options),
  "mi-scores of one column": (options) =>
    miScoresFigure(
      { table: { corrected: { likes: score(0) }, published: {} }, target: "engagement" },
      options,
    ),
  "mi-scores with negative scores": (options) =>
    miScoresFigure(
      { table: { corrected: { likes: score(-0.02) }, published: { likes: score(0.3) } }, target: "a > 1" },
      options,
    ),
  "likes-vs-followers without points": (options) =>
    likesVsFollowersFigure({ ...scatter, points: [], rows: 0 }, options),
  "likes-vs-followers of one account": (options) =>
    likesVsFollowersFigure({ ...scatter, points: [account] }, options),
  "likes-vs-followers all zero": (options) =>
    likesVsFollowersFigure(
      { ...scatter, points: [{ followers: 0, likes: 0 }], linear: line, power: line },
      options,
    ),
  "likes-vs-followers all one value": (options) =>
    likesVsFollowersFigure({ ...scatter, points: [account, account, account], rows: 3 }, options),
  "likes-vs-followers sampled": (options) =>
    likesVsFollowersFigure({ ...example.exampleLikes, rows: 1_234_567, missing: 98_765 }, options),
  "followers-per-ratio without points": (options) =>
    followersPerRatioFigure({ points: [], rows: 0, missing: 4, withoutVideos: 2 }, options),
  "followers-per-ratio of narrow range": (options) =>
    followersPerRatioFigure(
      {
        points: [1000, 1500, 2100].map((followers) => ({ followers, likes_per_video: followers / 1e5 })),
        rows: 3,
        missing: 0,
        withoutVideos: 0,
      },
      options,
    ),
  "followers-per-ratio of wide range": (options) =>
    followersPerRatioFigure(
      {
        points: [1e-4, 0.3, 20, 5e9].map((ratio, i) => ({
          followers: 10 ** (3 * i),
          likes_per_video: ratio,
        })),
        rows: 4,
        missing: 0,
        withoutVideos: 0,
      },
      options,
    ),
  "likes-per-videocount without rows": (options) =>
    likesPerVideoCountFigure({ counts: [], peaks: [], rows: 0, leftOut: 0, missing: 0, limit: 200 }, options),
  "likes-per-videocount of one count": (options) =>
    likesPerVideoCountFigure(
      {
        counts: [{ videos_count: 0, accounts: 1, mean: 0, low: 0, high: 0 }],
        peaks: [0],
        rows: 1,
        leftOut: 0,
        missing: 0,
        limit: 200,
      },
      options,
    ),
  "precision-recall-tradeoff without thresholds": (options) =>
    precisionRecallTradeoffFigure({ curve: none, chosen: null, rows: "validation rows" }, options),
  "precision-recall-tradeoff chosen at the left end": (options) =>
    precisionRecallTradeoffFigure(
      { ...example.exampleTradeoff, chosen: { value: 0.0004, precision: 0.5, recall: 1 } },
      options,
    ),
  "precision-recall-tradeoff chosen at the right end": (options) =>
    precisionRecallTradeoffFigure(
      { ...example.exampleTradeoff, chosen: { value: 1, precision: 1, recall: 0.001 } },
      options,
    ),
  "training-curve without checks": (options) =>
    trainingCurveFigure({ history: [], bestEpoch: 0, epochs: 0, stopped: "max_epochs" }, options),
  "training-curve of one check": (options) =>
    trainingCurveFigure(
      {
        history: [{ epoch: 1, trainLoss: 0.6, validLoss: 0.6 }],
        bestEpoch: 1,
        epochs: 1,
        stopped: "max_epochs",
      },
      options,
    ),
  "training-curve without validation": (options) =>
    trainingCurveFigure(
      {
        history: Array.from({ length: 10_000 }, (_, i) => ({
          epoch: i + 1,
          trainLoss: 0.7 / (i + 1),
          validLoss: null,
        })),
        bestEpoch: 10_000,
        epochs: 10_000,
        stopped: "max_epochs",
      },
      options,
    ),
  "roc of perfect scores": (options) =>
    rocFigure(
      {
        curve: { fpr: float(0, 0, 1), tpr: float(0, 1, 1), thresholds: float(2, 1, 0) },
        auc: 1,
        rows: "test rows",
        chosen: { threshold: 1, fpr: 0, tpr: 1 },
      },
      options,
    ),
  "roc with everything chosen": (options) =>
    rocFigure({ ...example.exampleRoc, chosen: { threshold: 0.001, fpr: 1, tpr: 1 } }, options),
  "confusion-matrix of nothing": (options) =>
    confusionMatrixFigure({ decisions: [{ threshold: 0.5, confusion }], rows: "test rows" }, options),
  "confusion-matrix of millions": (options) =>
    confusionMatrixFigure(
      {
        decisions: [0.5, 0.0004].map((threshold) => ({
          threshold,
          confusion: { tp: 12_345_678, fp: 0, fn: 1, tn: 987_654_321 },
        })),
        rows: "test rows",
      },
      options,
    ),
  "score-distribution of nothing": (options) =>
    scoreDistributionFigure(
      { scores: float(), labels: new Uint8Array(), threshold: 0.5, rows: "test rows" },
      options,
    ),
  "score-distribution of one score": (options) =>
    scoreDistributionFigure(
      { scores: float(1), labels: Uint8Array.of(1), threshold: 0.98, rows: "test rows" },
      options,
    ),
  "score-distribution of many": (options) =>
    scoreDistributionFigure(
      { ...example.exampleScores(60_000, 1), threshold: 0.02, rows: "test rows" },
      options,
    ),
  "permutation-importance without features": (options) =>
    permutationImportanceFigure({ features: [], metric: "F1", rows: "test rows" }, options),
  "permutation-importance all zero": (options) =>
    permutationImportanceFigure(
      { features: [{ feature: "likes", mean: 0, low: 0, high: 0 }], metric: "ROC AUC", rows: "test rows" },
      options,
    ),
  "permutation-importance of 30 features": (options) =>
    permutationImportanceFigure(
      { features: example.exampleImportance(30, 8), metric: "ROC AUC", rows: "test rows" },
      options,
    ),
  "permutation-importance of tiny falls": (options) =>
    permutationImportanceFigure(
      {
        features: [{ feature: "likes", mean: -0.0003, low: -0.0008, high: 0.0002 }],
        metric: "F1",
        rows: "test rows",
      },
      options,
    ),
  "days-since-last-post of nobody": (options) =>
    daysSinceLastPostFigure({ days: float(), snapshot: "nowhere" }, options),
  "days-since-last-post all today": (options) =>
    daysSinceLastPostFigure({ days: float(0, 0.2), snapshot: "today" }, options),
  "days-since-last-post all a week ago": (options) =>
    daysSinceLastPostFigure({ days: float(30, 29), snapshot: "today" }, options),
  ...ACTIVITY_EDGES,
  ...MODEL_EDGES,
  ...INSIDE_EDGES,
  ...DRIFT_EDGES,
  ...TUNING_EDGES,
};
