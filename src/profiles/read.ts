import { totalmem } from "node:os";
import type { DuckDBConnection } from "@duckdb/node-api";
import { type DatabaseOptions, memoryPart, openDatabase } from "../base/duckdb.ts";
import { type Alert, mostSeriousFirst } from "./alerts.ts";
import type { BlankedColumn } from "./blanks.ts";
import { CANONICAL_NAMES, type CanonicalName } from "./canonical.ts";
import { mapColumns } from "./mapping.ts";
import type { ReadingOptions } from "./readingOptions.ts";
import type { UnpackLimits } from "./source/file.ts";
import { refuseHandles } from "./source/handles/readHandles.ts";
import type { Reject } from "./source/reading.ts";
import { openSource, type Source } from "./source/source.ts";
import { describeMapping, fillProfiles, PROFILES_TABLE } from "./table.ts";

export { formatRejected } from "./rejected.ts";

/** How to read a file of profiles. Without `memoryLimit`, DuckDB has 2 GB, or half of the machine's memory where that is less. */
export interface ReadProfilesOptions extends Omit<DatabaseOptions, "preserveOrder"> {
  readonly reading?: ReadingOptions | undefined;
  /**
   * Columns of the file to keep as they stand, beside the canonical ones: each becomes `column:NAME` (VARCHAR, without
   * surrounding spaces, NULL where nothing or the word null stands). In a file with a record a video it is that of the
   * author's latest record.
   */
  readonly keep?: readonly string[] | undefined;
  /**
   * The present moment. Where a profile's snapshot is unknown, no date more than two days after it is believed; without
   * it, none after 2038-01-19.
   */
  readonly now?: Date | undefined;
  /** How much a packed file may hold; any amount up to 200 times its own size, and always 64 MiB, unless said otherwise. */
  readonly limits?: UnpackLimits | undefined;
  /** Whether a list of accounts is read too, of whom nothing else is known; else it is refused. */
  readonly lists?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with the bytes read and the size of the file. */
  readonly onProgress?: ((bytesRead: number, bytesTotal: number) => void) | undefined;
}

/** Profiles in their canonical form, and what there is to know about how they were read. */
export interface Profiles {
  /** To an in-memory database of their own. */
  readonly connection: DuckDBConnection;
  /** Another connection to it. */
  readonly connect: () => Promise<DuckDBConnection>;
  /**
   * Table with `row` (BIGINT, from 0: which data record of the file; for a file with a record a video the author's first)
   * and all canonical columns in their order, then those kept (`column:NAME`), sorted by `row`. Canonical columns that the
   * file lacks are NULL.
   */
  readonly table: typeof PROFILES_TABLE;
  readonly source: Pick<Source, "file" | "format" | "compression" | "fingerprint" | "records" | "columns">;
  /** Whose layout the file has: "Bright Data"; "column names" or "mapped" when it is nobody's. */
  readonly provider: string;
  /** What each canonical column was read from, in words. */
  readonly mapped: Readonly<Partial<Record<CanonicalName, string>>>;
  /** Columns of the file that were not read. */
  readonly unmapped: readonly string[];
  /** Canonical columns that the file cannot give. */
  readonly missing: readonly CanonicalName[];
  /** Profiles in the table. */
  readonly rows: number;
  /** Good records left out because they repeat an account (or, in a file with a record a video, a video). */
  readonly duplicates: number;
  /** Records left out because they are wrong, in the file's order; the list is capped, `rejectedCount` is not. */
  readonly rejects: readonly Reject[];
  readonly rejectedCount: number;
  readonly rejectedByReason: Readonly<Record<string, number>>;
  /** Columns with cells that could not be read and count as missing, those with the most cells first. */
  readonly blanks: readonly BlankedColumn[];
  /** These cells as lines of `rejected.csv`; the list is capped as `rejects`. */
  readonly cells: readonly Reject[];
  readonly alerts: readonly Alert[];
  /** Closes the database. */
  close(): Promise<void>;
}

/** Profiles of a file that has just been read, and what only it tells. */
export interface FileProfiles extends Profiles {
  /** Whether the file has a record a video; a profile is then made of all those of an author. */
  readonly perVideo: boolean;
}

/** Enough for the files that people have; a record is a row of many columns, however short it is in the file. */
function usualMemory(): string {
  return memoryPart(Math.min(2e9, totalmem() / 2));
}

/**
 * Reads a file of profiles, of any format and provider, into the canonical table. In a file with a record an account,
 * `source.records` = `rows` + `duplicates` + `rejectedCount`.
 *
 * @throws InsightsError when the file cannot be read, holds no known column or not one that is to be kept, or no profile
 *   is left
 */
export async function readProfiles(path: string, options: ReadProfilesOptions = {}): Promise<FileProfiles> {
  const { signal, onProgress, temporaryDirectory, memoryLimit = usualMemory(), threads } = options;
  signal?.throwIfAborted();
  const {
    connection,
    connect,
    close: closeDatabase,
  } = await openDatabase({
    temporaryDirectory,
    memoryLimit,
    threads,
  });
  const interrupt = () => connection.interrupt();
  signal?.addEventListener("abort", interrupt);
  const close = async () => closeDatabase();
  let source: Source | undefined;
  try {
    source = await openSource(connection, path, {
      reading: options.reading,
      ...(temporaryDirectory === undefined ? {} : { temporaryDirectory }),
      limits: options.limits,
      ...(signal === undefined ? {} : { signal }),
      ...(onProgress === undefined ? {} : { onProgress }),
    });
    if (options.lists !== true) refuseHandles(source);
    const { keep, reading } = options;
    const mapping = mapColumns(source.columns, source.file, { ...reading, keep, samples: source.samples });
    const filled = await fillProfiles(connection, source, mapping, options);
    await source.close();
    const mapped = describeMapping(mapping);
    const { file, format, compression, fingerprint, records, columns } = source;
    return {
      connection,
      connect,
      table: PROFILES_TABLE,
      source: { file, format, compression, fingerprint, records, columns },
      provider: mapping.provider,
      mapped,
      unmapped: mapping.unmapped,
      missing: CANONICAL_NAMES.filter((name) => mapped[name] === undefined),
      perVideo: mapping.video !== null,
      rows: filled.rows,
      duplicates: filled.duplicates,
      rejects: filled.rejects,
      rejectedCount: filled.count,
      rejectedByReason: filled.byReason,
      blanks: filled.blanks,
      cells: filled.cells,
      alerts: mostSeriousFirst([...source.alerts, ...filled.alerts]),
      close,
    };
  } catch (error) {
    // What went wrong first is what matters, also where cleaning up fails too.
    await source?.close().catch(() => undefined);
    await close();
    // An interrupted query fails in DuckDB's words; what the caller wants to see is its own reason.
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", interrupt);
  }
}
