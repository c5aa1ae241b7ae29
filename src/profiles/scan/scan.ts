import { quoteIdentifier } from "../../base/quote.ts";
import type { Alert } from "../alerts.ts";
import type { BlankedColumn } from "../blanks.ts";
import { CANONICAL_NAMES, type CanonicalName } from "../canonical.ts";
import type { Mapping } from "../mapping.ts";
import type { ReadingOptions } from "../readingOptions.ts";
import { CHECKED_NAMES, recordsSql } from "../recordsSql.ts";
import type { Reject, SourceFormat } from "../source/reading.ts";
import type { Compression } from "../source/text.ts";
import { describeMapping } from "../table.ts";
import type { StoredColumns } from "../values.ts";

/**
 * How a file is scanned. DuckDB reads Parquet and text without any flaw by itself, in threads (`parallel`) or, where it refuses a text so,
 * in one (`sequential`). All else goes through a reader that finds every good record and counts the others (`exact`).
 */
export type ScanWay = "parallel" | "sequential" | "exact";

/** How to scan a file of profiles. */
export interface ScanOptions {
  readonly reading?: ReadingOptions | undefined;
  /** Columns of the file to keep as they stand: each becomes `column:NAME` (VARCHAR) in the scan. */
  readonly keep?: readonly string[] | undefined;
  /**
   * Canonical columns that will be used; all without it. The counts, rates and flags that are not among them are NULL in the
   * scan.
   */
  readonly needed?: readonly CanonicalName[] | undefined;
  /** The present moment; dates after it are not believed where the snapshot is unknown. */
  readonly now?: Date | undefined;
  /** `exact` to use only the exact reader; without it, the quickest way that the file allows. */
  readonly way?: "exact" | undefined;
  /**
   * Canonical columns that are read of the scan; all without it. `account_id` may then be NULL where there is an `id`. Unlike with
   * `needed`, what cannot be read in any of the counts, rates and flags is told.
   */
  readonly used?: readonly CanonicalName[] | undefined;
  /** Existing folder for temporary files; the system's when not given. */
  readonly temporaryDirectory?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

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
   * columns, the kept ones (`column:NAME`), `_reason` (VARCHAR: why the record is no profile, NULL when it is one), `_blanks` (VARCHAR: cells
   * that could not be read, see `blankedCells`) and `_value` (VARCHAR: the texts that were wrong). It holds no more than a part of the file in memory. What is not selected
   * from it is not computed. Records that repeat an account are all there.
   */
  readonly select: string;
  /** The same, but `row` is NULL where to count records off would keep DuckDB from reading them in threads. */
  readonly unnumbered: string;
  /** Rows that `select` gives; null where only reading them will tell. */
  readonly rows: number | null;
  /** Records that are not in `select`: broken ones, of a file with a record a video also those that are nobody's. */
  readonly rejectedCount: number;
  /** The first of them. */
  readonly rejects: readonly Reject[];
  /** Why records are not in `select`, most frequent first. */
  readonly rejectedByReason: Readonly<Record<string, number>>;
  /** Blanked cells that are not in `select`: those of a file with a record a video, by column and as lines of `rejected.csv`. */
  readonly blanks: readonly BlankedColumn[];
  readonly cells: readonly Reject[];
  /** Records of a file with a record a video that went into the row of their author beside another; else 0. */
  readonly merged: number;
  readonly alerts: readonly Alert[];
  /** Removes temporary files. */
  close(): Promise<void>;
}

/** What a scan says of its columns. */
export function mappingFacts(
  mapping: Mapping,
): Pick<Scan, "provider" | "mapped" | "unmapped" | "missing" | "perVideo"> {
  const mapped = describeMapping(mapping);
  return {
    provider: mapping.provider,
    mapped,
    unmapped: mapping.unmapped,
    missing: CANONICAL_NAMES.filter((name) => mapped[name] === undefined),
    perVideo: mapping.video !== null,
  };
}

/** A row a record: the columns that {@link Scan.select} promises. */
export function recordRowsSql(
  mapping: Mapping,
  relation: string,
  { needed, used, now }: Pick<ScanOptions, "needed" | "used" | "now">,
  stored?: StoredColumns,
): string {
  const kept = mapping.kept.map(({ name }) => quoteIdentifier(name));
  const columns = ['"row"', ...CANONICAL_NAMES, ...kept, "_reason", "_blanks", "_value"].join(", ");
  return `SELECT ${columns} FROM (${recordsSql(narrowed(mapping, needed), relation, { now, stored, used })})`;
}

/** A mapping without the columns that would be checked though nobody wants them. */
function narrowed(mapping: Mapping, needed: readonly CanonicalName[] | undefined): Mapping {
  if (needed === undefined) return mapping;
  // Whether likes can be is told by the others.
  const checked = needed.includes("likes") ? [...needed, "followers", "videos_count"] : needed;
  const columns = Object.entries(mapping.columns).filter(
    ([name]) => !CHECKED_NAMES.includes(name as CanonicalName) || checked.includes(name as CanonicalName),
  );
  return { ...mapping, columns: Object.fromEntries(columns) };
}
