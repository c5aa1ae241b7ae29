import type { DuckDBConnection } from "@duckdb/node-api";
import { formatCsvLine } from "../base/quote.ts";
import { cutDetail, MAX_KEPT_REJECTS, type Reject } from "./source/reading.ts";
import type { Source } from "./source/source.ts";

/** All records of a file that were left out, and why. */
export interface Rejected {
  /** In the file's order; capped, see `count`. */
  readonly rejects: readonly Reject[];
  readonly count: number;
  /** How many records were left out for each reason, most frequent first. */
  readonly byReason: Readonly<Record<string, number>>;
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
 * Gathers the records that the source could not read and those whose values are wrong.
 *
 * @param records name of a table made by `recordsSql`
 */
export async function collectRejected(
  connection: DuckDBConnection,
  records: string,
  source: Source,
): Promise<Rejected> {
  const counts = countReasons(source);
  const grouped = await connection.runAndReadAll(
    `SELECT _reason, count(*) FROM ${records} WHERE _reason IS NOT NULL GROUP BY _reason`,
  );
  let count = source.rejectedCount;
  for (const [reason, n] of grouped.getRows()) {
    counts.set(String(reason), (counts.get(String(reason)) ?? 0) + Number(n));
    count += Number(n);
  }
  const reader = await connection.runAndReadAll(
    `SELECT "row", _reason, left(_value, 400) FROM ${records} WHERE _reason IS NOT NULL ORDER BY "row" LIMIT ${MAX_KEPT_REJECTS}`,
  );
  const found = reader.getRows().map(([row, reason, value]) => ({
    row: Number(row),
    reason: String(reason),
    detail: rejectDetail(String(reason), value === null ? null : String(value)),
  }));
  const lines = await source.linesOf(found.map(({ row }) => row));
  const wrong: Reject[] = found.map((reject) => ({ line: lines.get(reject.row) ?? null, ...reject }));
  const rejects = [...source.rejects, ...wrong].sort(inFileOrder).slice(0, MAX_KEPT_REJECTS);
  return { rejects, count, byReason: sortReasons(counts) };
}

/** What is wrong with a record in a sentence: `invalid followers: "12abc"`, `missing id and account_id`. */
export function rejectDetail(reason: string, value: string | null): string {
  if (reason === "missing_id") return "missing id and account_id";
  const name = reason.replace(/^invalid_/, "");
  const column = name === "video_likes" || name === "video_comments" ? name.replace("_", " ") : name;
  return cutDetail(`invalid ${column}: ${JSON.stringify(value ?? "")}`);
}

function inFileOrder(a: Reject, b: Reject): number {
  const place = (reject: Reject) => reject.row ?? reject.line ?? Number.POSITIVE_INFINITY;
  const difference = place(a) - place(b);
  // Infinity less Infinity is no number: records without a place keep their order.
  return Number.isNaN(difference) ? 0 : difference;
}

/**
 * The contents of `rejected.csv`: `line,row,reason,detail`, a line a reject, fields quoted where they have to be. `line`
 * counts from 1 in the file as editors show it, `row` counts data records from 0; either is empty when unknown.
 */
export function formatRejected(rejects: readonly Reject[]): string {
  const lines = rejects.map(({ line, row, reason, detail }) => formatCsvLine([line, row, reason, detail]));
  return `${["line,row,reason,detail", ...lines].join("\n")}\n`;
}
