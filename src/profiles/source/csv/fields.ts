/** How the fields of a delimited text are written. */
export interface CsvStyle {
  /** One ASCII character between fields. */
  readonly delimiter: string;
  /** What a field may stand between. */
  readonly quote: '"' | "'";
  /**
   * How a quote inside a quoted field is written: doubled (RFC 4180), behind a backslash, or bare, so that only a quote before a
   * delimiter or a line end closes the field.
   */
  readonly inner: "doubled" | "backslash" | "bare";
  /** Whether blanks around a field mean nothing, so that `, "a, b"` is a quoted field. */
  readonly padded: boolean;
  /** Whether a record may lack its last fields, which are empty then. */
  readonly ragged: boolean;
  /** Whether a record may end with a delimiter after which the header has nothing. */
  readonly trailing: boolean;
}

/** How a delimited text is written, and its header. */
export interface Dialect extends CsvStyle {
  /** Names as they stand in the header. */
  readonly header: readonly string[];
  /** What stands above the header and is no part of the table. */
  readonly skipped: { readonly bytes: number; readonly lines: number };
  /** What is not as in a plain table, in words; such a text is never read but exactly. */
  readonly unusual: readonly string[];
  /** Whether it is drawn with bars and rules, around it too or only within, see `unboxed`; the style is that of the CSV which becomes of it. */
  readonly boxed?: "framed" | "open";
}

/** The style of RFC 4180. */
export function plainStyle(delimiter: string): CsvStyle {
  return { delimiter, quote: '"', inner: "doubled", padded: false, ragged: false, trailing: false };
}

/**
 * Splits the text of one record into its fields, as the record scanner counts them: a field that begins with a quote runs
 * to the quote that closes it; in any other field quotes stand for themselves.
 */
export function splitRecord(text: string, style: CsvStyle): string[] {
  const { delimiter, quote, padded } = style;
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    while (padded && text[at] === " ") at++;
    if (text[at] === quote) {
      const end = closingQuote(text, at + 1, style);
      fields.push(unescaped(text.slice(at + 1, end), style));
      at = end + 1;
      while (padded && text[at] === " ") at++;
    } else {
      const end = text.indexOf(delimiter, at);
      const value = text.slice(at, end < 0 ? text.length : end);
      fields.push(padded ? value.trimEnd() : value);
      at += value.length;
    }
    if (at >= text.length) {
      return fields;
    }
    at++;
  }
}

function unescaped(value: string, { quote, inner }: CsvStyle): string {
  if (inner === "backslash" && value.includes("\\")) {
    return value.replace(/\\(["'\\\r\n])|(["'])\2/g, (pair, escaped?: string) =>
      escaped !== undefined ? escaped : pair === quote + quote ? quote : pair,
    );
  }
  return value.replaceAll(quote + quote, quote);
}

function closingQuote(text: string, from: number, { delimiter, quote, inner, padded }: CsvStyle): number {
  for (let at = text.indexOf(quote, from); at >= 0; at = text.indexOf(quote, at + 1)) {
    let slashes = 0;
    while (inner === "backslash" && text[at - 1 - slashes] === "\\") slashes++;
    if (slashes % 2 === 1) continue;
    if (inner === "bare") {
      let next = at + 1;
      while (padded && text[next] === " ") next++;
      if (next >= text.length || text[next] === delimiter) return at;
    } else if (text[at + 1] === quote) {
      at++;
    } else {
      return at;
    }
  }
  return text.length;
}

/** Writes fields as one record by RFC 4180, every field quoted, without a line end. */
export function joinRecord(fields: readonly string[], delimiter: string): string {
  return fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(delimiter);
}
