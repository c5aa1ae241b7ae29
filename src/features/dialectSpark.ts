import type { Dialect } from "./dialect.ts";

/**
 * Spark SQL's, 3.4 and later, with `spark.sql.parser.escapedStringLiterals` off, as it is unless said otherwise. Its regular
 * expressions are Java's.
 *
 * `(?iu:)` folds case as RE2 does, but for the dotted İ and the dotless ı, which Java takes for an i: these letters are
 * matched as they are. (Compared over all code points; the others that differ are letters that Unicode gained after Java's
 * version of it.) `$` may stand before a last line break, which matters nowhere here: a line break is no letter either.
 */
export const SPARK: Dialect = {
  name: "spark",
  text: (value) => `'${value.replace(/[\\']/g, "\\$&").replaceAll("$", "\\u0024")}'`,
  containsWord(text, words) {
    return matches(text, `(^|[^\\p{L}\\p{N}_])(?iu:${anyOf(words)})($|[^\\p{L}\\p{N}_])`);
  },
  containsAny(text, words, fragments) {
    return [
      ...(words.length > 0 ? [SPARK.containsWord(text, words)] : []),
      ...(fragments.length > 0 ? [matches(text, `(?iu:${anyOf(fragments)})`)] : []),
    ].join(" OR ");
  },
  // Java writes the name of a script with Is before it.
  matches: (text, pattern) => matches(text, pattern.replace(/\\p\{(?=[A-Z][a-z])/g, "\\p{Is")),
  characters: (text) => `char_length(${text})`,
  // A timestamp without a time zone is read in the session's, which has to be UTC.
  seconds: (column) => `unix_micros(CAST(${column} AS TIMESTAMP)) / 1e6`,
  once: (expression) => expression,
};

function matches(text: string, pattern: string): string {
  return `${text} RLIKE ${SPARK.text(pattern)}`;
}

/** Plain texts as alternatives of a pattern inside `(?iu:)`. */
function anyOf(texts: readonly string[]): string {
  return texts
    .map((text) =>
      text
        .replace(/[\\^$.|?*+()[\]{}]/g, "\\$&")
        .replace(/[iI]/g, "(?-i:[iI])")
        .replace(/[İı]/g, "(?-i:$&)"),
    )
    .join("|");
}
