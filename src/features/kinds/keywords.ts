import { z } from "zod";
import { escapePattern, wordPattern } from "../dialect.ts";
import type { FeatureKind } from "../feature.ts";
import { featureName, textName } from "../profile.ts";

const params = z.strictObject({
  column: textName,
  /** Words or phrases. What they hold is taken as it stands: a full stop is a full stop. */
  keywords: z.array(z.string().min(1)).min(1),
  /** The text an unknown one is taken to be, and an empty one with it, as in pandas. */
  imputed: z.string(),
  output: featureName,
});
const fitted = z.strictObject({});

type Params = z.infer<typeof params>;
type Fitted = z.infer<typeof fitted>;

/**
 * 1 where one of the keywords stands in a text as a whole word, else 0.
 *
 * The study lower-cased the text, split it into word tokens, took English stop words out and looked for a keyword among
 * the rest. For keywords of one word that is the same question as asked here: a token is a run of letters, digits and
 * underscores (`\w+` on Unicode text), so a keyword is a token where no such character touches it; and stop words can only
 * change the answer for a keyword that is itself a stop word, which none of the study's six is.
 *
 * Case is folded letter by letter (Unicode's simple folding), the same in every locale. Letters that Unicode gained after
 * version 15.1, of 2023, are letters to a newer Node and not to DuckDB. Nothing is learnt from rows.
 */
export const keywords: FeatureKind<Params, Fitted> = {
  kind: "keywords",
  params,
  fitted,
  inputs: ({ column }) => [column],
  outputs: ({ output }) => [output],
  fit: async () => ({}),
  sql({ column, keywords, imputed }, _fitted, dialect) {
    const text = `coalesce(nullif(${column}, ${dialect.text("")}), ${dialect.text(imputed)})`;
    return [`CASE WHEN ${dialect.containsWord(text, keywords)} THEN 1e0 ELSE 0e0 END`];
  },
  onnx({ column, keywords, imputed }, _fitted, graph) {
    const text = graph.text(column);
    const found = graph.matches(text, wordPattern(keywords));
    const imputedHasOne = wordSearch(keywords)(imputed);
    return graph.flag(imputedHasOne ? graph.node("Or", found, graph.empty(text)) : found);
  },
  twin({ column, keywords, imputed }) {
    const containsWord = wordSearch(keywords);
    return (profile, into, at) => {
      into[at] = containsWord(profile[column] || imputed) ? 1 : 0;
    };
  },
};

/**
 * Asks whether one of the words stands in a text, whatever its case, with no letter, digit or underscore next to it. The
 * neighbours are looked at apart from the word: in a pattern that folds case some marks are letters (U+0345 is an iota).
 */
function wordSearch(words: readonly string[]): (text: string) => boolean {
  const any = new RegExp(words.map(escapePattern).join("|"), "iu");
  const each = words.map((word) => new RegExp(escapePattern(word), "giu"));
  return (text) => any.test(text) && each.some((word) => standsAlone(text, word));
}

function standsAlone(text: string, word: RegExp): boolean {
  word.lastIndex = 0;
  for (let found = word.exec(text); found !== null; found = word.exec(text)) {
    const [start, end] = [found.index, word.lastIndex];
    const before = text.slice(Math.max(0, start - 2), start);
    if (!/[\p{L}\p{N}_]$/u.test(before) && !/^[\p{L}\p{N}_]/u.test(text.slice(end, end + 2))) return true;
    // The next one may begin inside of this one.
    word.lastIndex = start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
  }
  return false;
}
