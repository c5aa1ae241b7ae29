import type { Alert } from "../alert.ts";
import type { Reject } from "./reject.ts";

export type { Reject } from "./reject.ts";

/** What a file holds, by its content. */
export type SourceFormat = "csv" | "tsv" | "json" | "ndjson" | "parquet";

/** How a file is packed. */
export type Compression = "none" | "gzip" | "zstd";

/** A file opened as a DuckDB relation of raw text columns, with what was wrong in it. */
export interface Source {
  /** Base name of the file, for messages. */
  readonly file: string;
  readonly format: SourceFormat;
  readonly compression: Compression;
  /** SHA-256 (hex) of the file's bytes as they are on disk. */
  readonly fingerprint: string;
  /** Raw column names, nested ones dotted: "user.id", "authorMeta.id". */
  readonly columns: readonly string[];
  /**
   * Name of a DuckDB view or table with BIGINT `__row` (ordinal from 0 of the data record in the file, rejected ones
   * counted) and every raw column as VARCHAR (nested lists as JSON text). Empty text and the text `null` stay as they are.
   */
  readonly relation: string;
  /** Data records in the file, rejected ones included. */
  readonly records: number;
  /** Records that could not be read, in the file's order; the list is capped, `rejectedCount` is not. */
  readonly rejects: readonly Reject[];
  readonly rejectedCount: number;
  /** What was changed or looks odd: encoding converted, BOM, duplicate header renamed. */
  readonly alerts: readonly Alert[];
  /** Line of the original file on which each data record starts, by its ordinal; empty for Parquet. */
  linesOf(rows: readonly number[]): Promise<Map<number, number>>;
  /** Drops the relation and removes temporary files. */
  close(): Promise<void>;
}
