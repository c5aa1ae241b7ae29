import { describe, expect, it } from "vitest";
import { syntheticExamples } from "../../test/support/network/examples.ts";
import { createTwinTrainer } from "../../test/support/network/twin.ts";
import { Random } from "../base/random.ts";
import { meanCrossEntropy, meanSquaredError } from "../base/statistics.ts";
import { initialise } from "./network.ts";
import { type EpochReport, STUDY_DEFAULTS, type TrainOptions } from "./options.ts";
import { createPredictor } from "./predictor.ts";
import { train, trainWith } from "./train.ts";
import type { Examples } from "./trainer.ts";

const quick: TrainOptions = {
  ...STUDY_DEFAULTS,
  hidden: [16, 16],
  learningRate: 0.01,
  batchSize: 32,
  maxEpochs: 400,
  validationEvery: 2,
  patience: 10,
  seed: 1,
};
const examples = syntheticExamples(150, 5, 1);
const valid = syntheticExamples(100, 5, 2);

const lossOf = (network: Parameters<typeof createPredictor>[0], { x, y, rows }: Examples) =>
  meanCrossEntropy(createPredictor(network).logits(x, rows), y);

describe("early stopping", () => {
  it.each(["loss", "brier"] as const)(
    "stops after the patience and restores the weights best by %s",
    async (monitor) => {
      const result = await train(examples, valid, { ...quick, monitor });
      expect(result.stopped).toBe("early");
      expect(result.epochs).toBe(result.bestEpoch + quick.patience * quick.validationEvery);
      const scores = result.history.map(({ validLoss, validBrier }) =>
        monitor === "loss" ? validLoss! : validBrier!,
      );
      const lowest = Math.min(...scores);
      expect(result.history[scores.indexOf(lowest)].epoch).toBe(result.bestEpoch);
      const scoreOf = (network: typeof result.best) => {
        const logits = createPredictor(network).logits(valid.x, valid.rows);
        return (monitor === "loss" ? meanCrossEntropy : meanSquaredError)(logits, valid.y);
      };
      expect(scoreOf(result.network)).toBeCloseTo(lowest, 12);
      expect(scoreOf(result.last)).toBeCloseTo(scores.at(-1)!, 12);
      expect(scoreOf(result.last)).toBeGreaterThan(lowest + 1e-4);
      expect(result.network).toBe(result.best);
    },
  );

  it("gives the last weights where the best are not wanted", async () => {
    const result = await train(examples, valid, { ...quick, restoreBest: false });
    expect(result.network).toBe(result.last);
    expect(result.network).not.toEqual(result.best);
  });

  it("looks every so many epochs, and after the last", async () => {
    const told: EpochReport[] = [];
    const result = await train(examples, valid, {
      ...quick,
      validationEvery: 4,
      maxEpochs: 10,
      onEpoch: (report) => told.push(report),
    });
    expect(result.history.map(({ epoch }) => epoch)).toEqual([4, 8, 10]);
    expect(result.stopped).toBe("max_epochs");
    expect(told.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(told.filter(({ validLoss }) => validLoss !== null)).toEqual(result.history);
  });

  it("trains to the end without validation rows", async () => {
    const result = await train(examples, null, { ...quick, maxEpochs: 12 });
    expect(result).toMatchObject({ epochs: 12, bestEpoch: 12, stopped: "max_epochs" });
    expect(result.best).toEqual(result.last);
    expect(result.history).toHaveLength(12);
    expect(result.history.at(-1)!.trainLoss).toBeLessThan(result.history[0].trainLoss);
  });

  it("judges with dropout on when told to", async () => {
    const once = { ...quick, dropout: 0.5, maxEpochs: 1 };
    const off = await train(examples, valid, once);
    const on = await train(examples, valid, { ...once, dropoutWhenValidating: true });
    expect(on.last).toEqual(off.last);
    expect(on.history[0].validLoss).not.toBe(off.history[0].validLoss);
    expect(off.history[0].validLoss).toBeCloseTo(lossOf(off.last, valid), 12);
  });
});

describe("training", () => {
  it("gives the same bits for the same seed, and others for another", async () => {
    const short = { ...quick, maxEpochs: 5 };
    const first = await train(examples, valid, short);
    expect(await train(examples, valid, short)).toEqual(first);
    expect((await train(examples, valid, { ...short, seed: 2 })).last).not.toEqual(first.last);
  });

  it("draws a new order only when told to shuffle", async () => {
    const plain = { ...quick, dropout: 0, maxEpochs: 3, shuffle: false };
    const ordered = await train(examples, null, plain);
    const shuffled = await train(examples, null, { ...plain, shuffle: true });
    expect(shuffled.last).not.toEqual(ordered.last);
    // One batch of all rows sums the same gradients in any order.
    const whole = { ...plain, batchSize: 150 };
    const a = await train(examples, null, whole);
    const b = await train(examples, null, { ...whole, shuffle: true });
    expect(b.history[0].trainLoss).toBeCloseTo(a.history[0].trainLoss, 6);
  });

  it("takes the twin through the same epochs", async () => {
    const short = { ...quick, maxEpochs: 10, labelSmoothing: 0.1, weightDecay: 0.01 };
    const kernel = await train(examples, valid, short);
    const twin = await trainWith(createTwinTrainer, examples, valid, short);
    twin.history.forEach((report, i) => {
      expect(kernel.history[i].trainLoss).toBeCloseTo(report.trainLoss, 4);
      expect(kernel.history[i].validLoss).toBeCloseTo(report.validLoss!, 4);
    });
  });

  it("learns logistic regression's known answer", async () => {
    // One flag: the logit of each group's share of ones, 1/4 and 3/4, is minus and plus log 3.
    const flag = {
      x: Float32Array.of(0, 0, 0, 0, 1, 1, 1, 1),
      y: Float32Array.of(1, 0, 0, 0, 1, 1, 1, 0),
      rows: 8,
    };
    const { network } = await train(flag, null, { ...quick, hidden: [], batchSize: 8, maxEpochs: 3000 });
    const logits = createPredictor(network).logits(Float32Array.of(0, 1), 2);
    expect(logits[0]).toBeCloseTo(-Math.log(3), 3);
    expect(logits[1]).toBeCloseTo(Math.log(3), 3);
  });

  it("smooths labels towards one half", async () => {
    const one = { x: Float32Array.of(1, 1), y: Float32Array.of(1, 1), rows: 2 };
    const options = { ...quick, hidden: [], batchSize: 2, maxEpochs: 3000, labelSmoothing: 0.2 };
    const { network } = await train(one, null, options);
    expect(createPredictor(network).probabilities(Float32Array.of(1), 1)[0]).toBeCloseTo(0.9, 3);
    expect(one.y).toEqual(Float32Array.of(1, 1));
  });

  it("starts from given weights, and leaves them as they were", async () => {
    const initial = initialise(5, [16, 16], new Random(99));
    const copy = structuredClone(initial);
    const tiny = { ...quick, maxEpochs: 1, learningRate: 1e-12, initial };
    const { last } = await train(examples, null, tiny);
    last.layers.forEach((layer, i) => {
      layer.weight.forEach((weight, k) => {
        expect(weight).toBeCloseTo(copy.layers[i].weight[k], 6);
      });
    });
    expect(initial).toEqual(copy);
    await expect(train(examples, null, { ...tiny, hidden: [16] })).rejects.toThrow(
      "invalid initial network: 5-16-16 (expected 5-16)",
    );
  });

  it("gives way to timers and stops at once when aborted, in long epochs too", async () => {
    const many = syntheticExamples(60_000, 9, 3);
    const controller = new AbortController();
    let turns = 0;
    const timer = setInterval(() => {
      if (++turns === 3) controller.abort(new Error("enough"));
    }, 1);
    const epochs: number[] = [];
    const running = train(many, null, {
      ...STUDY_DEFAULTS,
      seed: 1,
      signal: controller.signal,
      onEpoch: ({ epoch }) => epochs.push(epoch),
    });
    await expect(running).rejects.toThrow("enough");
    clearInterval(timer);
    expect(turns).toBe(3);
    expect(epochs.length).toBeLessThan(3);
    await expect(train(examples, null, { ...quick, signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });
});

describe("bad input", () => {
  it.each<[Partial<TrainOptions>, string]>([
    [{ dropout: 1 }, "invalid dropout: 1 (expected at least 0 and below 1)"],
    [{ dropout: Number.NaN }, "invalid dropout: NaN"],
    [{ learningRate: 0 }, "invalid learningRate: 0 (expected a number above 0)"],
    [{ weightDecay: -1 }, "invalid weightDecay: -1"],
    [{ beta1: 1 }, "invalid beta1: 1"],
    [{ beta2: -0.1 }, "invalid beta2: -0.1"],
    [{ epsilon: 0 }, "invalid epsilon: 0 (expected 1e-20 to 1)"],
    [{ batchSize: 0 }, "invalid batchSize: 0 (expected a whole number of at least 1)"],
    [{ maxEpochs: 1.5 }, "invalid maxEpochs: 1.5"],
    [{ patience: 0 }, "invalid patience: 0"],
    [{ labelSmoothing: 2 }, "invalid labelSmoothing: 2 (expected 0 to 1)"],
    [{ monitor: "auc" as "loss" }, "unknown monitor: auc (expected loss, brier)"],
    [{ hidden: [3, 0] }, "invalid layer width: 0"],
  ])("refuses %j", async (change, message) => {
    await expect(train(examples, valid, { ...quick, ...change })).rejects.toThrow(message);
  });

  it.each<[string, Examples, Examples | null, string]>([
    [
      "no rows",
      { x: new Float32Array(0), y: new Float32Array(0), rows: 0 },
      null,
      "too few training rows: 0",
    ],
    [
      "no features",
      { x: new Float32Array(0), y: new Float32Array(2), rows: 2 },
      null,
      "invalid training rows: 0 values in 2 rows",
    ],
    [
      "torn rows",
      { ...examples, x: examples.x.subarray(1) },
      null,
      "invalid training rows: 749 values in 150 rows",
    ],
    [
      "too few labels",
      { ...examples, y: examples.y.subarray(1) },
      null,
      "invalid training labels: 149 (expected 150)",
    ],
    [
      "labels beyond 0 and 1",
      { ...examples, y: new Float32Array(150).fill(-1) },
      null,
      "invalid training labels: -1",
    ],
    [
      "other validation features",
      examples,
      syntheticExamples(10, 4, 1),
      "invalid validation rows: 4 features (expected 5)",
    ],
    [
      "a feature that is not a number",
      { ...examples, x: examples.x.map((v, i) => (i === 7 ? Number.NaN : v)) },
      null,
      "training diverged",
    ],
  ])("refuses %s", async (_, rows, others, message) => {
    await expect(train(rows, others, quick)).rejects.toThrow(message);
  });

  it("says so when the learning rate makes the weights overflow", async () => {
    await expect(train(examples, valid, { ...quick, learningRate: 1e30 })).rejects.toThrow(
      /training diverged: the loss of epoch \d+/,
    );
  });
});
