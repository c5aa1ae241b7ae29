import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  isEscaped,
  LF,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from "../bytes.ts";
import { isSpace } from "./lineScanner.ts";

/** How deep a value may be nested before it is no longer looked into. */
const MAX_OPEN = 1024;

/** Bytes at which a number or a word ends. */
const ENDS_WORD = new Uint8Array(256);
for (const byte of [LF, QUOTE, COMMA, COLON, OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE]) {
  ENDS_WORD[byte] = 1;
}

// What may come next.
const VALUE = 0;
const FIRST_KEY = 1;
const KEY = 2;
const AFTER_KEY = 3;
const FIRST_ITEM = 4;
const AFTER = 5;
const IN_STRING = 6;
const IN_KEY = 7;
const IN_WORD = 8;

/** Finds line ends; one that was found is not looked for again. */
export class LineEnds {
  private found = -1;
  /** No line end stands between here and the one that was found. */
  private since = 0;
  private readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** The first line end from an offset on; the number of bytes where there is none. */
  from(offset: number): number {
    if (this.found < offset || offset < this.since) {
      this.since = offset;
      const found = this.bytes.indexOf(LF, offset);
      this.found = found < 0 ? this.bytes.length : found;
    }
    return this.found;
  }
}

/** What became of a walk: the value ended, it cannot be JSON from here on, or more bytes are needed. */
export type Walked = "end" | "fault" | "more";

/**
 * Walks over one JSON value, or one member `"key": value`, as far as to see where it ends. Marks must come in the order in
 * which JSON has them, and no string may hold a line end: so a missing quote or brace is noticed soon after it. Numbers, words
 * and escapes are not looked at.
 */
export class ElementWalk {
  /** Offset just after what was walked over. */
  at: number;
  private readonly open: number[] = [];
  private state: number;

  /**
   * @param at offset of the value's first byte
   * @param keyed whether a key and a colon stand before the value
   */
  constructor(at: number, keyed: boolean) {
    this.at = at;
    this.state = keyed ? KEY : VALUE;
  }

  /** Tells the walk that the bytes moved towards the front of the window. */
  shift(by: number): void {
    this.at -= by;
  }

  /**
   * @param bytes all bytes known so far
   * @param lineEnds of these bytes
   */
  walk(bytes: Buffer, lineEnds: LineEnds): Walked {
    const { length } = bytes;
    while (this.at < length) {
      if (this.state === IN_STRING || this.state === IN_KEY) {
        const found = this.string(bytes, lineEnds);
        if (found !== "end") return found;
        if (this.state === IN_KEY) {
          this.state = AFTER_KEY;
        } else if (this.valueEnds()) {
          return "end";
        }
      } else if (this.state === IN_WORD) {
        let at = this.at;
        while (at < length && ENDS_WORD[bytes[at]] === 0) at++;
        this.at = at;
        if (at < length && this.valueEnds()) return "end";
      } else if (isSpace(bytes[this.at])) {
        this.at++;
      } else {
        const found = this.mark(bytes[this.at]);
        if (found !== "more") return found;
      }
    }
    return "more";
  }

  /** Whether the text may end where the walk stands: in a word that is the whole value. */
  get mayEnd(): boolean {
    return this.state === IN_WORD && this.open.length === 0;
  }

  private mark(byte: number): Walked {
    const { state } = this;
    const expectsValue = state === VALUE || state === FIRST_ITEM;
    const expectsKey = state === KEY || state === FIRST_KEY;
    if (byte === QUOTE && (expectsValue || expectsKey)) {
      this.at++;
      this.state = expectsKey ? IN_KEY : IN_STRING;
    } else if (byte === COMMA && state === AFTER) {
      this.at++;
      this.state = this.open.at(-1) === OPEN_BRACE ? KEY : FIRST_ITEM;
    } else if (byte === COLON && state === AFTER_KEY) {
      this.at++;
      this.state = VALUE;
    } else if ((byte === OPEN_BRACE || byte === OPEN_BRACKET) && expectsValue) {
      if (this.open.length === MAX_OPEN) return "fault";
      this.at++;
      this.open.push(byte);
      this.state = byte === OPEN_BRACE ? FIRST_KEY : FIRST_ITEM;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      // A comma before the end is the record's own fault, which costs no other one.
      const closes = byte === CLOSE_BRACE ? expectsKey : state === FIRST_ITEM;
      const opening = byte === CLOSE_BRACE ? OPEN_BRACE : OPEN_BRACKET;
      if ((!closes && state !== AFTER) || this.open.at(-1) !== opening) return "fault";
      this.open.pop();
      this.at++;
      if (this.valueEnds()) return "end";
    } else if (ENDS_WORD[byte] === 0 && expectsValue) {
      this.state = IN_WORD;
    } else {
      return "fault";
    }
    return "more";
  }

  private valueEnds(): boolean {
    this.state = AFTER;
    return this.open.length === 0;
  }

  private string(bytes: Buffer, lineEnds: LineEnds): Walked {
    let closing = bytes.indexOf(QUOTE, this.at);
    while (closing >= 0 && isEscaped(bytes, closing)) {
      closing = bytes.indexOf(QUOTE, closing + 1);
    }
    const end = closing < 0 ? bytes.length : closing;
    if (lineEnds.from(this.at) < end) return "fault";
    this.at = closing < 0 ? end : end + 1;
    return closing < 0 ? "more" : "end";
  }
}
