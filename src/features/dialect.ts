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
  /** A list. */
  list(items: readonly string[]): string;
  /** An element of a list, the first being 1; NULL beyond its end, and where there is no list. */
  element(list: string, place: number): string;
  /** How many elements of a list are known; NULL where there is no list. */
  count(list: string): string;
  /** The sum of a list of DOUBLEs; 0 of an empty one, and where there is no list. */
  sum(list: string): string;
  /** The largest element; NULL where there is none. */
  largest(list: string): string;
  /** What an expression gives for each element, which stands in it by a name. */
  each(list: string, name: string, expression: string): string;
  /** Each element less the one after it. */
  steps(list: string): string;
  /**
   * An expression in which a name stands for a value that is worked out once.
   *
   * @param name a name that means nothing else
   * @param when a condition: where it does not hold, the whole is NULL, and nothing is worked out
   */
  given(name: string, value: string, expression: string, when?: string): string;
  /**
   * The newest moments of a list: of the newest `listed` those that can be, each second once, at most `most`. A list of DOUBLE,
   * whole seconds of Unix time, newest first; empty where there is none, and where there is no list.
   *
   * @param column of a list of moments, in any order
   * @param bounds.earliest the first second that can be
   * @param bounds.latest an expression of DOUBLE: the last second that can be
   */
  newest(column: string, bounds: MomentBounds): string;
}

/** Which moments of a list are looked at. */
export interface MomentBounds {
  readonly listed: number;
  readonly earliest: number;
  readonly latest: string;
  readonly most: number;
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
  list: (items) => `[${items.join(", ")}]`,
  element: (list, place) => `list_extract(${list}, ${place})`,
  count: (list) => `list_count(${list})`,
  sum: (list) => `coalesce(list_sum(${list}), 0e0)`,
  largest: (list) => `list_max(${list})`,
  each: (list, name, expression) => `list_transform(${list}, lambda ${name}: ${expression})`,
  steps: (list) => `list_transform(${list}[2:], lambda later, i: ${list}[i] - later)`,
  given: (name, value, expression, when) =>
    `list_extract(list_transform(${only(`[${value}]`, when)}, lambda ${name}: ${expression}), 1)`,
  newest(column, { listed, earliest, latest, most }) {
    const sorted = `list_sort(${column}, 'DESC', 'NULLS LAST')[:${listed}]`;
    const seconds = `list_transform(${sorted}, lambda moment: CAST(floor(epoch(moment)) AS DOUBLE))`;
    const can = `moment >= ${double(earliest)} AND moment <= ${latest}`;
    const chosen = `list_filter(dated, lambda moment, i: ${can} AND (i = 1 OR moment < dated[i - 1]))[:${most}]`;
    return DUCKDB.given("dated", `coalesce(${seconds}, [])`, chosen);
  },
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
  list: (items) => `array(${items.join(", ")})`,
  element: (list, place) => `get(${list}, ${place - 1})`,
  count: (list) => `array_size(filter(${list}, x -> x IS NOT NULL))`,
  sum: (list) => `coalesce(aggregate(${list}, CAST(0 AS DOUBLE), (total, x) -> total + x), 0e0)`,
  largest: (list) => `array_max(${list})`,
  each: (list, name, expression) => `transform(${list}, ${name} -> ${expression})`,
  steps: (list) => `transform(slice(${list}, 2, array_size(${list})), (later, i) -> get(${list}, i) - later)`,
  given: (name, value, expression, when) =>
    `get(transform(${only(`array(${value})`, when)}, ${name} -> ${expression}), 0)`,
  newest(column, { listed, earliest, latest, most }) {
    const sorted = `slice(sort_array(${column}, false), 1, ${listed})`;
    const seconds = `transform(${sorted}, moment -> CAST(floor(${SPARK.seconds("moment")}) AS DOUBLE))`;
    const can = `moment >= ${double(earliest)} AND moment <= ${latest}`;
    const fresh = "(i = 0 OR moment < get(dated, i - 1))";
    const chosen = `slice(filter(dated, (moment, i) -> ${can} AND ${fresh}), 1, ${most})`;
    return SPARK.given("dated", `coalesce(${seconds}, array())`, chosen);
  },
};

function only(list: string, when: string | undefined): string {
  return when === undefined ? list : `CASE WHEN ${when} THEN ${list} END`;
}

/** A plain text as a part of a regular expression. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&");
}
