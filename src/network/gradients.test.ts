import { describe, expect, it } from "vitest";
import { inOrder, settingsFor } from "../../test/support/network/examples.ts";
import { drawMasks, naiveLogits, naiveNetwork } from "../../test/support/network/naive.ts";
import { createTwinTrainer } from "../../test/support/network/twin.ts";
import { Random } from "../base/random.ts";
import { meanCrossEntropy } from "../base/statistics.ts";
import type { Network } from "./network.ts";
import { createKernelTrainer } from "./trainer.ts";

/** Odd widths, 0 to 4 hidden layers, odd batches; 65 and 130 rows take more than one block. */
const SHAPES: { features: number; hidden: number[]; batchSize: number }[] = [
  { features: 9, hidden: [], batchSize: 33 },
  { features: 1, hidden: [], batchSize: 1 },
  { features: 5, hidden: [1], batchSize: 7 },
  { features: 3, hidden: [5], batchSize: 1 },
  { features: 4, hidden: [8], batchSize: 65 },
  { features: 7, hidden: [13, 3], batchSize: 2 },
  { features: 13, hidden: [12, 16], batchSize: 33 },
  { features: 1, hidden: [3, 7, 5], batchSize: 33 },
  { features: 9, hidden: [6, 7, 9], batchSize: 130 },
  { features: 5, hidden: [7, 13, 1, 3], batchSize: 7 },
  { features: 2, hidden: [5, 3, 13, 7], batchSize: 33 },
];

function flat(network: Network): number[] {
  return network.layers.flatMap(({ weight, bias }) => [...weight, ...bias]);
}

function largestDifference(a: readonly number[], b: readonly number[]): number {
  expect(a.length).toBe(b.length);
  return Math.max(...a.map((value, i) => Math.abs(value - b[i])));
}

describe.each(SHAPES)(
  "gradients of $features-$hidden-1, batch $batchSize",
  ({ features, hidden, batchSize }) => {
    it.each([0, 0.2, 0.5])("equal central finite differences and the twin's, dropout %d", (dropout) => {
      const settings = () => settingsFor({ rows: batchSize, features, hidden, batchSize, dropout });
      const { network, train } = settings();
      const order = inOrder(batchSize);
      const kernel = createKernelTrainer(settings());
      const twin = createTwinTrainer(settings());
      const loss = kernel.trainBatches(order, 0, batchSize)[0];
      expect(loss).toBeCloseTo(twin.trainBatches(order, 0, batchSize)[0], 6);
      const gradients = flat(kernel.gradients());
      expect(Math.max(...gradients.map(Math.abs))).toBeGreaterThan(1e-4);
      expect(largestDifference(gradients, flat(twin.gradients()))).toBeLessThan(1e-5);

      const masks =
        dropout > 0 ? drawMasks(network, batchSize, dropout, settings().dropoutRandom) : undefined;
      const naive = naiveNetwork(network);
      const lossNow = () => meanCrossEntropy(naiveLogits(naive, train.x, batchSize, dropout, masks), train.y);
      expect(loss).toBeCloseTo(lossNow(), 6);
      const rows = naive.weight.flatMap((weight, layer) => [...weight, naive.bias[layer]]);
      const differences = rows.flatMap((row) =>
        row.map((value, i) => {
          row[i] = value + 1e-6;
          const above = lossNow();
          row[i] = value - 1e-6;
          const below = lossNow();
          row[i] = value;
          return (above - below) / 2e-6;
        }),
      );
      expect(largestDifference(gradients, differences)).toBeLessThan(1e-5);
    });
  },
);

describe("kernel and twin", () => {
  it.each([
    { features: 9, hidden: [64, 64, 64], batchSize: 100, dropout: 0.2 },
    { features: 5, hidden: [7, 13], batchSize: 33, dropout: 0.3 },
    { features: 3, hidden: [], batchSize: 7, dropout: 0 },
  ])("follow the same path over many uneven batches in a drawn order: $hidden", (shape) => {
    const changes = () => ({ weightDecay: 0.01, learningRate: 3e-3 });
    const kernel = createKernelTrainer(settingsFor({ rows: 250, ...shape }, changes()));
    const twin = createTwinTrainer(settingsFor({ rows: 250, ...shape }, changes()));
    const random = new Random(9);
    const order = inOrder(250);
    for (let epoch = 0; epoch < 20; epoch++) {
      random.shuffle(order);
      const losses = [...kernel.trainBatches(order, 0, 250)];
      const expected = [...twin.trainBatches(order, 0, 250)];
      expect(largestDifference(losses, expected)).toBeLessThan(2e-4);
    }
    expect(largestDifference(flat(kernel.network()), flat(twin.network()))).toBeLessThan(2e-3);
  });

  it("give the same validation logits, with and without dropout", () => {
    const shape = { rows: 70, features: 5, hidden: [7, 9], batchSize: 70, dropout: 0.4 };
    const settings = () => {
      const made = settingsFor(shape);
      return { ...made, valid: made.train };
    };
    const kernel = createKernelTrainer(settings());
    const twin = createTwinTrainer(settings());
    for (const withDropout of [false, true, true]) {
      expect(
        largestDifference([...kernel.validate(withDropout)], [...twin.validate(withDropout)]),
      ).toBeLessThan(1e-5);
    }
    expect([...kernel.validate(true)]).not.toEqual([...kernel.validate(true)]);
    expect([...kernel.validate(false)]).toEqual([...kernel.validate(false)]);
  });

  it("keep numbers finite for logits far out", () => {
    const train = { x: Float32Array.of(1e4, 1e4, 1e-30), y: Float32Array.of(0, 1, 1), rows: 3 };
    for (const create of [createKernelTrainer, createTwinTrainer]) {
      const trainer = create(
        settingsFor({ rows: 3, features: 1, hidden: [], batchSize: 3, dropout: 0 }, { train }),
      );
      const [loss] = trainer.trainBatches(inOrder(3), 0, 3);
      expect(loss).toBeGreaterThan(100);
      expect(Number.isFinite(loss)).toBe(true);
      expect(flat(trainer.network()).every(Number.isFinite)).toBe(true);
    }
  });
});
