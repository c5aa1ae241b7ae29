import { type RecordScanner, scanText } from "./scanner.ts";

const LF = 10;
const CR = 13;

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
 */
export async function locateRows(
  blocks: AsyncIterable<Buffer>,
  scanner: RecordScanner,
  rows: readonly number[],
  headers: 0 | 1,
): Promise<Map<number, number>> {
  const wanted = [...new Set(rows)].filter((row) => row >= 0).sort((a, b) => a - b);
  const lines = new Map<number, number>();
  const counter = new LineCounter();
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
