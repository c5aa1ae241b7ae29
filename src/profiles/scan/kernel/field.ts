// How a column is written, unless it is a text.
export const COUNT: i32 = 1;
export const REST: i32 = 2;

/** A quote is its own escape. */
const QUOTE: u8 = 34;

/**
 * Writes a field as Parquet's plain encoding has texts: its length in 32 bits, and its bytes, without the quotes around it. Reads and
 * writes up to 15 bytes beyond.
 *
 * @param from address of its first byte, quotes and all
 * @param to address behind its last
 * @param out where to write
 * @returns address behind what was written
 */
export function writeField(from: usize, to: usize, out: usize): usize {
  const quoted = from < to && load<u8>(from) == QUOTE;
  if (quoted) {
    from++;
    to--;
  }
  const length = to - from;
  const start = out + 4;
  let at: usize = 0;
  while (at < length) {
    const bytes = v128.load(from + at);
    if (quoted) {
      const valid = length - at >= 16 ? 0xffff : (1 << (<u32>(length - at))) - 1;
      if ((i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(QUOTE))) & valid) != 0) {
        return unescape(from, at, length, out);
      }
    }
    v128.store(start + at, bytes);
    at += 16;
  }
  store<u32>(out, <u32>length);
  return start + length;
}

/** Goes on byte by byte where there are doubled quotes, of which one is left out. */
function unescape(from: usize, done: usize, length: usize, out: usize): usize {
  const end = from + length;
  let to = out + 4 + done;
  for (let at = from + done; at < end; at++) {
    const byte = load<u8>(at);
    store<u8>(to++, byte);
    if (byte == QUOTE) {
      at++;
    }
  }
  store<u32>(out, <u32>(to - out - 4));
  return to;
}

/** As many digits as 63 bits are sure to hold. */
const MOST_DIGITS: usize = 18;

/** The count that a field is: digits without quotes, and no zero before them. -1 where it is anything else. */
export function countOf(from: usize, to: usize): i64 {
  const length = to - from;
  if (length == 0 || length > MOST_DIGITS || (length > 1 && load<u8>(from) == 48)) {
    return -1;
  }
  let count: i64 = 0;
  for (let at = from; at < to; at++) {
    const digit = <u32>load<u8>(at) - 48;
    if (digit > 9) {
      return -1;
    }
    count = count * 10 + digit;
  }
  return count;
}
