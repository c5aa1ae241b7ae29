import { readColumnName } from "../../columns/names.ts";
import { ColumnFinder } from "../../providers/columnFinder.ts";
import { COLUMN_NAMES } from "../../providers/layouts.ts";
import { knownColumns } from "../../providers/recognise.ts";
import { FLAW } from "../scanner.ts";
import { type CsvStyle, splitRecord } from "./fields.ts";
import { CsvRecordScanner } from "./recordScanner.ts";

/** Characters that may stand between fields, the likelier first. */
export const DELIMITERS = [",", "\t", ";", "|"] as const;

/** Records looked at to choose the delimiter. */
const SAMPLE_RECORDS = 200;

/** The first records of a text in a style. */
export interface Trial {
  readonly style: CsvStyle;
  /** Offsets of each record, its fields and its flaws. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly fields: Int32Array;
  readonly flaws: Uint8Array;
}

/** Reads the first records of a text in a style, whatever the number of their fields. */
export function tryStyle(text: Buffer, complete: boolean, style: CsvStyle): Trial {
  const { starts, ends, fields, flaws, count } = new CsvRecordScanner(style, 0).scan(
    text,
    text.length,
    complete,
  );
  const n = Math.min(count, SAMPLE_RECORDS);
  return {
    style,
    starts: starts.subarray(0, n),
    ends: ends.subarray(0, n),
    fields: fields.subarray(0, n),
    flaws: flaws.subarray(0, n),
  };
}

/** The fields of a record of a trial. */
export function cellsOf(text: Buffer, { style, starts, ends }: Trial, record: number): string[] {
  return splitRecord(text.toString("utf8", starts[record], ends[record]), style);
}

/** Share of the records from one on that have as many fields as is said, and no broken quote. */
export function shareOf({ fields, flaws }: Trial, from: number, width = fields[from]): number {
  const counted = fields.length - from;
  let agreeing = 0;
  for (let i = from; i < fields.length; i++) {
    if (fields[i] === width && (flaws[i] & FLAW.quote) === 0) agreeing++;
  }
  return agreeing / counted;
}

/**
 * Whether a record is no header but names groups of columns, as spreadsheets and data frames write them above it: cells that stand over several columns
 * are followed by empty ones, or repeated.
 *
 * @param next cells of the record below, which is the header then
 */
export function namesGroups(cells: readonly string[], next: readonly string[]): boolean {
  const named = cells.filter((cell) => cell.trim() !== "");
  return (
    named.length > 0 &&
    new Set(named).size < cells.length &&
    next.filter((cell) => cell.trim() !== "").length > new Set(named).size &&
    !bearsKnownName(cells, 2) &&
    isHeader(next) &&
    bearsKnownName(next, 2)
  );
}

/** Whether cells can be names: of letters, each another. Empty ones at the end do not count. */
export function isHeader(cells: readonly string[]): boolean {
  const names = cells.slice(0, filled(cells)).map((cell) => cell.trim().toLowerCase());
  return (
    new Set(names).size === names.length &&
    names.every((name) => /\p{L}/u.test(name) && !/["]|:\/\//.test(name))
  );
}

/** Cells up to the last that is not empty. */
export function filled(cells: readonly string[]): number {
  return cells.findLastIndex((cell) => cell.trim() !== "") + 1;
}

/** Whether so many of the names, each another, are those of columns that are read, in any language. */
export function bearsKnownName(names: readonly string[], least = 1): boolean {
  const known = knownColumns(COLUMN_NAMES, new ColumnFinder(names));
  const isKnown = (name: string) =>
    known.has(name) || readColumnName(name).candidates.some(({ rank }) => rank > 1);
  return [...new Set(names)].filter(isKnown).length >= least;
}
