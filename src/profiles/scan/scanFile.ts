import type { DuckDBConnection } from "@duckdb/node-api";
import { InsightsError } from "../../base/error.ts";
import { type DatabaseOptions, openDatabase } from "../database.ts";
import type { Scan, ScanOptions, ScanWay } from "./scan.ts";
import { scanProfiles } from "./scanProfiles.ts";

/** What was made of a scan. */
export interface Used<T> {
  /** Rows that its `select` gave, those with a `_reason` included. */
  readonly rows: number;
  readonly value: T;
}

/** What came of a file. */
export interface ScannedFile<T> {
  readonly value: T;
  /** Data records in the file: rows of the scan + `rejectedCount` + `merged`. */
  readonly records: number;
  readonly rows: number;
  /** What the scan was like that gave it; it is closed. */
  readonly scan: Scan;
  /** Why the parallel reader was not trusted; null when it was, or was not tried. */
  readonly distrust: string | null;
}

/**
 * Scans a file of profiles, each file in a fresh DuckDB instance, through the parallel reader where that can be trusted: if
 * it fails, or turns out to be wrong, all is done again through the exact reader.
 *
 * @param use runs a query over `scan.select`. When it is called again, nothing may be left of what it did before: what it
 *   wrote is written anew.
 * @throws InsightsError when the file cannot be read; what `use` throws; the signal's reason when it is aborted
 */
export async function scanFile<T>(
  path: string,
  options: ScanOptions & DatabaseOptions,
  use: (connection: DuckDBConnection, scan: Scan) => Promise<Used<T>>,
): Promise<ScannedFile<T>> {
  const first = await tryOnce(path, options, options.way, use);
  if (!("reason" in first)) {
    return { ...first, distrust: first.scan.distrust };
  }
  const second = await tryOnce(path, options, "exact", use);
  if ("reason" in second) {
    // The rows of an exact scan were counted before: what gives others is a fault of ours.
    throw new Error(`${second.reason} (${path})`);
  }
  return { ...second, distrust: first.reason };
}

type Tried<T> = Omit<ScannedFile<T>, "distrust"> | { readonly reason: string };

async function tryOnce<T>(
  path: string,
  options: ScanOptions & DatabaseOptions,
  way: ScanWay | undefined,
  use: (connection: DuckDBConnection, scan: Scan) => Promise<Used<T>>,
): Promise<Tried<T>> {
  const { signal } = options;
  const { connection, close } = await openDatabase(options);
  const interrupt = () => connection.interrupt();
  signal?.addEventListener("abort", interrupt);
  let scan: Scan | undefined;
  try {
    scan = await scanProfiles(connection, path, { ...options, way }, options.threads);
    const used = await use(connection, scan);
    signal?.throwIfAborted();
    const verdict = scan.verify(used.rows);
    return verdict.trusted
      ? { value: used.value, rows: used.rows, records: verdict.records, scan }
      : { reason: verdict.reason };
  } catch (error) {
    // What an interrupted query says does not matter.
    signal?.throwIfAborted();
    if (scan === undefined || scan.way === "exact") {
      throw error;
    }
    if (error instanceof InsightsError || !isReaderError(error)) {
      throw error;
    }
    return { reason: error.message.split("\n")[0] };
  } finally {
    signal?.removeEventListener("abort", interrupt);
    await scan?.close();
    close();
  }
}

/**
 * Whether an error may come from what the parallel reader makes of a file: a row too short or too long, text that is no
 * UTF-8, a page that cannot be unpacked. (Memory or disk that ran out does not, nor does a wrong query.)
 */
function isReaderError(error: unknown): error is Error {
  return (
    error instanceof Error &&
    /^(Invalid Input|Invalid|INTERNAL|IO|FATAL|Not implemented|Conversion|Serialization)\b.* ?Error/.test(
      error.message,
    ) &&
    !/out of memory|no space|could not write|cannot write|failed to write/i.test(error.message)
  );
}
