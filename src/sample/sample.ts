import { basename } from "node:path";
import { InsightsError, unknownName } from "../base/error.ts";
import { claimFile } from "../base/output/write.ts";
import { copyRecords, SAMPLE_ENDINGS, type SampleEnding } from "./copy.ts";
import { Draw } from "./draw.ts";
import { MOST_ROWS, profilesLater } from "./later.ts";
import { drawProfile, recordOf, type SampleRecord } from "./record.ts";

export { SAMPLE_COLUMNS, type SampleRecord } from "./record.ts";

/** What sample to make. */
export interface SampleOptions {
  /** How many profiles, 1..2^27. */
  readonly rows: number;
  /** Any integer from 0 to 2^32-1. The same seed gives the same profiles; a sample begins every larger one of its seed. */
  readonly seed: number;
  /** Days later at which the same people are read again, 1..365. */
  readonly later?: number | undefined;
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

/** The most days later. */
export const MOST_DAYS_LATER = 365;

/**
 * The profiles of a synthetic population that looks like the one the original study read: sizes, rates and their
 * correlations, missing values, languages, and dates inside ids. The people, words and addresses are invented.
 *
 * `later` makes the same people as they are so many days later: who goes on posting has new posts, more likes and other followers, a few
 * have another handle or name, a few are gone, a few are new.
 *
 * @returns one record after the other, in the order of `SAMPLE_COLUMNS`; nothing is held in memory
 * @throws InsightsError `invalid rows: ...`, `invalid seed: ...` or `invalid later: ...`
 */
export function* sampleRecords(options: SampleOptions): Generator<SampleRecord, void, undefined> {
  check(options);
  const draw = new Draw(options.seed);
  const { rows, later } = options;
  for (let row = 0; row < rows; row++) {
    const profiles = later === undefined ? [drawProfile(draw, row)] : profilesLater(draw, row, later);
    for (const profile of profiles) yield recordOf(profile);
  }
}

/**
 * Writes a synthetic population to a file in the Bright Data layout of 18 columns, as its ending says: CSV as the
 * provider writes it, CSV compressed with gzip, NDJSON, or Parquet. The file is written beside its place and renamed, so
 * it is whole or not there. Memory does not grow with the rows.
 *
 * @returns how many profiles were written: `rows`, unless some are gone or new later
 * @throws InsightsError for a bad number of rows or seed, an unknown ending, a file that exists (unless `force`), a
 * folder that does not, and a disk that is full or not writable; the signal's reason when aborted
 */
export async function writeSample(
  path: string,
  options: SampleOptions,
  { signal, onProgress, force = false }: WriteSampleOptions = {},
): Promise<number> {
  check(options);
  const ending = endingOf(path);
  await using output = await claimFile(path, { force });
  signal?.throwIfAborted();
  let written = 0;
  const onRows = (rows: number): void => {
    written = rows;
    onProgress?.(Math.min(rows, options.rows), options.rows);
  };
  await output.fill((temporary) =>
    copyRecords(sampleRecords(options), temporary, ending, { signal, onRows }).catch((error) => {
      throw signal?.aborted ? signal.reason : error;
    }),
  );
  return written;
}

function check({ rows, seed, later = 1 }: SampleOptions): void {
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
  if (!Number.isInteger(later) || later < 1 || later > MOST_DAYS_LATER) {
    throw new InsightsError(
      `invalid later: ${later} (expected a whole number of days from 1 to ${MOST_DAYS_LATER})`,
      { exitCode: 2 },
    );
  }
}

function endingOf(path: string): SampleEnding {
  const name = basename(path);
  const ending = SAMPLE_ENDINGS.find((known) => name.endsWith(known) && name.length > known.length);
  if (ending === undefined) throw unknownName("ending", name, SAMPLE_ENDINGS);
  return ending;
}
