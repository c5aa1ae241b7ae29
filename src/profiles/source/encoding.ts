import { unknownName } from "../../base/error.ts";

/** Encodings that are read, by their names in the WHATWG Encoding Standard, and what people call them. */
export const ENCODINGS = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16 (big-endian)",
  "utf-32le": "UTF-32",
  "utf-32be": "UTF-32 (big-endian)",
  "windows-1252": "Windows-1252",
  "windows-1250": "Windows-1250",
  "windows-1251": "Windows-1251",
  "windows-1253": "Windows-1253",
  "windows-1254": "Windows-1254",
  "windows-1255": "Windows-1255",
  "windows-1256": "Windows-1256",
  "windows-874": "Windows-874",
  "iso-8859-5": "ISO-8859-5",
  "iso-8859-6": "ISO-8859-6",
  "koi8-r": "KOI8-R",
  ibm866: "IBM866",
  gb18030: "GB18030",
  big5: "Big5",
  "euc-kr": "EUC-KR",
  shift_jis: "Shift JIS",
  "euc-jp": "EUC-JP",
} as const;

/** How the characters of a text are written as bytes. */
export type Encoding = keyof typeof ENCODINGS;

/**
 * The encoding that somebody names, by any name that the Encoding Standard has for it: `gbk`, `sjis`, `latin1`.
 *
 * @throws InsightsError when there is none of that name
 */
export function encodingNamed(name: string): Encoding {
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/^cp(?=\d)(?!866)/, "windows-")
    .replace("shift-jis", "shift_jis");
  if (Object.hasOwn(ENCODINGS, plain)) return plain as Encoding;
  try {
    const { encoding } = new TextDecoder(plain);
    // What is GBK is GB18030 too.
    const known = encoding === "gbk" ? "gb18030" : encoding;
    if (Object.hasOwn(ENCODINGS, known)) return known as Encoding;
  } catch {
    // Unknown to the standard.
  }
  throw unknownName("encoding", name, Object.keys(ENCODINGS));
}

/** What the beginning of a text says about its encoding. */
export interface EncodingFacts {
  readonly encoding: Encoding;
  /** Length of the byte order mark, 0 when there is none. */
  readonly markBytes: number;
  /** Whether somebody says so. */
  readonly isSaid?: boolean;
}

/** Byte order marks in Latin-1, the longer first. */
const MARKS: readonly (readonly [mark: string, encoding: Encoding])[] = [
  ["\xff\xfe\0\0", "utf-32le"],
  ["\0\0\xfe\xff", "utf-32be"],
  ["\xef\xbb\xbf", "utf-8"],
  ["\xff\xfe", "utf-16le"],
  ["\xfe\xff", "utf-16be"],
];

/**
 * Tells the encoding by the byte order mark or, for UTF-16 without one, by zeros in every other byte. Encodings of one script cannot
 * be told from the beginning; who reads the whole text decides (see {@link legacyEncoding}).
 *
 * @param head the first bytes of the unpacked text
 * @param said the encoding that somebody says it has
 */
export function detectEncoding(head: Buffer, said?: Encoding): EncodingFacts {
  const start = head.toString("latin1", 0, 4);
  const marked = MARKS.find(([mark, encoding]) => start.startsWith(mark) && encoding === (said ?? encoding));
  const markBytes = marked?.[0].length ?? 0;
  if (said !== undefined) return { encoding: said, markBytes, isSaid: true };
  if (marked !== undefined) return { encoding: marked[1], markBytes };
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
    case "utf-16le":
    case "utf-16be":
      return utf16Converter(encoding === "utf-16be");
    case "utf-32le":
    case "utf-32be":
      return utf32Converter(encoding === "utf-32be");
    default: {
      const decoder = new TextDecoder(encoding, { ignoreBOM: true });
      return (block) => Buffer.from(decoder.decode(block, { stream: block !== undefined }), "utf8");
    }
  }
}

function utf32Converter(bigEndian: boolean): Convert {
  let odd: Buffer = NOTHING;
  return (block) => {
    if (block === undefined) return odd.length > 0 ? Buffer.from("\uFFFD") : NOTHING;
    const bytes = odd.length > 0 ? Buffer.concat([odd, block]) : block;
    const whole = bytes.length & ~3;
    odd = Buffer.from(bytes.subarray(whole));
    let text = "";
    for (let at = 0; at < whole; at += 4) {
      const point = bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at);
      text +=
        point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? "\uFFFD" : String.fromCodePoint(point);
    }
    return Buffer.from(text, "utf8");
  };
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
