import { crossEntropy, sigmoid } from "../../../src/base/statistics.ts";
import { BLOCK_ROWS, dropoutStreams, dropoutThreshold, STREAMS } from "../../../src/network/kernel.ts";
import type { Layer, Network } from "../../../src/network/network.ts";
import type { Trainer, TrainerSettings } from "../../../src/network/trainer.ts";

/** One layer with all that its training needs. Matrices are [outputs][inputs], activations a row an example. */
interface TwinLayer {
  inputs: number;
  outputs: number;
  parameters: TwinParameters[];
  weight: Float64Array;
  bias: Float64Array;
  weightGradient: Float64Array;
  biasGradient: Float64Array;
  /** Outputs of a block of rows, after ReLU and dropout; the logits in the last layer. */
  output: Float64Array;
  /** The loss's derivative by the layer's sums. */
  delta: Float64Array;
}

/** Numbers that Adam moves, with their gradients and moments. */
interface TwinParameters {
  values: Float64Array;
  gradients: Float64Array;
  first: Float64Array;
  second: Float64Array;
}

/**
 * The kernel's twin in plain TypeScript and double precision: the oracle of the kernel's tests and the yardstick of its
 * bench. It takes the same steps with the same dropout masks, so that both follow the same path but for rounding.
 */
export function createTwinTrainer(settings: TrainerSettings): Trainer {
  const { train, valid, batchSize, dropout } = settings;
  const layers = settings.network.layers.map(twinLayer);
  const inputs = settings.network.inputs;
  const dropoutState = dropoutStreams(settings.dropoutRandom);
  const validationState = dropoutStreams(settings.validationRandom);
  const threshold = dropoutThreshold(dropout);
  const scale = 1 / (1 - dropout);
  const input = new Float64Array(BLOCK_ROWS * inputs);
  const last = layers[layers.length - 1];
  let steps = 0;

  /** Runs rows of `input` through all layers. */
  function forward(rows: number, state: Uint32Array | null): void {
    layers.forEach((layer, index) => {
      multiply(layer, index === 0 ? input : layers[index - 1].output, rows);
      if (layer !== last) rectify(layer.output, layer.outputs, rows, state, threshold, scale);
    });
  }

  /** Adds a block's gradients to the batch's. */
  function backward(rows: number): void {
    for (let index = layers.length - 1; index >= 0; index--) {
      const below = index === 0 ? null : layers[index - 1];
      multiplyBack(layers[index], below?.output ?? input, below?.delta ?? null, rows, scale);
    }
  }

  return {
    trainBatches(order, first, end) {
      const losses = new Float64Array(Math.ceil((end - first) / batchSize));
      for (let batch = 0; batch < losses.length; batch++) {
        const start = first + batch * batchSize;
        const rows = Math.min(batchSize, end - start);
        for (const layer of layers) for (const { gradients } of layer.parameters) gradients.fill(0);
        for (let done = 0; done < rows; done += BLOCK_ROWS) {
          const block = Math.min(BLOCK_ROWS, rows - done);
          for (let row = 0; row < block; row++) {
            const from = order[start + done + row] * inputs;
            for (let i = 0; i < inputs; i++) input[row * inputs + i] = train.x[from + i];
          }
          forward(block, threshold > 0 ? dropoutState : null);
          for (let row = 0; row < block; row++) {
            const label = train.y[order[start + done + row]];
            losses[batch] += crossEntropy(last.output[row], label);
            last.delta[row] = (sigmoid(last.output[row]) - label) / rows;
          }
          backward(block);
        }
        losses[batch] /= rows;
        steps++;
        for (const layer of layers) for (const part of layer.parameters) adam(part, steps, settings);
      }
      return losses;
    },
    validate(withDropout) {
      const logits = new Float64Array(valid?.rows ?? 0);
      for (let done = 0; done < logits.length; done += BLOCK_ROWS) {
        const block = Math.min(BLOCK_ROWS, logits.length - done);
        input.set(valid!.x.subarray(done * inputs, (done + block) * inputs));
        forward(block, withDropout && threshold > 0 ? validationState : null);
        logits.set(last.output.subarray(0, block), done);
      }
      return logits;
    },
    network: () => snapshot(layers, "weight", "bias"),
    gradients: () => snapshot(layers, "weightGradient", "biasGradient"),
  };
}

function twinLayer({ inputs, outputs, weight, bias }: Layer): TwinLayer {
  const parameters = [weight, bias].map((values) => ({
    values: Float64Array.from(values),
    gradients: new Float64Array(values.length),
    first: new Float64Array(values.length),
    second: new Float64Array(values.length),
  }));
  return {
    inputs,
    outputs,
    parameters,
    weight: parameters[0].values,
    bias: parameters[1].values,
    weightGradient: parameters[0].gradients,
    biasGradient: parameters[1].gradients,
    output: new Float64Array(BLOCK_ROWS * outputs),
    delta: new Float64Array(BLOCK_ROWS * outputs),
  };
}

/** The layer's sums. Four outputs at a time, so that their additions do not wait for each other. */
function multiply(
  { inputs, outputs, weight, bias, output }: TwinLayer,
  input: Float64Array,
  rows: number,
): void {
  for (let row = 0; row < rows; row++) {
    const from = row * inputs;
    const to = row * outputs;
    let unit = 0;
    for (; unit + 4 <= outputs; unit += 4) {
      const w0 = unit * inputs;
      const w1 = w0 + inputs;
      const w2 = w1 + inputs;
      const w3 = w2 + inputs;
      let s0 = bias[unit];
      let s1 = bias[unit + 1];
      let s2 = bias[unit + 2];
      let s3 = bias[unit + 3];
      for (let i = 0; i < inputs; i++) {
        const value = input[from + i];
        s0 += weight[w0 + i] * value;
        s1 += weight[w1 + i] * value;
        s2 += weight[w2 + i] * value;
        s3 += weight[w3 + i] * value;
      }
      output[to + unit] = s0;
      output[to + unit + 1] = s1;
      output[to + unit + 2] = s2;
      output[to + unit + 3] = s3;
    }
    for (; unit < outputs; unit++) {
      let sum = bias[unit];
      for (let i = 0; i < inputs; i++) sum += weight[unit * inputs + i] * input[from + i];
      output[to + unit] = sum;
    }
  }
}

/** ReLU in place and, given the streams' state, inverted dropout: one draw a unit of the width padded to whole vectors. */
function rectify(
  output: Float64Array,
  units: number,
  rows: number,
  state: Uint32Array | null,
  threshold: number,
  scale: number,
): void {
  for (let row = 0; row < rows; row++) {
    const start = row * units;
    if (state === null) {
      for (let unit = 0; unit < units; unit++) if (output[start + unit] < 0) output[start + unit] = 0;
      continue;
    }
    for (let vector = 0; vector < units; vector += STREAMS) {
      for (let stream = 0; stream < STREAMS; stream++) {
        const kept = draw(state, stream) >= threshold;
        const unit = vector + stream;
        if (unit >= units) continue;
        const sum = output[start + unit];
        output[start + unit] = !kept || sum <= 0 ? 0 : sum * scale;
      }
    }
  }
}

/** The next 32 bits of one stream: xoshiro128** (Blackman and Vigna, 2018), as in src/random.ts. */
function draw(state: Uint32Array, stream: number): number {
  const s1 = state[STREAMS + stream];
  const product = Math.imul(s1, 5);
  const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
  const s2 = state[2 * STREAMS + stream] ^ state[stream];
  const s3 = state[3 * STREAMS + stream] ^ s1;
  state[STREAMS + stream] = s1 ^ s2;
  state[stream] ^= s3;
  state[2 * STREAMS + stream] = s2 ^ (s1 << 9);
  state[3 * STREAMS + stream] = (s3 << 11) | (s3 >>> 21);
  return result;
}

/** Adds the layer's gradients and gives the layer below its delta. Units that pass nothing back are left out. */
function multiplyBack(
  { inputs, outputs, weight, weightGradient, biasGradient, delta }: TwinLayer,
  input: Float64Array,
  deltaBelow: Float64Array | null,
  rows: number,
  scale: number,
): void {
  for (let row = 0; row < rows; row++) {
    const from = row * inputs;
    if (deltaBelow) deltaBelow.fill(0, from, from + inputs);
    for (let unit = 0; unit < outputs; unit++) {
      const d = delta[row * outputs + unit];
      if (d === 0) continue;
      const w = unit * inputs;
      biasGradient[unit] += d;
      if (deltaBelow) {
        for (let i = 0; i < inputs; i++) {
          weightGradient[w + i] += d * input[from + i];
          deltaBelow[from + i] += d * weight[w + i];
        }
      } else {
        for (let i = 0; i < inputs; i++) weightGradient[w + i] += d * input[from + i];
      }
    }
    // A unit's output is zero where its sum was below zero or dropout took it.
    if (deltaBelow) {
      for (let i = from; i < from + inputs; i++) deltaBelow[i] = input[i] > 0 ? deltaBelow[i] * scale : 0;
    }
  }
}

/** One step of torch.optim.AdamW; src/network/kernel/adam.ts has the formula. */
function adam(
  { values, gradients, first, second }: TwinParameters,
  step: number,
  settings: TrainerSettings,
): void {
  const { learningRate, weightDecay, beta1, beta2, epsilon } = settings;
  const rate = learningRate / (1 - beta1 ** step);
  const root = Math.sqrt(1 - beta2 ** step);
  const shrink = 1 - learningRate * weightDecay;
  for (let i = 0; i < values.length; i++) {
    const g = gradients[i];
    first[i] += (1 - beta1) * (g - first[i]);
    second[i] = beta2 * second[i] + (1 - beta2) * g * g;
    values[i] = values[i] * shrink - (rate * first[i]) / (Math.sqrt(second[i]) / root + epsilon);
  }
}

function snapshot(
  layers: readonly TwinLayer[],
  weight: "weight" | "weightGradient",
  bias: "bias" | "biasGradient",
): Network {
  return {
    inputs: layers[0].inputs,
    layers: layers.map((layer) => ({
      weight: Float32Array.from(layer[weight]),
      bias: Float32Array.from(layer[bias]),
      inputs: layer.inputs,
      outputs: layer.outputs,
    })),
  };
}
