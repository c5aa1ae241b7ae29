/**
 * Walks over delimited text at the speed of memory, 64 bytes at a time: counts its records, writes out the fields of some columns, and
 * notes whatever is not plain RFC 4180: text that every right reader is sure to take for the same records has no such mark.
 * (Whether the bytes are UTF-8 is checked by the caller.)
 *
 * Bit i of a mask stands for byte i of a block. The bytes inside of quotes are found by a running parity of the quotes
 * before them: a doubled quote closes and opens at once.
 */

import { BLOCK, insideOf, skip } from "./bytes";
import { COUNT, countOf, REST, writeField } from "./field";
import {
  BLANK_LINE,
  LONE_CR,
  MIXED_LINE_ENDS,
  NUL_BYTE,
  OPEN_QUOTE,
  STRAY_QUOTE,
  TOO_FEW_COLUMNS,
  TOO_MANY_COLUMNS,
} from "./flaws";

let delimiter: v128 = i8x16.splat(0);
let delimiters: i32 = 0;

/** Columns to write out: three words of 32 bits each, which field of a record, where its next value goes, and how it is written. */
let columns: usize = 0;
let columnCount: i32 = 0;
/** Where the fields of this record end (low 32 bits of the position), the last excepted. */
let bounds: usize = 0;
/** Records at the beginning that are not written out. */
let skipped: u64 = 0;
/** Records that begin at or behind this position are not of this walk. */
let stop: u64 = 0;
let stopped: bool = false;
/** What must be added to the low 32 bits of a position to make it an address. */
let shift: u32 = 0;

// What one block passes on to the next.
/** All ones inside of quotes, else zero. */
let inside: u64 = 0;
/** 1 when the last byte could stand before an opening quote. */
let lastOpens: u64 = 1;
/** 1 when the last byte was a closing quote. */
let lastCloses: u64 = 0;
/** 1 when the last byte was a carriage return outside of quotes. */
let lastReturn: u64 = 0;
let fieldsBefore: i32 = 0;

let position: u64 = 0;
let recordStart: u64 = 0;
let recordCount: u64 = 0;
let longestRecord: u64 = 0;
let lineEndKinds: i32 = 0;
let seenFlaws: i32 = 0;
let firstFlaw: i64 = -1;

/** The first byte that the kernel's own constants do not need. */
export function heapBase(): usize {
  return __heap_base;
}

/**
 * Begins a text, or a stretch of one where a record begins, whose records have `width` fields between `delimiterByte`s.
 *
 * @param columnsAt three 32-bit words for each column to write out, `count` of them: field, where to write, and how (0 as a text, 1 as a count,
 *   2 as a text unless it is a count and was written as one just before); the second moves on
 * @param boundsAt room for `width` + 64 words of 32 bits
 * @param skip records at the beginning that are not written out: 1 where there is a header
 * @param stopAt bytes from here after which no record of this walk begins
 */
export function begin(
  delimiterByte: i32,
  width: i32,
  columnsAt: usize,
  count: i32,
  boundsAt: usize,
  skip: i32,
  stopAt: f64,
): void {
  delimiter = i8x16.splat(<i8>delimiterByte);
  delimiters = width - 1;
  columns = columnsAt;
  columnCount = count;
  bounds = boundsAt;
  skipped = skip;
  stop = <u64>stopAt;
  stopped = false;
  inside = 0;
  lastOpens = 1;
  lastCloses = 0;
  lastReturn = 0;
  fieldsBefore = 0;
  position = 0;
  recordStart = 0;
  recordCount = 0;
  longestRecord = 0;
  lineEndKinds = 0;
  seenFlaws = 0;
  firstFlaw = -1;
}

/**
 * Walks on over some bytes: a multiple of 64 of them, except for the last of the text. Before them must stand what they go on with from the
 * last record's beginning on, and behind them 16 bytes of anything.
 */
export function walk(from: usize, length: usize): void {
  const end = from + (length & ~(BLOCK - 1));
  let at = from;
  shift = <u32>from - <u32>position;
  while (at < end && !stopped) {
    if (inside != 0) {
      // Long quoted fields, such as lists of posts, are most of a file: nothing in them is looked at but what may be a quote
      // or a control character.
      const next = skip(at, end);
      position += next - at;
      at = next;
      if (at >= end) {
        break;
      }
    }
    block(at, ~0);
    position += BLOCK;
    at += BLOCK;
  }
  const rest = length & (BLOCK - 1);
  if (rest > 0 && !stopped) {
    block(end, ((<u64>1) << rest) - 1);
    position += rest;
  }
}

/** Ends the text: what stands after the last line end is a record too. */
export function finish(): void {
  if (stopped) {
    return;
  }
  if (inside != 0) {
    flaw(OPEN_QUOTE);
  }
  if (lastReturn != 0) {
    flaw(LONE_CR);
  }
  if (position > recordStart) {
    record(position - recordStart, fieldsBefore);
    recordStart = position;
  }
}

/** Whether a record began that is not of this walk: it stands where {@link done} says. */
export function isStopped(): bool {
  return stopped;
}

/** Bytes of the records that are complete. */
export function done(): f64 {
  return <f64>recordStart;
}

/** Records so far, the header and blank lines not counted apart: the header is one, a blank line none. */
export function records(): f64 {
  return <f64>recordCount;
}

/** What was not plain, as bits. */
export function flaws(): i32 {
  return seenFlaws;
}

/** How many records ended before the first flaw; -1 when there is none. */
export function recordsBeforeFlaw(): f64 {
  return <f64>firstFlaw;
}

/** Bytes of the longest record. */
export function longest(): f64 {
  return <f64>longestRecord;
}

/** Bits of how lines end outside of quotes: 1 LF, 2 CRLF. */
export function lineEnds(): i32 {
  return lineEndKinds;
}

function flaw(bit: i32): void {
  if (seenFlaws == 0) {
    firstFlaw = <i64>recordCount;
  }
  seenFlaws |= bit;
}

/** Which bytes of a block are `wanted`. */
function mask(a: v128, b: v128, c: v128, d: v128, wanted: v128): u64 {
  return (
    <u64>(<u32>i8x16.bitmask(i8x16.eq(a, wanted))) |
    ((<u64>(<u32>i8x16.bitmask(i8x16.eq(b, wanted)))) << 16) |
    ((<u64>(<u32>i8x16.bitmask(i8x16.eq(c, wanted)))) << 32) |
    ((<u64>(<u32>i8x16.bitmask(i8x16.eq(d, wanted)))) << 48)
  );
}

/** One block, of which the bytes in `valid` count. */
function block(at: usize, valid: u64): void {
  const a = v128.load(at);
  const b = v128.load(at, 16);
  const c = v128.load(at, 32);
  const d = v128.load(at, 48);
  const least = i8x16.min_u(i8x16.min_u(a, b), i8x16.min_u(c, d));
  const controls = v128.any_true(i8x16.lt_u(least, i8x16.splat(32)));
  const quotes = mask(a, b, c, d, i8x16.splat(34)) & valid;
  if (quotes == 0 && !controls) {
    // Nothing but text, and outside of quotes delimiters: most blocks of most files.
    if (inside == 0) {
      const between = mask(a, b, c, d, delimiter) & valid;
      if (lastCloses != 0 && (between & 1) == 0) {
        flaw(STRAY_QUOTE);
      }
      if (lastReturn != 0) {
        flaw(LONE_CR);
      }
      markBounds(between);
      lastOpens = between >> 63;
      lastCloses = 0;
      lastReturn = 0;
    }
    return;
  }
  slowBlock(a, b, c, d, valid, quotes);
}

/** A block with quotes or control characters in it. */
function slowBlock(a: v128, b: v128, c: v128, d: v128, valid: u64, quotes: u64): void {
  const zeros = mask(a, b, c, d, i8x16.splat(0)) & valid;
  if (zeros != 0) {
    flaw(NUL_BYTE);
  }
  const within = insideOf(quotes) ^ inside;
  const outside = ~within & valid;
  const between = mask(a, b, c, d, delimiter) & outside;
  const feeds = mask(a, b, c, d, i8x16.splat(10)) & outside;
  const returns = mask(a, b, c, d, i8x16.splat(13)) & outside;
  const openings = quotes & within;
  const closings = quotes & outside;
  const ends = between | feeds | returns;

  // What may stand before an opening quote: the end of a field, or the closing quote that it doubles.
  const opens = ends | closings;
  if ((openings & ~((opens << 1) | lastOpens)) != 0) {
    flaw(STRAY_QUOTE);
  }
  if ((((closings << 1) | lastCloses) & valid & ~(ends | openings)) != 0) {
    flaw(STRAY_QUOTE);
  }
  const afterReturn = ((returns << 1) | lastReturn) & valid;
  if ((afterReturn & ~feeds) != 0) {
    flaw(LONE_CR);
  }
  if (feeds != 0) {
    lineEndKinds |= ((feeds & afterReturn) != 0 ? 2 : 0) | ((feeds & ~afterReturn) != 0 ? 1 : 0);
    if (lineEndKinds == 3) {
      flaw(MIXED_LINE_ENDS);
    }
  }
  let left = feeds;
  let counted: u64 = 0;
  while (left != 0) {
    const bit = left & (~left + 1);
    const before = bit - 1;
    markBounds(between & before & ~counted);
    const end = position + ctz<u64>(left);
    const length = end - recordStart - ((bit & afterReturn) != 0 ? 1 : 0);
    record(length, fieldsBefore);
    recordStart = end + 1;
    fieldsBefore = 0;
    if (recordStart >= stop) {
      stopped = true;
      return;
    }
    counted = before | bit;
    left &= left - 1;
  }
  markBounds(between & ~counted);

  inside = <u64>(<i64>within >> 63);
  lastOpens = opens >> 63;
  lastCloses = closings >> 63;
  // The text may end with this byte, in the middle of the block.
  lastReturn = <u64>((returns & ~(valid >> 1)) != 0);
}

/** Notes where fields end. What is too many is only counted, to where the record's end will tell. */
function markBounds(between: u64): void {
  let place = bounds + ((<usize>fieldsBefore) << 2);
  let left = between;
  while (left != 0) {
    store<u32>(place, <u32>position + <u32>ctz<u64>(left));
    place += 4;
    left &= left - 1;
  }
  fieldsBefore = min(fieldsBefore + <i32>popcnt<u64>(between), delimiters + 1);
}

/** Writes the wanted fields of a record that ends at `end`. */
function writeOut(recordEnd: u32): void {
  const last = columns + <usize>columnCount * 12;
  let counted = false;
  for (let column = columns; column < last; column += 12) {
    const field = load<i32>(column);
    const place = bounds + ((<usize>field) << 2);
    const from = field == 0 ? <u32>recordStart : load<u32>(place - 4) + 1;
    const to = field == delimiters ? recordEnd : load<u32>(place);
    const out = <usize>load<u32>(column, 4);
    const how = load<i32>(column, 8);
    let end: usize = out;
    if (how == COUNT) {
      const count = countOf(<usize>(from + shift), <usize>(to + shift));
      counted = count >= 0;
      store<i64>(out, count);
      end = out + 8;
    } else if (how == REST && counted) {
      store<u32>(out, 0);
      end = out + 4;
    } else {
      end = writeField(<usize>(from + shift), <usize>(to + shift), out);
    }
    store<u32>(column, <u32>end, 4);
  }
}

function record(length: u64, fields: i32): void {
  if (length == 0) {
    flaw(BLANK_LINE);
    return;
  }
  if (fields < delimiters) {
    flaw(TOO_FEW_COLUMNS);
  } else if (fields > delimiters) {
    flaw(TOO_MANY_COLUMNS);
  }
  if (length > longestRecord) {
    longestRecord = length;
  }
  if (recordCount >= skipped && seenFlaws == 0) {
    writeOut(<u32>(recordStart + length));
  }
  recordCount++;
}
