import type { StepGroup } from "../features/presets.ts";
import { STUDY_DEFAULTS, type TrainOptions } from "../network/options.ts";

/** How the networks of one fold are trained: all of them the same way, but for the seed. */
export interface Recipe {
  /** Its name, for tables. */
  readonly name: string;
  /**
   * By gradient descent, or one of two baselines, which are networks too: the feature that alone ranks the training rows best,
   * and nothing at all, which calls every row what most of them are.
   */
  readonly method: "descent" | "best feature" | "majority";
  /** Networks a fold. Their logits are averaged. */
  readonly networks: number;
  /** Share of the training rows that a network sees once more without their dates, for files that have none: 0 to 1. */
  readonly withoutDates: number;
  /** Units of each hidden layer; empty for logistic regression. */
  readonly hidden: readonly number[];
  readonly dropout: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  /** Passes over the training rows; fewer where there are more than `mostRows`. */
  readonly epochs: number;
  /** Rows a step; more where there are many, so that an epoch has no more steps than the network needs. */
  readonly batchSize: number;
  /**
   * How far labels are moved towards the target's degree, where it has one, 0 to 1. An account just over a line says
   * less than one far beyond it.
   */
  readonly degreeShare: number;
  /** Share by which labels are moved towards one half, after that; 0 to 1. */
  readonly labelSmoothing: number;
  /** Groups of features that no network sees. */
  readonly without: readonly StepGroup[];
  /** The study's own protocol: a part of the training rows says when to stop. */
  readonly earlyStopping: boolean;
}

/** Our network, averaged over several. Chosen by repeated cross-validation with other seeds than the bench's. */
export const ENSEMBLE: Recipe = {
  name: "ensemble",
  method: "descent",
  networks: 16,
  withoutDates: 0.25,
  hidden: [64, 64],
  dropout: 0.4,
  learningRate: 2e-3,
  weightDecay: 1.5,
  epochs: 40,
  batchSize: 64,
  degreeShare: 0.5,
  labelSmoothing: 0,
  without: [],
  earlyStopping: false,
};

/** One network of the ensemble's kind. */
export const SINGLE: Recipe = { ...ENSEMBLE, name: "network", networks: 1 };

/** Logistic regression, by the same trainer on the same features. */
export const LOGISTIC: Recipe = {
  ...SINGLE,
  name: "logistic regression",
  hidden: [],
  dropout: 0,
  learningRate: 1e-2,
  weightDecay: 1e-2,
  degreeShare: 0,
};

/** The original study's network, as its mended protocol trains it. */
export const STUDY: Recipe = {
  ...SINGLE,
  name: "study's network",
  hidden: STUDY_DEFAULTS.hidden,
  dropout: STUDY_DEFAULTS.dropout,
  learningRate: STUDY_DEFAULTS.learningRate,
  weightDecay: 0,
  epochs: STUDY_DEFAULTS.maxEpochs,
  batchSize: STUDY_DEFAULTS.batchSize,
  degreeShare: 0,
  earlyStopping: true,
};

/** The best rule that looks at one feature. */
export const BEST_FEATURE: Recipe = { ...LOGISTIC, name: "best single feature", method: "best feature" };

/** What anything has to beat. */
export const MAJORITY: Recipe = { ...LOGISTIC, name: "majority", method: "majority" };

/** Steps that an epoch may have before batches grow. */
const STEPS = 16;

const MOST_BATCH = 1024;

/** Rows that a network is shown in all before epochs become fewer, and the fewest epochs. */
const MOST_ROWS = 8_000_000;
const FEWEST_EPOCHS = 3;

/**
 * The trainer's options for one network of a recipe.
 *
 * @param rows training rows
 * @param seed of weights, order and dropout
 */
export function trainOptions(recipe: Recipe, rows: number, seed: number): TrainOptions {
  const { hidden, dropout, learningRate, weightDecay, epochs, batchSize, earlyStopping } = recipe;
  const { labelSmoothing } = recipe;
  const common = { ...STUDY_DEFAULTS, hidden, dropout, learningRate, weightDecay, labelSmoothing, seed };
  if (earlyStopping) return { ...common, batchSize, maxEpochs: epochs };
  const grown = 2 ** Math.floor(Math.log2(rows / STEPS));
  return {
    ...common,
    batchSize: Math.max(batchSize, Math.min(MOST_BATCH, grown)),
    maxEpochs: Math.min(epochs, Math.max(FEWEST_EPOCHS, Math.floor(MOST_ROWS / rows))),
    restoreBest: false,
  };
}
