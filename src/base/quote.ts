import { InsightsError } from "./error.ts";

/** Names and values written inside of SQL, CSV and command lines. */

/**
 * A name as SQL: in double quotes, quotes inside doubled. Every name that comes from a file or a user goes through
 * here; nothing else of a file ever becomes SQL text.
 *
 * @throws InsightsError when the name holds a NUL, which no SQL text can carry
 */
export function quoteIdentifier(name: string): string {
  refuseNul(name);
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * A text as an SQL literal: in single quotes, quotes inside doubled. DuckDB gives backslashes no meaning there.
 *
 * @throws InsightsError when the text holds a NUL, which no SQL text can carry
 */
export function quoteLiteral(text: string): string {
  refuseNul(text);
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * Texts or whole numbers as an SQL expression of a list. As one literal that is cast: DuckDB plans each literal of a list anew wherever the list stands, and
 * casts a constant once for thousands of rows, in a lambda too.
 */
export function listSql(
  values: readonly (string | number)[],
  type: "VARCHAR" | "DOUBLE" | "BIGINT" = "VARCHAR",
): string {
  const each = values
    .map((value) => (typeof value === "number" ? value : `"${value.replace(/["\\]/g, "\\$&")}"`))
    .join(",");
  return `CAST(${quoteLiteral(`[${each}]`)} AS ${type}[])`;
}

/** A moment as an SQL literal of TIMESTAMP (UTC), to the millisecond. */
export function timestampSql(moment: Date): string {
  return `TIMESTAMP '${moment.toISOString().slice(0, 23).replace("T", " ")}'`;
}

/** A text as one word of a command line to copy: in double quotes, which all shells know, where it has to be. */
export function shellWord(text: string): string {
  return /^[\p{L}\p{N}_.:/+-]+$/u.test(text) ? text : `"${text.replace(/["\\$`]/g, "\\$&")}"`;
}

/** A text that SQL can carry: one without a NUL. */
export const WITHOUT_NUL = /^[^\x00]*$/;

function refuseNul(text: string): void {
  if (!WITHOUT_NUL.test(text))
    throw new InsightsError(`invalid name: ${JSON.stringify(text)} (it holds a NUL)`);
}

/**
 * Texts that a spreadsheet would run as a formula: they begin with a character that starts one, or with such a character behind others that cannot
 * be seen (OWASP's list for CSV injection). JavaScript and DuckDB read the pattern alike.
 */
const FORMULA = "^[\\t\\r\\n\\x00]|^[\\t-\\r\\x85\\p{Z}\\p{Cf}\\x00]*[=+\\-@]|^[＝＋－＠]";
const formula = new RegExp(FORMULA, "u");

/** A text that a spreadsheet will not run as a formula: an apostrophe goes before one that it would. */
export function withoutFormula(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

/** {@link withoutFormula} as SQL over a text of a file, where a plain number stays as it is: `-0.5` is no formula. */
export function withoutFormulaSql(text: string): string {
  const number = "[+-]?[0-9]+([.,][0-9]+)?([eE][+-]?[0-9]+)?";
  // Nearly all begin with one of these, which is much sooner told than the pattern.
  const plain = `${text} >= '0' AND ${text} < ':' OR ${text} >= 'A' AND ${text} < '{'`;
  const runs = `regexp_matches(${text}, '${FORMULA}') AND NOT regexp_full_match(${text}, '${number}')`;
  return `CASE WHEN ${plain} THEN ${text} WHEN ${runs} THEN chr(39) || ${text} ELSE ${text} END`;
}

/**
 * A line of a CSV file, without its end: fields parted by commas, quoted where they have to be (RFC 4180), texts {@link withoutFormula}.
 *
 * @param values texts and numbers; null and undefined leave a field empty
 */
export function formatCsvLine(values: readonly (string | number | null | undefined)[]): string {
  return values.map((value) => quotedField(value, /[",\r\n]/)).join(",");
}

/** The same with semicolons and decimal commas, as spreadsheets expect it in countries that write numbers so. */
export function formatSemicolonLine(values: readonly (string | number | null | undefined)[]): string {
  const written = (value: (typeof values)[number]) =>
    typeof value === "number" ? String(value).replace(".", ",") : quotedField(value, /[";\r\n]/);
  return values.map(written).join(";");
}

function quotedField(value: string | number | null | undefined, quoted: RegExp): string {
  const text = typeof value === "string" ? withoutFormula(value) : String(value ?? "");
  return quoted.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
