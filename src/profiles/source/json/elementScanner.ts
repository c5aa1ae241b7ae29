import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  LF,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from "../bytes.ts";
import {
  addRecord,
  createBatch,
  FLAW,
  MAX_RECORD_BYTES,
  type RecordBatch,
  type RecordScanner,
} from "../scanner.ts";
import { ElementWalk, LineEnds } from "./elementWalk.ts";
import type { JsonLayout } from "./layout.ts";
import { isSpace, trimmedEnd } from "./lineScanner.ts";
import { pathsOf, recover } from "./recovery.ts";

// Where the scanner stands.
const PREFIX = 0;
const BETWEEN = 1;
const ELEMENT = 2;
const BAD = 3;
const TAIL = 4;

/** Characters of a text after the end that are shown. */
const SHOWN = 80;

/**
 * Finds the elements of a JSON array, the members of an object, or objects that stand one after another. One that is no JSON
 * costs itself: see {@link recover}. Commas between elements may be missing.
 */
export class JsonElementScanner implements RecordScanner {
  /** Whether the text may end where the scanner stands. */
  get complete(): boolean {
    return this.state === BETWEEN ? this.layout.depth === 0 : this.state === TAIL && this.open === 0;
  }
  /** Whether the list has ended. */
  get ended(): boolean {
    return this.state === TAIL;
  }
  readonly layout: JsonLayout;
  private readonly batch = createBatch();
  private toSkip: number;
  private start = 0;
  private at = 0;
  private state = PREFIX;
  private walk: ElementWalk;
  private lineEnds = new LineEnds(Buffer.alloc(0));
  /** Blanks since the last line end; -1 where something else stands there. */
  private column: number;
  /** Length of a bad record from which it is looked at again: what was too little is not enough with a byte more. */
  private enough = 0;
  private known: ReadonlySet<string> = new Set();
  /** Brackets and braces still to be closed after the list. */
  private open = 0;
  private quoted = false;
  private escaped = false;
  /** Whether anything stands after the end. */
  private refused = false;

  constructor(layout: JsonLayout) {
    this.toSkip = layout.prefix;
    this.layout = layout;
    this.column = layout.prefix === 0 ? 0 : -1;
    this.walk = new ElementWalk(0, layout.keyed);
  }

  scan(window: Buffer, length: number, final: boolean): RecordBatch {
    const { batch } = this;
    const bytes = length === window.length ? window : window.subarray(0, length);
    batch.count = 0;
    batch.flawsSeen = 0;
    this.lineEnds = new LineEnds(bytes);
    if (this.state === PREFIX) {
      const skipped = Math.min(this.toSkip, length);
      this.toSkip -= skipped;
      this.at = skipped;
      this.state = this.toSkip > 0 ? PREFIX : BETWEEN;
    }
    const unfinished = () => this.state === ELEMENT || this.state === BAD;
    while (this.state !== PREFIX && (this.at < length || (final && unfinished()))) {
      if (!this.step(bytes, final)) break;
    }
    if (!unfinished()) {
      this.start = this.at;
    }
    batch.consumed = this.start;
    this.walk.shift(this.start);
    this.at -= this.start;
    this.start = 0;
    return batch;
  }

  /** @returns whether there is more to do with the bytes at hand */
  private step(bytes: Buffer, final: boolean): boolean {
    switch (this.state) {
      case BETWEEN:
        this.between(bytes);
        return true;
      case ELEMENT:
        return this.element(bytes, final);
      case BAD:
        return this.bad(bytes, final);
      default:
        this.tail(bytes);
        return true;
    }
  }

  private between(bytes: Buffer): void {
    const byte = bytes[this.at];
    if (isSpace(byte) || byte === COMMA) {
      this.column = byte === LF ? 0 : byte === COMMA || this.column < 0 ? -1 : this.column + 1;
      this.at++;
    } else if (this.layout.depth > 0 && byte === (this.layout.keyed ? CLOSE_BRACE : CLOSE_BRACKET)) {
      this.at++;
      this.open = this.layout.depth - 1;
      this.state = TAIL;
    } else {
      this.start = this.at;
      this.walk = new ElementWalk(this.at, this.layout.keyed);
      this.state = ELEMENT;
    }
  }

  private element(bytes: Buffer, final: boolean): boolean {
    const walked = this.walk.walk(bytes, this.lineEnds);
    const ends =
      walked === "end" || (walked === "more" && final && this.layout.depth === 0 && this.walk.mayEnd);
    if (ends) {
      const { start } = this;
      if (this.known.size === 0 && bytes[start] === OPEN_BRACE) {
        this.known = pathsOf(bytes.toString("utf8", start, this.walk.at)).paths;
      }
      this.end(bytes, this.walk.at);
      return true;
    }
    this.at = this.walk.at;
    const tooLong = this.at - this.start > MAX_RECORD_BYTES;
    if (walked === "more" && !final && !tooLong) {
      return false;
    }
    this.state = BAD;
    this.enough = 0;
    return this.bad(bytes, final);
  }

  /** Goes on after a record that is no JSON, once enough of the text is known. */
  private bad(bytes: Buffer, final: boolean): boolean {
    const { start, column, layout, known } = this;
    const length = bytes.length - start;
    const last = final || length > MAX_RECORD_BYTES;
    this.at = bytes.length;
    if (!last && length < this.enough) return false;
    const found = recover({ bytes, start, column, final: last, layout, known });
    if (found === "more") {
      this.enough = 2 * length;
      return false;
    }
    if (typeof found === "object" && ("next" in found || final)) {
      this.end(bytes, "next" in found ? found.next : found.closing);
      return true;
    }
    if (length > MAX_RECORD_BYTES) {
      addRecord(this.batch, start, bytes.length, 1, FLAW.tooLong);
    } else if (layout.depth === 0 && this.walk.at < bytes.length) {
      // What is wrong stands before the end, so that the text is not cut off there.
      this.end(bytes, bytes.length);
    }
    return false;
  }

  private end(bytes: Buffer, end: number): void {
    addRecord(this.batch, this.start, trimmedEnd(bytes, this.start, end), 1, 0);
    this.at = end;
    // What follows a bad record is known to stand as its line's first, or not.
    this.column = -1;
    for (let at = end; at > this.start && isSpace(bytes[at - 1]); at--) {
      if (bytes[at - 1] === LF) {
        this.column = end - at;
        break;
      }
    }
    this.start = end;
    this.state = BETWEEN;
  }

  private tail(bytes: Buffer): void {
    const byte = bytes[this.at];
    if (this.refused) {
      this.at = bytes.length;
    } else if (this.quoted) {
      this.quoted = this.escaped || byte !== QUOTE;
      this.escaped = !this.escaped && byte === BACKSLASH;
      this.at++;
    } else if (this.open === 0 && !isSpace(byte)) {
      // One record stands for all that follows; the reader refuses the file for it.
      addRecord(this.batch, this.at, Math.min(bytes.length, this.at + SHOWN), 1, FLAW.misplaced);
      this.at = bytes.length;
      this.refused = true;
    } else {
      this.quoted = byte === QUOTE;
      this.open += byte === OPEN_BRACE || byte === OPEN_BRACKET ? 1 : 0;
      this.open -= byte === CLOSE_BRACE || byte === CLOSE_BRACKET ? 1 : 0;
      this.at++;
    }
  }
}
