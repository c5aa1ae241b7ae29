import { Random } from "../../../src/base/random.ts";
import { initialise } from "../../../src/network/network.ts";
import type { Examples, TrainerSettings } from "../../../src/network/trainer.ts";

/** Rows of uniform features whose label says whether a bent sum of them is above zero, one in ten flipped. */
export function syntheticExamples(rows: number, features: number, seed: number): Examples {
  const random = new Random(seed);
  const x = Float32Array.from({ length: rows * features }, () => 2 * random.uniform() - 1);
  const y = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const [first, ...others] = x.subarray(row * features, (row + 1) * features);
    const bent = others.reduce((sum, value, i) => sum + (i % 2 === 0 ? value * first : value), first);
    y[row] = bent > 0 !== random.uniform() < 0.1 ? 1 : 0;
  }
  return { x, y, rows };
}

/** Row numbers 0 to rows - 1. */
export function inOrder(rows: number): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => row);
}

/** Settings of a trainer over synthetic rows, PyTorch's Adam, seeded. */
export function settingsFor(
  shape: { rows: number; features: number; hidden: readonly number[]; batchSize: number; dropout: number },
  changes: Partial<TrainerSettings> = {},
): TrainerSettings {
  const { rows, features, hidden, batchSize, dropout } = shape;
  return {
    network: initialise(features, hidden, new Random(5)),
    train: syntheticExamples(rows, features, 6),
    valid: null,
    batchSize,
    dropout,
    learningRate: 1e-3,
    weightDecay: 0,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    dropoutRandom: new Random(7),
    validationRandom: new Random(8),
    ...changes,
  };
}
