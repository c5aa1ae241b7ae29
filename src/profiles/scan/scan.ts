import type { Alert } from "../alert.ts";
import type { CanonicalName } from "../canonical.ts";
import type { SourceFormat } from "../source/reading.ts";
import type { Reject } from "../source/reject.ts";
import type { Compression } from "../source/text.ts";

/**
 * How a file is scanned: `parallel` is DuckDB's own reader over the file as it stands, checked by a count of ours beside it;
 * `exact` is our reader, which takes every record there is and counts those that are wrong.
 */
export type ScanWay = "parallel" | "exact";

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
  /** Whether a parallel scan is checked; true without it. Unchecked, rows may be lost or made up without a word. */
  readonly check?: boolean | undefined;
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
   * SELECT over `row` (BIGINT, ordinal of the record from 0; NULL where a parallel scan of text cannot tell), the canonical
   * columns, the kept ones (`column:NAME`), `_reason` (VARCHAR: why the record is no profile, NULL when it is one) and
   * `_value` (VARCHAR: the text that was wrong). It holds no more than a part of the file in memory. What is not selected
   * from it is not computed. Records that repeat an account are all there.
   */
  readonly select: string;
  /** Rows that `select` gives, where that is known before; null for a parallel scan of text. */
  readonly rows: number | null;
  /** Records that are not in `select`: broken ones, of a file with a record a video also those with wrong values. */
  readonly rejectedCount: number;
  /** The first of them. */
  readonly rejects: readonly Reject[];
  /** Why records are not in `select`, most frequent first. */
  readonly rejectedByReason: Readonly<Record<string, number>>;
  /** Records of a file with a record a video that went into the row of their author beside another; else 0. */
  readonly merged: number;
  readonly alerts: readonly Alert[];
  /** Aborted with the reason (a text) as soon as it is sure that the scan cannot be trusted, so that it can be stopped. */
  readonly doubt: AbortSignal;
  /** Bytes of the file checked so far, for progress; all of them where nothing is checked beside the scan. */
  checkedBytes(): number;
  /**
   * To be asked when the scan is done.
   *
   * @param rows how many rows `select` gave, those with a `_reason` included
   * @throws InsightsError when the file is cut off or damaged as a whole
   */
  verify(rows: number): Promise<Verdict>;
  /** Stops the check and removes temporary files. */
  close(): Promise<void>;
}
