import { InsightsError } from "../base/error.ts";
import { checkNetwork, type Layer, type Network } from "../network/network.ts";
import type { Ensemble } from "../network/predictor.ts";
import type { NetworkShape } from "./configuration.ts";
import { formatSafetensors, parseSafetensors, type Tensor } from "./safetensors.ts";

/**
 * Weights as the bytes of `weights.safetensors`: `answers.0.layers.0.weight` [outputs, inputs], `answers.0.layers.0.bias` [outputs],
 * `answers.0.layers.1.weight` and so on from the inputs to the logit, the shapes and the order of PyTorch's Linear. Where an answer has
 * several networks, `answers.0.networks.0.layers.0.weight` and so on.
 */
export function formatWeights(networks: readonly (Network | Ensemble)[]): Uint8Array {
  const tensors: Record<string, Tensor> = {};
  const put = (prefix: string, { layers }: Network) => {
    layers.forEach(({ weight, bias, inputs, outputs }, i) => {
      tensors[`${prefix}layers.${i}.weight`] = { shape: [outputs, inputs], values: weight };
      tensors[`${prefix}layers.${i}.bias`] = { shape: [outputs], values: bias };
    });
  };
  for (const [answer, network] of networks.entries()) {
    const count = "networks" in network ? network.networks.length : undefined;
    const each = "networks" in network ? network.networks : [network];
    for (const [i, prefix] of prefixes(`answers.${answer}.`, count).entries()) put(prefix, each[i]);
  }
  return formatSafetensors(tensors);
}

/**
 * The networks in the bytes of a `weights.safetensors`, for each answer as many as it has.
 *
 * @param shapes what the model's configuration tells of each answer's networks
 * @param earlier whether the names begin without `answers.`, as in the layout's versions 1 and 2
 * @throws InsightsError where the bytes hold other networks or none
 */
export function parseWeights(
  bytes: Uint8Array,
  shapes: readonly NetworkShape[],
  earlier = false,
): Network[][] {
  const tensors = parseSafetensors(bytes);
  const found = shapes.map(({ inputs, hidden, weights }, answer) =>
    prefixes(earlier ? "" : `answers.${answer}.`, weights?.length).map((prefix) =>
      networkAt(tensors, prefix, [inputs, ...hidden]),
    ),
  );
  const expected = found.flat().reduce((sum, { layers }) => sum + 2 * layers.length, 0);
  if (Object.keys(tensors).length !== expected) {
    throw new InsightsError(`there are ${Object.keys(tensors).length} tensors (expected ${expected})`);
  }
  for (const network of found.flat()) checkNetwork(network);
  return found;
}

/** What the names of each network's tensors begin with: `count` of an ensemble; without it there is one, by itself. */
function prefixes(answer: string, count: number | undefined): string[] {
  return count === undefined ? [answer] : Array.from({ length: count }, (_, i) => `${answer}networks.${i}.`);
}

function networkAt(
  tensors: Record<string, Tensor>,
  prefix: string,
  widths: readonly [number, ...number[]],
): Network {
  const expected = [...widths, 1];
  const layers = expected.slice(1).map((outputs, i): Layer => {
    const inputs = expected[i];
    return {
      weight: take(tensors, `${prefix}layers.${i}.weight`, [outputs, inputs]),
      bias: take(tensors, `${prefix}layers.${i}.bias`, [outputs]),
      inputs,
      outputs,
    };
  });
  return { inputs: widths[0], layers };
}

function take(tensors: Record<string, Tensor>, name: string, shape: readonly number[]): Float32Array {
  const found = tensors[name];
  if (found === undefined) throw new InsightsError(`${name} is missing`);
  if (found.shape.join() !== shape.join()) {
    throw new InsightsError(`${name} is ${found.shape.join(" x ")} (expected ${shape.join(" x ")})`);
  }
  return found.values;
}

/** Scaled features of some training rows: what the share of a feature in a profile's score is measured against. */
export interface Background {
  readonly rows: number;
  /** Row-major, rows x features, as the model's pipeline makes them. */
  readonly values: Float32Array;
}

/** The only tensor of the file. */
const NAME = "features";

/**
 * The bytes of `background.safetensors`: one tensor, `features` [rows, features].
 *
 * @param features how many the pipeline has
 * @throws InsightsError where the numbers are not of that many features, or not finite
 */
export function formatBackground({ rows, values }: Background, features: number): Uint8Array {
  check(rows, values, features);
  return formatSafetensors({ [NAME]: { shape: [rows, features], values } });
}

/**
 * Reads what {@link formatBackground} writes.
 *
 * @param features how many the pipeline has
 * @throws InsightsError where the bytes hold something else
 */
export function parseBackground(bytes: Uint8Array, features: number): Background {
  const { [NAME]: tensor, ...others } = parseSafetensors(bytes);
  if (tensor === undefined || Object.keys(others).length > 0) {
    throw new InsightsError(`it does not hold ${NAME} and nothing else`);
  }
  const [rows, columns] = tensor.shape;
  if (tensor.shape.length !== 2 || columns !== features) {
    throw new InsightsError(`${NAME} is ${tensor.shape.join(" x ")} (expected rows x ${features})`);
  }
  check(rows, tensor.values, features);
  return { rows, values: tensor.values };
}

function check(rows: number, values: Float32Array, features: number): void {
  if (rows < 1 || values.length !== rows * features) {
    throw new InsightsError(`invalid background: ${values.length} numbers for ${rows} x ${features}`);
  }
  if (!values.every(Number.isFinite)) throw new InsightsError("invalid background: not a finite number");
}
