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

/** Conditions on what stands around a word, in its regular expression. */
const AROUND = /\(\?<?[=!](?:\[[^\]]*\]|\((?:\[[^\]]*\]|[^()[\]])*\)|[^()[\]])*\)/g;

/** Tells which of some lists of words a plain text may hold a word of: their places among the lists. */
export type WordFinder = (text: string) => ReadonlySet<number>;

/** Whether a word can begin with a UTF-16 unit, by the unit before. */
type Beginning = (unit: number, before: number) => boolean;

/** Most characters of a word that {@link wordFinder} compares. */
const START = 16;

/** A place in a tree of words: the lists that have a word which ends here, and where it goes on, by UTF-16 units. */
interface Branch {
  readonly lists: Set<number>;
  readonly next: Map<number, Branch>;
}

/**
 * Looks for the beginnings of words in one pass over a text. A list that it does not name has no word that {@link wordPattern} finds: most texts
 * need none of the patterns, which take far longer.
 *
 * @param lists words as `wordPattern` takes them
 * @param mayBegin where words begin, as {@link beginning} has it; without it as `wordPattern` has it
 */
export function wordFinder(
  lists: readonly (readonly string[])[],
  mayBegin: Beginning = beginsWord,
): WordFinder {
  const root: Branch = { lists: new Set(), next: new Map() };
  lists.forEach((words, list) => {
    const { joined, starts, whole } = parted(words.map((word) => plainText(word).replace(AROUND, "")));
    // A word of a joined script that begins with another letter is looked for everywhere.
    const found = [...joined.map((word) => (JOINED.test([...word][0]) ? word : "")), ...starts, ...whole];
    for (const start of found.flatMap((word) => startsOf(word))) {
      let branch = root;
      for (let i = 0; i < start.length; i++) {
        const unit = start.charCodeAt(i);
        const next = branch.next.get(unit) ?? { lists: new Set(), next: new Map() };
        branch.next.set(unit, next);
        branch = next;
      }
      branch.lists.add(list);
    }
  });
  return (text) => {
    const found = new Set(root.lists);
    const lower = folded(text);
    for (let at = 0, before = 0; at < lower.length; before = lower.charCodeAt(at++)) {
      if (!mayBegin(lower.charCodeAt(at), before)) continue;
      let to = at;
      for (
        let branch = root.next.get(lower.charCodeAt(to));
        branch;
        branch = branch.next.get(lower.charCodeAt(++to))
      )
        for (const list of branch.lists) found.add(list);
    }
    return found;
  };
}

/** What a word begins with, folded, up to {@link START} characters: one text for each way to read its regular expression; empty where that cannot be told. */
function startsOf(word: string, start = ""): string[] {
  const [, either, oneOf, letter, mark, rest] =
    /^(?:\(\?:([^()]*)\)|\[([^\\^\]-]+)\]|\\?((?<=\\)[.+]|(?<!\\)[^\\^$.*+?()[\]{}|]))([?*]|\{\d+,?\d*\})?(.*)$/su.exec(
      word,
    ) ?? [];
  if (start.length >= START || rest === undefined) return [folded(start)];
  const ways = either?.split("|") ?? [...(oneOf ?? letter)];
  const without = mark === undefined || /^\{[1-9]/.test(mark) ? [] : startsOf(rest, start);
  const often = mark !== undefined && mark !== "?";
  const further = ways.flatMap((way) => {
    // Of what stands several times the first is enough.
    if (either !== undefined) return startsOf(often ? `${way}$` : way + rest, start);
    return often ? [folded(start + way)] : startsOf(rest, start + way);
  });
  return [...further, ...without];
}

/** Letters with another small form, and the usual one: patterns without case take both for the same. */
const FORMS = new Map([..."ςᲀᲁᲂᲃᲄᲅ"].map((form, i) => [form, [..."σвдостт"][i]]));
const FORM = new RegExp(`[${[...FORMS.keys()].join("")}]`, "gu");

/** A text as patterns without case compare it. */
const folded = (text: string) => text.toLowerCase().replace(FORM, (form) => FORMS.get(form) as string);

/** Bits of what is known of a unit: it stands inside a word; a word begins with it wherever it stands. */
const [KNOWN, INSIDE, ANYWHERE] = [1, 2, 4];

/**
 * Where words begin: not after a character that is `inside` of one, but for what begins `anywhere`. Half a character may be anything.
 *
 * @param inside of one character, as `anywhere`
 */
export function beginning(inside: RegExp, anywhere: RegExp): Beginning {
  const kinds = new Uint8Array(0x10000);
  const kindOf = (unit: number) => {
    if (kinds[unit] === 0) {
      const character = String.fromCharCode(unit);
      const any = anywhere.test(character) || /\p{Cs}/u.test(character);
      kinds[unit] = KNOWN | (inside.test(character) ? INSIDE : 0) | (any ? ANYWHERE : 0);
    }
    return kinds[unit];
  };
  return (unit, before) => (kindOf(before) & INSIDE) === 0 || (kindOf(unit) & ANYWHERE) !== 0;
}

/** As `wordPattern` has it. */
const beginsWord = beginning(/[\p{L}\p{N}_@.]/u, JOINED);
