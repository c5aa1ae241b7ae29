import { z } from "zod";
import { dataFile, once } from "../base/data.ts";
import { plainText } from "./contacts/contact.ts";

/** Words by what they are in a display name, in lower case, many a line. */
const lines = z.array(z.string().min(1)).min(1);
const file = dataFile(
  "shortlist/firstNames.json",
  z.object({
    /** What may stand before a name or behind it: `dr`, `coach`, `official`. */
    titles: lines,
    /** What no name of a person holds: `shop`, `the`. */
    others: lines,
    /** First names, without accents. */
    names: lines,
  }),
);
const words = once(() => {
  const { titles, others, names } = file();
  const setOf = (texts: readonly string[]) => new Set(texts.flatMap((text) => text.split(" ")).map(bare));
  return { titles: setOf(titles), others: setOf(others), names: setOf(names) };
});

/** A word to compare: in lower case, without accents of Latin letters. */
const bare = (word: string) =>
  word
    .normalize("NFD")
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, "")
    .normalize("NFC")
    .toLowerCase()
    .replaceAll("ı", "i");

/** What parts a name from what stands beside it: `Anna | travel`, `Anna (she/her)`. */
const PARTS = /[|•·~/\\()[\]{}<>:;,=+*"“”«»—–]|\s-\s|\bby\b/u;

/** Scripts in which names are words parted by blanks and the first of them is the first name, if one cannot tell otherwise. */
const WORD =
  /^(?:[\p{Script=Latin}\p{M}'’-]+|[\p{Script=Cyrillic}\p{M}'’-]+|[\p{Script=Greek}\p{M}-]+|[\p{Script=Arabic}\p{M}]+|[\p{Script=Hebrew}\p{M}'’-]+|[\p{Script=Devanagari}\p{M}]+)$/u;

/** Languages that put the family's name first. */
const FAMILY_FIRST = new Set(["hu", "ja", "ko", "vi", "zh"]);

/** Longest display name that is that of a person, in words. */
const MOST_WORDS = 3;

/**
 * A guess of the first name, for a letter's greeting; null where it cannot be told. Pictures, titles, handles and what stands behind a stroke
 * or in brackets are no part of it. A single word counts where it is a known name; of two or three words the known name, else the first. A word
 * that names a shop or a subject makes the whole no name of a person.
 *
 * @param name the display name
 * @param language code of the account's language, where known
 */
export function firstNameOf(name: string | null, language: string | null = null): string | null {
  const plain = plainText(name ?? "").replace(/[^\p{L}\p{M}\p{N}\p{P}\p{Z}|~<>=+]/gu, " ");
  // A handle and a hashtag are no names.
  const [part = ""] = plain
    .replace(/[@#]\S+/gu, " ")
    .split(PARTS)
    .map((one) => one.trim())
    .filter((one) => one !== "");
  const { titles, others, names } = words();
  const all = part.split(/\s+/u).map((word) => word.replace(/^[^\p{L}]+|[!?.…]+$/gu, ""));
  while (all.length > 1 && titles.has(bare(all[0]))) all.shift();
  while (all.length > 1 && titles.has(bare(all[all.length - 1]))) all.pop();
  if (
    all.length > MOST_WORDS ||
    !all.every((word) => isWord(word)) ||
    all.some((word) => others.has(bare(word)))
  )
    return null;
  const known = all.find((word) => names.has(bare(word)));
  if (known !== undefined) return capitalised(known);
  const [first] = all;
  const guessed = all.length > 1 && !FAMILY_FIRST.has((language ?? "").toLowerCase().slice(0, 2));
  return guessed && first.length > 1 && isUpper(first) ? capitalised(first) : null;
}

/** Whether it may be a word of a name: letters of one script, none of them three times in a row. */
const isWord = (word: string) => word.length <= 20 && WORD.test(word) && !/(\p{L})\1\1/iu.test(word);

/** Whether it begins with a capital, or its script has none. */
const isUpper = (word: string) => word[0] === word[0].toUpperCase();

/** As names are written: `ANNA` and `anna` become `Anna`, `McKenzie` stays. */
function capitalised(word: string): string {
  if (word !== word.toUpperCase() && word !== word.toLowerCase()) return word;
  return word.toLowerCase().replace(/(?<=^|[-'’])\p{L}/gu, (letter) => letter.toUpperCase());
}
