/** Below this a derivative counts as zero: it moves nothing, and subnormal numbers would slow every product down. */
const SMALLEST: f64 = 1e-30;

/**
 * Binary cross-entropy from logits, max(z, 0) - z y + log(1 + exp(-|z|)), which neither overflows nor loses digits; writes
 * its derivative (sigmoid(z) - y) * weight to the first of the four floats of each row of `delta`.
 *
 * @param logits first logit
 * @param stride floats from one logit to the next
 * @param y labels, 0..1
 * @param order row numbers (int32); those from `first` on belong to the logits
 * @param weight one over the batch's rows
 * @returns the sum over the rows, not yet divided
 */
export function crossEntropy(
  logits: usize,
  stride: i32,
  y: usize,
  order: usize,
  first: i32,
  rows: i32,
  delta: usize,
  weight: f64,
): f64 {
  let sum: f64 = 0;
  for (let row = 0; row < rows; row++) {
    const z = <f64>load<f32>(logits + ((<usize>(row * stride)) << 2));
    const at = order ? load<i32>(order + ((<usize>(first + row)) << 2)) : first + row;
    const label = <f64>load<f32>(y + ((<usize>at) << 2));
    const power = Math.exp(-Math.abs(z));
    sum += Math.max(z, 0) - z * label + Math.log1p(power);
    const probability = (z >= 0 ? 1 : power) / (1 + power);
    const derivative = (probability - label) * weight;
    store<f32>(delta + ((<usize>row) << 4), Math.abs(derivative) < SMALLEST ? 0 : <f32>derivative);
  }
  return sum;
}
