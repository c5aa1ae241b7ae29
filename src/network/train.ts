import { setImmediate } from "node:timers/promises";
import { InsightsError } from "../base/error.ts";
import { Random } from "../base/random.ts";
import { meanCrossEntropy, meanSquaredError } from "../base/statistics.ts";
import { checkNetwork, hiddenUnits, initialise, type Network } from "./network.ts";
import { checkOptions, type EpochReport, type TrainOptions } from "./options.ts";
import { type CreateTrainer, createKernelTrainer, type Examples, type Trainer } from "./trainer.ts";

/** What training gives. */
export interface TrainResult {
  /** The best weights if `restoreBest`, otherwise the last. */
  network: Network;
  last: Network;
  /** Those with the lowest validation score, by `monitor`; the last without validation rows. */
  best: Network;
  /** Epochs trained. */
  epochs: number;
  /** The epoch after which `best` was taken, from 1. */
  bestEpoch: number;
  stopped: "early" | "max_epochs";
  /** The epochs whose validation rows were looked at; without validation rows all of them. */
  history: EpochReport[];
}

/**
 * Multiplications between two looks at the event loop: some 20 ms of the kernel's work, so that progress is shown and Ctrl-C
 * heard, however long an epoch is. Counted rather than timed: the core does not read the clock.
 */
const WORK_PER_TURN = 2e8;

/**
 * Trains a network to tell label 1 from label 0, on the WebAssembly kernel. Same rows, options and seed: same bits.
 * Gives way to the event loop every few milliseconds of work.
 *
 * @param examples rows to learn from; the number of features is `x.length / rows`
 * @param valid rows that say when to stop and which weights are best; null trains `maxEpochs` epochs
 * @throws InsightsError for an option out of range, rows that do not fit their arrays, or a loss that is no longer a number;
 *   the signal's reason when aborted
 */
export function train(
  examples: Examples,
  valid: Examples | null,
  options: TrainOptions,
): Promise<TrainResult> {
  return trainWith(createKernelTrainer, examples, valid, options);
}

/** As `train`, with a trainer of choice: the tests and the bench run the kernel's twin through the same loop. */
export async function trainWith(
  createTrainer: CreateTrainer,
  examples: Examples,
  valid: Examples | null,
  options: TrainOptions,
): Promise<TrainResult> {
  checkOptions(options);
  const inputs = featuresOf(examples, "training");
  if (valid && featuresOf(valid, "validation") !== inputs) {
    throw new InsightsError(
      `invalid validation rows: ${featuresOf(valid, "validation")} features (expected ${inputs})`,
    );
  }
  const random = new Random(options.seed);
  // Forked in this order whatever is used, so that no option moves another's draws.
  const [weights, order, dropoutRandom, validationRandom] = [0, 1, 2, 3].map((part) => random.fork(part));
  const trainer = createTrainer({
    ...options,
    network: startingNetwork(inputs, options, weights),
    train: smoothed(examples, options.labelSmoothing ?? 0),
    valid,
    dropoutRandom,
    validationRandom,
  });
  return runEpochs(trainer, examples.rows, valid, options, order);
}

async function runEpochs(
  trainer: Trainer,
  rows: number,
  valid: Examples | null,
  options: TrainOptions,
  random: Random,
): Promise<TrainResult> {
  const { batchSize, maxEpochs, validationEvery, signal } = options;
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  const rowsPerTurn = rowsWithin(WORK_PER_TURN, trainer.network(), batchSize);
  const stopping = new EarlyStopping(options.patience);
  const history: EpochReport[] = [];
  let rowsThisTurn = rowsPerTurn;
  let epoch = 0;

  while (epoch < maxEpochs && !stopping.enough) {
    epoch++;
    if (options.shuffle) random.shuffle(order);
    let lossSum = 0;
    for (let first = 0; first < rows; ) {
      if (rowsThisTurn >= rowsPerTurn) {
        await setImmediate();
        signal?.throwIfAborted();
        rowsThisTurn = 0;
      }
      const end = Math.min(rows, first + rowsPerTurn);
      trainer.trainBatches(order, first, end).forEach((loss, batch) => {
        lossSum += loss * Math.min(batchSize, end - first - batch * batchSize);
      });
      rowsThisTurn += end - first;
      first = end;
    }
    const report: EpochReport = { epoch, trainLoss: lossSum / rows, validLoss: null, validBrier: null };
    if (valid && (epoch % validationEvery === 0 || epoch === maxEpochs)) {
      const logits = trainer.validate(options.dropoutWhenValidating);
      report.validLoss = meanCrossEntropy(logits, valid.y);
      report.validBrier = meanSquaredError(logits, valid.y);
    }
    failIfDiverged(report);
    const score = options.monitor === "loss" ? report.validLoss : report.validBrier;
    if (score !== null) stopping.look(epoch, score, trainer.network);
    if (score !== null || !valid) history.push(report);
    options.onEpoch?.(report);
  }

  const last = trainer.network();
  const best = stopping.best ?? last;
  return {
    network: options.restoreBest ? best : last,
    last,
    best,
    epochs: epoch,
    bestEpoch: stopping.best ? stopping.bestEpoch : epoch,
    stopped: stopping.enough ? "early" : "max_epochs",
    history,
  };
}

/** Whole batches whose three passes (forward, and back to weights and to inputs) take about `work` multiplications. */
function rowsWithin(work: number, network: Network, batchSize: number): number {
  const weights = network.layers.reduce((sum, { inputs, outputs }) => sum + inputs * outputs, 0);
  return Math.max(1, Math.floor(work / (3 * weights * batchSize))) * batchSize;
}

function failIfDiverged({ epoch, trainLoss, validLoss }: EpochReport): void {
  if (Number.isFinite(trainLoss) && Number.isFinite(validLoss ?? 0)) return;
  throw new InsightsError(
    `training diverged: the loss of epoch ${epoch} is not a finite number (expected finite features and a learning rate small enough)`,
  );
}

function startingNetwork(inputs: number, options: TrainOptions, random: Random): Network {
  const { initial, hidden } = options;
  if (!initial) return initialise(inputs, hidden, random);
  checkNetwork(initial);
  const shape = [initial.inputs, ...hiddenUnits(initial)].join("-");
  const expected = [inputs, ...hidden].join("-");
  if (shape !== expected) throw new InsightsError(`invalid initial network: ${shape} (expected ${expected})`);
  return initial;
}

/** Labels moved towards one half by `share`, the form of label smoothing for two classes. */
function smoothed(examples: Examples, share: number): Examples {
  if (share === 0) return examples;
  return { ...examples, y: examples.y.map((label) => label * (1 - share) + share / 2) };
}

/** The number of features, after checking that rows, features and labels agree. */
function featuresOf({ x, y, rows }: Examples, which: string): number {
  if (!Number.isInteger(rows) || rows < 1) {
    throw new InsightsError(`too few ${which} rows: ${rows} (expected at least 1)`);
  }
  const features = x.length / rows;
  if (!Number.isInteger(features) || features < 1) {
    throw new InsightsError(`invalid ${which} rows: ${x.length} values in ${rows} rows`);
  }
  if (y.length !== rows) throw new InsightsError(`invalid ${which} labels: ${y.length} (expected ${rows})`);
  if (!y.every((label) => label >= 0 && label <= 1)) {
    throw new InsightsError(
      `invalid ${which} labels: ${y.find((label) => !(label >= 0 && label <= 1))} (expected 0 to 1)`,
    );
  }
  return features;
}

/** Remembers the best weights seen and says when it has looked in vain often enough. */
export class EarlyStopping {
  /** The weights with the lowest score so far; null before the first look. */
  best: Network | null = null;
  /** The epoch after which they were taken. */
  bestEpoch = 0;
  private bestScore = Number.POSITIVE_INFINITY;
  private looksInVain = 0;
  private readonly patience: number;

  /** @param patience looks without a lower score after which it is enough */
  constructor(patience: number) {
    this.patience = patience;
  }

  /**
   * Takes one look.
   *
   * @param score lower is better
   * @param weights gives a copy of the present weights, which training will not change afterwards
   */
  look(epoch: number, score: number, weights: () => Network): void {
    if (score < this.bestScore) {
      this.best = weights();
      this.bestEpoch = epoch;
      this.bestScore = score;
      this.looksInVain = 0;
    } else {
      this.looksInVain++;
    }
  }

  get enough(): boolean {
    return this.looksInVain >= this.patience;
  }
}
