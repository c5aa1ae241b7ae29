import { isAscii, isUtf8 } from "node:buffer";
import type { Encoding, EncodingFacts } from "./encoding.ts";
import type { RecordBatch } from "./scanner.ts";

/** Bytes of records that the encoding of a text is told by, and of one record. */
const SAMPLE_BYTES = 1 << 18;
const LONGEST_SAMPLE = 1 << 12;

/** Counts of records by how their bytes beyond ASCII read. */
interface EncodingCounts {
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
function countInvalid(counts: EncodingCounts, record: Buffer): void {
  counts.invalidUtf8++;
  if (IMPLAUSIBLE_1252.test(record.toString("latin1"))) {
    counts.implausible1252++;
  }
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
  /** The first records that are not UTF-8, or their beginnings. */
  readonly sample: Buffer[] = [];
  private sampled = 0;

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
      if (this.sampled < SAMPLE_BYTES) {
        this.sample.push(Buffer.from(record.subarray(0, LONGEST_SAMPLE)));
        this.sampled += Math.min(record.length, LONGEST_SAMPLE);
      }
      return "invalid_utf8";
    }
    if (!isAscii(record)) {
      this.counts.validUtf8++;
    }
    return record.indexOf(0) >= 0 ? "nul_byte" : undefined;
  }
}

/** Encodings of one script by the detector's names: what to read them as, and the script that must come out. */
const SCRIPTS: Readonly<Record<string, readonly [encoding: Encoding, script: RegExp]>> = {
  GB18030: ["gb18030", /\p{Script=Han}/u],
  Big5: ["big5", /\p{Script=Han}/u],
  "EUC-KR": ["euc-kr", /[\p{Script=Hangul}\p{Script=Han}]/u],
  Shift_JIS: ["shift_jis", /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー]/u],
  "EUC-JP": ["euc-jp", /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー]/u],
  "KOI8-R": ["koi8-r", /\p{Script=Cyrillic}/u],
  "ISO-8859-5": ["iso-8859-5", /\p{Script=Cyrillic}/u],
  "windows-1251": ["windows-1251", /\p{Script=Cyrillic}/u],
  "windows-1253": ["windows-1253", /\p{Script=Greek}/u],
  "ISO-8859-7": ["windows-1253", /\p{Script=Greek}/u],
  "windows-1255": ["windows-1255", /\p{Script=Hebrew}/u],
  "ISO-8859-8": ["windows-1255", /\p{Script=Hebrew}/u],
  "windows-1256": ["windows-1256", /\p{Script=Arabic}/u],
  "ISO-8859-6": ["iso-8859-6", /\p{Script=Arabic}/u],
  "windows-874": ["windows-874", /\p{Script=Thai}/u],
};

/** The detector's names for encodings of Latin letters. */
const WESTERN = /^(ISO-8859-[129]|windows-125[0247])$/;
/** Letters beyond ASCII that stand side by side, on average, from which a text may be in other than Latin letters, and from which it is. */
const SHORTEST_RUN = 1.5;
const LONGEST_WESTERN_RUN = 3;
/** The share of letters that must be of the script that an encoding is for. */
const LEAST_OF_SCRIPT = 0.8;
/** Letters without which nothing is told. */
const LEAST_LETTERS = 4;
/** The share of records that may be damaged. */
const MOST_DAMAGED = 0.05;

/**
 * The encoding of a text that was taken for UTF-8 and is not: of its records beyond ASCII hardly any reads as UTF-8, which other encodings do
 * only by accident. Where bytes beyond ASCII stand alone among letters, it is Windows-1252 (or Latin-1, which it contains) or, if the
 * detector is sure, its Turkish sister, or its Central European one, which the detector takes for others too often; else what the detector says, if what comes out is of that script, or IBM866, which it does not know.
 *
 * @returns undefined where it is UTF-8, or damaged beyond telling
 */
export async function legacyEncoding(
  facts: EncodingFacts,
  { counts, sample }: ByteCheck,
): Promise<Encoding | undefined> {
  const { validUtf8, invalidUtf8, implausible1252 } = counts;
  if (facts.encoding !== "utf-8" || facts.isSaid === true || invalidUtf8 <= 4 * validUtf8) return undefined;
  const bytes = Buffer.concat(sample.flatMap((record) => [record, Buffer.from("\n")]));
  const { analyse } = await import("chardet");
  const guesses = analyse(bytes);
  const runs = bytes.toString("latin1").match(/[\x80-\xff]+/g) ?? [];
  const high = runs.join("");
  if (high.length >= SHORTEST_RUN * runs.length) {
    if (isLike866(high) && reads(sample, "ibm866", /\p{Script=Cyrillic}/u)) return "ibm866";
    const isWestern = high.length < LONGEST_WESTERN_RUN * runs.length;
    for (const { name } of guesses) {
      if (isWestern && WESTERN.test(name)) break;
      const [encoding, script] = SCRIPTS[name] ?? [];
      if (encoding !== undefined && script !== undefined && reads(sample, encoding, script)) return encoding;
    }
    if (!isWestern) return undefined;
  }
  const isLatin = invalidUtf8 > 20 * validUtf8;
  if (isLatin && isCentralEuropean(bytes.toString("latin1"), high)) {
    if (reads(sample, "windows-1250", /\p{Script=Latin}/u)) return "windows-1250";
  }
  if (!isLatin || implausible1252 * 20 > invalidUtf8) return undefined;
  const confidenceOf = (names: RegExp) => guesses.find(({ name }) => names.test(name))?.confidence ?? 0;
  const turkish = confidenceOf(/^(ISO-8859-9|windows-1254)$/);
  return turkish >= 30 && turkish > 1.5 * confidenceOf(/^(ISO-8859-1|windows-1252)$/)
    ? "windows-1254"
    : "windows-1252";
}

const LETTER = "[A-Za-z\\xc0-\\xff]";
/** Letters of Polish, Slovak and Romanian that Windows-1252 has as signs, which stand inside no word: `ł`, `ą`, `ż`, `ľ`, `ş`, `ź`, `ť`. */
const SIGN_IN_WORD = new RegExp(`${LETTER}[\\xb3\\xb9\\xbf\\xbe\\xba\\x9f\\x9d]${LETTER}`, "g");

/** Whether a text that is taken for Latin-1 is in a language of Central Europe, by letters that no Western one has, or not beside each other. */
function isCentralEuropean(text: string, high: string): boolean {
  const share = (bytes: RegExp) => (high.match(bytes)?.length ?? 0) / high.length;
  const has = (byte: string) => high.includes(byte);
  if ((text.match(SIGN_IN_WORD)?.length ?? 0) >= Math.max(2, 0.05 * high.length)) return true;
  // Czech and South Slavic: `č`, `ě`, `ř`, `ů`, `š`, `ž`, `ć`, `đ`, which would be `è`, `ì`, `ø`, `ù`, `š`, `ž`, `æ`, `ð`.
  const slavic = ["\xe8", "\xec", "\xf8", "\xf9", "\x9a", "\x9e", "\xe6", "\xf0"].filter(has).length;
  const isSlavic = (has("\x9a") || has("\x9e")) && /[\xe8\xec\xf8\xf9]/.test(high);
  if (isSlavic && slavic >= 3 && share(/[\xe8\xec\xf8\xf9\x9a\x9e\xe6\xf0]/g) >= 0.3) return true;
  // Hungarian: `ő` and `ű`, which would be `õ` and `û`. Portuguese has `ã` beside them, Estonian `ä`.
  return (
    share(/[\xf5\xfb]/g) >= 0.05 &&
    has("\xf5") &&
    /[\xf6\xfc]/.test(high) &&
    /[\xe1\xe9]/.test(high) &&
    !/[\xe3\xe4]/.test(high)
  );
}

/** Whether bytes beyond ASCII are spread as in Russian in IBM866: most are `а` to `п`, and none are the lines that frames are drawn with. */
function isLike866(high: string): boolean {
  const share = (bytes: RegExp) => (high.match(bytes)?.length ?? 0) / high.length;
  return share(/[\xa0-\xaf]/g) > 0.5 && share(/[\xb0-\xdf]/g) < 0.03;
}

/** Whether nearly all records are right in an encoding, and most of their letters beyond ASCII of its script. */
function reads(records: readonly Buffer[], encoding: Encoding, script: RegExp): boolean {
  const decoder = new TextDecoder(encoding);
  let damaged = 0;
  let letters = 0;
  let ofScript = 0;
  for (const record of records) {
    // The last character of a record that was cut may be halved.
    const text = decoder.decode(record).replace(/\uFFFD$/, record.length === LONGEST_SAMPLE ? "" : "$&");
    if (/[\uFFFD\p{Co}]|[^\P{Cc}\t\r\n]/u.test(text)) damaged++;
    for (const letter of text.match(/[^\P{L}\p{ASCII}]/gu) ?? []) {
      letters++;
      if (script.test(letter)) ofScript++;
    }
  }
  return (
    letters >= LEAST_LETTERS &&
    ofScript >= LEAST_OF_SCRIPT * letters &&
    damaged <= MOST_DAMAGED * records.length
  );
}
