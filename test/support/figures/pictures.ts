import { daysSinceLastPostFigure } from "../../../src/figures/activityHistograms.ts";
import { confusionMatrixFigure } from "../../../src/figures/confusionMatrix.ts";
import type { Figure } from "../../../src/figures/figure.ts";
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
export type Picture = (width?: number) => Figure;

/** Every figure with example data, by name. */
export const PICTURES: Readonly<Record<string, Picture>> = {
  "mi-scores": (width) => miScoresFigure({ table: example.exampleInformation, target: "engagement" }, width),
  "likes-vs-followers": (width) => likesVsFollowersFigure(example.exampleLikes, width),
  "followers-per-ratio": (width) => followersPerRatioFigure(example.exampleRatio, width),
  "likes-per-videocount": (width) => likesPerVideoCountFigure(example.exampleVideos, width),
  "precision-recall-tradeoff": (width) => precisionRecallTradeoffFigure(example.exampleTradeoff, width),
  "training-curve": (width) => trainingCurveFigure(example.exampleTraining, width),
  roc: (width) => rocFigure(example.exampleRoc, width),
  "confusion-matrix": (width) => confusionMatrixFigure(example.exampleConfusion, width),
  "score-distribution": (width) => scoreDistributionFigure(example.exampleDistribution, width),
  "permutation-importance": (width) => permutationImportanceFigure(example.exampleImportances, width),
  "days-since-last-post": (width) => daysSinceLastPostFigure(example.exampleActivity, width),
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
  "mi-scores without columns": (width) =>
    miScoresFigure({ table: { corrected: {}, published: {} }, target: "engagement" }, width),
  "mi-scores of one column": (width) =>
    miScoresFigure({ table: { corrected: { likes: score(0) }, published: {} }, target: "engagement" }, width),
  "mi-scores with negative scores": (width) =>
    miScoresFigure(
      { table: { corrected: { likes: score(-0.02) }, published: { likes: score(0.3) } }, target: "a > 1" },
      width,
    ),
  "likes-vs-followers without points": (width) =>
    likesVsFollowersFigure({ ...scatter, points: [], rows: 0 }, width),
  "likes-vs-followers of one account": (width) =>
    likesVsFollowersFigure({ ...scatter, points: [account] }, width),
  "likes-vs-followers all zero": (width) =>
    likesVsFollowersFigure(
      { ...scatter, points: [{ followers: 0, likes: 0 }], linear: line, power: line },
      width,
    ),
  "likes-vs-followers all one value": (width) =>
    likesVsFollowersFigure({ ...scatter, points: [account, account, account], rows: 3 }, width),
  "likes-vs-followers sampled": (width) =>
    likesVsFollowersFigure({ ...example.exampleLikes, rows: 1_234_567, missing: 98_765 }, width),
  "followers-per-ratio without points": (width) =>
    followersPerRatioFigure({ points: [], rows: 0, missing: 4, withoutVideos: 2 }, width),
  "followers-per-ratio of narrow range": (width) =>
    followersPerRatioFigure(
      {
        points: [1000, 1500, 2100].map((followers) => ({ followers, likes_per_video: followers / 1e5 })),
        rows: 3,
        missing: 0,
        withoutVideos: 0,
      },
      width,
    ),
  "followers-per-ratio of wide range": (width) =>
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
      width,
    ),
  "likes-per-videocount without rows": (width) =>
    likesPerVideoCountFigure({ counts: [], peaks: [], rows: 0, leftOut: 0, missing: 0, limit: 200 }, width),
  "likes-per-videocount of one count": (width) =>
    likesPerVideoCountFigure(
      {
        counts: [{ videos_count: 0, accounts: 1, mean: 0, low: 0, high: 0 }],
        peaks: [0],
        rows: 1,
        leftOut: 0,
        missing: 0,
        limit: 200,
      },
      width,
    ),
  "precision-recall-tradeoff without thresholds": (width) =>
    precisionRecallTradeoffFigure({ curve: none, chosen: null, rows: "validation rows" }, width),
  "precision-recall-tradeoff chosen at the left end": (width) =>
    precisionRecallTradeoffFigure(
      { ...example.exampleTradeoff, chosen: { value: 0.0004, precision: 0.5, recall: 1 } },
      width,
    ),
  "precision-recall-tradeoff chosen at the right end": (width) =>
    precisionRecallTradeoffFigure(
      { ...example.exampleTradeoff, chosen: { value: 1, precision: 1, recall: 0.001 } },
      width,
    ),
  "training-curve without checks": (width) =>
    trainingCurveFigure({ history: [], bestEpoch: 0, epochs: 0, stopped: "max_epochs" }, width),
  "training-curve of one check": (width) =>
    trainingCurveFigure(
      {
        history: [{ epoch: 1, trainLoss: 0.6, validLoss: 0.6 }],
        bestEpoch: 1,
        epochs: 1,
        stopped: "max_epochs",
      },
      width,
    ),
  "training-curve without validation": (width) =>
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
      width,
    ),
  "roc of perfect scores": (width) =>
    rocFigure(
      {
        curve: { fpr: float(0, 0, 1), tpr: float(0, 1, 1), thresholds: float(2, 1, 0) },
        auc: 1,
        rows: "test rows",
        chosen: { threshold: 1, fpr: 0, tpr: 1 },
      },
      width,
    ),
  "roc with everything chosen": (width) =>
    rocFigure({ ...example.exampleRoc, chosen: { threshold: 0.001, fpr: 1, tpr: 1 } }, width),
  "confusion-matrix of nothing": (width) =>
    confusionMatrixFigure({ decisions: [{ threshold: 0.5, confusion }], rows: "test rows" }, width),
  "confusion-matrix of millions": (width) =>
    confusionMatrixFigure(
      {
        decisions: [0.5, 0.0004].map((threshold) => ({
          threshold,
          confusion: { tp: 12_345_678, fp: 0, fn: 1, tn: 987_654_321 },
        })),
        rows: "test rows",
      },
      width,
    ),
  "score-distribution of nothing": (width) =>
    scoreDistributionFigure(
      { scores: float(), labels: new Uint8Array(), threshold: 0.5, rows: "test rows" },
      width,
    ),
  "score-distribution of one score": (width) =>
    scoreDistributionFigure(
      { scores: float(1), labels: Uint8Array.of(1), threshold: 0.98, rows: "test rows" },
      width,
    ),
  "score-distribution of many": (width) =>
    scoreDistributionFigure(
      { ...example.exampleScores(60_000, 1), threshold: 0.02, rows: "test rows" },
      width,
    ),
  "permutation-importance without features": (width) =>
    permutationImportanceFigure({ features: [], metric: "F1", rows: "test rows" }, width),
  "permutation-importance all zero": (width) =>
    permutationImportanceFigure(
      { features: [{ feature: "likes", mean: 0, low: 0, high: 0 }], metric: "ROC AUC", rows: "test rows" },
      width,
    ),
  "permutation-importance of 30 features": (width) =>
    permutationImportanceFigure(
      { features: example.exampleImportance(30, 8), metric: "ROC AUC", rows: "test rows" },
      width,
    ),
  "permutation-importance of tiny falls": (width) =>
    permutationImportanceFigure(
      {
        features: [{ feature: "likes", mean: -0.0003, low: -0.0008, high: 0.0002 }],
        metric: "F1",
        rows: "test rows",
      },
      width,
    ),
  "days-since-last-post of nobody": (width) =>
    daysSinceLastPostFigure({ days: float(), snapshot: "nowhere" }, width),
  "days-since-last-post all today": (width) =>
    daysSinceLastPostFigure({ days: float(0, 0.2), snapshot: "today" }, width),
  "days-since-last-post all a week ago": (width) =>
    daysSinceLastPostFigure({ days: float(30, 29), snapshot: "today" }, width),
  ...ACTIVITY_EDGES,
  ...MODEL_EDGES,
  ...INSIDE_EDGES,
  ...DRIFT_EDGES,
  ...TUNING_EDGES,
};
