import { describe, expect, it } from "vitest";
import { Random } from "../base/random.ts";
import { checkNetwork, hiddenUnits, initialise } from "./network.ts";

describe("initialise", () => {
  it("draws weights and biases uniformly within one over the root of the layer's inputs", () => {
    const network = initialise(100, [400], new Random(1));
    expect(network.layers.map(({ inputs, outputs }) => [inputs, outputs])).toEqual([
      [100, 400],
      [400, 1],
    ]);
    const { weight, bias } = network.layers[0];
    const largest = Math.max(...weight.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(Math.fround(0.1));
    expect(largest).toBeGreaterThan(0.0999);
    // Variance of U(-b, b) is b b / 3; three standard errors of 40,000 draws are about 1.4 %.
    const variance = weight.reduce((sum, w) => sum + w * w, 0) / weight.length;
    expect(variance / (0.01 / 3)).toBeCloseTo(1, 1);
    expect(Math.max(...bias.map(Math.abs))).toBeGreaterThan(0.09);
    expect(Math.max(...network.layers[1].weight.map(Math.abs))).toBeLessThanOrEqual(0.05);
  });

  it("gives the same network for the same seed and another for another", () => {
    expect(initialise(5, [3], new Random(2))).toEqual(initialise(5, [3], new Random(2)));
    expect(initialise(5, [3], new Random(2))).not.toEqual(initialise(5, [3], new Random(3)));
  });

  it("has one layer without hidden ones: logistic regression", () => {
    const network = initialise(4, [], new Random(1));
    expect(network.layers).toHaveLength(1);
    expect(hiddenUnits(network)).toEqual([]);
    expect(network.layers[0].weight).toHaveLength(4);
  });

  it.each([[[0]], [[2.5]], [[-3]]])("refuses hidden units %j", (hidden) => {
    expect(() => initialise(4, hidden, new Random(1))).toThrow(/invalid layer width/);
  });
});

describe("checkNetwork", () => {
  const network = () => initialise(3, [4, 2], new Random(1));

  it("accepts what initialise makes", () => {
    expect(() => checkNetwork(network())).not.toThrow();
  });

  it("names the layer that does not fit", () => {
    const short = network();
    short.layers[1].weight = short.layers[1].weight.subarray(1);
    expect(() => checkNetwork(short)).toThrow(
      "invalid network: layer 2 has 7 weights and 2 biases for 4 x 2",
    );
    const skipped = network();
    skipped.layers.splice(1, 1);
    expect(() => checkNetwork(skipped)).toThrow("invalid network: layer 2 has 2 inputs (expected 4)");
    const open = network();
    open.layers.pop();
    expect(() => checkNetwork(open)).toThrow("invalid network: 2 outputs (expected 1)");
    const broken = network();
    broken.layers[0].bias[1] = Number.NaN;
    expect(() => checkNetwork(broken)).toThrow("layer 1 holds a weight that is not a finite number");
    expect(() => checkNetwork({ inputs: 3, layers: [] })).toThrow("no layers");
  });
});
