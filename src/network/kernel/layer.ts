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
export class Layer {
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
