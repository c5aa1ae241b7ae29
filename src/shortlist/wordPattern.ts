import { plainText } from "./contacts/contact.ts";

/** Scripts that write words without blanks between them. */
const JOINED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/** Shortest word of a joined script that is looked for: one character is too often part of another word. */
const SHORTEST_JOINED = 2;

/** Where words stand in a text: anywhere, or before or after all the rest, of which there has to be some. */
export type Place = "anywhere" | "begins" | "ends";

/** Words, parted by how they are looked for. */
function parted(words: readonly string[]) {
  const apart = words.filter((word) => !JOINED.test(word));
  return {
    joined: words.filter((word) => JOINED.test(word) && [...word].length >= SHORTEST_JOINED),
    starts: apart.filter((word) => word.endsWith("*")).map((word) => word.slice(0, -1)),
    whole: apart.filter((word) => !word.endsWith("*")),
  };
}

/**
 * A pattern that finds words in a plain text (see `plainText`) of any script, in any case. Words stand by themselves, so that they are no part of a longer
 * word, a handle or an address; a word that ends in `*` is the beginning of one; those of scripts without blanks stand anywhere.
 *
 * @param words words, or regular expressions of words
 * @param place of signs and pictures at the ends of a text nothing is made
 */
export function wordPattern(words: readonly string[], place: Place = "anywhere"): RegExp {
  const { joined, starts, whole } = parted(words.map(plainText));
  const parts = [
    `(?<![\\p{L}\\p{N}_@.])(?:(?:${whole.join("|")})(?![\\p{L}\\p{N}_@])${starts.length > 0 ? `|(?:${starts.join("|")})\\p{L}*` : ""})`,
    ...joined,
  ];
  const found = `(?:${parts.join("|")})`;
  const [sign, letter] = ["[^\\p{L}\\p{N}]", "[\\p{L}\\p{N}]"];
  if (place === "begins") return new RegExp(`(?<=^${sign}*)${found}(?=${sign}*${letter})`, "giu");
  return new RegExp(place === "ends" ? `(?<=${letter}${sign}*)${found}(?=${sign}*$)` : found, "giu");
}

/** Most characters of {@link startsOfWords}. */
const START = 3;

/** A text as {@link wordPattern} compares: no case, and one small sigma. */
const folded = (text: string) => text.toLowerCase().replaceAll("ς", "σ");

/**
 * How the words of {@link wordPattern} begin, by at most three characters, for {@link startsIn}; `joined` tells whether some are of scripts without blanks.
 * None of the words is in a text in which none of the starts is, and no such script.
 */
export function startsOfWords(words: readonly string[]): { starts: readonly string[]; joined: boolean } {
  const { joined, starts, whole } = parted(words.map(plainText));
  // Words are regular expressions: what stands before a question mark may be missing.
  const literal = (word: string) => /^(?:[\p{L}\p{N}\p{M}](?![?*{]))*/u.exec(word)?.[0] ?? "";
  const begins = [...starts, ...whole].map((word) => folded(literal(word)).slice(0, START));
  return { starts: [...new Set(begins)], joined: joined.length > 0 };
}

/** All that words of a plain text begin with: of each its first characters, up to three; the empty start too. */
export function startsIn(text: string): { starts: ReadonlySet<string>; joined: boolean } {
  const starts = new Set([""]);
  const lower = folded(text);
  for (const { index } of lower.matchAll(/(?<![\p{L}\p{N}_@.])\S/gu))
    for (let length = 1; length <= START; length++) starts.add(lower.slice(index, index + length));
  return { starts, joined: JOINED.test(text) };
}

/** Letters in fancy dress, small capitals and blanks that are not seen: a text with one has to be made plain first. */
const DRESSED =
  "[\\x{1D400}-\\x{1D7FF}\\x{1F110}-\\x{1F189}\\x{FF01}-\\x{FF5E}\\x{1D00}-\\x{1D7F}\\x{A730}-\\x{A7FF}\\x{2100}-\\x{214F}\\x{2460}-\\x{24FF}\\x{0250}-\\x{02AF}\\x{02B0}-\\x{02FF}\\x{200B}\\x{2060}]";

/**
 * A regular expression of RE2, DuckDB's, that matches every text in which {@link wordPattern} may find one of the words once it is
 * plain. JavaScript takes thirty times as long over so many words.
 */
export function mayHoldWords(words: readonly string[]): string {
  // Blanks may be many before a text is made plain, and the Turkish letters are no i yet.
  const loose = words.map((word) =>
    word.replaceAll(" ?", "\\s*").replaceAll(" ", "\\s+").replace(/[iıİ]/g, "(?:i|ı|İ)"),
  );
  const { joined, starts, whole } = parted(loose);
  const apart = [...whole, ...starts.map((start) => `${start}\\p{L}*`)].join("|");
  const found = [`(?:^|[^\\p{L}\\p{N}_@.])(?:${apart})(?:$|[^\\p{L}\\p{N}_@])`, ...joined].join("|");
  // Not in any case: the Kelvin sign would be every k.
  return `(?i:${found})|${DRESSED}`;
}
