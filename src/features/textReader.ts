import { foldCharacter, isWordCharacter } from "./wordSearch.ts";

/** Scripts that a text can be asked for, each a bit of {@link ReadText.scripts}. */
const SCRIPTS = {
  latin: /\p{Script=Latin}/u,
  arabic: /\p{Script=Arabic}/u,
  cyrillic: /\p{Script=Cyrillic}/u,
  east_asian: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u,
} as const;

/** The bit of a script in {@link ReadText.scripts}; undefined for what is no such script. */
export function scriptBit(name: string): number | undefined {
  const place = Object.keys(SCRIPTS).indexOf(name);
  return place === -1 ? undefined : FIRST_SCRIPT << place;
}

/** Signs without which some patterns cannot stand in a text, each a bit of {@link ReadText.signs}. */
export const SIGNS = { at: 64, hash: 128, dot: 256, colon: 512, digit: 1024, km: 2048 } as const;

const SIGN_CHARACTERS: Readonly<Record<keyof typeof SIGNS, RegExp>> = {
  at: /@/,
  hash: /#/,
  dot: /[.]/,
  colon: /:/,
  digit: /[0-9]/,
  km: /[kKmM]/,
};

/** What is known of a character, as bits: that it is known at all, that it is part of a word, its scripts, what sign it is. */
const KNOWN = 1;
const WORD = 2;
const FIRST_SCRIPT = 4;
const SCRIPT_BITS = 4 + 8 + 16 + 32;

/** A text, read once for all that is asked of it. It holds until the reader reads the next. */
export interface ReadText {
  /** Code units. */
  length: number;
  /** Characters: code points, a surrogate by itself counting as one. */
  characters: number;
  /** Case-folded code units, place for place those of the text. */
  folded: Uint16Array;
  /** Whether a unit is part of a letter, digit or underscore of the text as it stands. */
  word: Uint8Array;
  /** Bits of the scripts that stand in it. */
  scripts: number;
  /** Bits of the signs that stand in it. */
  signs: number;
}

// Of the characters of one code unit, and of those of two. Filled as characters are met.
const unitBits = new Uint16Array(0x1_0000);
const unitFolds = new Uint16Array(0x1_0000);
const pairs = new Map<number, { readonly bits: number; readonly fold: number }>();

/** Makes a reader of texts that uses its arrays again and again. */
export function createTextReader(): (text: string) => ReadText {
  const read: ReadText = {
    length: 0,
    characters: 0,
    folded: new Uint16Array(256),
    word: new Uint8Array(256),
    scripts: 0,
    signs: 0,
  };
  return (text) => {
    const { length } = text;
    if (length > read.folded.length) {
      read.folded = new Uint16Array(2 * length);
      read.word = new Uint8Array(2 * length);
    }
    const { folded, word } = read;
    let seen = 0;
    let characters = length;
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i);
      if ((unit & 0xf800) !== 0xd800) {
        let bits = unitBits[unit];
        if (bits === 0) bits = learnUnit(unit);
        seen |= bits;
        folded[i] = unitFolds[unit];
        word[i] = bits & WORD;
        continue;
      }
      const point = text.codePointAt(i) as number;
      if (point < 0x1_0000) {
        // A surrogate by itself is no letter and has no case.
        folded[i] = unit;
        word[i] = 0;
        continue;
      }
      const { bits, fold } = pairs.get(point) ?? learnPair(point);
      seen |= bits;
      folded[i] = 0xd800 + ((fold - 0x1_0000) >> 10);
      folded[i + 1] = 0xdc00 + (fold & 0x3ff);
      word[i] = bits & WORD;
      word[i + 1] = bits & WORD;
      i++;
      characters--;
    }
    read.length = length;
    read.characters = characters;
    read.scripts = seen & SCRIPT_BITS;
    read.signs = seen & ~(SCRIPT_BITS | KNOWN | WORD);
    return read;
  };
}

function learnUnit(unit: number): number {
  const character = String.fromCharCode(unit);
  unitFolds[unit] = foldCharacter(character).charCodeAt(0);
  unitBits[unit] = bitsOf(character);
  return unitBits[unit];
}

function learnPair(point: number) {
  const character = String.fromCodePoint(point);
  const learnt = { bits: bitsOf(character), fold: foldCharacter(character).codePointAt(0) as number };
  pairs.set(point, learnt);
  return learnt;
}

function bitsOf(character: string): number {
  let bits = KNOWN | (isWordCharacter(character) ? WORD : 0);
  Object.values(SCRIPTS).forEach((script, place) => {
    if (script.test(character)) bits |= FIRST_SCRIPT << place;
  });
  for (const [name, sign] of Object.entries(SIGN_CHARACTERS)) {
    if (sign.test(character)) bits |= SIGNS[name as keyof typeof SIGNS];
  }
  return bits;
}
