import { isAscii, isUtf8 } from "node:buffer";
import { InsightsError } from "../../base/error.ts";
import type { SourceFile } from "./file.ts";
import type { RecordBatch } from "./scanner.ts";

/** How the characters of a text are written as bytes. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** What the beginning of a text says about its encoding. */
export interface EncodingFacts {
  readonly encoding: Encoding;
  /** Length of the byte order mark, 0 when there is none. */
  readonly markBytes: number;
}

/**
 * Tells the encoding by the byte order mark or, for UTF-16 without one, by zeros in every other byte. Windows-1252 cannot
 * be told from the beginning; who reads the whole text decides (see {@link looksWindows1252}).
 *
 * @param head the first bytes of the unpacked text
 * @throws InsightsError for UTF-32
 */
export function detectEncoding(head: Buffer, file: SourceFile): EncodingFacts {
  const mark = head.toString("latin1", 0, 4);
  if (mark === "\xff\xfe\0\0" || mark === "\0\0\xfe\xff") {
    throw new InsightsError(
      `unknown encoding: ${file.name} is UTF-32 (expected UTF-8, UTF-16 or Windows-1252)`,
    );
  }
  if (mark.startsWith("\xef\xbb\xbf")) {
    return { encoding: "utf-8", markBytes: 3 };
  }
  if (mark.startsWith("\xff\xfe")) {
    return { encoding: "utf-16le", markBytes: 2 };
  }
  if (mark.startsWith("\xfe\xff")) {
    return { encoding: "utf-16be", markBytes: 2 };
  }
  const pairs = Math.min(head.length >> 1, 4096);
  const zeros = [0, 0];
  for (let i = 0; i < pairs * 2; i++) {
    if (head[i] === 0) {
      zeros[i & 1]++;
    }
  }
  // Names, numbers and delimiters are ASCII, so that a good part of the upper bytes is zero and no lower one.
  if (zeros[1] > pairs * 0.3 && zeros[0] * 20 <= zeros[1]) {
    return { encoding: "utf-16le", markBytes: 0 };
  }
  if (zeros[0] > pairs * 0.3 && zeros[1] * 20 <= zeros[0]) {
    return { encoding: "utf-16be", markBytes: 0 };
  }
  return { encoding: "utf-8", markBytes: 0 };
}

/**
 * Turns blocks of text into UTF-8 without byte order mark. UTF-8 itself passes through unchecked. Halves of surrogate
 * pairs and a last odd byte of UTF-16 become U+FFFD.
 */
export async function* toUtf8(
  blocks: AsyncIterable<Buffer>,
  facts: EncodingFacts,
): AsyncGenerator<Buffer, void, void> {
  const convert = converter(facts.encoding);
  let toSkip = facts.markBytes;
  for await (const block of blocks) {
    const skipped = Math.min(toSkip, block.length);
    toSkip -= skipped;
    const converted = convert(skipped === 0 ? block : block.subarray(skipped));
    if (converted.length > 0) {
      yield converted;
    }
  }
  const rest = convert(undefined);
  if (rest.length > 0) {
    yield rest;
  }
}

/** A function that converts block after block; `undefined` ends the text. */
type Convert = (block: Buffer | undefined) => Buffer;

const NOTHING = Buffer.alloc(0);

function converter(encoding: Encoding): Convert {
  switch (encoding) {
    case "utf-8":
      return (block) => block ?? NOTHING;
    case "windows-1252":
      return (block) => (block === undefined ? NOTHING : windows1252ToUtf8(block));
    default:
      return utf16Converter(encoding === "utf-16be");
  }
}

function utf16Converter(bigEndian: boolean): Convert {
  const decoder = new TextDecoder("utf-16le", { ignoreBOM: true });
  let odd: Buffer = NOTHING;
  return (block) => {
    if (block === undefined) {
      return Buffer.from(decoder.decode(odd.length > 0 ? odd : undefined), "utf8");
    }
    const bytes = odd.length > 0 ? Buffer.concat([odd, block]) : block;
    const even = bytes.length & ~1;
    odd = Buffer.from(bytes.subarray(even));
    const pairs = bigEndian ? Buffer.from(bytes.subarray(0, even)).swap16() : bytes.subarray(0, even);
    return Buffer.from(decoder.decode(pairs, { stream: true }), "utf8");
  };
}

/**
 * Characters of bytes 0x80 to 0x9f in Windows-1252; the other bytes are the characters of the same number. The five
 * bytes without a character stand for the control characters of their number, as the WHATWG Encoding Standard has it.
 */
const WINDOWS_1252_HIGH =
  "\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f" +
  "\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178";

const WINDOWS_1252 = Array.from({ length: 256 }, (_, byte) =>
  Buffer.from(
    byte >= 0x80 && byte < 0xa0 ? WINDOWS_1252_HIGH[byte - 0x80] : String.fromCharCode(byte),
    "utf8",
  ),
);

function windows1252ToUtf8(block: Buffer): Buffer {
  const out = Buffer.allocUnsafe(block.length * 3);
  let length = 0;
  for (const byte of block) {
    if (byte < 0x80) {
      out[length++] = byte;
    } else {
      length += WINDOWS_1252[byte].copy(out, length);
    }
  }
  return out.subarray(0, length);
}

/** Counts of records by how their bytes beyond ASCII read. */
export interface EncodingCounts {
  /** Records with characters beyond ASCII that are right UTF-8. */
  validUtf8: number;
  /** Records that are not UTF-8. */
  invalidUtf8: number;
  /** Those of them with bytes that Windows-1252 text has not, or hardly ever. */
  implausible1252: number;
}

/** Bytes without a character in Windows-1252, and its last letter, which damage makes far more often than people do. */
const IMPLAUSIBLE_1252 = /[\x81\x8d\x8f\x90\x9d\xff]/;

/** Adds a record that is not UTF-8 to the counts. */
export function countInvalid(counts: EncodingCounts, record: Buffer): void {
  counts.invalidUtf8++;
  if (IMPLAUSIBLE_1252.test(record.toString("latin1"))) {
    counts.implausible1252++;
  }
}

/**
 * Whether a text that was taken for UTF-8 is rather Windows-1252 (or Latin-1, which it contains): of the records beyond
 * ASCII hardly any reads as UTF-8, which Windows-1252 does only by accident, and hardly any has bytes that are no
 * Windows-1252.
 */
export function looksWindows1252(counts: EncodingCounts): boolean {
  return counts.invalidUtf8 > 20 * counts.validUtf8 && counts.implausible1252 * 20 <= counts.invalidUtf8;
}

/** Why a record's bytes are no text. */
export type ByteFlaw = "invalid_utf8" | "nul_byte";

/** What {@link ByteFlaw}s mean, for the detail of a reject. */
export const BYTE_FLAW_WORDS: Readonly<Record<ByteFlaw, string>> = {
  invalid_utf8: "bytes that are no UTF-8 text",
  nul_byte: "a NUL byte",
};

/** Checks that records are UTF-8 without NUL bytes, whole windows at once where nothing is wrong. */
export class ByteCheck {
  readonly counts: EncodingCounts = { validUtf8: 0, invalidUtf8: 0, implausible1252: 0 };

  /** Whether all of a batch is right. If not, each record must be asked about. */
  passes(window: Buffer, batch: RecordBatch): boolean {
    const bytes = window.subarray(0, batch.consumed);
    if (bytes.indexOf(0) >= 0 || !isUtf8(bytes)) {
      return false;
    }
    if (!isAscii(bytes)) {
      this.counts.validUtf8 += batch.count;
    }
    return true;
  }

  /** What is wrong with one record of a batch that did not pass. */
  flawOf(record: Buffer): ByteFlaw | undefined {
    if (!isUtf8(record)) {
      countInvalid(this.counts, record);
      return "invalid_utf8";
    }
    if (!isAscii(record)) {
      this.counts.validUtf8++;
    }
    return record.indexOf(0) >= 0 ? "nul_byte" : undefined;
  }
}
