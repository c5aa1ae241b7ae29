import { z } from "zod";
import { dataFile, once } from "../base/data.ts";
import { quoteLiteral } from "../base/quote.ts";
import type { Alert } from "./alerts.ts";
import { LARGEST_RATE, type ValueKind } from "./values.ts";

/**
 * Counts and rates as people and web pages write them: `1.2M`, `10,9 K`, `1.234.567`, `3.4万`, `2,9 %`. All as SQL over a text from
 * `presentSql`, which plain numbers never come to.
 */

const SIZES = {
  thousand: 1e3,
  "ten thousand": 1e4,
  "hundred thousand": 1e5,
  million: 1e6,
  "ten million": 1e7,
  "hundred million": 1e8,
  billion: 1e9,
} as const;

const words = z.array(z.string()).nonempty();
const readMultiples = dataFile(
  "profiles/multiples.json",
  z.strictObject(
    Object.fromEntries(Object.keys(SIZES).map((size) => [size, words])) as Record<
      keyof typeof SIZES,
      typeof words
    >,
  ),
);

/** The words for thousands and millions in lower case, and their sizes, as two SQL lists. */
const multiples = once(() => {
  const each = Object.entries(readMultiples()).flatMap(([size, list]) =>
    list.map((word) => [quoteLiteral(word), `${SIZES[size as keyof typeof SIZES]}e0`]),
  );
  return {
    words: `[${each.map(([word]) => word).join(", ")}]`,
    sizes: `[${each.map(([, size]) => size).join(", ")}]`,
  };
});

/** How the counts of a file are written, once all of them were looked over. */
export interface Conventions {
  /** By canonical name the decimal mark of a column of counts, for texts with one mark before three digits. */
  readonly decimal: Readonly<Record<string, DecimalMark>>;
  /** What is to be said of it. */
  readonly alerts: readonly Alert[];
}

/** The mark before the decimals. */
export type DecimalMark = "," | ".";

/** Marks that stand between digits. The spaces are those of East and West: plain, no-break, narrow no-break, thin. */
const SPACES = "[ \u00a0\u202f\u2009'’٬]";
const NUMBER = `[0-9]{1,3}(?:${SPACES}[0-9]{3})+(?:[.,][0-9]+)?|[0-9][0-9.,]*`;
/** About a number, then the number, then its word and perhaps a plus. */
const WRITTEN = `[~≈]?\\s*(${NUMBER}|[.,][0-9]+)[\\s\u00a0\u202f]*([^0-9.,%+]*)[.]?[+]?`;

/** One mark with three digits behind it, which is a thousand's or a decimal one. */
const EITHER = "[1-9][0-9]{0,2}[.,][0-9]{3}";

const full = (text: string, pattern: string) =>
  `regexp_full_match(${text}, '${pattern.replaceAll("'", "''")}')`;
const part = (text: string, group: number) =>
  `regexp_extract(${text}, '^${WRITTEN.replaceAll("'", "''")}$', ${group})`;

/** The digits and marks of a text, without what stands between thousands but points and commas; NULL where it is no number. */
const digitsSql = (text: string) =>
  `CASE WHEN ${full(text, WRITTEN)} THEN regexp_replace(${part(text, 1)}, '${SPACES.replaceAll("'", "''")}', '', 'g') END`;

/** The size of the word behind a number: 1 without one; NULL where the word is unknown. */
const sizeSql = (text: string) => {
  const word = `lower(trim(${part(text, 2)}))`;
  const { words: list, sizes } = multiples();
  return `CASE WHEN ${word} = '' THEN 1e0 ELSE ${sizes}[list_position(${list}, ${word})] END`;
};

/** Evaluates an expression once, under a name. */
const given = (name: string, value: string, body: string) =>
  `list_transform([${value}], lambda ${name}: ${body})[1]`;

/** Digits with marks as a DOUBLE. Only what {@link EITHER} fits needs the file's decimal mark. */
function plainSql(digits: string, decimal: DecimalMark): string {
  const without = (mark: string) => `replace(${digits}, '${mark}', '')`;
  const grouped = (mark: string, other: string) =>
    `WHEN ${full(digits, `[0-9]{1,3}(${mark}[0-9]{2,3})*${mark}[0-9]{3}(${other}[0-9]+)?`)} THEN`;
  const double = (text: string) => `TRY_CAST(${text} AS DOUBLE)`;
  const pointed = double(`replace(${digits}, ',', '.')`);
  const thousands = decimal === "," ? "." : ",";
  return [
    `CASE WHEN ${full(digits, "[0-9]+")} THEN ${double(digits)}`,
    `WHEN ${full(digits, EITHER)} THEN CASE WHEN contains(${digits}, '${thousands}')`,
    `THEN ${double(without(thousands))} ELSE ${pointed} END`,
    `WHEN ${full(digits, "[0-9]*[.,][0-9]+|[0-9]+[.,]")} THEN ${pointed}`,
    `${grouped("[.]", ",")} ${double(`replace(${without(".")}, ',', '.')`)}`,
    `${grouped(",", "[.]")} ${double(without(","))} END`,
  ].join(" ");
}

/** A count as written: BIGINT; whole without a word, rounded with one. NULL where it is none. @param plain what `COUNT` makes of it */
export function writtenCountSql(text: string, decimal: DecimalMark, plain: string): string {
  const product = given("digits", digitsSql(text), plainSql("digits", decimal));
  const whole = "size > 1 OR floor(number) = number";
  const count = `CASE WHEN (${whole}) AND number * size < 9e15 THEN CAST(round(number * size) AS BIGINT) END`;
  const written = given("number", product, given("size", sizeSql(text), count));
  // Above 2^53 only digits are exact.
  return `CASE WHEN ${full(text, EITHER)} OR (${plain}) IS NULL THEN ${written} ELSE ${plain} END`;
}

const PERCENT = "\\s*[%٪％]$";

/** A rate as written: DOUBLE; in hundredths where a percent sign follows or `percent` holds. NULL where it is none. */
export function writtenRateSql(text: string, percent: boolean): string {
  // A rate has no thousands, so that every single mark is before its decimals.
  const number = `regexp_replace(${text}, '[\\s\u00a0\u202f]*[%٪％]$', '')`;
  const value = `CASE WHEN ${full("rate", "[0-9]*[.,]?[0-9]+([eE][+-]?[0-9]+)?")} THEN TRY_CAST(replace(rate, ',', '.') AS DOUBLE) END`;
  const scale = percent ? "100" : `CASE WHEN regexp_matches(${text}, '${PERCENT}') THEN 100 ELSE 1 END`;
  const rate = `${given("rate", number, value)} / ${scale}`;
  return given("scaled", rate, `CASE WHEN scaled <= ${LARGEST_RATE} THEN scaled END`);
}

/** What the texts of a column tell, see {@link surveySql}. All are numbers of cells. */
export interface ColumnSurvey {
  readonly present: number;
  /** Whose decimal mark is a comma or a point, whatever the others say. */
  readonly comma: number;
  readonly point: number;
  /** Whose one mark is before three digits, a comma or a point. */
  readonly eitherComma: number;
  readonly eitherPoint: number;
  /** Of these, which would be no whole number with the other reading. */
  readonly wholeComma: number;
  readonly wholePoint: number;
  /** That are rounded, with a word for thousands or more. */
  readonly rounded: number;
  readonly percent: number;
  /** One with one mark before three digits, and a rounded one. */
  readonly either: string | null;
  readonly roundedExample: string | null;
}

/** A row of {@link ColumnSurvey} as JSON, of the texts of a column, as an SQL aggregate over `text`. */
export function surveySql(): string {
  const count = (condition: string) => `count(*) FILTER (${condition})`;
  const either = full("digits", EITHER);
  const has = (mark: string) => `contains(digits, '${mark}')`;
  const bare = "regexp_full_match(lower(text), '[~≈]?[0-9.,]+[+]?')";
  const commaEnd =
    "[0-9]*,([0-9]{1,2}|[0-9]{4,})|0*,[0-9]+|0,[0-9]+|[0-9]{4,},[0-9]+|[0-9]{1,3}([.][0-9]{3})+,[0-9]+|[0-9]{1,3}([.][0-9]{3}){2,}";
  const pointEnd = commaEnd
    .replaceAll("[.]", "#")
    .replaceAll(",(", "[.](")
    .replaceAll(",[0-9]", "[.][0-9]")
    .replaceAll("#", ",");
  const fields = {
    present: "count(text)",
    comma: count(full("digits", commaEnd)),
    point: count(full("digits", pointEnd)),
    eitherComma: count(`${either} AND ${has(",")}`),
    eitherPoint: count(`${either} AND ${has(".")}`),
    wholeComma: count(`${either} AND ${has(",")} AND ${bare} AND NOT suffix(digits, '000')`),
    wholePoint: count(`${either} AND ${has(".")} AND ${bare} AND NOT suffix(digits, '000')`),
    rounded: count(`digits IS NOT NULL AND size > 1`),
    percent: count(`regexp_matches(text, '${PERCENT}')`),
    either: `min(text) FILTER (${either})`,
    roundedExample: "min(text) FILTER (digits IS NOT NULL AND size > 1)",
  };
  return `struct_pack(${Object.entries(fields)
    .map(([name, sql]) => `${name} := ${sql}`)
    .join(", ")})`;
}

/** What {@link surveySql} is asked over: `text`, its `digits` and the `size` of its word. Plain numbers have no digits. */
export function surveyedSql(text: string): string {
  const plain = `regexp_full_match(${text}, '[0-9]+')`;
  return `${text} AS text, CASE WHEN NOT ${plain} THEN ${digitsSql(`regexp_replace(${text}, '${PERCENT}', '')`)} END AS digits, CASE WHEN NOT ${plain} THEN ${sizeSql(text)} END AS size`;
}

/** A text that a plain file does not hold: DuckDB's fast way fails with it, so that the column is looked over first. */
export const UNPLAIN = "insights: not a plain number";

/** The kind of a count or rate in a file whose columns nobody has looked over yet: the query fails where one is not plainly written. */
export function plainKind(kind: ValueKind, isCount: boolean): ValueKind {
  const failure = (text: string) => `error('${UNPLAIN} ' || ${text})`;
  const exact = (text: string) => `coalesce(${kind.exact(text)}, ${failure(text)})`;
  // 1.000 is a thousand or one.
  const unsure = (text: string) =>
    `CASE WHEN ${full(text, EITHER)} THEN ${failure(text)} ELSE ${exact(text)} END`;
  return { ...kind, exact: isCount ? unsure : exact };
}
