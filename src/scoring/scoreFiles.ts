import { createHash } from "node:crypto";
import { basename, resolve } from "node:path";
import { InsightsError } from "../base/error.ts";
import { isDiskFull, outputError } from "../base/files.ts";
import { guardFile, type OutputRules } from "../base/output/guard.ts";
import { claimFile } from "../base/output/write.ts";
import type { Model } from "../bundle/model.ts";
import { describePlainFile } from "../profiles/scan/plainFile.ts";
import { scanFile } from "../profiles/scan/scanFile.ts";
import { outputFormat } from "./output.ts";
import { planParts } from "./plan.ts";
import { guardRejected } from "./rejectedList.ts";
import { Run, type ScoredFiles, type ScoreFilesOptions } from "./run.ts";
import {
  guardParts,
  inputFingerprint,
  isFinished,
  type Manifest,
  modelFingerprint,
  openParts,
  removeParts,
} from "./unfinished.ts";

/** Bytes of a part unless said otherwise. */
const PART_BYTES = 2 ** 31;

/**
 * Scores every profile of some files into one file, in their order, a part at a time, in memory that does not grow with
 * them. Nothing is looked up across records: a profile that comes twice is written twice.
 *
 * The output appears when it is whole. Until then finished parts stand in a folder beside it, for `resume`: the bytes are
 * those of a run without a break.
 *
 * @throws InsightsError for whatever the user can mend; the signal's reason when it is aborted
 */
export async function scoreFiles(
  model: Model,
  files: readonly string[],
  options: ScoreFilesOptions,
): Promise<ScoredFiles> {
  const { out, allColumns = false, force = false, resume = false, partBytes = PART_BYTES } = options;
  const format = outputFormat(out);
  const { main, side } = await guardScores(out, { force, resume, reads: files });
  await using output = await claimFile(out, main);
  const columns = allColumns ? await columnsOf(files, options) : undefined;
  const fresh: Manifest = {
    version: 4,
    now: options.now?.toISOString() ?? null,
    model: modelFingerprint(model),
    options: fingerprintOf([format, columns ?? null, options.reading ?? {}, partBytes]),
    inputs: await Promise.all(
      files.map(async (file) => ({ file: resolve(file), fingerprint: await inputFingerprint(file) })),
    ),
    parts: [],
    whole: null,
  };
  const parts = await openParts(out, fresh, resume ? "resume" : force ? "anew" : "new");
  try {
    const run = new Run({ model, files, format, columns, options, output, rules: side, parts });
    await run.scoreAll(await planParts(files, partBytes, options));
    return await run.finish();
  } catch (error) {
    // Without a finished part there is nothing to go on with.
    if (parts.manifest.parts.length === 0) await removeParts(out).catch(() => undefined);
    throw isDiskFull(error) ? outputError(error, out) : error;
  }
}

/** What {@link guardScores} looks at. */
export interface ScoresRules extends Pick<OutputRules, "reads"> {
  readonly force: boolean;
  readonly resume: boolean;
}

/**
 * Refuses outputs of a run that must not be written, before any work is done: the scores, the list of rejected records, the folder of parts.
 *
 * @returns by which rules the scores and the list of rejected records may replace what is there
 * @throws InsightsError that says why
 */
export async function guardScores(
  out: string,
  { force, resume, reads }: ScoresRules,
): Promise<{ readonly main: OutputRules; readonly side: OutputRules }> {
  await guardParts(out);
  // What stands there is of the very run that is gone on with.
  const finished = resume && (await isFinished(out));
  const main = { force: force || finished, reads };
  const side = { force: force || resume, reads };
  await guardFile(out, main);
  await guardRejected(out, side);
  return { main, side };
}

function fingerprintOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}

/** The source columns of files that are to be kept, which must be the same in all. */
async function columnsOf(files: readonly string[], options: ScoreFilesOptions): Promise<readonly string[]> {
  const [first, ...others] = files;
  const columns = await columnsOfFile(first, options);
  for (const file of others) {
    if ((await columnsOfFile(file, options)).join("\n") !== columns.join("\n")) {
      throw new InsightsError(
        `${basename(file)} has other columns than ${basename(first)}: score them one by one, or without --columns all`,
      );
    }
  }
  return columns;
}

async function columnsOfFile(
  file: string,
  { reading, signal, temporaryDirectory }: ScoreFilesOptions,
): Promise<readonly string[]> {
  const found = await describePlainFile(file, { signal, temporaryDirectory });
  if (found !== undefined) return found.columns;
  const options = { reading, signal, temporaryDirectory, way: "exact" } as const;
  const { scan } = await scanFile(file, options, async (_, { rows }) => ({
    rows: rows ?? 0,
    value: undefined,
  }));
  return scan.columns;
}
