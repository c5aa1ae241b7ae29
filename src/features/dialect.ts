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
 * DuckDB's. Its regular expressions are RE2: `\b` knows ASCII only, so the edge of a word is spelled out with the
 * classes that Python's `\w` is made of. `(?i:)` folds case letter by letter, needs no locale, and takes half the time of
 * `lower()`; it stays off the edges, where it would make letters of marks that fold to one (U+0345 to iota).
 */
export const DUCKDB: Dialect = {
  name: "duckdb",
  text: quoteLiteral,
  containsWord(text, words) {
    const any = words.map((word) => word.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&")).join("|");
    const pattern = `(^|[^\\p{L}\\p{N}_])(?i:${any})($|[^\\p{L}\\p{N}_])`;
    return `regexp_matches(${text}, ${quoteLiteral(pattern)})`;
  },
};
