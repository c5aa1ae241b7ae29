import { CR, endOfLine, hasLineEnd, isEscaped, LF, SPACE } from "../bytes.ts";
import {
  addRecord,
  createBatch,
  FLAW,
  MAX_RECORD_BYTES,
  type RecordBatch,
  type RecordScanner,
} from "../scanner.ts";
import { type CsvStyle, plainStyle } from "./fields.ts";

// States of the walk. DISCARD: the rest of the line belongs to a record that has been given up.
const FIELD_START = 0;
const UNQUOTED = 1;
const QUOTED = 2;
const DISCARD = 3;

/** Columns from which on one line that happens to have as many fields as a record is taken for one. */
const TELLING_WIDTH = 4;
/** Such lines that tell as much where there are two columns, or three. */
const TELLING_LINES: Readonly<Record<number, number>> = { 2: 4, 3: 2 };

/** Bytes of a field looked at one by one before `indexOf` is called, which costs as much as about that many. */
const NEAR_BYTES = 24;

/**
 * Walks the records of delimited text, in the style of RFC 4180 unless told another: fields may be quoted, quotes in them
 * are doubled, quoted fields may span lines; lines end in LF, CRLF or CR. Blank lines are no records.
 *
 * When a quoted field turns out to be broken (its closing quote is followed by neither delimiter nor line end, or it
 * never closes), only the line on which its record began is given up, and reading goes on with the next line. That stays
 * linear in the length of the text: see `doomed`.
 */
export class CsvRecordScanner implements RecordScanner {
  /** Whether a blank line was met; they are skipped. */
  sawBlank = false;
  /** Whether the last record has no line end. */
  lastOpen = false;
  /** Ways in which records ended, or-ed: 1 LF, 2 CRLF, 4 CR. */
  lineEnds = 0;
  private readonly style: CsvStyle;
  private readonly delimiter: number;
  private readonly quote: number;
  private readonly width: number;
  private readonly maxRecordBytes: number;
  private readonly probing: boolean;
  private probe: CsvRecordScanner | undefined;
  /** The bytes that mean something outside quotes, and 1 for each of them. */
  private readonly stopBytes: readonly number[];
  private readonly stops = new Uint8Array(256);
  /** Where each of the stop bytes was last found in the window, at or behind where it was looked for; -1 when it was not looked for. */
  private readonly ahead = new Int32Array(4);
  private readonly batch = createBatch();
  // Where the walk stands. Offsets are relative to the window and move with it.
  private start = 0;
  private at = 0;
  private state = FIELD_START;
  private fields = 1;
  private flaws = 0;
  /**
   * Offset up to which a failed record was followed. Every line end on that way was inside quotes. A later record that
   * meets one of them inside quotes too is in the same state at the same byte, so it will fail where the first did: it
   * is given up at once, and no byte is walked more than twice.
   */
  private doomed = 0;

  /**
   * @param style how fields are written; a delimiter alone stands for RFC 4180
   * @param width fields a record should have; 0 to take any number
   * @param maxRecordBytes longest record
   * @param probing whether records are only being looked for within a suspicious one
   */
  constructor(style: CsvStyle | string, width: number, maxRecordBytes = MAX_RECORD_BYTES, probing = false) {
    this.style = typeof style === "string" ? plainStyle(style) : style;
    this.delimiter = this.style.delimiter.charCodeAt(0);
    this.quote = this.style.quote.charCodeAt(0);
    this.width = width;
    this.maxRecordBytes = maxRecordBytes;
    this.probing = probing;
    this.stopBytes = [this.delimiter, this.quote, LF, CR];
    for (const byte of this.stopBytes) {
      this.stops[byte] = 1;
    }
  }

  scan(window: Buffer, length: number, final: boolean): RecordBatch {
    const { batch } = this;
    const bytes = length === window.length ? window : window.subarray(0, length);
    batch.count = 0;
    batch.flawsSeen = 0;
    this.ahead.fill(-1);
    while (!this.walk(bytes, final)) {
      // The walk stopped at a broken record and goes on with the line after its first.
    }
    batch.consumed = this.start;
    this.at -= this.start;
    this.doomed = Math.max(0, this.doomed - this.start);
    this.start = 0;
    return batch;
  }

  /** Walks on to the end of the bytes. Returns false when a record failed and there may be more to walk. */
  private walk(bytes: Buffer, final: boolean): boolean {
    const { delimiter, quote } = this;
    const { inner, padded } = this.style;
    const length = bytes.length;
    let { at, state, fields } = this;
    if (state === DISCARD) {
      return this.discard(bytes, final);
    }
    for (;;) {
      if (state === FIELD_START) {
        while (padded && at < length && bytes[at] === SPACE) at++;
        if (at >= length) {
          break;
        }
        if (bytes[at] === quote) {
          at++;
          state = QUOTED;
        } else {
          state = UNQUOTED;
        }
      }
      if (state === QUOTED) {
        const closing = nextQuote(bytes, at, length, quote);
        if (this.start < this.doomed && hasLineEnd(bytes, at, Math.min(closing, this.doomed))) {
          return this.fail(bytes, this.doomed, fields, FLAW.quote);
        }
        if (closing + 1 >= length && !final) {
          at = closing;
          break;
        }
        if (closing >= length) {
          return this.fail(bytes, length, fields, FLAW.quote);
        }
        at = closing + 1;
        if (inner === "backslash" && isEscaped(bytes, closing)) {
          continue;
        }
        let next = at;
        while (padded && next < length && bytes[next] === SPACE) next++;
        if (next >= length && !final) {
          at = closing;
          break;
        }
        const after = next < length ? bytes[next] : LF;
        if (after === delimiter) {
          fields++;
          at = next + 1;
          state = FIELD_START;
        } else if (after === LF || after === CR) {
          at = next;
          state = UNQUOTED;
        } else if (inner === "bare") {
          // It stands for itself.
        } else if (bytes[at] === quote) {
          at++;
        } else {
          return this.fail(bytes, at, fields, FLAW.quote);
        }
        continue;
      }
      at = this.nextStop(bytes, at, length);
      if (at >= length) {
        break;
      }
      const stop = bytes[at];
      if (stop === delimiter) {
        fields++;
        at++;
        state = FIELD_START;
      } else if (stop === quote) {
        this.flaws |= FLAW.strayQuote;
        at++;
      } else {
        const next = this.lineEnd(bytes, at, final);
        if (next < 0) {
          break;
        }
        if (!this.finish(bytes, at, next, fields)) {
          return false;
        }
        at = next;
        state = FIELD_START;
        fields = 1;
      }
    }
    this.at = at;
    this.state = state;
    this.fields = fields;
    if (at - this.start > this.maxRecordBytes) {
      return this.fail(bytes, at, fields, FLAW.tooLong);
    }
    // What is left at the end of the text is a record without a line end. (An open quote has failed above.)
    if (final && (this.start < length || fields > 1)) {
      this.lastOpen = true;
      return this.finish(bytes, length, length, fields);
    }
    return true;
  }

  /** Offset of the next byte that means something outside quotes; `length` when there is none. */
  private nextStop(bytes: Buffer, from: number, length: number): number {
    const { stops, stopBytes, ahead } = this;
    const near = Math.min(length, from + NEAR_BYTES);
    let at = from;
    while (at < near && stops[bytes[at]] === 0) {
      at++;
    }
    if (at < near || at === length) {
      return at;
    }
    let nearest = length;
    for (let i = 0; i < ahead.length; i++) {
      if (ahead[i] < at) {
        const found = bytes.indexOf(stopBytes[i], at);
        ahead[i] = found < 0 ? length : found;
      }
      if (ahead[i] < nearest) nearest = ahead[i];
    }
    return nearest;
  }

  /** Offset after the line end at `at`, noting its kind; -1 when that hangs on the next window's first byte. */
  private lineEnd(bytes: Buffer, at: number, final: boolean): number {
    if (bytes[at] === LF) {
      this.lineEnds |= 1;
      return at + 1;
    }
    if (at + 1 >= bytes.length && !final) {
      return -1;
    }
    if (bytes[at + 1] === LF) {
      this.lineEnds |= 2;
      return at + 2;
    }
    this.lineEnds |= 4;
    return at + 1;
  }

  /** Ends the record at `end` and begins the next at `next`. Returns false when it fails for its length. */
  private finish(bytes: Buffer, end: number, next: number, fields: number): boolean {
    if (end - this.start > this.maxRecordBytes) {
      return this.fail(bytes, end, fields, FLAW.tooLong);
    }
    if (end === this.start && fields === 1) {
      this.sawBlank = true;
    } else {
      const { width } = this;
      let count = 0;
      if (fields !== width && width !== 0 && !this.fits(bytes, end, fields)) {
        count = fields < width ? FLAW.tooFewColumns : FLAW.tooManyColumns;
        if (this.swallowed(bytes, end)) {
          return this.fail(bytes, end, fields, FLAW.quote);
        }
      }
      addRecord(this.batch, this.start, end, fields, this.flaws | count);
    }
    this.begin(next);
    return true;
  }

  /** Whether the style lets a record have another number of fields than there are columns. */
  private fits(bytes: Buffer, end: number, fields: number): boolean {
    const { width, delimiter, style } = this;
    if (fields === width + 1) return style.trailing && bytes[end - 1] === delimiter;
    // In a line of a single field there is nothing that tells a record.
    return style.ragged && !this.probing && fields < width && fields >= Math.min(2, width - 1);
  }

  /**
   * Whether a record with the wrong number of columns has whole records in its later lines. Then it is no record with
   * too many columns but one whose quote happened to be closed by a quote of another. In its last line stands the quote that
   * closed it; if that line is a whole record by itself, the quote opens a field there.
   */
  private swallowed(bytes: Buffer, end: number): boolean {
    const { width } = this;
    const first = endOfLine(bytes, this.start, end);
    if (first === end || this.probing || width < 2) {
      return false;
    }
    this.probe ??= new CsvRecordScanner(this.style, width, undefined, true);
    const lines = bytes.subarray(first + 1, end);
    const { flaws, count } = this.probe.scan(lines, lines.length, true);
    const seen = flaws.subarray(0, count);
    const whole = seen.filter((flaw) => flaw === 0).length;
    if (width >= TELLING_WIDTH) return whole > 0;
    return count > 0 && (seen[count - 1] === 0 || (whole >= TELLING_LINES[width] && whole >= count - 1));
  }

  private begin(start: number): void {
    this.start = start;
    this.at = start;
    this.state = FIELD_START;
    this.fields = 1;
    this.flaws = 0;
  }

  /** Gives up the line on which the record began. */
  private fail(bytes: Buffer, reached: number, field: number, flaw: number): false {
    const { start } = this;
    // The limit makes the outcome the same however the text is cut into windows.
    this.doomed = Math.max(this.doomed, Math.min(reached, start + this.maxRecordBytes));
    const end = endOfLine(bytes, start, bytes.length);
    addRecord(this.batch, start, end, field, this.flaws | flaw);
    this.begin(end);
    this.state = DISCARD;
    return false;
  }

  /** Goes to the end of a line that has been given up. */
  private discard(bytes: Buffer, final: boolean): boolean {
    const at = endOfLine(bytes, this.at, bytes.length);
    const next = at < bytes.length ? this.lineEnd(bytes, at, final) : -1;
    if (next < 0) {
      this.begin(at);
      this.state = final ? FIELD_START : DISCARD;
      return true;
    }
    this.begin(next);
    return false;
  }
}

/** Offset of the next quote, `length` when there is none. */
function nextQuote(bytes: Buffer, from: number, length: number, quote: number): number {
  const near = Math.min(length, from + NEAR_BYTES);
  let at = from;
  while (at < near) {
    if (bytes[at] === quote) {
      return at;
    }
    at++;
  }
  if (at >= length) {
    return length;
  }
  const found = bytes.indexOf(quote, at);
  return found < 0 ? length : found;
}
