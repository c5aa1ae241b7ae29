import { Random } from "../base/random.ts";
import { type DecisionMetrics, decisionMetrics } from "../evaluation/decision.ts";
import { type RankingMetrics, rankingMetrics } from "../evaluation/ranking.ts";
import {
  type ChosenThreshold,
  chooseThreshold,
  lowestThresholdAtPrecision,
} from "../evaluation/threshold.ts";
import { STUDY_AS_PUBLISHED, STUDY_DEFAULTS, type TrainOptions } from "../network/options.ts";
import { createPredictor } from "../network/predictor.ts";
import { type TrainResult, train } from "../network/train.ts";
import type { Examples } from "../network/trainer.ts";

/** The three parts of a study's examples. */
export interface Parts {
  readonly train: Examples;
  readonly valid: Examples;
  readonly test: Examples;
}

/** What of the network's training the user may choose. */
export type NetworkChoice = Pick<TrainOptions, "hidden" | "dropout" | "maxEpochs">;

/** One seed's network by the correct protocol, and the study's own protocol beside it. */
export interface SeedResult {
  readonly seed: number;
  readonly trained: TrainResult;
  /** Chosen on validation rows. */
  readonly threshold: ChosenThreshold;
  readonly validScores: Float64Array;
  readonly testScores: Float64Array;
  /** Decisions at 0.5 and ranking, on the test rows. */
  readonly test: DecisionMetrics & RankingMetrics;
  /** Decisions at the chosen threshold, on the test rows. */
  readonly testAtThreshold: DecisionMetrics;
  /** The study's own protocol: its threshold picked on test rows, its dropout on, its last weights. */
  readonly asPublished: DecisionMetrics;
}

/** 0 or 1 for each example. */
export function labelsOfExamples(examples: Examples): Uint8Array {
  return Uint8Array.from(examples.y);
}

/** All measures at one threshold. */
export function judge(
  labels: Uint8Array,
  scores: Float64Array,
  threshold: number,
): DecisionMetrics & RankingMetrics {
  return { ...decisionMetrics(labels, scores, threshold), ...rankingMetrics(labels, scores) };
}

/**
 * Trains and judges one seed twice. The correct protocol: batches shuffled, dropout off outside training, the best
 * weights restored, the threshold chosen on validation rows. The study's own: batches in order, dropout left on while
 * validating and predicting, the last weights kept, the lowest threshold with the wanted precision picked on test rows.
 *
 * @param minPrecision precision the threshold must reach, 0 to 1
 * @param onEpoch told the epoch of each check and which of the two trainings it is (0 or 1)
 */
export async function runSeed(
  parts: Parts,
  seed: number,
  options: {
    network: NetworkChoice;
    minPrecision: number;
    signal?: AbortSignal | undefined;
    onEpoch?: (training: 0 | 1, epoch: number, trainLoss: number, validLoss: number) => void;
  },
): Promise<SeedResult> {
  const { network, minPrecision, signal, onEpoch } = options;
  const settings = (training: 0 | 1): TrainOptions => ({
    ...(training === 0 ? STUDY_DEFAULTS : STUDY_AS_PUBLISHED),
    ...network,
    seed,
    ...(signal === undefined ? {} : { signal }),
    onEpoch: ({ epoch, trainLoss, validLoss }) => {
      if (validLoss !== null) onEpoch?.(training, epoch, trainLoss, validLoss);
    },
  });
  const trained = await train(parts.train, parts.valid, settings(0));
  const validLabels = labelsOfExamples(parts.valid);
  const testLabels = labelsOfExamples(parts.test);
  const predictor = createPredictor(trained.network);
  const validScores = predictor.probabilities(parts.valid.x, parts.valid.rows);
  const testScores = predictor.probabilities(parts.test.x, parts.test.rows);
  const threshold = chooseThreshold(validLabels, validScores, { minPrecision });

  const replayed = await train(parts.train, parts.valid, settings(1));
  const noisy = createPredictor(replayed.network).probabilitiesWithDropout(
    parts.test.x,
    parts.test.rows,
    network.dropout,
    new Random(seed),
  );
  const picked = lowestThresholdAtPrecision(testLabels, noisy, minPrecision);
  return {
    seed,
    trained,
    threshold,
    validScores,
    testScores,
    test: judge(testLabels, testScores, 0.5),
    testAtThreshold: decisionMetrics(testLabels, testScores, threshold.value),
    asPublished: decisionMetrics(testLabels, noisy, picked.value),
  };
}
