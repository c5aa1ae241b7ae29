import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";

/** What the kernel exports; kernel/index.ts says what each does. */
interface Kernel {
  heapBase(): number;
  begin(delimiter: number, width: number): void;
  walk(from: number, length: number): void;
  finish(): void;
  records(): number;
  flaws(): number;
  recordsBeforeFlaw(): number;
  longest(): number;
  lineEnds(): number;
}

/** What a delimited text must be like for the count to hold. */
export interface PlainText {
  /** One ASCII character. */
  readonly delimiter: string;
  /** Fields of every record. */
  readonly width: number;
  /** How every line ends: 1 LF, 2 CRLF. */
  readonly lineEnds: number;
}

/** What was counted, or why the text is not as plain as it must be. */
export type Counted =
  | { readonly plain: true /** Data records: without the header. */; readonly records: number }
  | { readonly plain: false /** In words. */; readonly reason: string };

/** Bytes taken at a time: they stay in the nearest large cache from the copy out of the file to the last look. */
export const WINDOW_BYTES = 1 << 18;

/** Half of the longest line that DuckDB takes without being told. */
const LONGEST_RECORD = 1_000_000;

const PAGE = 65536;
const BLOCK = 64;

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
 * Counts the records of a delimited text and makes sure that it is plain: UTF-8 without NUL bytes, quoted by RFC 4180, as
 * many columns in every record, one kind of line end, no blank lines, no giant records. What is counted in such a text is
 * what any right reader must find.
 */
export class CsvCount {
  private readonly kernel: Kernel;
  /** The kernel's memory from the heap on. */
  private readonly bytes: Buffer;
  private readonly heap: number;
  private readonly text: PlainText;
  private readonly base: number;
  /** Bytes from `base` on that are not walked yet, fewer than a block. */
  private held = 0;
  /** Bytes before `base` that begin a character. */
  private begun = 0;
  private seen = 0;
  private utf8 = true;

  constructor(text: PlainText) {
    compiled ??= new WebAssembly.Module(readFileSync(new URL("./kernel.wasm", import.meta.url)));
    const memory = new WebAssembly.Memory({ initial: 2 + Math.ceil((WINDOW_BYTES + 2 * BLOCK) / PAGE) });
    const instance = new WebAssembly.Instance(compiled, { env: { memory } });
    this.kernel = instance.exports as unknown as Kernel;
    this.heap = (this.kernel.heapBase() + BLOCK) & ~(BLOCK - 1);
    this.bytes = Buffer.from(memory.buffer, this.heap);
    this.base = BLOCK;
    this.text = text;
    this.kernel.begin(text.delimiter.charCodeAt(0), text.width);
  }

  /** Where the next bytes of the text are to be put, at most {@link WINDOW_BYTES} of them, before {@link took} is told. */
  room(): Buffer {
    const from = this.base + this.held;
    return this.bytes.subarray(from, from + WINDOW_BYTES);
  }

  /** Takes bytes that were put into {@link room}. Returns whether the text is plain so far. */
  took(length: number): boolean {
    this.seen += length;
    const held = this.held + length;
    const walked = held & ~(BLOCK - 1);
    this.kernel.walk(this.heap + this.base, walked);
    const cut = lastCharacter(this.bytes, this.base - this.begun, this.base + walked);
    this.checkUtf8(cut);
    // What is left stands before the next window: the beginning of a character before `base`, the rest behind.
    const begun = this.base + walked - cut;
    this.bytes.copyWithin(this.base - begun, cut, this.base + held);
    this.begun = begun;
    this.held = held - walked;
    return this.fault() === undefined;
  }

  /** Takes bytes from elsewhere. Returns whether the text is plain so far. */
  take(bytes: Buffer): boolean {
    let plain = true;
    for (let at = 0; at < bytes.length && plain; at += WINDOW_BYTES) {
      const part = bytes.subarray(at, at + WINDOW_BYTES);
      part.copy(this.room());
      plain = this.took(part.length);
    }
    return plain;
  }

  /** Ends the text, or gives up on one that is not plain. */
  finish(): Counted {
    if (this.fault() === undefined) {
      this.kernel.walk(this.heap + this.base, this.held);
      this.checkUtf8(this.base + this.held);
      this.kernel.finish();
    }
    const reason = this.fault();
    return reason === undefined
      ? { plain: true, records: Math.max(0, this.kernel.records() - 1) }
      : { plain: false, reason };
  }

  private checkUtf8(end: number): void {
    this.utf8 &&= isUtf8(this.bytes.subarray(this.base - this.begun, end));
  }

  private fault(): string | undefined {
    const { kernel, text } = this;
    const flaws = kernel.flaws();
    if (flaws !== 0) {
      const words = FLAWS.find(([bit]) => (flaws & bit) !== 0)?.[1];
      return `${words} near record ${kernel.recordsBeforeFlaw()}`;
    }
    if (!this.utf8) {
      return `bytes before byte ${this.seen} are no UTF-8 text`;
    }
    if ((kernel.lineEnds() & ~text.lineEnds) !== 0) {
      return "lines end in another way than at the beginning";
    }
    return kernel.longest() > LONGEST_RECORD ? `a record is longer than ${LONGEST_RECORD} bytes` : undefined;
  }
}

/** Offset of the last character when it is cut off at `end`, else `end`. */
function lastCharacter(bytes: Buffer, start: number, end: number): number {
  for (let at = end - 1; at >= Math.max(start, end - 3); at--) {
    const byte = bytes[at];
    if (byte < 0x80) {
      return end;
    }
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return at + length > end ? at : end;
    }
  }
  return end;
}
