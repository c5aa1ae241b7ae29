import type { DuckDBConnection } from "@duckdb/node-api";
import type { Alert } from "../alert.ts";
import type { Encoding } from "./encoding.ts";
import type { Watch } from "./file.ts";
import type { RejectLog } from "./reject.ts";
import type { TemporaryFolder } from "./temporary.ts";

/** What a format is. */
export type SourceFormat = "csv" | "tsv" | "json" | "ndjson" | "parquet";

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
