import { COMMA, CR, LF, SPACE, TAB } from "../bytes.ts";
import {
  addRecord,
  createBatch,
  FLAW,
  MAX_RECORD_BYTES,
  type RecordBatch,
  type RecordScanner,
} from "../scanner.ts";

/** Finds lines: each is one JSON text. Blank lines are no records, and a comma at a line's end belongs to none. */
export class JsonLineScanner implements RecordScanner {
  private readonly batch = createBatch();
  private at = 0;
  private discarding = false;

  scan(window: Buffer, length: number, final: boolean): RecordBatch {
    const { batch } = this;
    const bytes = length === window.length ? window : window.subarray(0, length);
    batch.count = 0;
    batch.flawsSeen = 0;
    let start = 0;
    for (;;) {
      const found = bytes.indexOf(LF, Math.max(start, this.at));
      if (found < 0 && !final) {
        break;
      }
      const next = found < 0 ? length : found + 1;
      this.line(bytes, start, found < 0 ? length : found);
      this.at = 0;
      start = next;
      if (found < 0) {
        break;
      }
    }
    if (length - start > MAX_RECORD_BYTES || this.discarding) {
      if (!this.discarding) {
        addRecord(batch, start, length, 1, FLAW.tooLong);
      }
      this.discarding = true;
      start = length;
    }
    batch.consumed = start;
    this.at = length - start;
    return batch;
  }

  private line(bytes: Buffer, from: number, to: number): void {
    if (this.discarding) {
      this.discarding = false;
      return;
    }
    let start = from;
    while (start < to && isSpace(bytes[start])) {
      start++;
    }
    const end = trimmedEnd(bytes, start, to);
    if (end > start) {
      addRecord(this.batch, start, end, 1, end - start > MAX_RECORD_BYTES ? FLAW.tooLong : 0);
    }
  }
}

/** Where a record ends without the white space, and the one comma, that follow it. */
export function trimmedEnd(bytes: Buffer, start: number, end: number): number {
  let last = end;
  let comma = false;
  while (last > start && (isSpace(bytes[last - 1]) || (!comma && bytes[last - 1] === COMMA))) {
    comma ||= bytes[last - 1] === COMMA;
    last--;
  }
  return last;
}

/** Whether a byte is white space between JSON values. */
export function isSpace(byte: number): boolean {
  return byte === SPACE || byte === LF || byte === CR || byte === TAB;
}
