import { describe, expect, it } from "vitest";
import { syntheticExamples } from "../../test/support/network/examples.ts";
import { drawMasks, naiveLogits, naiveNetwork } from "../../test/support/network/naive.ts";
import { Random } from "../base/random.ts";
import { sigmoid } from "../base/statistics.ts";
import { initialise } from "./network.ts";
import { createPredictor } from "./predictor.ts";

describe.each([
  { features: 9, hidden: [64, 64, 64] },
  { features: 1, hidden: [] },
  { features: 5, hidden: [1] },
  { features: 3, hidden: [13, 7] },
  { features: 13, hidden: [5, 3, 1, 7] },
])("predictor of $features-$hidden-1", ({ features, hidden }) => {
  const network = initialise(features, hidden, new Random(3));

  it.each([1, 2, 7, 33, 64, 65, 130])("gives the logits of the textbook's loops for %d rows", (rows) => {
    const { x } = syntheticExamples(rows, features, 4);
    const logits = createPredictor(network).logits(x, rows);
    naiveLogits(naiveNetwork(network), x, rows).forEach((logit, row) => {
      expect(Math.abs(logits[row] - logit)).toBeLessThan(1e-5);
    });
  });

  it("drops the units that its seed says", () => {
    const { x } = syntheticExamples(70, features, 4);
    const masks = drawMasks(network, 70, 0.3, new Random(5));
    const expected = naiveLogits(naiveNetwork(network), x, 70, 0.3, masks);
    const probabilities = createPredictor(network).probabilitiesWithDropout(x, 70, 0.3, new Random(5));
    expected.forEach((logit, row) => {
      expect(Math.abs(probabilities[row] - sigmoid(logit))).toBeLessThan(1e-5);
    });
  });
});

describe("predictor", () => {
  const network = initialise(9, [64, 64, 64], new Random(3));

  it("gives each row the same bits in whatever chunks the rows come", () => {
    const rows = 5001;
    const { x } = syntheticExamples(rows, 9, 4);
    const predictor = createPredictor(network);
    const together = predictor.logits(x, rows);
    for (const size of [1, 3, 2048, 3000]) {
      for (let row = 0; row < rows; row += size * 7) {
        const count = Math.min(size, rows - row);
        const part = predictor.logits(x.subarray(9 * row, 9 * (row + count)), count);
        expect(part).toEqual(together.subarray(row, row + count));
      }
    }
    expect(predictor.probabilities(x, rows)[4999]).toBe(sigmoid(together[4999]));
  });

  it("scores no rows, and refuses too few values", () => {
    const predictor = createPredictor(network);
    expect(predictor.inputs).toBe(9);
    expect(predictor.logits(new Float32Array(0), 0)).toHaveLength(0);
    expect(() => predictor.logits(new Float32Array(17), 2)).toThrow(
      "too few values to score: 17 (expected 2 rows of 9)",
    );
  });

  it("gives NaN for a row that holds NaN, and only for that", () => {
    const x = new Float32Array(27);
    x[13] = Number.NaN;
    const logits = createPredictor(network).logits(x, 3);
    expect([...logits].map(Number.isNaN)).toEqual([false, true, false]);
  });

  it("keeps its weights when the network changes afterwards", () => {
    const changing = initialise(2, [], new Random(1));
    const predictor = createPredictor(changing);
    const before = predictor.logits(Float32Array.of(1, 2), 1)[0];
    changing.layers[0].weight.fill(9);
    expect(predictor.logits(Float32Array.of(1, 2), 1)[0]).toBe(before);
  });

  it("can be made hundreds of times, for its memory is given back", () => {
    for (let i = 0; i < 400; i++)
      expect(createPredictor(network).logits(new Float32Array(9), 1)).toHaveLength(1);
  });
});

describe("dropout", () => {
  // A hidden layer of ones whose mean is the logit: logit times (1 - dropout) is the share of units kept.
  const units = 64;
  const shares = {
    inputs: 1,
    layers: [
      { weight: new Float32Array(units).fill(1), bias: new Float32Array(units), inputs: 1, outputs: units },
      {
        weight: new Float32Array(units).fill(1 / units),
        bias: new Float32Array(1),
        inputs: units,
        outputs: 1,
      },
    ],
  };
  const rows = 20_000;

  it.each([0.1, 0.2, 0.5, 0.9])("keeps the expected share and the expectation at %d", (dropout) => {
    const probabilities = createPredictor(shares).probabilitiesWithDropout(
      new Float32Array(rows).fill(1),
      rows,
      dropout,
      new Random(11),
    );
    const means = [...probabilities].map((p) => Math.log(p / (1 - p)));
    const mean = means.reduce((sum, m) => sum + m, 0) / rows;
    // Of independent units, a row's mean has variance d / (1 - d) / units; four standard errors either way.
    const variance = dropout / (1 - dropout) / units;
    expect(Math.abs(mean - 1)).toBeLessThan(4 * Math.sqrt(variance / rows));
    const spread = means.reduce((sum, m) => sum + (m - mean) ** 2, 0) / rows;
    expect(Math.abs(spread / variance - 1)).toBeLessThan(4 * Math.sqrt(2 / rows) + 0.005);
  });

  it("does nothing at 0 and is the same for the same seed", () => {
    const predictor = createPredictor(initialise(3, [8], new Random(1)));
    const { x } = syntheticExamples(50, 3, 2);
    expect(predictor.probabilitiesWithDropout(x, 50, 0, new Random(1))).toEqual(
      predictor.probabilities(x, 50),
    );
    const first = predictor.probabilitiesWithDropout(x, 50, 0.5, new Random(1));
    expect(predictor.probabilitiesWithDropout(x, 50, 0.5, new Random(1))).toEqual(first);
    expect(predictor.probabilitiesWithDropout(x, 50, 0.5, new Random(2))).not.toEqual(first);
    expect(() => predictor.probabilitiesWithDropout(x, 50, 1, new Random(1))).toThrow("invalid dropout: 1");
  });
});
