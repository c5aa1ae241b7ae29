import type { Random } from "../base/random.ts";
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
