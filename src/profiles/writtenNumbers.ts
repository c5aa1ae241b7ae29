import { z } from "zod";
import { dataFile, once } from "../base/data.ts";
import { listSql, quoteLiteral } from "../base/quote.ts";
import { LARGEST_RATE, presentSql, type ValueKind } from "./values.ts";

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
  z.strictObject({
    ...(Object.fromEntries(Object.keys(SIZES).map((size) => [size, words])) as Record<
      keyof typeof SIZES,
      typeof words
    >),
    counted: words,
  }),
);

/** The words for thousands and millions in lower case, and their sizes, as two SQL lists. */
const multiples = once(() => {
  const { counted, ...sizes } = readMultiples();
  const each = Object.entries(sizes).flatMap(([size, list]) =>
    list.map((word) => [word, String(SIZES[size as keyof typeof SIZES])]),
  );
  const behind = `\\s*(?:${counted.join("|")})$`;
  return {
    words: listSql(each.map(([word]) => word)),
    sizes: listSql(
      each.map(([, size]) => size),
      "DOUBLE",
    ),
    counted: behind,
    pattern: new RegExp(behind, "iu"),
  };
});

/** A written count without what it counts: `1.1M likes` is `1.1M`. */
export function withoutCounted(text: string): string {
  return text.replace(multiples().pattern, "");
}

/** How the counts of a file are written, once all of them were looked over. */
export interface Conventions {
  /** By canonical name the decimal mark of a column of counts, for texts with one mark before three digits. */
  readonly decimal: Readonly<Record<string, DecimalMark>>;
  /** Whether `B` is the Turkish *bin*, a thousand, and not a billion. */
  readonly isBThousand: boolean;
  /** By name of a column of dates what comes first in `05/06/2021`; a column is not there where nothing tells. */
  readonly dates: Readonly<Record<string, DateOrder>>;
}

/** Which of two numbers before the year comes first. */
export type DateOrder = "day" | "month";

/** The mark before the decimals. */
export type DecimalMark = "," | ".";

/** Marks that stand between digits. The spaces are those of East and West: plain, no-break, narrow no-break, thin. */
const SPACES = "[ \u00a0\u202f\u2009'’٬]";
const NUMBER = `[0-9]{1,3}(?:${SPACES}[0-9]{3})+(?:[.,][0-9]+)?|[0-9][0-9.,]*`;
/** About a number, then the number, then its word and perhaps a plus. */
const WRITTEN = `[~≈>]?\\s*(${NUMBER}|[.,][0-9]+)[\\s\u00a0\u202f]*([^0-9.,%+]*)[.]?[+]?`;

/** Digits of other scripts, and the Arabic decimal mark, each above what it is here. */
const OTHER_DIGITS = "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९０１２３４５６７８９٫，．";
const OUR_DIGITS = `${"0123456789".repeat(4)}.,.`;
const westernSql = (text: string) => `translate(${text}, '${OTHER_DIGITS}', '${OUR_DIGITS}')`;

/** A number of which nothing has to be taken apart: most of them. */
const BARE = "[0-9][0-9.,]*";

/** One mark with three digits behind it, which is a thousand's or a decimal one. */
const EITHER = "[1-9][0-9]{0,2}[.,][0-9]{3}";

/** The condition that all of a text fits a pattern. */
export const full = (text: string, pattern: string) =>
  `regexp_full_match(${text}, '${pattern.replaceAll("'", "''")}')`;
const part = (text: string, group: number) =>
  `regexp_extract(${text}, '^${WRITTEN.replaceAll("'", "''")}$', ${group})`;

/** The digits and marks of a text, without what stands between thousands but points and commas; NULL where it is no number. */
const digitsSql = (text: string) =>
  `CASE WHEN ${full(text, BARE)} THEN ${text} WHEN ${full(text, WRITTEN)} THEN regexp_replace(${part(text, 1)}, '${SPACES.replaceAll("'", "''")}', '', 'g') END`;

/** The size of the word behind a number: the unit without one; NULL where the word is unknown. What is counted may stand last. */
const sizeSql = (text: string, unit: number, isBThousand: boolean) => {
  const { words: list, sizes, counted } = multiples();
  const thousandB = isBThousand ? "WHEN word = 'b' THEN 1000e0" : "";
  const size = `CASE WHEN word = '' THEN ${unit}e0 ${thousandB} ELSE ${sizes}[list_position(${list}, word)] END`;
  return `CASE WHEN ${text} IS NULL THEN NULL WHEN ${full(text, BARE)} THEN ${unit}e0 ELSE ${given("word", `trim(regexp_replace(lower(trim(${part(text, 2)})), ${quoteLiteral(counted)}, ''), ' .')`, size)} END`;
};

/** Evaluates an expression once, under a name. */
export const given = (name: string, value: string, body: string) =>
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

/**
 * A count as written: BIGINT; whole without a word, rounded with one or in units. NULL where it is none.
 *
 * @param plain what `COUNT` makes of it
 * @param unit what one stands for where no word says it: 1000 in `Followers (K)`
 */
export function writtenCountSql(
  text: string,
  { decimal, isBThousand }: { readonly decimal: DecimalMark; readonly isBThousand: boolean },
  plain: string,
  unit: number,
): string {
  const product = given("digits", digitsSql("western"), plainSql("digits", decimal));
  const whole = "size > 1 OR floor(number) = number";
  const count = `CASE WHEN (${whole}) AND number * size < ${LARGEST} THEN CAST(round(number * size) AS BIGINT) END`;
  const sized = given("size", sizeSql("western", unit, isBThousand), count);
  const written = given("western", westernSql(text), given("number", product, sized));
  // Above 2^53 only digits are exact.
  return `CASE WHEN ${full(text, EITHER)} OR (${plain}) IS NULL THEN ${written} ELSE ${timesSql(plain, unit)} END`;
}

const LARGEST = 9e15;

/** A plain count in units. */
export function timesSql(plain: string, unit: number): string {
  return unit === 1
    ? plain
    : given("plain", plain, `CASE WHEN plain < ${LARGEST / unit} THEN plain * ${unit} END`);
}

const PERCENT = "\\s*[%٪％]$";

/** A rate as written: DOUBLE; in hundredths where a percent sign follows or `percent` holds. NULL where it is none. */
export function writtenRateSql(text: string, percent: boolean): string {
  // A rate has no thousands, so that every single mark is before its decimals.
  const number = `regexp_replace(${westernSql(text)}, '[\\s\u00a0\u202f]*[%٪％]$', '')`;
  const value = `CASE WHEN ${full("rate", "[0-9]*[.,]?[0-9]+([eE][+-]?[0-9]+)?")} THEN TRY_CAST(replace(rate, ',', '.') AS DOUBLE) END`;
  const scale = percent ? "100" : `CASE WHEN regexp_matches(${text}, '${PERCENT}') THEN 100 ELSE 1 END`;
  const rate = `${given("rate", number, value)} / ${scale}`;
  return given("scaled", rate, `CASE WHEN scaled <= ${LARGEST_RATE} THEN scaled END`);
}

/** What the texts of a column tell. The numbers are those of cells; of rates only `comma` and `point` are looked for. */
export interface ColumnSurvey {
  /** Whose decimal mark is a comma or a point, whatever the others say. */
  readonly comma: number;
  readonly point: number;
  readonly present: number;
  /** Whose one mark is before three digits that are not all zeros, a comma or a point, with no word behind. */
  readonly wholeComma: number;
  readonly wholePoint: number;
  /** That are rounded, with a word for thousands or more. */
  readonly rounded: number;
  /** With `K` behind a number, and with `B`; one with `B`. */
  readonly ks: number;
  readonly bs: number;
  readonly bExample: string | null;
  /** One with one mark before three digits, and a rounded one. */
  readonly either: string | null;
  readonly roundedExample: string | null;
}

/** Steps to a {@link ColumnSurvey}: each is the columns of a SELECT over the one before. */
export interface SurveySteps {
  readonly steps: readonly (readonly string[])[];
  /** The survey as an SQL aggregate over the last of them: a struct. */
  readonly aggregate: string;
}

/**
 * Looks over the counts or rates of a column. Plain ones are settled by one pattern.
 *
 * @param text the column as it stands in the file
 * @param id goes into the names of the steps' columns
 */
export function surveySteps(text: string, isCount: boolean, id: number): SurveySteps {
  const count = (condition: string) => `count(*) FILTER (${condition})`;
  const packed = (fields: Readonly<Record<string, string>>) =>
    `struct_pack(${Object.entries(fields)
      .map(([name, sql]) => `${name} := ${sql}`)
      .join(", ")})`;
  const [written, plain, odd, digits, size, mark] = ["text", "plain", "odd", "digits", "size", "mark"].map(
    (name) => `_${name}_${id}`,
  );
  if (!isCount) {
    // A rate has no thousands.
    const marked = (sign: string) => {
      const rate = `\\s*[0-9]*[${sign}][0-9]+([eE][+-]?[0-9]+)?\\s*[%٪％]?\\s*`;
      // Nearly all begin so, and no pattern is as quick.
      return `starts_with(${written}, '0${sign}') OR (contains(${written}, '${sign}') AND ${full(written, rate)})`;
    };
    const fields = { comma: count(marked(",")), point: count(marked(".")) };
    return { steps: [[`${text} AS ${written}`]], aggregate: packed(fields) };
  }
  const ending = (sign: string, other: string) =>
    `[0-9]*${sign}([0-9]{1,2}|[0-9]{4,})|0*${sign}[0-9]+|[0-9]{4,}${sign}[0-9]+|[0-9]{1,3}(${other}[0-9]{3})+${sign}[0-9]+|[0-9]{1,3}(${other}[0-9]{3}){2,}`;
  const marks = [
    `CASE WHEN ${digits} IS NULL THEN NULL WHEN ${full(digits, EITHER)}`,
    `THEN CASE WHEN contains(${digits}, ',') THEN 'either ,' ELSE 'either .' END`,
    `WHEN ${full(digits, ending(",", "[.]"))} THEN ',' WHEN ${full(digits, ending("[.]", ","))} THEN '.' END`,
  ].join(" ");
  const lettered = (letter: string) => `regexp_matches(${odd}, '[0-9]\\s*[${letter}][.+]?$')`;
  const is = (kind: string) => `${mark} = '${kind}'`;
  const whole = (kind: string) => `${is(kind)} AND ${size} = 1 AND NOT suffix(${digits}, '000')`;
  return {
    steps: [
      [`${text} AS ${written}`, `${full(text, "[0-9]+")} AS ${plain}`],
      [`CASE WHEN NOT ${plain} THEN ${westernSql(presentSql(written))} END AS ${odd}`],
      [`${digitsSql(odd)} AS ${digits}`, `${sizeSql(odd, 1, false)} AS ${size}`],
      [`${marks} AS ${mark}`],
    ],
    aggregate: packed({
      comma: count(is(",")),
      point: count(is(".")),
      present: count(`${plain} OR ${odd} IS NOT NULL`),
      wholeComma: count(whole("either ,")),
      wholePoint: count(whole("either .")),
      rounded: count(`${digits} IS NOT NULL AND ${size} > 1`),
      ks: count(lettered("kK")),
      bs: count(lettered("bB")),
      bExample: `min(${odd}) FILTER (${lettered("bB")})`,
      either: `min(${odd}) FILTER (starts_with(${mark}, 'either'))`,
      roundedExample: `min(${odd}) FILTER (${digits} IS NOT NULL AND ${size} > 1)`,
    }),
  };
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
