import type { DuckDBConnection } from "@duckdb/node-api";
import { formatCsvLine } from "../base/quote.ts";
import { type BlankedCell, type BlankedColumn, blankedCells, kindOf, sumBlanks } from "./blanks.ts";
import { cutDetail, MAX_KEPT_REJECTS, type Reject } from "./source/reading.ts";
import type { Source } from "./source/source.ts";

/** All records of a file that were left out, and why; and the cells of the others that could not be read. */
export interface Rejected {
  /** In the file's order; capped, see `count`. */
  readonly rejects: readonly Reject[];
  readonly count: number;
  /** How many records were left out for each reason, most frequent first. */
  readonly byReason: Readonly<Record<string, number>>;
  /** Columns with cells that were blanked, those with the most first; a column with cells of both kinds stands twice. */
  readonly blanks: readonly BlankedColumn[];
  /** The blanked cells in the file's order, as lines of `rejected.csv`; capped as `rejects`. */
  readonly cells: readonly Reject[];
}

/** How many records a source could not read, for each reason; those beyond its list are `not_listed`. */
export function countReasons(source: Pick<Source, "rejects" | "rejectedCount">): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { reason } of source.rejects) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const unlisted = source.rejectedCount - source.rejects.length;
  if (unlisted > 0) counts.set("not_listed", unlisted);
  return counts;
}

/** Counts by reason as an object, most frequent first. */
export function sortReasons(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)));
}

/**
 * Gathers the records that the source could not read, those that are nobody's, and the cells that were blanked.
 *
 * @param records name of a table made by `recordsSql`
 */
export async function collectRejected(
  connection: DuckDBConnection,
  records: string,
  source: Source,
): Promise<Rejected> {
  const query = async (sql: string) => (await connection.runAndReadAll(sql)).getRows();
  const counts = countReasons(source);
  let count = source.rejectedCount;
  for (const [reason, n] of await query(
    `SELECT _reason, count(*) FROM ${records} WHERE _reason IS NOT NULL GROUP BY _reason`,
  )) {
    counts.set(String(reason), (counts.get(String(reason)) ?? 0) + Number(n));
    count += Number(n);
  }
  const listed = (what: string) =>
    query(
      `SELECT "row", ${what}, left(_value, 4000) FROM ${records} WHERE ${what} IS NOT NULL ORDER BY "row" LIMIT ${MAX_KEPT_REJECTS}`,
    );
  const wrong = await listed("_reason");
  const blanked = await listed("_blanks");
  const lines = await source.linesOf([...wrong, ...blanked].map(([row]) => Number(row)));
  const lineOf = (row: number) => lines.get(row) ?? null;
  const rejects = wrong.map(([row, reason, value]): Reject => {
    const detail = rejectDetail(String(reason), value === null ? null : String(value));
    return { line: lineOf(Number(row)), row: Number(row), reason: String(reason), detail };
  });
  const first: BlankedColumn[] = [];
  const cells = blanked.flatMap(([at, blanks, value]) => {
    const row = Number(at);
    return blankedCells(String(blanks), String(value)).map((cell) => {
      first.push({ ...cell, count: 0, line: lineOf(row) });
      return blankedReject(lineOf(row), row, cell);
    });
  });
  const columns = await query(
    `SELECT name, count(*) FROM (SELECT unnest(string_split(_blanks, ',')) AS name FROM ${records} WHERE _blanks IS NOT NULL) GROUP BY name`,
  );
  const counted = columns.map(([name, n]) => ({
    ...kindOf(String(name)),
    value: "",
    line: null,
    count: Number(n),
  }));
  return {
    rejects: [...source.rejects, ...rejects].sort(inFileOrder).slice(0, MAX_KEPT_REJECTS),
    count,
    byReason: sortReasons(counts),
    blanks: sumBlanks([first, counted]),
    cells: cells.slice(0, MAX_KEPT_REJECTS),
  };
}

/** What is wrong with a record in a sentence: `invalid id: "6.79E+18"`, `missing id and account_id`. */
export function rejectDetail(reason: string, value: string | null): string {
  if (reason === "missing_id") return "missing id and account_id";
  return cutDetail(`invalid ${reason.replace(/^invalid_/, "")}: ${JSON.stringify(value ?? "")}`);
}

/** What a list of rejects says of a cell that was blanked; its reason tells it from a record that was left out. */
export function blankedReject(
  line: number | null,
  row: number | null,
  { column, impossible, value }: BlankedCell,
): Reject {
  const what = impossible ? "impossible" : "invalid";
  const detail = cutDetail(`${what} ${column.replace(/^video_/, "video ")}: ${JSON.stringify(value)}`);
  return { line, row, reason: `blank_${column}`, detail };
}

function inFileOrder(a: Reject, b: Reject): number {
  const place = (reject: Reject) => reject.row ?? reject.line ?? Number.POSITIVE_INFINITY;
  const difference = place(a) - place(b);
  // Infinity less Infinity is no number: records without a place keep their order.
  return Number.isNaN(difference) ? 0 : difference;
}

/**
 * The contents of `rejected.csv`: `line,row,reason,detail`, a line a record that was left out or a cell that was blanked (its reason begins
 * with `blank_`), fields quoted where they have to be. `line` counts from 1 in the file as editors show it, `row` counts data records from 0;
 * either is empty when unknown.
 */
export function formatRejected({ rejects, cells }: Pick<Rejected, "rejects" | "cells">): string {
  const lines = [...rejects, ...cells]
    .sort(inFileOrder)
    .map(({ line, row, reason, detail }) => formatCsvLine([line, row, reason, detail]));
  return `${["line,row,reason,detail", ...lines].join("\n")}\n`;
}
