import { BLOCK_ROWS } from "./kernel.ts";
import type { Network } from "./network.ts";

/** Bytes of a WebAssembly vector; everything starts on a multiple of it. */
const VECTOR = 16;
/** 32-bit words of one layer's record; src/network/kernel/index.ts names them in the same order. */
const LAYER_WORDS = 12;

/** Hands out stretches of a memory, one after the other. */
export class Arena {
  /** The first byte not handed out yet. */
  end: number;

  constructor(start: number) {
    this.end = start;
  }

  /** The byte offset of `bytes` new bytes, on a whole vector. */
  take(bytes: number): number {
    const start = Math.ceil(this.end / VECTOR) * VECTOR;
    this.end = start + bytes;
    return start;
  }
}

/** A count of floats padded to whole vectors. */
function padded(floats: number): number {
  return (floats + 3) & ~3;
}

interface PlacedLayer {
  inputs: number;
  outputs: number;
  inputStride: number;
  outputStride: number;
  width: number;
  transposedStride: number;
  input: number;
  output: number;
  weights: number;
  transposed: number;
  gradients: number;
  delta: number;
}

/** Where a network's numbers are in a kernel's memory; byte offsets. */
export interface PlacedNetwork {
  layers: PlacedLayer[];
  /** The layers' records. */
  table: number;
  /** All weights and biases with their padding, layer after layer. */
  parameters: number;
  parameterFloats: number;
  /** As long as `parameters`, and in the same order; 0 when only for inference, as are the moments. */
  gradients: number;
  firstMoments: number;
  secondMoments: number;
}

/**
 * Lays a network out in memory, for training or for inference only. What a block of rows needs is there once, however many
 * rows a batch has.
 */
export function placeNetwork(arena: Arena, network: Network, training: boolean): PlacedNetwork {
  const strides = network.layers.map(({ inputs, outputs }) => ({
    inputStride: padded(inputs + 1),
    outputStride: padded(outputs + 1),
    width: padded(outputs),
    transposedStride: padded(inputs),
  }));
  const sizes = strides.map(({ inputStride, width }) => inputStride * width);
  const parameterFloats = sizes.reduce((sum, size) => sum + size, 0);
  const takeFloats = (count: number) => arena.take(4 * count);
  const takeForTraining = (count: number) => (training ? takeFloats(count) : 0);

  const parameters = takeFloats(parameterFloats);
  const gradients = takeForTraining(parameterFloats);
  let offset = 0;
  let input = takeFloats(BLOCK_ROWS * strides[0].inputStride);
  const layers = network.layers.map(({ inputs, outputs }, index): PlacedLayer => {
    const stride = strides[index];
    const output = takeFloats(BLOCK_ROWS * stride.outputStride);
    const layer: PlacedLayer = {
      inputs,
      outputs,
      ...stride,
      input,
      output,
      weights: parameters + 4 * offset,
      transposed: takeForTraining(stride.width * stride.transposedStride),
      gradients: gradients + 4 * offset,
      delta: takeForTraining(BLOCK_ROWS * stride.width),
    };
    input = output;
    offset += sizes[index];
    return layer;
  });
  return {
    layers,
    table: arena.take(4 * LAYER_WORDS * layers.length),
    parameters,
    parameterFloats,
    gradients,
    firstMoments: takeForTraining(parameterFloats),
    secondMoments: takeForTraining(parameterFloats),
  };
}

/** Writes the layers' records, which the kernel reads. */
export function writeTable(memory: WebAssembly.Memory, placed: PlacedNetwork): void {
  const words = new Uint32Array(memory.buffer, placed.table, LAYER_WORDS * placed.layers.length);
  placed.layers.forEach((layer, index) => {
    words.set(
      [
        layer.inputs,
        layer.outputs,
        layer.inputStride,
        layer.outputStride,
        layer.width,
        layer.transposedStride,
        layer.input,
        layer.output,
        layer.weights,
        layer.transposed,
        layer.gradients,
        layer.delta,
      ],
      LAYER_WORDS * index,
    );
  });
}

/** Writes a network's weights where they belong. */
export function writeWeights(memory: WebAssembly.Memory, placed: PlacedNetwork, network: Network): void {
  placed.layers.forEach(({ inputs, outputs, width, weights }, index) => {
    const { weight, bias } = network.layers[index];
    const floats = new Float32Array(memory.buffer, weights, (inputs + 1) * width);
    for (let output = 0; output < outputs; output++) {
      for (let i = 0; i < inputs; i++) floats[i * width + output] = weight[output * inputs + i];
      floats[inputs * width + output] = bias[output];
    }
  });
}

/** A copy of the weights, or of the gradients, in the shape of a network. */
export function readWeights(
  memory: WebAssembly.Memory,
  placed: PlacedNetwork,
  what: "weights" | "gradients",
): Network {
  const layers = placed.layers.map((layer) => {
    const { inputs, outputs, width } = layer;
    const floats = new Float32Array(memory.buffer, layer[what], (inputs + 1) * width);
    const weight = new Float32Array(inputs * outputs);
    for (let output = 0; output < outputs; output++) {
      for (let i = 0; i < inputs; i++) weight[output * inputs + i] = floats[i * width + output];
    }
    const bias = floats.slice(inputs * width, inputs * width + outputs);
    return { weight, bias, inputs, outputs };
  });
  return { inputs: placed.layers[0].inputs, layers };
}
