import { createHash } from "node:crypto";
import { open, readFile, rename, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import { InsightsError } from "../base/error.ts";
import { count } from "../base/schemas.ts";
import { isEnsemble, type Model } from "../bundle/model.ts";

/** A stretch of a file, and what came of it. */
export const partSchema = z.strictObject({
  /** Which of the files, from 0. */
  input: count,
  /** All of the file, a range of its rows, or a range of its bytes. */
  unit: z.enum(["file", "rows", "bytes"]),
  from: count,
  /** Past the last; 0 where the part is all of a file. */
  to: count,
  /** Name in the folder of parts. */
  name: z.string(),
  records: count,
  written: count,
  active: count,
  rejected: count,
  merged: count,
  /** Why records were rejected, and how many. */
  reasons: z.record(z.string(), count),
  /** Whether DuckDB's parallel reader gave the rows. */
  parallel: z.boolean(),
});

/** As the schema says. */
export type Part = z.infer<typeof partSchema>;

const manifestSchema = z.strictObject({
  version: z.literal(1),
  /** The moment after which no date is believed: that of the run's beginning, also for those that go on with it. */
  now: z.iso.datetime().nullable(),
  /** What must be the same for a run to go on; each a fingerprint. */
  model: z.string(),
  options: z.string(),
  inputs: z.array(z.strictObject({ file: z.string(), fingerprint: z.string() })),
  /** Files that cannot be cut: they are scored in one go. */
  uncut: z.array(count),
  parts: z.array(partSchema),
});

/** What a run has done so far: the contents of `manifest.json` in its folder of parts. */
export type Manifest = z.infer<typeof manifestSchema>;

/** Its name. */
export const MANIFEST = "manifest.json";
/** Bytes at either end of a file that go into its fingerprint. */
const ENDS = 1 << 16;

/** What a model answers is told by this. */
export function modelFingerprint({ pipeline, calibration, threshold, network }: Model): string {
  const hash = createHash("sha256").update(JSON.stringify({ pipeline, calibration, threshold }));
  const { networks, weights } = isEnsemble(network) ? network : { networks: [network], weights: [1] };
  hash.update(JSON.stringify(weights));
  for (const { layers } of networks) {
    for (const { weight, bias } of layers) hash.update(weight).update(bias);
  }
  return hash.digest("hex");
}

/** Whether a file is the one it was: by its size, when it was changed, and its two ends. All of it would take minutes. */
export async function inputFingerprint(path: string): Promise<string> {
  const { size, mtimeMs } = await stat(path);
  const hash = createHash("sha256").update(`${size} ${mtimeMs}\n`);
  const file = await open(path);
  try {
    const ends = Buffer.alloc(ENDS);
    for (const position of [0, Math.max(0, size - ENDS)]) {
      const { bytesRead } = await file.read(ends, 0, ENDS, position);
      hash.update(ends.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
  return hash.digest("hex");
}

/** Writes the manifest so that it is whole or the one before. */
export async function saveManifest(folder: string, manifest: Manifest): Promise<void> {
  const temporary = join(folder, `${MANIFEST}.new`);
  await writeFile(temporary, `${JSON.stringify(manifest)}\n`);
  await rename(temporary, join(folder, MANIFEST));
}

/**
 * The manifest of an earlier run, which must have been the same as the one that `fresh` begins.
 *
 * @throws InsightsError that names what differs
 */
export async function resumeManifest(folder: string, fresh: Manifest): Promise<Manifest> {
  let earlier: Manifest;
  try {
    earlier = manifestSchema.parse(JSON.parse(await readFile(join(folder, MANIFEST), "utf8")));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return fresh;
    throw new InsightsError(`cannot resume: ${join(folder, MANIFEST)} is damaged (start anew with --force)`, {
      cause: error,
    });
  }
  const differs = (what: string) => new InsightsError(`cannot resume: ${what} (start anew with --force)`);
  if (earlier.model !== fresh.model) throw differs("the model is not the one of the unfinished run");
  if (earlier.options !== fresh.options) {
    throw differs("the options are not those of the unfinished run: --columns, --map or --part-size differs");
  }
  if (earlier.inputs.length !== fresh.inputs.length) {
    throw differs(`${fresh.inputs.length} files instead of ${earlier.inputs.length}`);
  }
  const changed = fresh.inputs.find(
    ({ file, fingerprint }, i) =>
      file !== earlier.inputs[i].file || fingerprint !== earlier.inputs[i].fingerprint,
  );
  if (changed !== undefined)
    throw differs(`${basename(changed.file)} is not what it was in the unfinished run`);
  return earlier;
}
