/** ASCII codes that mean something in delimited text. */
export const QUOTE = 34;
export const LF = 10;
export const CR = 13;

/**
 * Splits the text of one record into its fields, as the record scanner counts them: a field that begins with a quote runs
 * to the quote that is not doubled; in any other field quotes stand for themselves.
 */
export function splitRecord(text: string, delimiter: string): string[] {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    let value: string;
    if (text[at] === '"') {
      const end = closingQuote(text, at + 1);
      value = text.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
    } else {
      const end = text.indexOf(delimiter, at);
      value = text.slice(at, end < 0 ? text.length : end);
      at += value.length;
    }
    fields.push(value);
    if (at >= text.length) {
      return fields;
    }
    at++;
  }
}

function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at >= 0 && text[at + 1] === '"') {
    at = text.indexOf('"', at + 2);
  }
  return at < 0 ? text.length : at;
}

/** Writes fields as one record by RFC 4180, every field quoted, without a line end. */
export function joinRecord(fields: readonly string[], delimiter: string): string {
  return fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(delimiter);
}
