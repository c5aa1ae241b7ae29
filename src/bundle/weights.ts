import { InsightsError } from "../error.ts";
import { checkNetwork, type Layer, type Network } from "../network/network.ts";
import { formatSafetensors, parseSafetensors, type Tensor } from "./safetensors.ts";

/**
 * A network's weights as the bytes of `weights.safetensors`: `layers.0.weight` [outputs, inputs], `layers.0.bias`
 * [outputs], `layers.1.weight` and so on from the inputs to the logit, the shapes and the order of PyTorch's Linear.
 */
export function formatWeights(network: Network): Uint8Array {
  const tensors: Record<string, Tensor> = {};
  network.layers.forEach(({ weight, bias, inputs, outputs }, i) => {
    tensors[`layers.${i}.weight`] = { shape: [outputs, inputs], values: weight };
    tensors[`layers.${i}.bias`] = { shape: [outputs], values: bias };
  });
  return formatSafetensors(tensors);
}

/**
 * The network in the bytes of a `weights.safetensors`.
 *
 * @param widths the inputs and the units of each hidden layer, as the model's configuration tells them
 * @throws InsightsError where the bytes hold another network or none
 */
export function parseWeights(bytes: Uint8Array, widths: readonly [number, ...number[]]): Network {
  const tensors = parseSafetensors(bytes);
  const expected = [...widths, 1];
  const layers = expected.slice(1).map((outputs, i): Layer => {
    const inputs = expected[i];
    return {
      weight: take(tensors, `layers.${i}.weight`, [outputs, inputs]),
      bias: take(tensors, `layers.${i}.bias`, [outputs]),
      inputs,
      outputs,
    };
  });
  if (Object.keys(tensors).length !== 2 * layers.length) {
    throw new InsightsError(
      `there are ${Object.keys(tensors).length} tensors (expected ${2 * layers.length})`,
    );
  }
  const network = { inputs: widths[0], layers };
  checkNetwork(network);
  return network;
}

function take(tensors: Record<string, Tensor>, name: string, shape: readonly number[]): Float32Array {
  const found = tensors[name];
  if (found === undefined) throw new InsightsError(`${name} is missing`);
  if (found.shape.join() !== shape.join()) {
    throw new InsightsError(`${name} is ${found.shape.join(" x ")} (expected ${shape.join(" x ")})`);
  }
  return found.values;
}
