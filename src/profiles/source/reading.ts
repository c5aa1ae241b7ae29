import type { DuckDBConnection } from "@duckdb/node-api";
import type { Alert } from "../alerts.ts";
import type { Encoding } from "./encoding.ts";
import type { Watch } from "./file.ts";
import type { TemporaryFolder } from "./temporary.ts";

/** What a format is; `handles` is a list of accounts without anything about them. */
export type SourceFormat = "csv" | "tsv" | "json" | "ndjson" | "parquet" | "xlsx" | "ods" | "handles";

/** What every reader of a format works with. */
export interface Workplace {
  readonly connection: DuckDBConnection;
  readonly folder: TemporaryFolder;
  readonly watch: Watch;
  /** Readers add to it. */
  readonly alerts: Alert[];
}

/** What every reader of a format gives back. */
export interface Reading {
  readonly format: SourceFormat;
  readonly columns: readonly string[];
  /** SELECT with `__row` and the columns as VARCHAR, in the file's order. */
  readonly select: string;
  readonly records: number;
  readonly rejects: RejectLog;
  /** How the text is written; "utf-8" for Parquet. */
  readonly encoding: Encoding;
  /** SHA-256 (hex) of the file as it is on disk. */
  readonly fingerprint: string;
  /** Lines on which data records begin. */
  locate(rows: readonly number[]): Promise<Map<number, number>>;
}

/** A data record that could not be read, and why. */
export interface Reject {
  /** Line of the file on which the record starts, from 1; null where a format has no lines. */
  readonly line: number | null;
  /** Ordinal of the record among the data records of the file, from 0; null if unknown. */
  readonly row: number | null;
  /** Stable reason in snake case: "too_few_columns", "invalid_utf8", "invalid_followers". */
  readonly reason: string;
  /** One sentence with the value in question, at most 200 characters. */
  readonly detail: string;
}

/** How many rejects are kept to be shown and written out. All are counted. */
export const MAX_KEPT_REJECTS = 100_000;

/** Longest `detail` of a reject, in UTF-16 units. */
const MAX_DETAIL = 200;

/** Cuts a detail to 200 characters, without halving a surrogate pair. */
export function cutDetail(detail: string): string {
  if (detail.length <= MAX_DETAIL) {
    return detail;
  }
  return `${detail.slice(0, MAX_DETAIL - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

/** The beginning of a damaged record, for a detail: one line, unreadable bytes as U+FFFD. */
export function excerptOf(record: Buffer): string {
  return JSON.stringify(record.toString("utf8", 0, 4 * MAX_DETAIL));
}

/** Rejects in the order they were met: all counted, the first {@link MAX_KEPT_REJECTS} kept. */
export class RejectLog {
  readonly kept: Reject[] = [];
  count = 0;

  /** The same rejects on other lines. */
  movedTo(lineOf: (line: number) => number): RejectLog {
    const moved = new RejectLog();
    moved.count = this.count;
    for (const reject of this.kept) {
      moved.kept.push({ ...reject, line: reject.line === null ? null : lineOf(reject.line) });
    }
    return moved;
  }

  /** @param detail is only asked for when the reject is kept */
  add(line: number | null, row: number | null, reason: string, detail: () => string): void {
    this.count++;
    if (this.kept.length < MAX_KEPT_REJECTS) {
      this.kept.push({ line, row, reason, detail: cutDetail(detail()) });
    }
  }
}
