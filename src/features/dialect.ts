import { quoteLiteral } from "../base/quote.ts";

/**
 * Where one SQL engine writes differently from another. Feature expressions keep to what engines share (`CASE`,
 * `coalesce`, `CAST ... AS DOUBLE`, arithmetic, canonical names without quotes) and ask the dialect for the rest.
 */
export interface Dialect {
  readonly name: string;
  /** A text literal. */
  text(value: string): string;
  /**
   * A condition: one of the words stands in the text, whatever its case, with no letter, digit or underscore next to it.
   *
   * @param text an SQL expression of a text, never NULL
   * @param words plain texts; nothing in them has a special meaning
   */
  containsWord(text: string, words: readonly string[]): string;
  /** A moment in seconds of Unix time, a DOUBLE. */
  seconds(column: string): string;
}

/**
 * A DOUBLE literal that reads back to the same 64 bits. Always with an exponent: `0.1` alone is a DECIMAL both in
 * DuckDB and in Spark, and is rounded again when it becomes a DOUBLE.
 *
 * @param value finite
 */
export function double(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`not a finite number: ${value}`);
  const text = value.toExponential().replace("+", "");
  return value < 0 ? `(${text})` : text;
}

/**
 * RE2 pattern: one of the words stands in a text. `\b` knows ASCII only, so the edge of a word is spelled out with the classes
 * that Python's `\w` is made of. `(?i:)` folds case letter by letter and needs no locale. It stays off the edges, where it would
 * make letters of marks that fold to one (U+0345 to iota).
 */
export function wordPattern(words: readonly string[]): string {
  const any = words.map(escapePattern).join("|");
  return `(?:^|[^\\p{L}\\p{N}_])(?i:${any})(?:$|[^\\p{L}\\p{N}_])`;
}

/** DuckDB's. Its regular expressions are RE2. */
export const DUCKDB: Dialect = {
  name: "duckdb",
  text: quoteLiteral,
  containsWord: (text, words) => `regexp_matches(${text}, ${quoteLiteral(wordPattern(words))})`,
  seconds: (column) => `CAST(epoch(${column}) AS DOUBLE)`,
};

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
    const any = words
      .map((word) => escapePattern(word).replace(/[iI]/g, "(?-i:[iI])").replace(/[İı]/g, "(?-i:$&)"))
      .join("|");
    return `${text} RLIKE ${SPARK.text(`(^|[^\\p{L}\\p{N}_])(?iu:${any})($|[^\\p{L}\\p{N}_])`)}`;
  },
  // A timestamp without a time zone is read in the session's, which has to be UTC.
  seconds: (column) => `unix_micros(CAST(${column} AS TIMESTAMP)) / 1e6`,
};

/** A plain text as a part of a regular expression. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&");
}
