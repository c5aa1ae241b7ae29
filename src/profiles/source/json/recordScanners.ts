import {
  addRecord,
  createBatch,
  FLAW,
  MAX_RECORD_BYTES,
  type RecordBatch,
  type RecordScanner,
} from "../scanner.ts";

const LF = 10;
const CR = 13;
const SPACE = 32;
const TAB = 9;

/** Finds lines: each is one JSON text. Blank lines are no records. */
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
    let end = to;
    while (start < end && isSpace(bytes[start])) {
      start++;
    }
    while (end > start && isSpace(bytes[end - 1])) {
      end--;
    }
    if (end > start) {
      addRecord(this.batch, start, end, 1, end - start > MAX_RECORD_BYTES ? FLAW.tooLong : 0);
    }
  }
}

/** Whether a byte is white space between JSON values. */
export function isSpace(byte: number): boolean {
  return byte === SPACE || byte === LF || byte === CR || byte === TAB;
}

const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;

/** Where in a JSON text the records are. */
export interface JsonLayout {
  /** Bytes before the first record: the bracket of the array, and what stands around it, included. */
  readonly prefix: number;
  /** Brackets and braces open there: 0 for objects one after another, 1 for an array, more for an array inside an object. */
  readonly depth: number;
}

// States of the walk.
const PREFIX = 0;
const BETWEEN = 1;
const ELEMENT = 2;
const IN_STRING = 3;
const TAIL = 4;
const TAIL_STRING = 5;

/** Finds the elements of a JSON array, or objects that stand one after another. What is in them is not looked at. */
export class JsonElementScanner implements RecordScanner {
  /** Whether the text may end where the walk stands. */
  get complete(): boolean {
    return this.state === BETWEEN ? this.layout.depth === 0 : this.state === TAIL && this.open === 0;
  }
  readonly layout: JsonLayout;
  private readonly batch = createBatch();
  private readonly stops = new Uint8Array(256);
  private toSkip: number;
  private start = 0;
  private at = 0;
  private state = PREFIX;
  /** Whether anything stands after the end. */
  private refused = false;
  /** Brackets and braces open within the element, or still to be closed after the array. */
  private open = 0;

  constructor(layout: JsonLayout) {
    this.toSkip = layout.prefix;
    this.layout = layout;
    for (const byte of [QUOTE, COMMA, OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET]) {
      this.stops[byte] = 1;
    }
  }

  scan(window: Buffer, length: number, final: boolean): RecordBatch {
    const { batch } = this;
    const bytes = length === window.length ? window : window.subarray(0, length);
    batch.count = 0;
    batch.flawsSeen = 0;
    if (this.state === PREFIX) {
      const skipped = Math.min(this.toSkip, length);
      this.toSkip -= skipped;
      this.at = skipped;
      this.state = this.toSkip > 0 ? PREFIX : BETWEEN;
    }
    while (this.at < length && this.state !== PREFIX) {
      this.step(bytes);
    }
    if (this.state === ELEMENT && final && this.layout.depth === 0 && this.open === 0) {
      this.end(bytes, length, FLAW.misplaced);
    }
    if (this.state === ELEMENT || this.state === IN_STRING) {
      if (this.at - this.start > MAX_RECORD_BYTES) {
        addRecord(batch, this.start, length, 1, FLAW.tooLong);
      }
    } else if (this.state !== TAIL_STRING) {
      this.start = this.at;
    }
    batch.consumed = this.start;
    this.at -= this.start;
    this.start = 0;
    return batch;
  }

  private step(bytes: Buffer): void {
    if (this.state === ELEMENT) {
      this.element(bytes);
    } else if (this.state === IN_STRING) {
      this.string(bytes, ELEMENT);
    } else if (this.state === BETWEEN) {
      this.between(bytes);
    } else if (this.state === TAIL) {
      this.tail(bytes);
    } else {
      this.string(bytes, TAIL);
    }
  }

  private between(bytes: Buffer): void {
    const byte = bytes[this.at];
    if (isSpace(byte) || byte === COMMA) {
      this.at++;
    } else if (byte === CLOSE_BRACKET && this.layout.depth > 0) {
      this.at++;
      this.open = this.layout.depth - 1;
      this.state = TAIL;
    } else {
      this.start = this.at;
      this.open = 0;
      this.state = ELEMENT;
    }
  }

  private element(bytes: Buffer): void {
    const { stops } = this;
    const length = bytes.length;
    let at = this.at;
    while (at < length && stops[bytes[at]] === 0) {
      at++;
    }
    this.at = at;
    if (at === length) {
      return;
    }
    const byte = bytes[at];
    if (byte === QUOTE) {
      this.at++;
      this.state = IN_STRING;
    } else if (byte === COMMA) {
      if (this.open === 0) {
        this.end(bytes, at, 0);
      } else {
        this.at++;
      }
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      if (this.layout.depth === 0 && this.open === 0 && at > this.start) {
        // Words before an object, where only objects should be.
        this.end(bytes, at, FLAW.misplaced);
        return;
      }
      this.open++;
      this.at++;
    } else if (this.open > 0) {
      this.open--;
      this.at++;
      if (this.open === 0 && this.layout.depth === 0) {
        this.end(bytes, this.at, 0);
      }
    } else if (this.layout.depth > 0 && byte === CLOSE_BRACKET) {
      this.end(bytes, at, 0);
    } else {
      this.at++;
    }
  }

  private end(bytes: Buffer, end: number, flaws: number): void {
    let last = end;
    while (last > this.start && isSpace(bytes[last - 1])) {
      last--;
    }
    addRecord(this.batch, this.start, last, 1, flaws);
    this.start = this.at;
    this.state = BETWEEN;
  }

  private string(bytes: Buffer, after: number): void {
    let closing = bytes.indexOf(QUOTE, this.at);
    while (closing >= 0 && isEscaped(bytes, closing, this.start)) {
      closing = bytes.indexOf(QUOTE, closing + 1);
    }
    if (closing < 0) {
      this.at = bytes.length;
      return;
    }
    this.at = closing + 1;
    this.state = after;
  }

  private tail(bytes: Buffer): void {
    const byte = bytes[this.at];
    if (this.refused) {
      this.at = bytes.length;
    } else if (this.open === 0 && !isSpace(byte)) {
      // One record stands for all that follows; the reader refuses the file for it.
      addRecord(this.batch, this.at, Math.min(bytes.length, this.at + 80), 1, FLAW.misplaced);
      this.at = bytes.length;
      this.refused = true;
    } else if (byte === QUOTE) {
      this.start = this.at;
      this.at++;
      this.state = TAIL_STRING;
    } else {
      if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        this.open++;
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        this.open--;
      }
      this.at++;
    }
  }
}

/** Whether an odd number of backslashes stands before an offset. */
function isEscaped(bytes: Buffer, offset: number, start: number): boolean {
  let at = offset;
  while (at > start && bytes[at - 1] === BACKSLASH) {
    at--;
  }
  return (offset - at) % 2 === 1;
}
