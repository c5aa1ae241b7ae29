import { once } from "../../../base/data.ts";
import { totalWords } from "../../words.ts";
import { type Dialect, splitRecord } from "./fields.ts";

/** Bytes in which the name of a total must end. */
const NAME_BYTES = 64;
/** A cell beside the name of a total: nothing, or a number that is no account's. */
const FIGURE = /^(?!\d{15})(?:[–-]|[+-]?\d[\d\s.,'’]*(?:%|\p{L}{1,4}\.?)?)$/u;

/** Capitals are asked for, because handles have none. */
const totalNames = once(() => {
  const words = totalWords().words;
  const names = [...words, ...words.map((word) => word.toUpperCase())];
  const firsts = new Set(names.map((name) => Buffer.from(name)[0]));
  return { names: new Set(names), firsts };
});

/**
 * Tells a line of totals below a table, which is no account's: its first cell that is not empty says `Total`, `Summe` or `合计`, and the others are
 * numbers or empty.
 *
 * @param window bytes in which the record stands
 */
export function isTotal(window: Buffer, start: number, end: number, dialect: Dialect): boolean {
  const [delimiter, quote] = [dialect.delimiter.charCodeAt(0), dialect.quote.charCodeAt(0)];
  let at = start;
  while (at < end && (window[at] === delimiter || window[at] === quote)) at++;
  // Nearly every record is told by this byte to be none.
  const { names, firsts } = totalNames();
  if (at === end || !firsts.has(window[at])) return false;
  const named = window.toString("utf8", at, Math.min(end, at + NAME_BYTES));
  if (![...names].some((name) => named.startsWith(name))) return false;
  const cells = splitRecord(window.toString("utf8", start, end), dialect).map((cell) => cell.trim());
  const [name, ...figures] = cells.filter((cell) => cell !== "");
  return (
    cells.length > 1 && names.has(name.replace(/\s*:$/, "")) && figures.every((cell) => FIGURE.test(cell))
  );
}
