import { createHash } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import { InsightsError } from "../base/error.ts";
import { count } from "../base/schemas.ts";
import { ensembleOf } from "../bundle/answers.ts";
import type { Model } from "../bundle/model.ts";

/** A part of a run that is done: a file or some rows of a Parquet file, and what came of it. */
const partSchema = z.strictObject({
  /** Name in the folder of parts. */
  name: z.string(),
  records: count,
  written: count,
  active: count,
  unanswered: count,
  undated: count,
  /** When the first and the last of the profiles were read, in Unix seconds, and how many do not tell. */
  first: z.number().nullable(),
  last: z.number().nullable(),
  untold: count,
  rejected: count,
  merged: count,
  /** Why records were rejected, and how many. */
  reasons: z.record(z.string(), count),
});

const manifestSchema = z.strictObject({
  version: z.literal(3),
  /** The moment after which no date is believed: that of the run's beginning, also for those that go on with it. */
  now: z.iso.datetime().nullable(),
  /** What must be the same for a run to go on; each a fingerprint. */
  model: z.string(),
  options: z.string(),
  inputs: z.array(z.strictObject({ file: z.string(), fingerprint: z.string() })),
  /** The finished parts, in order. */
  parts: z.array(partSchema),
});

/** What a run has done so far: the contents of `manifest.json` in its folder of parts. */
export type Manifest = z.infer<typeof manifestSchema>;

/** The folder beside an output in which its parts grow. */
export interface PartsFolder {
  readonly path: string;
  readonly manifest: Manifest;
}

const MANIFEST = "manifest.json";
/** Bytes at either end of a file that go into its fingerprint. */
const ENDS = 1 << 16;

/** A fingerprint of all that a model's answers depend on. */
export function modelFingerprint({ pipeline, answers, combinations, threshold }: Model): string {
  const hash = createHash("sha256").update(JSON.stringify({ pipeline, combinations, threshold }));
  for (const { network, ...answer } of answers) {
    const { networks, weights } = ensembleOf(network);
    hash.update(JSON.stringify({ answer, weights }));
    for (const { layers } of networks) {
      for (const { weight, bias } of layers) hash.update(weight).update(bias);
    }
  }
  return hash.digest("hex");
}

/** A fingerprint of a file: of its size, when it was changed, and its two ends. All of it would take minutes. */
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

/** The folder of an output's parts. */
export function partsFolder(out: string): string {
  return `${out}.partial`;
}

/**
 * Makes the folder of parts, or takes up the one of an unfinished run.
 *
 * @param how `new` refuses what an earlier run left, `anew` throws it away, `resume` goes on with it
 * @throws InsightsError that says what to do; file-system errors as they are
 */
export async function openParts(
  out: string,
  fresh: Manifest,
  how: "new" | "anew" | "resume",
): Promise<PartsFolder> {
  const path = partsFolder(out);
  const there = await stat(path).then(
    () => true,
    () => false,
  );
  if (there && how === "new") {
    throw new InsightsError(
      `unfinished run: ${path} holds its finished parts (go on with --resume, or start anew with --force)`,
    );
  }
  if (there && how === "anew") await removeParts(path);
  if (there && how === "resume") await refuseForeign(path);
  await mkdir(path, { recursive: how === "resume" });
  const manifest = how === "resume" ? await resumeManifest(path, fresh) : fresh;
  await saveManifest(path, manifest);
  // What was being written when the run ended is no part.
  const known = new Set(manifest.parts.flatMap(({ name }) => [name, rejectsOf(name)]));
  for (const name of await readdir(path)) {
    if (name !== MANIFEST && !known.has(name)) await rm(join(path, name), { recursive: true });
  }
  const files = new Set(await readdir(path));
  const lost = manifest.parts.find(({ name }) => !files.has(name));
  if (lost !== undefined) {
    throw new InsightsError(`cannot resume: ${join(path, lost.name)} is gone (start anew with --force)`);
  }
  return { path, manifest };
}

/**
 * The manifest of an earlier run, which must have been the same as the one that `fresh` begins.
 *
 * @throws InsightsError that names what differs
 */
async function resumeManifest(folder: string, fresh: Manifest): Promise<Manifest> {
  let earlier: Manifest;
  try {
    earlier = manifestSchema.parse(JSON.parse(await readFile(join(folder, MANIFEST), "utf8")));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return fresh;
    throw new InsightsError(
      `cannot resume: ${join(folder, MANIFEST)} is damaged or of another version (start anew with --force)`,
      { cause: error },
    );
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

/** Writes the manifest so that it is whole or the one before. */
async function saveManifest(folder: string, manifest: Manifest): Promise<void> {
  const temporary = join(folder, `${MANIFEST}.new`);
  await writeFile(temporary, `${JSON.stringify(manifest)}\n`);
  await rename(temporary, join(folder, MANIFEST));
}

/** Removes a folder of parts, where nothing but our own files is in it. */
export async function removeParts(path: string): Promise<void> {
  await refuseForeign(path);
  // The manifest goes last: whoever is killed meanwhile leaves a folder that is still known as ours.
  for (const name of await readdir(path)) {
    if (!name.startsWith(MANIFEST)) await rm(join(path, name), { recursive: true });
  }
  await rm(path, { recursive: true });
}

/** Removes the folder of a run whose output is in its place. */
export async function removeDone({ path, manifest }: PartsFolder): Promise<void> {
  // Its parts are about to go: whoever goes on with what a kill leaves of them begins anew.
  await saveManifest(path, { ...manifest, parts: [] });
  await removeParts(path);
}

async function refuseForeign(path: string): Promise<void> {
  const names = await readdir(path);
  if (names.length > 0 && !names.some((name) => name.startsWith(MANIFEST))) {
    throw new InsightsError(`cannot write ${path}: it is not the folder of an unfinished run`);
  }
}

/** Name of the file with the rejected records of a part. */
export function rejectsOf(name: string): string {
  return `${name}.rejected`;
}

/** Gives a finished file its name, and writes down that it is there. */
export async function keepPart(
  { path, manifest }: PartsFolder,
  temporary: string,
  part: Manifest["parts"][number],
): Promise<void> {
  await rename(temporary, join(path, part.name));
  manifest.parts.push(part);
  await saveManifest(path, manifest);
}
