import type { Alert } from "../alert.ts";
import type { CanonicalName } from "../canonical.ts";
import type { SourceFormat } from "../source/reading.ts";
import type { Reject } from "../source/reject.ts";
import type { Compression } from "../source/text.ts";

/**
 * How a file is scanned: `parallel` reads it in several threads, and wants it plain: Parquet, or delimited text without any flaw;
 * `exact` is a reader that takes every record there is and counts those that are wrong.
 */
export type ScanWay = "parallel" | "exact";

/** Some bytes of a text. */
export interface ByteStretch {
  /** Where a record begins; 0 for the text's beginning. */
  readonly from: number;
  /** Records that begin so many bytes behind it are not taken. */
  readonly bytes: number;
}

/** A stretch of a text was to be scanned that is not plain: only the whole text can be scanned, exactly. */
export class NotPlainError extends Error {}

/** How to scan a file of profiles. */
export interface ScanOptions {
  /** Canonical column -> source column, before what the provider says; an empty source takes a column away. */
  readonly map?: Readonly<Record<string, string>> | undefined;
  /** Columns of the file to keep as they stand: each becomes `column:NAME` (VARCHAR) in the scan. */
  readonly keep?: readonly string[] | undefined;
  /**
   * Canonical columns that will be used; all without it. The counts, rates and flags that are not among them are NULL in the
   * scan and reject no record: to look at each of them takes as long as to read the file.
   */
  readonly needed?: readonly CanonicalName[] | undefined;
  /** The present moment; dates after it are not believed where the snapshot is unknown. */
  readonly now?: Date | undefined;
  /** Without it, `parallel` where the file allows it. */
  readonly way?: ScanWay | undefined;
  /**
   * Canonical columns that are read of the scan; all without it. Others may be NULL, but `account_id` is there where `id` is not. Unlike
   * with `needed`, a record is rejected for what is wrong in any of its columns.
   */
  readonly used?: readonly CanonicalName[] | undefined;
  /** The records that begin in some bytes of a plain text that is not packed; all without it. */
  readonly stretch?: ByteStretch | undefined;
  /** Told how many bytes have been read, while a delimited text is read before the scan. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
  /** Existing folder for temporary files; the system's when not given. */
  readonly temporaryDirectory?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Whether what a scan gave is what the file holds. */
export type Verdict =
  | {
      readonly trusted: true;
      /** Data records in the file, those left out for their structure included. */
      readonly records: number;
    }
  | {
      readonly trusted: false;
      /** Why, in words: `too few columns near record 30002`. */
      readonly reason: string;
    };

/** A file of profiles as a query that DuckDB streams. */
export interface Scan {
  /** Base name of the file, for messages. */
  readonly file: string;
  /** Bytes on disk. */
  readonly bytes: number;
  readonly format: SourceFormat;
  readonly compression: Compression;
  readonly way: ScanWay;
  /** Raw column names. */
  readonly columns: readonly string[];
  readonly provider: string;
  /** What each canonical column is read from, in words. */
  readonly mapped: Readonly<Partial<Record<CanonicalName, string>>>;
  /** Columns of the file that are not read. */
  readonly unmapped: readonly string[];
  /** Canonical columns that the file cannot give; they are NULL. */
  readonly missing: readonly CanonicalName[];
  /** Whether a record of the file is a video and a row of the scan an author. */
  readonly perVideo: boolean;
  /**
   * SELECT over `row` (BIGINT, ordinal of the record from 0), the canonical
   * columns, the kept ones (`column:NAME`), `_reason` (VARCHAR: why the record is no profile, NULL when it is one) and
   * `_value` (VARCHAR: the text that was wrong). It holds no more than a part of the file in memory. What is not selected
   * from it is not computed. Records that repeat an account are all there.
   */
  readonly select: string;
  /** Rows that `select` gives. */
  readonly rows: number;
  /** Where the next record begins in a text that was scanned in parallel, in bytes; else the file's size. */
  readonly to: number;
  /** Why a large file was not scanned in parallel, though its beginning is plain; null where it was, or was not tried. */
  readonly distrust: string | null;
  /** Records that are not in `select`: broken ones, of a file with a record a video also those with wrong values. */
  readonly rejectedCount: number;
  /** The first of them. */
  readonly rejects: readonly Reject[];
  /** Why records are not in `select`, most frequent first. */
  readonly rejectedByReason: Readonly<Record<string, number>>;
  /** Records of a file with a record a video that went into the row of their author beside another; else 0. */
  readonly merged: number;
  readonly alerts: readonly Alert[];
  /**
   * To be asked when the scan is done.
   *
   * @param rows how many rows `select` gave, those with a `_reason` included
   */
  verify(rows: number): Verdict;
  /** Removes temporary files. */
  close(): Promise<void>;
}
