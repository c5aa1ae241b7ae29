import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inOrder } from "../../test/support/network/examples.ts";
import { createTwinTrainer } from "../../test/support/network/twin.ts";
import { Random } from "../base/random.ts";
import type { Network } from "./network.ts";
import { createPredictor } from "./predictor.ts";
import { createKernelTrainer, type Examples, type TrainerSettings } from "./trainer.ts";

interface StoredLayer {
  weight: number[][];
  bias: number[];
}

function networkOf(stored: readonly StoredLayer[]): Network {
  const layers = stored.map(({ weight, bias }) => ({
    weight: Float32Array.from(weight.flat()),
    bias: Float32Array.from(bias),
    inputs: weight[0].length,
    outputs: bias.length,
  }));
  return { inputs: layers[0].inputs, layers };
}

function examplesOf(x: readonly number[][], y: readonly number[]): Examples {
  return { x: Float32Array.from(x.flat()), y: Float32Array.from(y), rows: y.length };
}

const PYTORCH_ADAM = { learningRate: 1e-3, weightDecay: 0, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

function settingsOf(network: Network, train: Examples, batchSize: number): TrainerSettings {
  return {
    network,
    train,
    valid: null,
    batchSize,
    dropout: 0,
    ...PYTORCH_ADAM,
    dropoutRandom: new Random(0),
    validationRandom: new Random(0),
  };
}

function largestRelative(values: ArrayLike<number>, expected: readonly number[]): number {
  expect(values.length).toBe(expected.length);
  return Math.max(...expected.map((value, i) => Math.abs(values[i] / value - 1)));
}

/**
 * Made by PyTorch 1.13 in float64: torch.optim.AdamW(params, lr, weight_decay) on BCEWithLogitsLoss, batches in row order,
 * starting again at row 0 after the last.
 */
const fixture = JSON.parse(
  readFileSync(new URL("../../test/fixtures/network.json", import.meta.url), "utf8"),
) as {
  x: number[][];
  y: number[];
  cases: {
    hidden: number[];
    batch: number;
    learning_rate: number;
    weight_decay: number;
    init: StoredLayer[];
    first_gradients: (number[] | number[][])[];
    losses: number[];
    final_logits: number[];
  }[];
};

describe.each([
  ["the kernel", createKernelTrainer],
  ["the twin", createTwinTrainer],
])("%s follows PyTorch's AdamW", (_, createTrainer) => {
  it.each(fixture.cases)("hidden $hidden, batch $batch, weight decay $weight_decay", (expected) => {
    const train = examplesOf(fixture.x, fixture.y);
    const trainer = createTrainer({
      ...settingsOf(networkOf(expected.init), train, expected.batch),
      learningRate: expected.learning_rate,
      weightDecay: expected.weight_decay,
    });
    const order = inOrder(train.rows);
    const losses = [...trainer.trainBatches(order, 0, expected.batch)];
    const gradients = trainer.gradients().layers.flatMap(({ weight, bias }) => [weight, bias]);
    expected.first_gradients.forEach((values, i) => {
      const largest = Math.max(...values.flat().map((value, k) => Math.abs(value - gradients[i][k])));
      expect(largest).toBeLessThan(1e-6);
    });
    for (let first = expected.batch; losses.length < expected.losses.length; ) {
      if (first >= train.rows) first = 0;
      const end = Math.min(train.rows, first + expected.batch);
      losses.push(...trainer.trainBatches(order, first, end));
      first = end;
    }
    expect(largestRelative(losses, expected.losses)).toBeLessThan(1e-5);
    const logits = createPredictor(trainer.network()).logits(train.x, train.rows);
    expected.final_logits.forEach((logit, row) => {
      expect(Math.abs(logits[row] - logit)).toBeLessThan(1e-4);
    });
  });
});

const shared = (file: string) => new URL(`../../../shared/reference/${file}`, import.meta.url);
const missing = !["network-trajectory.json", "original-features.csv", "split.json"].every((file) =>
  existsSync(shared(file)),
);

/** 9-64-64-64-1 on the original study's training rows: PyTorch float64, 100 epochs of two batches, no dropout. */
describe.skipIf(missing)("200 steps on the original study's rows", () => {
  const read = (file: string) => readFileSync(shared(file), "utf8");

  it("follow PyTorch's losses and end at its probabilities", () => {
    const expected = JSON.parse(read("network-trajectory.json")) as {
      init: StoredLayer[];
      losses: number[];
      first_gradient_norms: number[];
      test_probabilities: number[];
    };
    const split = JSON.parse(read("split.json")) as { train: number[]; test: number[] };
    const rows = read("original-features.csv")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(",").map(Number));
    const pick = (numbers: number[]) =>
      examplesOf(
        numbers.map((row) => rows[row].slice(1, -1)),
        numbers.map((row) => rows[row][10]),
      );
    const train = pick(split.train);
    const test = pick(split.test);
    const order = inOrder(train.rows);

    const trainer = createKernelTrainer(settingsOf(networkOf(expected.init), train, 512));
    const losses = [...trainer.trainBatches(order, 0, 512)];
    const norms = trainer
      .gradients()
      .layers.flatMap(({ weight, bias }) => [weight, bias].map((part) => Math.hypot(...part)));
    expect(largestRelative(norms, expected.first_gradient_norms)).toBeLessThan(1e-4);
    losses.push(...trainer.trainBatches(order, 512, 640));
    for (let epoch = 1; epoch < 100; epoch++) losses.push(...trainer.trainBatches(order, 0, 640));
    expect(losses).toHaveLength(200);
    expect(largestRelative(losses, expected.losses)).toBeLessThan(1e-4);
    const probabilities = createPredictor(trainer.network()).probabilities(test.x, test.rows);
    expected.test_probabilities.forEach((probability, row) => {
      expect(Math.abs(probabilities[row] - probability)).toBeLessThan(1e-3);
    });
  });
});
