import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Model } from "../bundle/model.ts";
import { type ReadProfilesOptions, readProfiles } from "../profiles/read.ts";
import { writeBeginning } from "../profiles/source/beginning.ts";
import { preferredSql } from "../shortlist/filter.ts";
import { type RankedRow, rankProfiles, readRanked } from "../shortlist/ranked.ts";

/** The best of the first records of a file, ranked among themselves. */
export interface FirstPeople {
  /** Profiles among which they are the best. */
  readonly among: number;
  /** Records of the whole file, to two digits, as far as its first tell; null where it is packed. */
  readonly about: number | null;
  /** The best first. */
  readonly rows: readonly RankedRow[];
}

/** Bytes of a file from which on it takes long enough to be added. */
const LARGE = 20e6;

/** Bytes of it that are read first: some hundred to some thousand profiles. */
const FIRST = 1 << 21;

/** People who are shown. */
const SHOWN = 20;

/** Whether a file takes long enough to be added for its first people to be told; one that is not there does not. */
export async function isLarge(path: string): Promise<boolean> {
  const seen = await stat(path).catch(() => undefined);
  return seen !== undefined && seen.size >= LARGE;
}

/**
 * Reads the first records of a text and ranks them. Nothing of them is kept.
 *
 * @param path of the file
 * @param folder for what is made on the way; the caller removes it
 * @param options how the file itself is read
 * @returns undefined where the file is no text, or has a record a video: then posts of the first are still to come
 * @throws InsightsError where the first records cannot be read by themselves; the signal's reason
 */
export async function firstPeople(
  path: string,
  model: Model,
  folder: string,
  options: ReadProfilesOptions,
): Promise<FirstPeople | undefined> {
  const beginning = join(folder, "beginning");
  const written = await writeBeginning(path, beginning, FIRST, options);
  if (written === undefined) return undefined;
  const profiles = await readProfiles(beginning, options);
  try {
    const { connection, table, rows: among, source, perVideo } = profiles;
    if (perVideo) return undefined;
    await rankProfiles(connection, model, table, { signal: options.signal });
    const rows = await readRanked(connection, `ORDER BY ${preferredSql({})} DESC, rank LIMIT ${SHOWN}`);
    const { share } = written;
    const about = share === null ? null : Number((source.records / share).toPrecision(2));
    return { among, about, rows };
  } finally {
    await profiles.close();
  }
}
