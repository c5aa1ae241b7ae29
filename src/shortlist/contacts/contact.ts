/** Where somebody can be reached outside TikTok, as their biography or link says. */
export interface Contact {
  readonly kind: "email" | "handle" | "link" | "phone";
  /** Name of a platform in `data/shortlist/platforms.json`: of a handle, and of a phone number for `whatsapp` or `viber`; else null. */
  readonly platform: string | null;
  /**
   * An address in lower case; a handle without @; a web address with its scheme; a number with its digits and a leading plus
   * where there is one.
   */
  readonly value: string;
  /** Where it stood. */
  readonly source: "biography" | "bio_link";
}

/** A part of a text that has been recognised, so that nothing else is read from it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A contact with its place in the plain text. */
export interface Found extends Span {
  readonly kind: Contact["kind"];
  readonly platform: string | null;
  readonly value: string;
}

/** What a text is, without its place. */
export type Reading = Pick<Found, "kind" | "platform" | "value">;

/**
 * What a pattern finds in a text. `matchAll` makes a pattern of its own each time, which takes longer than to look through a biography.
 *
 * @param pattern with the flag g; nothing is no match
 */
export function matchesIn(text: string, pattern: RegExp): RegExpExecArray[] {
  const matches: RegExpExecArray[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) matches.push(match);
  return matches;
}

/**
 * What patterns find in a text, in its order. Of findings that overlap the one of the earlier pattern counts.
 *
 * @param patterns the surest first, each with the flag g
 * @param read what a match is, and how many of its last characters are no part of that; null where it is nothing after all
 */
export function findAll<P extends { readonly of: RegExp }>(
  text: string,
  patterns: readonly P[],
  read: (match: RegExpExecArray, pattern: P) => (Reading & { readonly unread?: number }) | null,
): Found[] {
  const found: Found[] = [];
  for (const pattern of patterns) {
    for (const match of matchesIn(text, pattern.of)) {
      const [from, to] = [match.index, match.index + match[0].length];
      const overlaps = found.some((other) => from < other.to && other.from < to);
      const reading = overlaps ? null : read(match, pattern);
      if (reading === null) continue;
      const { unread = 0, ...rest } = reading;
      found.push({ ...rest, from, to: to - unread });
    }
  }
  return found.sort((a, b) => a.from - b.from);
}

/** The text with blanks where something has been found, lines and places kept. */
export function blankOut(text: string, spans: readonly Span[]): string {
  let blanked = text;
  for (const { from, to } of spans) {
    blanked = blanked.slice(0, from) + "\u0000".repeat(to - from) + blanked.slice(to);
  }
  return blanked;
}

/**
 * Small capitals, which Unicode does not take for forms of letters, and the Turkish letters i, whose other case is another letter
 * than a pattern expects.
 */
const LETTERS = new Map(
  [..."İıᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ"].map((small, i) => [small, [..."Iiabcdefghijklmnopqrstuvwyz"][i]]),
);

/** The zeros of the digits of other scripts, each followed by one to nine. */
const ZEROS = [..."٠۰०০๐"].map((zero) => zero.codePointAt(0) as number);

/** Each of those letters and digits, and the plain one. */
const PLAIN = new Map([
  ...LETTERS,
  ...ZEROS.flatMap((zero) =>
    Array.from({ length: 10 }, (_, i) => [String.fromCodePoint(zero + i), String(i)] as const),
  ),
]);
const NOT_PLAIN = new RegExp(`[${[...PLAIN.keys()].join("")}]`, "gu");

/** Marks that are not seen: zero-width characters, directions, variation selectors, the soft hyphen. */
const UNSEEN =
  /[\u00ad\u061c\u115f\u1160\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]|\u200d|\u034f|[\ufe00-\ufe0f]/gu;

/** A biography longer than any platform allows is read no further: patterns are not run over a novel. */
export const MOST_CHARACTERS = 2000;

/** What is not yet as {@link plainText} leaves it, in a text that holds it: most of ASCII is. */
const MAY_CHANGE = /[^\n\x20-\x7e]|[ \n][ \n]/;

/** The last character that no address, link or name is made of. */
function endOfWords(text: string): number {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) > 0x20 && text.charCodeAt(end - 1) < 0x7f) end--;
  return end;
}

/**
 * A biography as it reads: letters in fancy dress (𝓲𝓰, ｉｇ, ɪɢ) become plain ones and digits ASCII, marks that are not seen go, every kind of
 * blank becomes one space and every kind of line break, with the empty lines after it, one `\n`: patterns that may pass over blanks
 * in several places would try all the ways to share a long run of them.
 *
 * Of a text with more than `MOST_CHARACTERS` only the beginning is given, up to a whole word: half an address could be another one.
 */
export function plainText(text: string): string {
  if (text.length <= MOST_CHARACTERS && !MAY_CHANGE.test(text)) return text;
  // Cut twice, and first: marks on a letter are put in order in the square of their number, and one character can stand for eighteen.
  const dressed = text.slice(0, MOST_CHARACTERS).normalize("NFKC");
  const beginning = dressed.slice(0, MOST_CHARACTERS);
  const whole = text.length <= MOST_CHARACTERS && dressed.length <= MOST_CHARACTERS;
  const plain = (whole ? beginning : beginning.slice(0, endOfWords(beginning)))
    .replace(UNSEEN, "")
    .replace(/\r\n?|[\u0085\u2028\u2029\v\f]/g, "\n")
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n\s*/g, "\n");
  return plain.replace(NOT_PLAIN, (character) => PLAIN.get(character) as string);
}
