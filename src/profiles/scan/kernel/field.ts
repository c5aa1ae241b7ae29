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
