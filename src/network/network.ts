import { InsightsError } from "../base/error.ts";
import type { Random } from "../base/random.ts";

/** One fully connected layer: sums = weight input + bias. */
export interface Layer {
  /** [outputs][inputs], row by row, as PyTorch and ONNX's Gemm with transB lay it out. */
  weight: Float32Array;
  /** One an output. */
  bias: Float32Array;
  inputs: number;
  outputs: number;
}

/** A multilayer perceptron: ReLU after every layer but the last, which gives one logit. One layer alone is logistic regression. */
export interface Network {
  inputs: number;
  layers: Layer[];
}

/**
 * A network of random weights, as PyTorch's Linear starts: weights and biases uniform in +-1/sqrt(inputs of the layer).
 *
 * @param inputs number of features
 * @param hidden units of each hidden layer, first to last; empty for logistic regression
 * @param random draws layer by layer, all of its weights and then its biases
 */
export function initialise(inputs: number, hidden: readonly number[], random: Random): Network {
  const widths = [inputs, ...hidden, 1];
  for (const width of widths) {
    if (!Number.isInteger(width) || width < 1) {
      throw new InsightsError(`invalid layer width: ${width} (expected a whole number of at least 1)`);
    }
  }
  const layers = widths.slice(1).map((outputs, index): Layer => {
    const fanIn = widths[index];
    const bound = 1 / Math.sqrt(fanIn);
    const draw = () => (2 * random.uniform() - 1) * bound;
    return {
      weight: Float32Array.from({ length: fanIn * outputs }, draw),
      bias: Float32Array.from({ length: outputs }, draw),
      inputs: fanIn,
      outputs,
    };
  });
  return { inputs, layers };
}

/** Units of each hidden layer, first to last. */
export function hiddenUnits(network: Network): number[] {
  return network.layers.slice(0, -1).map((layer) => layer.outputs);
}

/**
 * Checks that the layers fit together and hold as many finite numbers as they should.
 *
 * @throws InsightsError that names the layer
 */
export function checkNetwork(network: Network): void {
  if (network.layers.length === 0) throw new InsightsError("invalid network: no layers");
  let width = network.inputs;
  network.layers.forEach((layer, index) => {
    const fail = (problem: string) => new InsightsError(`invalid network: layer ${index + 1} ${problem}`);
    if (layer.inputs !== width) throw fail(`has ${layer.inputs} inputs (expected ${width})`);
    if (layer.weight.length !== layer.inputs * layer.outputs || layer.bias.length !== layer.outputs) {
      throw fail(
        `has ${layer.weight.length} weights and ${layer.bias.length} biases for ${layer.inputs} x ${layer.outputs}`,
      );
    }
    if (!layer.weight.every(Number.isFinite) || !layer.bias.every(Number.isFinite)) {
      throw fail("holds a weight that is not a finite number");
    }
    width = layer.outputs;
  });
  if (width !== 1) throw new InsightsError(`invalid network: ${width} outputs (expected 1)`);
}
