/** Bytes looked at together: a bit each of a mask. */
export const BLOCK: usize = 64;

/** Offset of the next block with a quote or a byte below it (a blank, a control character); `end` when there is none. */
export function skip(from: usize, end: usize): usize {
  let at = from;
  const quote = i8x16.splat(34);
  while (at < end) {
    const least = i8x16.min_u(
      i8x16.min_u(v128.load(at), v128.load(at, 16)),
      i8x16.min_u(v128.load(at, 32), v128.load(at, 48)),
    );
    if (v128.any_true(i8x16.le_u(least, quote))) {
      break;
    }
    at += BLOCK;
  }
  return at;
}

/** Which bytes stand behind an odd number of quotes, the quotes that make it odd among them. */
export function insideOf(quotes: u64): u64 {
  let parity = quotes;
  parity ^= parity << 1;
  parity ^= parity << 2;
  parity ^= parity << 4;
  parity ^= parity << 8;
  parity ^= parity << 16;
  parity ^= parity << 32;
  return parity;
}
