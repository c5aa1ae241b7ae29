/**
 * A layer of one row, for scoring. ReLU leaves many units at zero, and what is multiplied by zero need not be:
 * the other inputs are listed, each with the place of its weights, and the list is multiplied in blocks of 32 columns, whose
 * sums stay in registers. Products are added up in the order of `multiply`, so that the sums are the same bits.
 *
 * An entry of a list is a float and a place (8 bytes). Lists have an even number of entries, since two are multiplied
 * a turn.
 */

/** Bytes of an entry. */
const ENTRY: usize = 8;

/**
 * Lists the inputs that are not zero, or of sums those that ReLU leaves above zero, and last the bias with a one. NaN is
 * listed too, and so noticed.
 *
 * @param from the inputs; up to three floats behind them are read and passed over
 * @param count how many
 * @param rectified whether those below zero count as zero
 * @param weights the first row of weights; a row an input, the bias last
 * @param weightRow bytes from one to the next
 * @param to room for two entries more than inputs
 * @returns the list's end
 */
export function list(
  from: usize,
  count: i32,
  rectified: bool,
  weights: usize,
  weightRow: i32,
  to: usize,
): usize {
  const zero = f32x4.splat(0);
  const step = i32x4.splat(weightRow << 2);
  const start = to;
  let places = i32x4.add(i32x4.splat(<i32>weights), i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(weightRow)));
  for (let left = count; left > 0; left -= 4) {
    const four = v128.load(from);
    let kept = i32x4.bitmask(rectified ? v128.not(f32x4.le(four, zero)) : f32x4.ne(four, zero));
    if (left < 4) kept &= (1 << left) - 1;
    // All are written, and those that are not kept are written over.
    const low = v128.shuffle<f32>(four, places, 0, 4, 1, 5);
    const high = v128.shuffle<f32>(four, places, 2, 6, 3, 7);
    v128.store_lane<u64>(to, low, 0);
    v128.store_lane<u64>(to + ((<usize>(kept & 1)) << 3), low, 1);
    v128.store_lane<u64>(to + ((<usize>popcnt(kept & 3)) << 3), high, 0);
    v128.store_lane<u64>(to + ((<usize>popcnt(kept & 7)) << 3), high, 1);
    to += (<usize>popcnt(kept)) << 3;
    places = i32x4.add(places, step);
    from += 16;
  }
  const bias = <i32>weights + count * weightRow;
  if (!((to - start) & ENTRY)) {
    // Adds nothing, and makes the number even.
    store<f32>(to, 0);
    store<i32>(to, bias, 4);
    to += ENTRY;
  }
  store<f32>(to, 1);
  store<i32>(to, bias, 4);
  return to + ENTRY;
}

/**
 * The sums of a layer: the listed inputs times their weights.
 *
 * @param start a list, whose places are moved along
 * @param end where it ends
 * @param width columns of the weights, a multiple of 4
 */
export function multiplyList(start: usize, end: usize, width: i32, sums: usize): void {
  for (; width >= 32; width -= 32) {
    multiply32(start, end, sums);
    sums += 128;
    if (width > 32) move(start, end, 128);
  }
  for (; width > 0; width -= 4) {
    multiply4(start, end, sums);
    sums += 16;
    if (width > 4) move(start, end, 16);
  }
}

/** Moves the places of a list to columns further right. */
function move(start: usize, end: usize, bytes: i32): void {
  const step = i32x4(0, bytes, 0, bytes);
  for (; start < end; start += 16) v128.store(start, i32x4.add(v128.load(start), step));
}

function multiply32(start: usize, end: usize, sums: usize): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let s4 = s0;
  let s5 = s0;
  let s6 = s0;
  let s7 = s0;
  for (; start < end; start += 16) {
    let a = v128.load32_splat(start);
    let q = <usize>load<u32>(start, 4);
    s0 = f32x4.add(s0, f32x4.mul(a, v128.load(q)));
    s1 = f32x4.add(s1, f32x4.mul(a, v128.load(q, 16)));
    s2 = f32x4.add(s2, f32x4.mul(a, v128.load(q, 32)));
    s3 = f32x4.add(s3, f32x4.mul(a, v128.load(q, 48)));
    s4 = f32x4.add(s4, f32x4.mul(a, v128.load(q, 64)));
    s5 = f32x4.add(s5, f32x4.mul(a, v128.load(q, 80)));
    s6 = f32x4.add(s6, f32x4.mul(a, v128.load(q, 96)));
    s7 = f32x4.add(s7, f32x4.mul(a, v128.load(q, 112)));
    a = v128.load32_splat(start, 8);
    q = <usize>load<u32>(start, 12);
    s0 = f32x4.add(s0, f32x4.mul(a, v128.load(q)));
    s1 = f32x4.add(s1, f32x4.mul(a, v128.load(q, 16)));
    s2 = f32x4.add(s2, f32x4.mul(a, v128.load(q, 32)));
    s3 = f32x4.add(s3, f32x4.mul(a, v128.load(q, 48)));
    s4 = f32x4.add(s4, f32x4.mul(a, v128.load(q, 64)));
    s5 = f32x4.add(s5, f32x4.mul(a, v128.load(q, 80)));
    s6 = f32x4.add(s6, f32x4.mul(a, v128.load(q, 96)));
    s7 = f32x4.add(s7, f32x4.mul(a, v128.load(q, 112)));
  }
  v128.store(sums, s0);
  v128.store(sums, s1, 16);
  v128.store(sums, s2, 32);
  v128.store(sums, s3, 48);
  v128.store(sums, s4, 64);
  v128.store(sums, s5, 80);
  v128.store(sums, s6, 96);
  v128.store(sums, s7, 112);
}

function multiply4(start: usize, end: usize, sums: usize): void {
  let s = f32x4.splat(0);
  for (; start < end; start += 16) {
    s = f32x4.add(s, f32x4.mul(v128.load32_splat(start), v128.load(<usize>load<u32>(start, 4))));
    s = f32x4.add(s, f32x4.mul(v128.load32_splat(start, 8), v128.load(<usize>load<u32>(start, 12))));
  }
  v128.store(sums, s);
}
