import type { Random } from "../base/random.ts";
import { BLOCK_ROWS, dropoutStreams, dropoutThreshold, instantiateKernel, reserve } from "./kernel.ts";
import { Arena, placeNetwork, readWeights, writeTable, writeWeights } from "./layout.ts";
import type { Network } from "./network.ts";

/** Rows to learn from or to judge by. */
export interface Examples {
  /** Features, row by row. */
  x: Float32Array;
  /** One label a row, 0 or 1; values between are soft labels. */
  y: Float32Array;
  rows: number;
}

/** What a trainer needs to take steps; see TrainOptions for meanings and ranges. */
export interface TrainerSettings {
  /** The weights to start from; not changed. */
  network: Network;
  train: Examples;
  valid: Examples | null;
  batchSize: number;
  dropout: number;
  learningRate: number;
  weightDecay: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  /** Seeds the dropout of training. */
  dropoutRandom: Random;
  /** Seeds the dropout of validation, where that is asked for. */
  validationRandom: Random;
}

/**
 * Takes steps of AdamW on one network. There are two: the kernel's (kernelTrainer.ts), which is used, and a plain TypeScript one
 * (twin.ts), which the tests compare it with. Both draw the same dropout masks.
 */
export interface Trainer {
  /**
   * One step a batch, over the rows order[first] to order[end - 1].
   *
   * @returns each batch's mean loss, with dropout, before its step
   */
  trainBatches(order: Int32Array, first: number, end: number): Float64Array;
  /** Logits of the validation rows. */
  validate(withDropout: boolean): Float32Array | Float64Array;
  /** A copy of the present weights. */
  network(): Network;
  /** The last batch's gradients, in the shape of the network. */
  gradients(): Network;
}

/** Makes a trainer: the kernel's, or its plain twin. */
export type CreateTrainer = (settings: TrainerSettings) => Trainer;

/**
 * The trainer on the WebAssembly kernel, with an instance and a memory of its own, which are given back when it is no longer
 * referred to. Same settings, same bits, on every machine: WebAssembly's float32 arithmetic is exact about rounding.
 *
 * @throws InsightsError when the rows do not fit into 4 GB
 */
export function createKernelTrainer(settings: TrainerSettings): Trainer {
  const { network, train, valid, batchSize, dropout } = settings;
  const { kernel, memory } = instantiateKernel();
  const arena = new Arena(kernel.heapBase());
  const placed = placeNetwork(arena, network, true);
  const dropoutState = arena.take(64);
  const validationState = arena.take(64);
  const x = arena.take(4 * train.x.length);
  const y = arena.take(4 * train.rows);
  const orderPlace = arena.take(4 * train.rows);
  const losses = arena.take(8 * Math.ceil(train.rows / batchSize));
  const validRows = valid?.rows ?? 0;
  const validX = arena.take(4 * (valid?.x.length ?? 0));
  const validLogits = arena.take(4 * validRows);
  reserve(memory, arena.end);

  const { buffer } = memory;
  writeTable(memory, placed);
  writeWeights(memory, placed, network);
  new Uint32Array(buffer, dropoutState, 16).set(dropoutStreams(settings.dropoutRandom));
  new Uint32Array(buffer, validationState, 16).set(dropoutStreams(settings.validationRandom));
  new Float32Array(buffer, x, train.x.length).set(train.x);
  new Float32Array(buffer, y, train.rows).set(train.y);
  if (valid) new Float32Array(buffer, validX, valid.x.length).set(valid.x);

  kernel.configure(placed.table, placed.layers.length, BLOCK_ROWS, placed.parameters, placed.parameterFloats);
  kernel.configureAdam(
    placed.gradients,
    placed.firstMoments,
    placed.secondMoments,
    settings.learningRate,
    settings.weightDecay,
    settings.beta1,
    settings.beta2,
    settings.epsilon,
  );
  kernel.transpose();
  const threshold = dropoutThreshold(dropout);
  const scale = 1 / (1 - dropout);

  return {
    trainBatches(order, first, end) {
      new Int32Array(buffer, orderPlace, end - first).set(order.subarray(first, end));
      kernel.trainBatches(
        x,
        y,
        orderPlace,
        0,
        end - first,
        batchSize,
        dropoutState,
        threshold,
        scale,
        losses,
      );
      return new Float64Array(buffer, losses, Math.ceil((end - first) / batchSize)).slice();
    },
    validate(withDropout) {
      kernel.infer(validX, validRows, validationState, withDropout ? threshold : 0, scale, validLogits);
      return new Float32Array(buffer, validLogits, validRows).slice();
    },
    network: () => readWeights(memory, placed, "weights"),
    gradients: () => readWeights(memory, placed, "gradients"),
  };
}
