import { z } from "zod";
import { dataFile, once } from "../base/data.ts";
import { listSql } from "../base/quote.ts";

const words = z.array(z.string().min(1)).nonempty();

/** `data/profiles/words.json`: what programs write for a value that is missing, and what people write for yes, no and totals. */
const readWords = dataFile(
  "profiles/words.json",
  z.strictObject({ missing: words, missingButNamibia: words, true: words, false: words, totals: words }),
);

/** A set of words as TypeScript and as an SQL list. */
interface WordList {
  readonly words: readonly string[];
  readonly has: (text: string) => boolean;
  readonly sql: string;
  /** UTF-8 bytes of the longest. */
  readonly bytes: number;
}

function wordList(list: readonly string[]): WordList {
  const set = new Set(list);
  return {
    words: list,
    has: (text) => set.has(text),
    sql: listSql(list),
    bytes: Math.max(...list.map((word) => Buffer.byteLength(word))),
  };
}

/** How a missing value is written, the empty text included: databases, spreadsheets, pandas, R and JavaScript each have their own word. */
export const missingWords: () => WordList = once(() =>
  wordList(["", ...readWords().missing, ...readWords().missingButNamibia]),
);

/** The same for codes of countries, of which NA is one. */
export const missingCodes: () => WordList = once(() => wordList(["", ...readWords().missing]));

/** What is a yes, in lower case. */
export const trueWords: () => WordList = once(() => wordList(readWords().true));

/** What is a no, in lower case. */
export const falseWords: () => WordList = once(() => wordList(readWords().false));

/** What stands before the totals below a table. */
export const totalWords: () => WordList = once(() => wordList(readWords().totals));
