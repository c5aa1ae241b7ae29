import { stat } from "node:fs/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import { type DatabaseOptions, openDatabase } from "../../base/duckdb.ts";
import { InsightsError } from "../../base/error.ts";
import { type Mapping, mapColumns } from "../mapping.ts";
import { type CsvPass, walkCsv } from "../source/csv/walk.ts";
import { findFile, type SourceFile } from "../source/file.ts";
import { TemporaryFolder } from "../source/temporary.ts";
import { UNPLAIN } from "../writtenNumbers.ts";
import { scanExactly } from "./exactScan.ts";
import {
  type PlainFile,
  type PlainText,
  recognisePlainFile,
  scanPlainFile,
  surveyPlainFile,
} from "./plainFile.ts";
import type { Scan, ScanOptions, ScanWay } from "./scan.ts";

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
  /** Why a large file had to be read by the exact reader though its beginning has no flaw; else null. */
  readonly distrust: string | null;
}

/** What a caller makes of a scan. */
type Use<T> = (connection: DuckDBConnection, scan: Scan) => Promise<Used<T>>;

/** Bytes on disk up to which nobody need be told that a file was read twice. */
const SMALL_BYTES = 1 << 22;

/**
 * Scans a file of profiles. DuckDB reads it where it can, while a walk over a text makes sure that it has no flaw and counts its
 * records. Where there is a flaw, or DuckDB refuses the file or gives another number of rows, all is done again by the next way
 * that there is, each in a fresh instance of DuckDB. The last is the exact reader.
 *
 * @param use runs a query over `scan.select` or `scan.unnumbered`. When it is called again, nothing may be left of what it did before: what
 *   it wrote is written anew.
 * @throws InsightsError when the file cannot be read as a whole, or holds no known column or not one that is to be kept; what `use` throws;
 *   the signal's reason when it is aborted
 */
export async function scanFile<T>(
  path: string,
  options: ScanOptions & DatabaseOptions,
  use: Use<T>,
): Promise<ScannedFile<T>> {
  const { signal, reading, keep } = options;
  signal?.throwIfAborted();
  const file = await findFile(path);
  const folder = new TemporaryFolder(options.temporaryDirectory);
  let database = await openDatabase(options);
  let walk: Walk | undefined;
  try {
    const place = { connection: database.connection, folder, watch: { signal }, alerts: [] };
    const exact = options.way === "exact" || (reading?.sheet ?? reading?.encoding) !== undefined;
    const plain = exact ? undefined : await recognisePlainFile(file, place);
    let reason: string | null = null;
    if (plain !== undefined) {
      const mapping = mapColumns(plain.columns, file.name, { ...reading, keep, samples: plain.samples });
      walk = waysOf(plain, mapping).length > 0 && plain.text ? startWalk(plain.text, signal) : undefined;
      for (const way of waysOf(plain, mapping)) {
        const attempt = (isSurveyed: boolean) => {
          const { connection } = database;
          const place = { connection, folder };
          return tryScan(connection, options, walk, async () => {
            // A flaw that the walk finds later may be why the survey fails.
            const read = isSurveyed
              ? await surveyPlainFile(plain, way, mapping, reading, place).catch(async (error: unknown) => {
                  await walk?.pass;
                  throw error;
                })
              : mapping;
            const scan = await scanPlainFile(plain, way, read, options, place);
            return { ...(await use(connection, scan)), scan };
          });
        };
        const reopen = async () => {
          database.close();
          database = await openDatabase(options);
        };
        let tried = await attempt(false);
        if ("reason" in tried && tried.reason.includes(UNPLAIN)) {
          await reopen();
          tried = await attempt(true);
        }
        if ("value" in tried) return { ...tried, distrust: null };
        reason = tried.reason;
        await reopen();
        if (tried.exact) break;
      }
    }
    return { ...(await scanAll(database.connection, file, options, use)), distrust: told(file, reason) };
  } finally {
    await walk?.stop();
    database.close();
    await folder.remove();
  }
}

/** The ways in which DuckDB may read a file by itself. */
function waysOf({ text, parquet }: PlainFile, mapping: Mapping): readonly ("parallel" | "sequential")[] {
  // The profile of an author is gathered from all over the file.
  if (mapping.video !== null || parquet?.records === 0) return [];
  return text === undefined ? ["parallel"] : ["parallel", "sequential"];
}

function told({ size }: SourceFile, reason: string | null): string | null {
  return size > SMALL_BYTES ? reason : null;
}

type Tried<T> =
  | Omit<ScannedFile<T>, "distrust">
  | { readonly reason: string /** Whether only the exact reader will do. */; readonly exact: boolean };

/** Makes a scan by DuckDB alone and uses it, and says why what came of it is not to be trusted. */
async function tryScan<T>(
  connection: DuckDBConnection,
  { signal }: ScanOptions,
  walk: Walk | undefined,
  run: () => Promise<Used<T> & { readonly scan: Scan }>,
): Promise<Tried<T>> {
  signal?.throwIfAborted();
  let used: Awaited<ReturnType<typeof run>> | undefined;
  let failure: Error | undefined;
  const interrupt = () => connection.interrupt();
  signal?.addEventListener("abort", interrupt);
  const unwatch = walk?.onOddity(interrupt);
  try {
    used = await run();
  } catch (error) {
    // What an interrupted query says does not matter.
    signal?.throwIfAborted();
    if (!isReaderError(error) && !walk?.isOdd) throw error;
    failure = error as Error;
  } finally {
    unwatch?.();
    signal?.removeEventListener("abort", interrupt);
  }
  signal?.throwIfAborted();
  const said = failure?.message.split("\n")[0] ?? "";
  // The walk goes on while the numbers are looked over.
  if (said.includes(UNPLAIN) && !walk?.isOdd) return { reason: said, exact: false };
  const pass = await walk?.pass;
  if (pass?.oddity !== undefined) return { reason: pass.oddity, exact: true };
  if (used === undefined) return { reason: said, exact: false };
  const records = pass?.records ?? used.scan.rows ?? 0;
  const hasLineEndAtEdge = pass?.hasLineEndAtEdge ?? false;
  const reason = distrustOf(used.scan.way, used.rows, { records, hasLineEndAtEdge });
  return reason === undefined ? { ...used, records } : { reason, exact: false };
}

/**
 * Why the rows that DuckDB gave of a file without any flaw are not to be trusted; undefined where they are. Its parallel reader guesses where
 * records begin, and checks the guesses, but for a byte or two.
 */
export function distrustOf(
  way: ScanWay,
  rows: number,
  { records, hasLineEndAtEdge }: Pick<CsvPass, "records" | "hasLineEndAtEdge">,
): string | undefined {
  if (way === "parallel" && hasLineEndAtEdge) return "a record that begins or ends with a line end in quotes";
  return rows === records ? undefined : `the ${way} reader gave ${rows} rows of ${records} records`;
}

async function scanAll<T>(
  connection: DuckDBConnection,
  file: SourceFile,
  options: ScanOptions,
  use: Use<T>,
): Promise<Omit<ScannedFile<T>, "distrust">> {
  const { signal } = options;
  const interrupt = () => connection.interrupt();
  signal?.addEventListener("abort", interrupt);
  let scan: Scan | undefined;
  try {
    scan = await scanExactly(connection, file, options);
    const { rows, value } = await use(connection, scan);
    signal?.throwIfAborted();
    // The rows of an exact scan were counted before: what gives others is a fault of ours.
    if (rows !== scan.rows) throw new Error(`the scan gave ${rows} rows of ${scan.rows} (${file.path})`);
    return { value, rows, records: rows + scan.rejectedCount + scan.merged, scan };
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", interrupt);
    await scan?.close();
  }
}

/** A walk over a text that goes on while DuckDB reads it. */
interface Walk {
  /** What it found, as far as the first flaw. */
  readonly pass: Promise<CsvPass>;
  /** Whether a flaw was found, or the text cannot be read at all. */
  readonly isOdd: boolean;
  /** Calls back once there is a flaw, unless the function that is returned is called before. */
  onOddity(call: () => void): () => void;
  stop(): Promise<void>;
}

function startWalk(text: PlainText, signal: AbortSignal | undefined): Walk {
  const stop = new AbortController();
  const both = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  const calls = new Set<() => void>();
  let isOdd = false;
  const found = () => {
    isOdd = true;
    for (const call of calls) call();
  };
  const pass = walkUnchanged(text, both);
  const settled = pass.then(
    ({ oddity }) => {
      if (oddity !== undefined) found();
    },
    () => found(),
  );
  return {
    pass,
    get isOdd() {
      return isOdd;
    },
    onOddity: (call) => {
      if (isOdd) call();
      calls.add(call);
      return () => calls.delete(call);
    },
    stop: async () => {
      stop.abort();
      await settled;
    },
  };
}

/** Walks over a text, of which DuckDB must have read the same bytes. */
async function walkUnchanged(text: PlainText, signal: AbortSignal): Promise<CsvPass> {
  const { path } = text.file;
  const before = await stat(path, { bigint: true });
  const pass = await walkCsv(text, text.dialect, { signal }, { plainOnly: true });
  const after = await stat(path, { bigint: true });
  const same = before.size === after.size && before.mtimeNs === after.mtimeNs;
  return same ? pass : { ...pass, oddity: "the file changed while it was read" };
}

/**
 * Whether an error may come from what DuckDB's reader makes of a file: a row too short or too long, text that is no UTF-8, a page that
 * cannot be unpacked. (Memory or disk that ran out does not, nor does a wrong query.)
 */
function isReaderError(error: unknown): error is Error {
  return (
    error instanceof Error &&
    !(error instanceof InsightsError) &&
    /^(Invalid Input|Invalid|INTERNAL|IO|FATAL|Not implemented|Conversion|Serialization)\b.* ?Error/.test(
      error.message,
    ) &&
    !/out of memory|no space|could not write|cannot write|failed to write/i.test(error.message)
  );
}
