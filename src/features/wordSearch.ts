/**
 * Whether one of the words stands in a text, whatever its case, with no letter, digit or underscore next to it. The same list
 * is expected again and again: what is made of it is kept.
 */
export function containsWord(text: string, words: readonly string[]): boolean {
  const { whole, parts } = known(words, wordLists, readyWords);
  const read = readText(text);
  if (whole.size > 0 && read.words().some((word) => whole.has(word))) return true;
  return parts.some(
    read,
    (from, to) => !isWordCharacter(before(text, from)) && !isWordCharacter(after(text, to)),
  );
}

/** Whether one of the fragments stands anywhere in a text, whatever its case. */
export function containsFragment(text: string, fragments: readonly string[]): boolean {
  return known(fragments, fragmentLists, (list) => new PartSearch(list)).some(readText(text), () => true);
}

/** Words of a list: those that are one run of letters, digits and underscores, and the others, such as phrases. */
interface ReadyWords {
  readonly whole: ReadonlySet<string>;
  readonly parts: PartSearch;
}

function readyWords(words: readonly string[]): ReadyWords {
  const folded = words.map(foldText);
  return {
    whole: new Set(folded.filter((_, i) => isOneWord(words[i]))),
    parts: new PartSearch(words.filter((word) => !isOneWord(word))),
  };
}

/** Whether a text, its case folded, is one run of letters, digits and underscores. */
export function isOneWord(text: string): boolean {
  return /^[\p{L}\p{N}_]+$/u.test(foldText(text));
}

/** Looks for texts inside a text by their first code units, of which most texts hold few. */
class PartSearch {
  readonly #starts = new Map<number, string[]>();

  constructor(texts: readonly string[]) {
    for (const folded of texts.map(foldText)) {
      const unit = folded.charCodeAt(0);
      this.#starts.set(unit, [...(this.#starts.get(unit) ?? []), folded]);
    }
  }

  /** Whether one of the texts stands at a place that is right. */
  some({ folded }: FoldedText, right: (from: number, to: number) => boolean): boolean {
    if (this.#starts.size === 0) return false;
    for (let from = 0; from < folded.length; from++) {
      const sought = this.#starts.get(folded.charCodeAt(from));
      if (sought?.some((one) => folded.startsWith(one, from) && right(from, from + one.length))) return true;
    }
    return false;
  }
}

const wordLists = new WeakMap<readonly string[], ReadyWords>();
const fragmentLists = new WeakMap<readonly string[], PartSearch>();

function known<Ready>(
  list: readonly string[],
  ready: WeakMap<readonly string[], Ready>,
  make: (list: readonly string[]) => Ready,
): Ready {
  let one = ready.get(list);
  if (one === undefined) {
    one = make(list);
    ready.set(list, one);
  }
  return one;
}

/** A text with its case folded, place for place. */
interface FoldedText {
  readonly folded: string;
  /** Its runs of letters, digits and underscores. */
  readonly words: () => readonly string[];
}

/** The text that was read last: many lists are looked for in one text. */
let last: { readonly text: string; readonly read: FoldedText } | undefined;

function readText(text: string): FoldedText {
  if (last?.text === text) return last.read;
  const folded = foldText(text);
  let words: readonly string[] | undefined;
  const read: FoldedText = {
    folded,
    words: () => {
      // Runs are cut in the unfolded text: some marks fold to letters (U+0345 to iota).
      words ??= Array.from(text.matchAll(/[\p{L}\p{N}_]+/gu), ({ 0: run, index }) =>
        folded.slice(index, index + run.length),
      );
      return words;
    },
  };
  last = { text, read };
  return read;
}

const folds = new Map<string, string>();

/** A text with its case folded: Unicode's simple folding, place for place. */
export function foldText(text: string): string {
  let folded = "";
  for (const character of text) {
    let one = folds.get(character);
    if (one === undefined) {
      one = foldCharacter(character);
      folds.set(character, one);
    }
    folded += one;
  }
  return folded;
}

/**
 * Simple case folding: one character for one, and as many code units for as many. Where a case is spelled with several
 * characters (ß, İ), the letter stays apart.
 */
export function foldCharacter(character: string): string {
  const upper = character.toUpperCase();
  // The dotless ı has its own fold, though its upper case is that of i.
  const lower = isOne(upper) && character !== "ı" ? upper.toLowerCase() : character.toLowerCase();
  return isOne(lower) && lower.length === character.length ? lower : character;
}

function isOne(text: string): boolean {
  return [...text].length === 1;
}

function before(text: string, place: number): string | undefined {
  const one = text.charAt(place - 1);
  return /[\uDC00-\uDFFF]/.test(one) ? text.slice(place - 2, place) : one;
}

function after(text: string, place: number): string | undefined {
  const code = text.codePointAt(place);
  return code === undefined ? undefined : String.fromCodePoint(code);
}

/** Whether a character is a letter, a digit or an underscore. */
export function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /^[\p{L}\p{N}_]$/u.test(character);
}
