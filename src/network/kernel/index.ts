/**
 * The network's kernel: training and scoring of one multilayer perceptron. The TypeScript side lays out the memory, which it
 * imports, and says where things are with `configure`; nothing is allocated here. One instance holds one network.
 *
 * A batch of any size is worked through in blocks of at most `blockRows` rows, each forward through all layers and back again,
 * while its numbers are in the nearest cache; gradients add up over the blocks.
 */

import { crossEntropy, rectify, rectifyAndDrop, rectifyBack } from "./activation";
import { adam } from "./adam";
import { multiply } from "./multiply";

/**
 * One layer as the kernel sees it: twelve 32-bit words that the TypeScript side writes (src/network/layout.ts holds the
 * same list). Widths are padded to multiples of four floats, so that every row starts and ends on a whole vector:
 *
 * - `input` rows hold the layer's inputs, then a one, then zeros. The one makes the bias a row of the weights.
 * - `weights` is [inputs + 1, padded][outputs, padded]: a row an input, the bias last, zeros in the padding. The padding's
 *   gradients are zero, so that it stays zero.
 * - `transposed` is [outputs, padded][inputs, padded], without the bias: what the way back multiplies by.
 * - `delta` is the loss's derivative by the layer's sums.
 */
@unmanaged
class Layer {
  inputs: i32;
  outputs: i32;
  /** Floats from one row of `input` to the next: inputs + 1, padded. */
  inputStride: i32;
  /** Floats from one row of `output` to the next: outputs + 1, padded. */
  outputStride: i32;
  /** Floats from one row of `weights`, `gradients` and `delta` to the next: outputs, padded. */
  width: i32;
  /** Floats from one row of `transposed` to the next: inputs, padded. */
  transposedStride: i32;
  input: usize;
  output: usize;
  weights: usize;
  transposed: usize;
  gradients: usize;
  delta: usize;
}

let layers: usize = 0;
let layerCount: i32 = 0;
let blockRows: i32 = 0;
let parameters: usize = 0;
let gradients: usize = 0;
let firstMoments: usize = 0;
let secondMoments: usize = 0;
let parameterCount: i32 = 0;

let learningRate: f64 = 0;
let weightDecay: f64 = 0;
let beta1: f64 = 0;
let beta2: f64 = 0;
let epsilon: f64 = 0;
let power1: f64 = 1;
let power2: f64 = 1;

/** The first byte that the kernel's own constants do not need. */
export function heapBase(): usize {
  return __heap_base;
}

/** Says where the network is. `parameterCount` counts floats, padding included. */
export function configure(layersAt: usize, count: i32, rows: i32, parametersAt: usize, floats: i32): void {
  layers = layersAt;
  layerCount = count;
  blockRows = rows;
  parameters = parametersAt;
  parameterCount = floats;
}

/** Says where the optimiser's numbers are and how it steps; starts it at step 0. */
export function configureAdam(
  gradientsAt: usize,
  firstMomentsAt: usize,
  secondMomentsAt: usize,
  rate: f64,
  decay: f64,
  firstBeta: f64,
  secondBeta: f64,
  smallest: f64,
): void {
  gradients = gradientsAt;
  firstMoments = firstMomentsAt;
  secondMoments = secondMomentsAt;
  learningRate = rate;
  weightDecay = decay;
  beta1 = firstBeta;
  beta2 = secondBeta;
  epsilon = smallest;
  power1 = 1;
  power2 = 1;
}

/**
 * Trains on rows `first` to `end` of the order, in batches of `batchSize`, the last one perhaps smaller.
 *
 * @param x inputs, row by row, as many floats a row as the first layer has inputs
 * @param y labels, 0..1
 * @param order row numbers (int32)
 * @param random the dropout generators' state
 * @param threshold a unit is dropped when its 32 random bits are below; 0 for no dropout
 * @param scale what kept units are multiplied by
 * @param losses where each batch's mean loss goes (float64), measured before its step
 */
export function trainBatches(
  x: usize,
  y: usize,
  order: usize,
  first: i32,
  end: i32,
  batchSize: i32,
  random: usize,
  threshold: u32,
  scale: f32,
  losses: usize,
): void {
  for (let start = first; start < end; start += batchSize) {
    const rows = min(batchSize, end - start);
    const weight = 1 / <f64>rows;
    let loss: f64 = 0;
    memory.fill(gradients, 0, (<usize>parameterCount) << 2);
    for (let done = 0; done < rows; done += blockRows) {
      const block = min(blockRows, rows - done);
      gather(x, order, start + done, block);
      forward(block, random, threshold, scale);
      const last = layerAt(layerCount - 1);
      loss += crossEntropy(last.output, last.outputStride, y, order, start + done, block, last.delta, weight);
      backward(block, scale);
    }
    step();
    store<f64>(losses, loss * weight);
    losses += 8;
  }
}

/** The logits of `rows` rows of `x`, to `logits` (float32); with dropout when `threshold` is not 0. */
export function infer(x: usize, rows: i32, random: usize, threshold: u32, scale: f32, logits: usize): void {
  const last = layerAt(layerCount - 1);
  for (let done = 0; done < rows; done += blockRows) {
    const block = min(blockRows, rows - done);
    gather(x, 0, done, block);
    forward(block, random, threshold, scale);
    for (let row = 0; row < block; row++) {
      store<f32>(logits, load<f32>(last.output + ((<usize>(row * last.outputStride)) << 2)));
      logits += 4;
    }
  }
}

/** Writes every layer's transposed weights anew, after the TypeScript side or a step changed the weights. */
export function transpose(): void {
  for (let l = 1; l < layerCount; l++) {
    const layer = layerAt(l);
    const row = (<usize>layer.width) << 2;
    const column = (<usize>layer.transposedStride) << 2;
    for (let i = 0; i < layer.inputs; i++) {
      let from = layer.weights + <usize>i * row;
      let to = layer.transposed + ((<usize>i) << 2);
      for (let o = 0; o < layer.outputs; o++) {
        store<f32>(to, load<f32>(from));
        from += 4;
        to += column;
      }
    }
  }
}

function layerAt(index: i32): Layer {
  return changetype<Layer>(layers + <usize>index * offsetof<Layer>());
}

/** A row count padded to whole blocks of four. The rows behind the last hold old numbers, which nothing reads. */
function padded(rows: i32): i32 {
  return (rows + 3) & ~3;
}

/** Copies rows into the first layer's input, each with its one behind; as `order` names them, or as they lie when it is 0. */
function gather(x: usize, order: usize, first: i32, rows: i32): void {
  const layer = layerAt(0);
  const bytes = (<usize>layer.inputs) << 2;
  let to = layer.input;
  for (let row = first; row < first + rows; row++) {
    const from = x + <usize>(order ? load<i32>(order + ((<usize>row) << 2)) : row) * bytes;
    for (let i: usize = 0; i < bytes; i += 4) {
      store<f32>(to + i, load<f32>(from + i));
    }
    store<f32>(to + bytes, 1);
    to += (<usize>layer.inputStride) << 2;
  }
}

function forward(rows: i32, random: usize, threshold: u32, scale: f32): void {
  for (let l = 0; l < layerCount; l++) {
    const layer = layerAt(l);
    sums(layer, rows);
    if (l == layerCount - 1) return;
    if (threshold) {
      rectifyAndDrop(
        layer.output,
        layer.outputStride,
        rows,
        layer.outputs,
        layer.width,
        random,
        threshold,
        scale,
      );
    } else {
      rectify(layer.output, layer.outputStride, rows, layer.outputs, layer.width);
    }
  }
}

/** A layer's sums of rows of its input. */
function sums(layer: Layer, rows: i32): void {
  multiply(
    padded(rows),
    layer.width,
    layer.inputs + 1,
    layer.input,
    (<usize>layer.inputStride) << 2,
    4,
    layer.weights,
    (<usize>layer.width) << 2,
    layer.output,
    (<usize>layer.outputStride) << 2,
    false,
  );
}

function backward(rows: i32, scale: f32): void {
  for (let l = layerCount - 1; l >= 0; l--) {
    const layer = layerAt(l);
    multiply(
      layer.inputStride,
      layer.width,
      rows,
      layer.input,
      4,
      (<usize>layer.inputStride) << 2,
      layer.delta,
      (<usize>layer.width) << 2,
      layer.gradients,
      (<usize>layer.width) << 2,
      true,
    );
    if (l == 0) return;
    const below = layerAt(l - 1);
    multiply(
      padded(rows),
      below.width,
      layer.outputs,
      layer.delta,
      (<usize>layer.width) << 2,
      4,
      layer.transposed,
      (<usize>layer.transposedStride) << 2,
      below.delta,
      (<usize>below.width) << 2,
      false,
    );
    rectifyBack(below.delta, below.width, below.output, below.outputStride, rows, scale);
  }
}

function step(): void {
  power1 *= beta1;
  power2 *= beta2;
  const rate = learningRate / (1 - power1);
  const root = Math.sqrt(1 - power2);
  const shrink = 1 - learningRate * weightDecay;
  adam(
    parameters,
    gradients,
    firstMoments,
    secondMoments,
    parameterCount,
    beta1,
    beta2,
    epsilon,
    rate,
    root,
    shrink,
  );
  transpose();
}
