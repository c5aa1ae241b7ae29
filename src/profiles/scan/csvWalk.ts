import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";

/** What the kernel exports; kernel/index.ts says what each does. */
interface Kernel {
  heapBase(): number;
  begin(
    delimiter: number,
    width: number,
    columnsAt: number,
    count: number,
    boundsAt: number,
    skip: number,
    stopAt: number,
  ): void;
  walk(from: number, length: number): void;
  finish(): void;
  isStopped(): number;
  done(): number;
  records(): number;
  flaws(): number;
  recordsBeforeFlaw(): number;
  longest(): number;
  lineEnds(): number;
}

/** What a delimited text must be like. */
export interface PlainText {
  /** One ASCII character. */
  readonly delimiter: string;
  /** Fields of every record. */
  readonly width: number;
  /** How every line ends: 1 LF, 2 CRLF. */
  readonly lineEnds: number;
}

/**
 * A field to write out: as a text, as a count (64 bits; -1 where the field is not written in digits alone), or what is left: the text where
 * the same field, asked for as a count just before, is none, else an empty one.
 */
export interface WalkColumn {
  /** Which field of each record. */
  readonly field: number;
  readonly as: "text" | "count" | "rest";
}

/** The kernel's numbers for them. */
const HOW = { text: 0, count: 1, rest: 2 };

/** Which part of a text is walked over. */
export interface WalkBounds {
  /** Records at the beginning that are not written out, 0 without it. */
  readonly skip?: number | undefined;
  /** Bytes after which no record of this walk begins; all are its own without it. */
  readonly stopAt?: number | undefined;
}

/** What a text is not plain for. */
export interface TextFault {
  /** Such as `too few columns`. */
  readonly words: string;
  /** How many records of the walk are before it, about. */
  readonly record: number;
}

/** Values of some columns in Parquet's plain encoding, as they lie in the kernel's memory until the walk goes on. */
export interface WrittenOut {
  readonly records: number;
  /** By column, in the order in which they were asked for. */
  readonly values: readonly Buffer[];
}

/** Bytes taken at a time: they stay in the nearest large cache from the copy out of the file to the last look. */
export const WINDOW_BYTES = 1 << 18;

/** Half of the longest line that DuckDB takes without being told. */
const LONGEST_RECORD = 1_000_000;

/** Words that the kernel has of a column. */
const WORDS = 3;
const PAGE = 65536;
const BLOCK = 64;
/** What the values of a column, and those of all, take up before they are to be taken away. */
const VALUES_BYTES = 3 << 20;
const ALL_VALUES_BYTES = 64 << 20;
/** Room for what one more window may add to a column. */
const ROOM_BYTES = LONGEST_RECORD + 3 * WINDOW_BYTES + PAGE;

/** Columns that can be written out: each has room of its own, and of more there would be too little in the kernel's memory. */
export const MOST_COLUMNS = 500;

/** The kernel's flaws in words, the first that applies being told. */
const FLAWS: readonly (readonly [bit: number, words: string])[] = [
  [1, "a quote where none should be"],
  [2, "a NUL byte"],
  [4, "a carriage return that no line feed follows"],
  [8, "too few columns"],
  [16, "too many columns"],
  [32, "a blank line"],
  [64, "a quote that is not closed"],
  [128, "a line end unlike the others"],
];

let compiled: WebAssembly.Module | undefined;

/**
 * A walk over a delimited text, or a stretch of one that begins with a record: counts records, writes out the fields of some columns, and
 * makes sure that the text is plain: UTF-8 without NUL bytes, quoted by RFC 4180, as many columns in every record, one kind of
 * line end, no blank lines, no giant records. What is found in such a text is what any right reader must find.
 */
export class CsvWalk {
  private readonly kernel: Kernel;
  /** The kernel's memory from the heap on. */
  private readonly bytes: Buffer;
  private readonly heap: number;
  private readonly text: PlainText;
  /** Where a window begins; before it stands the beginning of a record that goes on in it. */
  private readonly base: number;
  /** Three words for each column: field, where its next value goes, and how it is written. */
  private readonly columns: Uint32Array;
  private readonly valuesAt: readonly number[];
  /** What the values of a column may take up. */
  private readonly most: number;
  private taken = 0;
  /** Bytes from `base` on that are not walked yet, fewer than a block. */
  private held = 0;
  /** Bytes before `base`: those of a record that is not complete. */
  private begun = 0;
  private walked = 0;
  private isUtf8 = true;
  /** Whether a record that is not complete is too long already. */
  private isLong = false;

  /** @param columns to write out, {@link MOST_COLUMNS} at most */
  constructor(text: PlainText, columns: readonly WalkColumn[] = [], bounds: WalkBounds = {}) {
    compiled ??= new WebAssembly.Module(readFileSync(new URL("./kernel.wasm", import.meta.url)));
    // Behind the kernel's own: columns, bounds, the beginning of a record, the window, and the values. What nobody writes to takes no memory.
    const columnBytes = 4 * WORDS * columns.length;
    const boundBytes = 4 * (text.width + BLOCK);
    this.base = roundUp(columnBytes + boundBytes + LONGEST_RECORD + BLOCK);
    const windowEnd = this.base + WINDOW_BYTES + 2 * BLOCK;
    this.most = Math.min(VALUES_BYTES, Math.floor(ALL_VALUES_BYTES / columns.length));
    const room = roundUp(this.most + ROOM_BYTES);
    this.valuesAt = columns.map((_, column) => roundUp(windowEnd) + column * room);
    const size = roundUp(windowEnd) + columns.length * room + BLOCK;
    const memory = new WebAssembly.Memory({ initial: 2 + Math.ceil(size / PAGE) });
    this.kernel = new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as Kernel;
    this.heap = roundUp(this.kernel.heapBase());
    this.bytes = Buffer.from(memory.buffer, this.heap);
    this.columns = new Uint32Array(memory.buffer, this.heap, WORDS * columns.length);
    columns.forEach(({ field, as }, column) => {
      this.columns[WORDS * column] = field;
      this.columns[WORDS * column + 2] = HOW[as];
    });
    this.text = text;
    this.restart(bounds);
  }

  /** Begins anew with another stretch, in the same memory: fresh one has to be cleared. */
  restart({ skip = 0, stopAt = 2 ** 60 }: WalkBounds): void {
    const { text, columns, heap } = this;
    this.emptyValues();
    const boundsAt = heap + columns.byteLength;
    this.kernel.begin(
      text.delimiter.charCodeAt(0),
      text.width,
      heap,
      columns.length / WORDS,
      boundsAt,
      skip,
      stopAt,
    );
    this.taken = skip;
    this.held = 0;
    this.begun = 0;
    this.walked = 0;
    this.isUtf8 = true;
    this.isLong = false;
  }

  /** Where the next bytes of the text are to be put, at most {@link WINDOW_BYTES} of them, before {@link took} is told. */
  room(): Buffer {
    const from = this.base + this.held;
    return this.bytes.subarray(from, from + WINDOW_BYTES);
  }

  /** Takes bytes that were put into {@link room}. Returns whether there is anything to go on for. */
  took(length: number): boolean {
    const held = this.held + length;
    const walked = held & ~(BLOCK - 1);
    this.kernel.walk(this.heap + this.base, walked);
    this.walked += walked;
    const end = this.base + walked;
    const begun = this.walked - this.kernel.done();
    this.checkUtf8(end - begun);
    // What stands behind the last record of the walk is not looked at.
    if (this.stopped) return false;
    this.isLong = begun > LONGEST_RECORD;
    if (this.fault() !== undefined) return false;
    this.bytes.copyWithin(this.base - begun, end - begun, this.base + held);
    this.begun = begun;
    this.held = held - walked;
    return true;
  }

  /** Takes bytes from elsewhere, while there is room for what is written out. Returns whether there is anything to go on for. */
  take(bytes: Buffer): boolean {
    for (let at = 0; at < bytes.length; at += WINDOW_BYTES) {
      const part = bytes.subarray(at, at + WINDOW_BYTES);
      part.copy(this.room());
      if (!this.took(part.length)) return false;
    }
    return true;
  }

  /** Ends the text, unless the walk is over or the text not plain. */
  finish(): void {
    if (this.stopped || this.fault() !== undefined) return;
    this.kernel.walk(this.heap + this.base, this.held);
    this.kernel.finish();
    this.checkUtf8(this.base + this.held);
  }

  /** Whether so much was written out that it must be taken away before the walk goes on. */
  get isFull(): boolean {
    return this.valuesAt.some((at, column) => this.columns[WORDS * column + 1] - this.heap - at > this.most);
  }

  /** What was written out since the last time. It is gone when the walk goes on. */
  takeValues(): WrittenOut {
    const values = this.valuesAt.map((at, column) =>
      this.bytes.subarray(at, this.columns[WORDS * column + 1] - this.heap),
    );
    const records = Math.max(0, this.kernel.records() - this.taken);
    this.taken += records;
    this.emptyValues();
    return { records, values };
  }

  /** Whether a record was met that is not of this walk. */
  get stopped(): boolean {
    return this.kernel.isStopped() !== 0;
  }

  /** Bytes of the complete records: behind them begins the next. */
  get done(): number {
    return this.kernel.done();
  }

  /** Complete records, those that were skipped too. */
  get records(): number {
    return this.kernel.records();
  }

  /** Why the text is not plain. */
  fault(): TextFault | undefined {
    const { kernel, text } = this;
    const flaws = kernel.flaws();
    if (flaws !== 0) {
      const words = FLAWS.find(([bit]) => (flaws & bit) !== 0)?.[1] ?? "";
      return { words, record: kernel.recordsBeforeFlaw() };
    }
    const record = kernel.records();
    if (!this.isUtf8) return { words: "bytes that are no UTF-8 text", record };
    if ((kernel.lineEnds() & ~text.lineEnds) !== 0) {
      return { words: "lines that end in another way than at the beginning", record };
    }
    const long = kernel.longest() > LONGEST_RECORD || this.isLong;
    return long ? { words: `a record of more than ${LONGEST_RECORD} bytes`, record } : undefined;
  }

  /** Looks at the records that are complete since the last time: what follows them may end in the middle of a character. */
  private checkUtf8(end: number): void {
    this.isUtf8 &&= isUtf8(this.bytes.subarray(this.base - this.begun, end));
  }

  private emptyValues(): void {
    this.valuesAt.forEach((at, column) => {
      this.columns[WORDS * column + 1] = this.heap + at;
    });
  }
}

function roundUp(bytes: number): number {
  return (bytes + BLOCK - 1) & ~(BLOCK - 1);
}
