import { InsightsError, unknownName } from "../../../base/error.ts";
import { countOfThings } from "../../../base/words.ts";
import type { Alert } from "../../alerts.ts";
import { joinRecord } from "../csv/fields.ts";
import { namesGroups } from "../csv/trial.ts";
import type { SourceFile, Watch } from "../file.ts";
import { indexUpTo } from "../scanner.ts";
import { CopyWriter } from "../temporary.ts";
import { refuseBomb } from "./bounds.ts";
import type { Sheet, SheetRow } from "./workbook.ts";

/** Rows looked at to find the header and the columns of the table. */
const SAMPLE_ROWS = 200;
/** The share of the widest row's cells that a header fills; titles and notes above it fill fewer. */
const HEADER_SHARE = 0.6;

/** The share of rows that are filled in a column without a name that belongs to the table. */
const NAMELESS_SHARE = 0.1;

/** Where in a sheet its table is. */
interface Table {
  /** Row of the header, from 1. */
  readonly header: number;
  /** Columns, from 0: the first, and the one after the last. */
  readonly from: number;
  readonly to: number;
  /** Rows seen from the header on. */
  readonly rows: number;
}

/** A sheet that was written as CSV. */
export interface WrittenSheet {
  /** Row of the sheet of the record that begins on a line of the CSV file. */
  rowOf(line: number): number;
}

/**
 * Writes the table of one sheet as CSV: the sheet that is named, else the first that is shown and holds a table. Rows above the header are
 * left out, and so are cells beside the table; all of it is said.
 *
 * @param wanted a sheet's name, or its number from 1
 * @throws InsightsError when there is no such sheet, or nothing in it
 */
export async function writeSheet(
  sheets: readonly Sheet[],
  wanted: string | undefined,
  path: string,
  file: SourceFile,
  { signal, limits }: Watch,
  alerts: Alert[],
): Promise<WrittenSheet> {
  const { sheet, table } = await chooseSheet(sheets, wanted, file);
  const others = sheets.filter((other) => other !== sheet).map(({ name }) => JSON.stringify(name));
  if (others.length > 0) {
    alerts.push({
      level: "warning",
      code: "other_sheets",
      column: null,
      message: `Read the sheet ${JSON.stringify(sheet.name)} of ${sheets.length}; not read: ${others.join(", ")} (--sheet reads another).`,
    });
  }
  const { header, from, to } = table;
  const lines: number[] = [];
  const rows: number[] = [];
  let line = 1;
  let bytes = 0;
  let above = 0;
  let beside = 0;
  const copy = await CopyWriter.create(path);
  try {
    for await (const { line: row, cells } of sheet.rows()) {
      signal?.throwIfAborted();
      if (row < header) {
        above++;
        continue;
      }
      beside += cells.filter((cell, column) => cell !== "" && (column < from || column >= to)).length;
      const fields = Array.from({ length: to - from }, (_, index) => cells[from + index] ?? "");
      if (fields.every((field) => field === "")) continue;
      const record = joinRecord(fields, ",");
      // One long text may stand in any number of cells.
      bytes += record.length;
      refuseBomb(bytes, file, limits);
      copy.append(`${record}\n`);
      lines.push(line);
      rows.push(row);
      line += 1 + lineEndsIn(record);
      await copy.flush();
    }
    await copy.close();
  } finally {
    await copy.abandon();
  }
  if (above + beside > 0) {
    const parts = [
      ...(above > 0 ? [`${countOfThings(above, "row")} above the column names in row ${header}`] : []),
      ...(beside > 0 ? [`${countOfThings(beside, "cell")} beside the table`] : []),
    ];
    alerts.push({
      level: "warning",
      code: "outside_table",
      column: null,
      message: `Left out of the sheet ${JSON.stringify(sheet.name)}: ${parts.join(" and ")}.`,
    });
  }
  return { rowOf: (at) => rows[indexUpTo(lines, at)] ?? at };
}

function lineEndsIn(record: string): number {
  return record.match(/\r\n|\n|\r/g)?.length ?? 0;
}

async function chooseSheet(
  sheets: readonly Sheet[],
  wanted: string | undefined,
  file: SourceFile,
): Promise<{ readonly sheet: Sheet; readonly table: Table }> {
  if (wanted !== undefined) {
    const sheet = namedSheet(sheets, wanted);
    const table = findTable(await sampleOf(sheet));
    if (table === undefined) {
      throw new InsightsError(`empty sheet: ${JSON.stringify(sheet.name)} in ${file.name} holds nothing`);
    }
    return { sheet, table };
  }
  let best: { readonly sheet: Sheet; readonly table: Table } | undefined;
  for (const sheet of sheets.filter(({ hidden }) => !hidden)) {
    const table = findTable(await sampleOf(sheet));
    if (table === undefined) continue;
    const width = table.to - table.from;
    if (width > 2 && table.rows > 1) return { sheet, table };
    // Notes have one column or two; they are read where there is nothing better.
    if (best === undefined || (width > 1 && best.table.to - best.table.from === 1)) best = { sheet, table };
  }
  if (best === undefined)
    throw new InsightsError(`empty file: ${file.name} has no sheet with anything in it`);
  return best;
}

function namedSheet(sheets: readonly Sheet[], wanted: string): Sheet {
  const name = wanted.trim().toLowerCase();
  const found =
    sheets.find((sheet) => sheet.name === wanted) ??
    sheets.find((sheet) => sheet.name.trim().toLowerCase() === name) ??
    (/^\d+$/.test(name) ? sheets[Number(name) - 1] : undefined);
  if (found === undefined)
    throw unknownName(
      "sheet",
      wanted,
      sheets.map((sheet) => sheet.name),
    );
  return found;
}

async function sampleOf(sheet: Sheet): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const row of sheet.rows()) {
    rows.push(row);
    if (rows.length === SAMPLE_ROWS) break;
  }
  return rows;
}

/** The table in the first rows of a sheet; undefined where there are none. */
export function findTable(rows: readonly SheetRow[]): Table | undefined {
  const filled = rows.map(({ cells }) => cells.filter((cell) => cell.trim() !== "").length);
  const least = HEADER_SHARE * Math.max(...filled);
  let at = filled.findIndex((count) => count >= least);
  if (at < 0) return undefined;
  if (at + 1 < rows.length && namesGroups(rows[at].cells, rows[at + 1].cells)) at++;
  const body = rows.slice(at);
  const isFilled = (cell: string | undefined) => (cell ?? "").trim() !== "";
  const { cells: names } = rows[at];
  // A column without a name belongs to the table where it is filled now and then; else it holds notes.
  const belongs = (column: number) =>
    isFilled(names[column]) ||
    body.filter(({ cells }) => isFilled(cells[column])).length >= Math.max(2, NAMELESS_SHARE * body.length);
  let from = names.findIndex(isFilled);
  let to = names.findLastIndex(isFilled) + 1;
  while (from > 0 && belongs(from - 1)) from--;
  while (belongs(to)) to++;
  return { header: rows[at].line, from, to, rows: body.length };
}
