import { CR, LF } from "./bytes.ts";
/** What can be wrong or odd with a record; the bits of {@link RecordBatch.flaws}. */
export const FLAW = {
  /** A quoted field is not closed, or its closing quote is followed by something else than a delimiter. */
  quote: 1,
  /** The record is longer than {@link MAX_RECORD_BYTES}. */
  tooLong: 2,
  tooFewColumns: 4,
  tooManyColumns: 8,
  /** A quote stands inside a field that does not begin with one: read as it stands, but not plain RFC 4180. */
  strayQuote: 16,
  /** Text that belongs to no record, between two of them. */
  misplaced: 32,
} as const;

/** Flaws for which a record is rejected. */
export const REJECTED = FLAW.quote | FLAW.tooLong | FLAW.tooFewColumns | FLAW.tooManyColumns | FLAW.misplaced;

/**
 * Longest record, in bytes. A quote that is never closed swallows at most this much before it is given up, so this also
 * bounds the memory of a pass.
 */
export const MAX_RECORD_BYTES = 32 << 20;

/** Records found in one window, as parallel arrays of which the first `count` elements count. */
export interface RecordBatch {
  count: number;
  /** Offset in the window of each record's first byte. */
  starts: Int32Array;
  /** Offset in the window just after each record's last byte, its line end not included. */
  ends: Int32Array;
  /** Fields of each record; of one with {@link FLAW.quote}, the number of the field at fault, from 1. */
  fields: Int32Array;
  /** {@link FLAW} bits of each record. */
  flaws: Uint8Array;
  /** All flaws of the batch, or-ed. */
  flawsSeen: number;
  /** Bytes at the front of the window that are done with. The rest must come again at the front of the next. */
  consumed: number;
}

/**
 * Finds where records begin and end. A scanner sees a text as windows: each begins with what the last scan did not
 * consume and adds bytes to it. What it finds must not depend on where the windows were cut.
 */
export interface RecordScanner {
  /**
   * @param window bytes of the text
   * @param length how many of them count
   * @param final whether the text ends with this window
   * @returns the records that end in the window; valid until the next call
   */
  scan(window: Buffer, length: number, final: boolean): RecordBatch;
}

/** An empty batch with room for some records. */
export function createBatch(): RecordBatch {
  const room = 4096;
  return {
    count: 0,
    starts: new Int32Array(room),
    ends: new Int32Array(room),
    fields: new Int32Array(room),
    flaws: new Uint8Array(room),
    flawsSeen: 0,
    consumed: 0,
  };
}

/** Appends a record to a batch and makes room when it is full. */
export function addRecord(
  batch: RecordBatch,
  start: number,
  end: number,
  fields: number,
  flaws: number,
): void {
  const at = batch.count;
  if (at === batch.starts.length) {
    const room = at * 2;
    batch.starts = grown(batch.starts, new Int32Array(room));
    batch.ends = grown(batch.ends, new Int32Array(room));
    batch.fields = grown(batch.fields, new Int32Array(room));
    batch.flaws = grown(batch.flaws, new Uint8Array(room));
  }
  batch.starts[at] = start;
  batch.ends[at] = end;
  batch.fields[at] = fields;
  batch.flaws[at] = flaws;
  batch.flawsSeen |= flaws;
  batch.count = at + 1;
}

function grown<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** One window and the records in it. */
export interface ScannedWindow {
  readonly window: Buffer;
  readonly batch: RecordBatch;
}

/**
 * Runs a scanner over a text. The window holds at most one unfinished record and a block; it grows with the record.
 *
 * @param blocks the text in blocks of any size
 */
export async function* scanText(
  blocks: AsyncIterable<Buffer>,
  scanner: RecordScanner,
): AsyncGenerator<ScannedWindow, void, void> {
  let window: Buffer = Buffer.allocUnsafeSlow(1 << 21);
  let held = 0;
  for await (const block of blocks) {
    if (held + block.length > window.length) {
      const larger = Buffer.allocUnsafeSlow(2 * (held + block.length));
      window.copy(larger, 0, 0, held);
      window = larger;
    }
    block.copy(window, held);
    held += block.length;
    const batch = scanner.scan(window, held, false);
    yield { window, batch };
    window.copyWithin(0, batch.consumed, held);
    held -= batch.consumed;
  }
  yield { window, batch: scanner.scan(window, held, true) };
}

/** Counts lines along a text that comes in windows. A line ends in LF, CRLF or CR. */
export class LineCounter {
  /** The line the count stands on, from 1. */
  line = 1;
  private offset = 0;
  private afterCr = false;

  /** Counts on to an offset of the window and returns the line there. */
  advance(window: Buffer, to: number): number {
    let at = this.offset;
    if (to <= at) {
      return this.line;
    }
    const bytes = window.subarray(at, to);
    if (!this.afterCr && bytes.indexOf(CR) < 0) {
      for (let found = bytes.indexOf(LF); found >= 0; found = bytes.indexOf(LF, found + 1)) {
        this.line++;
      }
    } else {
      for (; at < to; at++) {
        const byte = window[at];
        if (byte === CR || (byte === LF && !this.afterCr)) {
          this.line++;
        }
        this.afterCr = byte === CR;
      }
    }
    this.offset = to;
    return this.line;
  }

  /** Counts what is left of a window's first `consumed` bytes; the next window begins after them. */
  shift(window: Buffer, consumed: number): void {
    this.advance(window, consumed);
    this.offset = 0;
  }
}

/**
 * The lines on which records begin, by walking the text again as far as needed.
 *
 * @param blocks the text
 * @param scanner a fresh scanner like the one that numbered the records
 * @param rows ordinals of data records, from 0
 * @param headers records before the first data record: 1 when the text has a header
 * @param above lines of the file before the text
 */
export async function locateRows(
  blocks: AsyncIterable<Buffer>,
  scanner: RecordScanner,
  rows: readonly number[],
  headers: 0 | 1,
  above = 0,
): Promise<Map<number, number>> {
  const wanted = [...new Set(rows)].filter((row) => row >= 0).sort((a, b) => a - b);
  const lines = new Map<number, number>();
  const counter = new LineCounter();
  counter.line += above;
  let next = 0;
  let first = -headers;
  for await (const { window, batch } of scanText(blocks, scanner)) {
    while (next < wanted.length && wanted[next] < first + batch.count) {
      lines.set(wanted[next], counter.advance(window, batch.starts[wanted[next] - first]));
      next++;
    }
    if (next === wanted.length) {
      break;
    }
    first += batch.count;
    counter.shift(window, batch.consumed);
  }
  return lines;
}

/** Index of the last of rising numbers that is not above `value`. */
export function indexUpTo(numbers: readonly number[], value: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
