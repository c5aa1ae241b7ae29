import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { lstat, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { InsightsError, unknownName } from "../base/error.ts";
import { Draw } from "./draw.ts";
import { writeParquet } from "./parquet.ts";
import { drawRecord, type SampleRecord } from "./record.ts";
import { CSV_HEADER, csvLine, jsonLine, type Line } from "./text.ts";

export { SAMPLE_COLUMNS, type SampleRecord } from "./record.ts";

/** What sample to make. */
export interface SampleOptions {
  /** How many profiles, 1..2^27. */
  readonly rows: number;
  /** Any integer from 0 to 2^32-1. The same seed gives the same profiles; a sample begins every larger one of its seed. */
  readonly seed: number;
}

/** How to write a sample. */
export interface WriteSampleOptions {
  /** Stops the writing; nothing is left behind. */
  readonly signal?: AbortSignal | undefined;
  /** Called now and then with the rows made so far and the rows asked for. */
  readonly onProgress?: ((rows: number, total: number) => void) | undefined;
  /** Replace a file that exists. */
  readonly force?: boolean | undefined;
}

/** Endings a sample can be written by. */
export const SAMPLE_ENDINGS = [".csv", ".csv.gz", ".ndjson", ".parquet"] as const;

/** The most rows: beyond them ids could repeat. */
const MOST_ROWS = 2 ** 27;
/** Text handed to the file at a time, in bytes. */
const PIECE = 256 * 1024;
/** The longest line a record can make, in bytes: 35 addresses of videos, a biography of 80 units, and the rest. */
const LONGEST_LINE = 16 * 1024;

/**
 * The profiles of a synthetic population that looks like the one the original study read: sizes, rates and their
 * correlations, missing values, languages, and dates inside ids. The people, words and addresses are invented.
 *
 * @returns one record after the other, in the order of `SAMPLE_COLUMNS`; nothing is held in memory
 * @throws InsightsError `invalid rows: ...` or `invalid seed: ...`
 */
export function* sampleRecords(options: SampleOptions): Generator<SampleRecord, void, undefined> {
  check(options);
  const draw = new Draw(options.seed);
  for (let row = 0; row < options.rows; row++) yield drawRecord(draw, row);
}

/**
 * Writes a synthetic population to a file in the Bright Data layout of 18 columns, as its ending says: CSV as the
 * provider writes it, CSV compressed with gzip, NDJSON, or Parquet. The file is written beside its place and renamed, so
 * it is whole or not there. Memory does not grow with the rows.
 *
 * @throws InsightsError for a bad number of rows or seed, an unknown ending, a file that exists (unless `force`), a
 * folder that does not, and a disk that is full or not writable; the signal's reason when aborted
 */
export async function writeSample(
  path: string,
  options: SampleOptions,
  { signal, onProgress, force = false }: WriteSampleOptions = {},
): Promise<void> {
  check(options);
  const ending = endingOf(path);
  await refuseExisting(path, force);
  signal?.throwIfAborted();
  const partial = join(dirname(path), `.${basename(path)}.${randomUUID()}.partial`);
  const onRows = (rows: number): void => onProgress?.(rows, options.rows);
  try {
    const records = sampleRecords(options);
    if (ending === ".parquet") await writeParquet(partial, records, { signal, onRows });
    else await writeText(partial, records, ending, { signal, onRows });
    await refuseExisting(path, force);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    if (signal?.aborted) throw signal.reason;
    throw mendable(error, path);
  }
}

async function writeText(
  path: string,
  records: Iterable<SampleRecord>,
  ending: string,
  options: { signal?: AbortSignal | undefined; onRows: (rows: number) => void },
): Promise<void> {
  const [header, line]: [string, (record: SampleRecord) => Line] =
    ending === ".ndjson" ? ["", jsonLine] : [CSV_HEADER, csvLine];
  const source = Readable.from(pieces(records, header, line, options.onRows), { objectMode: false });
  const file = createWriteStream(path, { flags: "wx" });
  const through = options.signal === undefined ? {} : { signal: options.signal };
  if (ending === ".csv.gz") await pipeline(source, createGzip(), file, through);
  else await pipeline(source, file, through);
}

/** The lines as UTF-8, a piece at a time. */
function* pieces(
  records: Iterable<SampleRecord>,
  header: string,
  line: (record: SampleRecord) => Line,
  onRows: (rows: number) => void,
): Generator<Buffer> {
  let piece = Buffer.allocUnsafe(PIECE);
  let used = piece.write(header);
  let rows = 0;
  for (const record of records) {
    if (used + LONGEST_LINE > PIECE) {
      yield piece.subarray(0, used);
      onRows(rows);
      piece = Buffer.allocUnsafe(PIECE);
      used = 0;
    }
    const [any, ascii] = line(record);
    used += piece.write(any, used, "utf8");
    used += piece.write(ascii, used, "latin1");
    rows++;
  }
  yield piece.subarray(0, used);
  onRows(rows);
}

function check({ rows, seed }: SampleOptions): void {
  if (!Number.isInteger(rows) || rows < 1 || rows > MOST_ROWS) {
    throw new InsightsError(`invalid rows: ${rows} (expected a whole number from 1 to ${MOST_ROWS})`, {
      exitCode: 2,
    });
  }
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
    throw new InsightsError(`invalid seed: ${seed} (expected a whole number from 0 to ${2 ** 32 - 1})`, {
      exitCode: 2,
    });
  }
}

function endingOf(path: string): string {
  const name = basename(path);
  const ending = SAMPLE_ENDINGS.find((known) => name.endsWith(known) && name.length > known.length);
  if (ending === undefined) throw unknownName("ending", name, SAMPLE_ENDINGS);
  return ending;
}

async function refuseExisting(path: string, force: boolean): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return;
  if (found.isDirectory()) throw new InsightsError(`invalid output: ${path} is a folder`);
  if (!force) throw new InsightsError(`output exists: ${path} (--force replaces it)`);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such folder",
  ENOTDIR: "no such folder",
  EACCES: "no permission to write there",
  EPERM: "no permission to write there",
  EROFS: "read-only file system",
  ENOSPC: "no space left",
  EDQUOT: "no space left",
};

/** A failure of the disk as an error of the user's; others stay as they are. */
function mendable(error: unknown, path: string): unknown {
  if (error instanceof InsightsError || !(error instanceof Error)) return error;
  const code = (error as NodeJS.ErrnoException).code ?? "";
  // DuckDB reports failures of the disk by words alone.
  const reason =
    REASONS[code] ?? (/^(IO Error|Permission Error)/.test(error.message) ? error.message : undefined);
  return reason === undefined
    ? error
    : new InsightsError(`cannot write ${path}: ${reason}`, { cause: error });
}
