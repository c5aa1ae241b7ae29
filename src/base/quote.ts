import { InsightsError } from "./error.ts";

/** Names and values written inside of SQL and CSV. */

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

function refuseNul(text: string): void {
  if (text.includes("\0")) throw new InsightsError(`invalid name: ${JSON.stringify(text)} (it holds a NUL)`);
}

/**
 * A line of a CSV file, without its end: fields parted by commas, quoted where they have to be (RFC 4180).
 *
 * @param values texts and numbers; null and undefined leave a field empty
 */
export function formatCsvLine(values: readonly (string | number | null | undefined)[]): string {
  return values
    .map((value) => {
      const text = String(value ?? "");
      return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    })
    .join(",");
}
