import type { ReadText } from "./textReader.ts";
import { foldText, isOneWord } from "./wordSearch.ts";

/** What one feature looks for in a text: see the kind `phrases`. */
export interface PhraseList {
  readonly words: readonly string[];
  readonly fragments: readonly string[];
}

/** Most lists of a search: each has a bit. */
export const MOST_LISTS = 31;

/** What may begin at a place, by its first two units, as bits. */
const FRAGMENT = 1;
const WORD = 2;

/** A place for two units. Some share one, so that what is there is only a reason to look closer. */
const pairPlace = (unit: number, second: number) => ((unit << 7) ^ second) & 0xffff;

/** A place in a tree of texts, unit by unit. */
interface Branch {
  readonly next: Map<number, Branch>;
  /** Lists with a text that ends here. */
  ends: number;
  /** Those of them in which it is a single word. */
  single: number;
}

/**
 * Makes a search for many lists at once, in one pass over a text. It finds what `containsWord` and `containsFragment` find.
 *
 * @param lists at most {@link MOST_LISTS}
 * @returns the lists of which something stands in a text: bit i for list i
 */
export function createPhraseSearch(lists: readonly PhraseList[]): (text: ReadText) => number {
  const words = newBranch();
  const fragments = newBranch();
  lists.forEach((list, i) => {
    for (const word of list.words) plant(words, word, 1 << i, isOneWord(word));
    for (const fragment of list.fragments) plant(fragments, fragment, 1 << i, false);
  });
  const singles = new Uint8Array(0x1_0000);
  const pairs = new Uint8Array(0x1_0000);
  for (const [{ next }, kind] of [[fragments, FRAGMENT] as const, [words, WORD] as const]) {
    for (const [unit, branch] of next) {
      if (branch.ends !== 0) singles[unit] |= kind;
      for (const second of branch.next.keys()) pairs[pairPlace(unit, second)] |= kind;
    }
  }
  return ({ folded, word, length }) => {
    let found = 0;
    for (let from = 0; from < length; from++) {
      const unit = folded[from];
      const second = from + 1 < length ? folded[from + 1] : 0;
      const kinds = singles[unit] | pairs[pairPlace(unit, second)];
      if (kinds === 0) continue;
      if ((kinds & FRAGMENT) !== 0) found |= fragmentsAt(fragments, folded, from, length);
      if ((kinds & WORD) !== 0 && (from === 0 || word[from - 1] === 0)) {
        found |= wordsAt(words, folded, word, from, length);
      }
    }
    return found;
  };
}

function newBranch(): Branch {
  return { next: new Map(), ends: 0, single: 0 };
}

function plant(root: Branch, text: string, bit: number, single: boolean): void {
  const folded = foldText(text);
  let branch = root;
  for (let i = 0; i < folded.length; i++) {
    const unit = folded.charCodeAt(i);
    let next = branch.next.get(unit);
    if (next === undefined) {
      next = newBranch();
      branch.next.set(unit, next);
    }
    branch = next;
  }
  branch.ends |= bit;
  if (single) branch.single |= bit;
}

function fragmentsAt(root: Branch, folded: Uint16Array, from: number, length: number): number {
  let found = 0;
  let branch = root.next.get(folded[from]);
  for (let at = from + 1; branch !== undefined; at++) {
    found |= branch.ends;
    if (at === length || branch.next.size === 0) break;
    branch = branch.next.get(folded[at]);
  }
  return found;
}

function wordsAt(root: Branch, folded: Uint16Array, word: Uint8Array, from: number, length: number): number {
  let found = 0;
  let whole = word[from] !== 0;
  let branch = root.next.get(folded[from]);
  for (let at = from + 1; branch !== undefined; at++) {
    if (branch.ends !== 0 && (at === length || word[at] === 0)) {
      // A single word is a run of letters of the text as it stands: some marks fold to letters (U+0345 to iota).
      found |= whole ? branch.ends : branch.ends & ~branch.single;
    }
    if (at === length || branch.next.size === 0) break;
    whole &&= word[at] !== 0;
    branch = branch.next.get(folded[at]);
  }
  return found;
}
