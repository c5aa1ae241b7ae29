import { quoteLiteral } from "../profiles/sql.ts";

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
  /** A condition: one of the words stands in the text as for `containsWord`, or one of the fragments anywhere in it. */
  containsAny(text: string, words: readonly string[], fragments: readonly string[]): string;
  /**
   * A condition: a part of the text matches the pattern.
   *
   * @param text an SQL expression of a text, never NULL
   * @param pattern in RE2's syntax
   * @param pieces every text that matches holds one of them; changes nothing but the time it takes
   */
  matches(text: string, pattern: string, pieces?: readonly string[]): string;
  /** The number of characters (code points) of a text. */
  characters(text: string): string;
  /** A moment in seconds of Unix time, a DOUBLE. */
  seconds(column: string): string;
  /**
   * A part that several features may be made of, which the dialect may give a name, so that it is worked out once.
   *
   * @param expression over columns, without another such part in it
   */
  once(expression: string): string;
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
 * that Python's `\w` is made of. `(?i:)` folds case letter by letter, needs no locale, and takes half the time of
 * lower-casing; it stays off the edges, where it would make letters of marks that fold to one (U+0345 to iota).
 */
export function wordPattern(words: readonly string[]): string {
  return `(?:^|[^\\p{L}\\p{N}_])(?i:${anyOf(words)})(?:$|[^\\p{L}\\p{N}_])`;
}

/**
 * RE2 pattern: one of the words stands in a text, or one of the fragments anywhere in it. One pattern of both takes hardly
 * longer than one of either.
 */
export function phrasePattern(words: readonly string[], fragments: readonly string[]): string {
  return [
    ...(words.length > 0 ? [wordPattern(words)] : []),
    ...(fragments.length > 0 ? [`(?i:${anyOf(fragments)})`] : []),
  ].join("|");
}

/** DuckDB's. Its regular expressions are RE2. */
export const DUCKDB: Dialect = {
  name: "duckdb",
  text: quoteLiteral,
  containsWord(text, words) {
    return DUCKDB.matches(text, wordPattern(words));
  },
  containsAny: (text, words, fragments) => DUCKDB.matches(text, phrasePattern(words, fragments)),
  matches(text, pattern, pieces = []) {
    const found = `regexp_matches(${text}, ${quoteLiteral(pattern)})`;
    if (pieces.length === 0) return found;
    // In a CASE, the pattern is not asked of texts without them. To look for a piece takes a tenth of the time.
    const may = pieces.map((piece) => `contains(${text}, ${quoteLiteral(piece)})`).join(" OR ");
    return `((${may}) AND ${found})`;
  },
  characters: (text) => `length(${text})`,
  seconds: (column) => `CAST(epoch(${column}) AS DOUBLE)`,
  once: (expression) => expression,
};

/** Plain texts as alternatives of a pattern. */
function anyOf(texts: readonly string[]): string {
  return texts.map((text) => text.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&")).join("|");
}
