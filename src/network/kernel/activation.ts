/** ReLU in place over `rows` rows of `width` sums; sets the one behind the units that the next layer's bias needs. */
export function rectify(output: usize, stride: i32, rows: i32, units: i32, width: i32): void {
  const zero = f32x4.splat(0);
  for (let row = 0; row < rows; row++) {
    let at = output;
    for (let unit = 0; unit < width; unit += 4) {
      // pmax, one instruction on x86, gives its first argument unless that is smaller: NaN stays NaN and is noticed.
      v128.store(at, f32x4.pmax(v128.load(at), zero));
      at += 16;
    }
    store<f32>(output + ((<usize>units) << 2), 1);
    output += (<usize>stride) << 2;
  }
}

/**
 * ReLU and inverted dropout in place: a unit is dropped when its draw is below `threshold`, and multiplied by `scale` when kept.
 * One draw a unit of the padded width, row by row. Unit k draws from lane k modulo 4 of four xoshiro128** generators
 * (Blackman and Vigna, 2018), whose four state words lie at `random` as four vectors; src/network/kernel.ts seeds them.
 */
export function rectifyAndDrop(
  output: usize,
  stride: i32,
  rows: i32,
  units: i32,
  width: i32,
  random: usize,
  threshold: u32,
  scale: f32,
): void {
  const zero = f32x4.splat(0);
  const limits = i32x4.splat(threshold);
  const scales = f32x4.splat(scale);
  let s0 = v128.load(random);
  let s1 = v128.load(random, 16);
  let s2 = v128.load(random, 32);
  let s3 = v128.load(random, 48);
  for (let row = 0; row < rows; row++) {
    let at = output;
    for (let unit = 0; unit < width; unit += 4) {
      // rotl(s1 * 5, 7) * 9; products by 5 and 9 are a shift and an addition.
      let draw = i32x4.add(i32x4.shl(s1, 2), s1);
      draw = v128.or(i32x4.shl(draw, 7), i32x4.shr_u(draw, 25));
      draw = i32x4.add(i32x4.shl(draw, 3), draw);
      const shifted = i32x4.shl(s1, 9);
      s2 = v128.xor(s2, s0);
      s3 = v128.xor(s3, s1);
      s1 = v128.xor(s1, s2);
      s0 = v128.xor(s0, s3);
      s2 = v128.xor(s2, shifted);
      s3 = v128.or(i32x4.shl(s3, 11), i32x4.shr_u(s3, 21));
      const kept = i32x4.ge_u(draw, limits);
      const active = f32x4.mul(f32x4.pmax(v128.load(at), zero), scales);
      v128.store(at, v128.and(active, kept));
      at += 16;
    }
    store<f32>(output + ((<usize>units) << 2), 1);
    output += (<usize>stride) << 2;
  }
  v128.store(random, s0);
  v128.store(random, s1, 16);
  v128.store(random, s2, 32);
  v128.store(random, s3, 48);
}

/**
 * The way back through ReLU and dropout, in place: `delta` is multiplied by `scale` where the unit's output is above zero and
 * becomes zero elsewhere. No mask is kept, for a dropped unit's output is zero.
 */
export function rectifyBack(
  delta: usize,
  width: i32,
  output: usize,
  outputStride: i32,
  rows: i32,
  scale: f32,
): void {
  const zero = f32x4.splat(0);
  const scales = f32x4.splat(scale);
  for (let row = 0; row < rows; row++) {
    for (let unit = 0; unit < width; unit += 4) {
      const active = f32x4.gt(v128.load(output + ((<usize>unit) << 2)), zero);
      const at = delta + ((<usize>unit) << 2);
      v128.store(at, v128.and(f32x4.mul(v128.load(at), scales), active));
    }
    delta += (<usize>width) << 2;
    output += (<usize>outputStride) << 2;
  }
}

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
