import { createHash } from "node:crypto";
import { lstat, mkdir, open, readdir, readFile, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import { InsightsError } from "../base/error.ts";
import { TEMPORARY_PREFIX } from "../base/files.ts";
import { renameForGood, sha256OfFile, syncToDisk } from "../base/output/durable.ts";
import { count } from "../base/schemas.ts";
import { ensembleOf } from "../bundle/answers.ts";
import type { Model } from "../bundle/model.ts";

/** A file as it was written: what is on the disk later must be the same. */
const fileSchema = z.strictObject({ bytes: count, sha256: z.string() });

/** See {@link fileSchema}. */
export type WrittenFile = Readonly<z.infer<typeof fileSchema>>;

/** A part of a run that is done: a file or some rows of a Parquet file, and what came of it. */
const partSchema = z.strictObject({
  /** Name in the folder of parts. */
  name: z.string(),
  file: fileSchema,
  /** The list of its rejected records; null where there are none. */
  rejects: fileSchema.nullable(),
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
  /** Columns with cells that count as missing: how many, and the first of them. */
  blanks: z.array(
    z.strictObject({
      ...{ column: z.string(), impossible: z.boolean() },
      ...{ count, value: z.string(), line: count.nullable() },
    }),
  ),
});

/** See {@link partSchema}. */
export type Part = Readonly<z.infer<typeof partSchema>>;

const manifestSchema = z.strictObject({
  version: z.literal(4),
  /** The moment after which no date is believed: that of the run's beginning, also for those that go on with it. */
  now: z.iso.datetime().nullable(),
  /** What must be the same for a run to go on; each a fingerprint. */
  model: z.string(),
  options: z.string(),
  inputs: z.array(z.strictObject({ file: z.string(), fingerprint: z.string() })),
  /** The finished parts, in order. */
  parts: z.array(partSchema),
  /** The whole, once it is put together and about to take its place. */
  whole: fileSchema.nullable(),
});

/** What a run has done so far: the contents of `manifest.json` in its folder of parts. */
export type Manifest = z.infer<typeof manifestSchema>;

/** What manifests of all versions have. */
const anyManifestSchema = z.looseObject({ version: count, model: z.string(), parts: z.array(z.unknown()) });

/** The folder beside an output in which its parts grow. */
export interface PartsFolder {
  readonly path: string;
  readonly manifest: Manifest;
  /** Names of parts of an earlier run that are not as they were written. They are made anew. */
  readonly damaged: readonly string[];
}

const MANIFEST = "manifest.json";
/** Whatever a run puts into its folder is called so. */
const OURS = new RegExp(
  `^(manifest\\.json(\\.new)?|part-\\d+(\\.rejected)?|(tmp_)?part\\.new(\\.parquet)?|(tmp_)?whole|rejected\\.csv|${TEMPORARY_PREFIX}.+)$`,
);
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

/** Name of the part at a place of the plan, from 0. */
export function partName(index: number): string {
  return `part-${String(index).padStart(5, "0")}`;
}

/** Name of the file with the rejected records of a part. */
export function rejectsOf(name: string): string {
  return `${name}.rejected`;
}

/** What a file is now. */
export async function describeFile(path: string): Promise<WrittenFile> {
  return { bytes: (await stat(path)).size, sha256: await sha256OfFile(path) };
}

/** Whether a file is as it was written; not where it is gone or a link. */
export async function isAsWritten(path: string, { bytes, sha256 }: WrittenFile): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  return found?.isFile() === true && found.size === bytes && (await sha256OfFile(path)) === sha256;
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
  const there = await guardParts(out);
  if (there && how === "new") {
    throw new InsightsError(
      `unfinished run: ${path} holds its finished parts (go on with --resume, or start anew with --force)`,
    );
  }
  if (there && how === "anew") await removeParts(out);
  await mkdir(path, { recursive: how === "resume", mode: 0o700 });
  const earlier = how === "resume" ? await resumeManifest(path, fresh) : fresh;
  const finished = earlier.whole !== null && (await isAsWritten(out, earlier.whole));
  const sound: Part[] = [];
  // A run of one part moves it to its place, so that it is no longer here.
  for (const part of earlier.parts) if (finished || (await isSound(path, part))) sound.push(part);
  const manifest = { ...earlier, parts: sound, whole: finished ? earlier.whole : null };
  await saveManifest(path, manifest);
  // What was being written when the run ended is no part.
  const known = new Set([MANIFEST, ...sound.flatMap(({ name }) => [name, rejectsOf(name)])]);
  for (const name of await readdir(path)) {
    if (!known.has(name)) await rm(join(path, name), { recursive: true });
  }
  const damaged = earlier.parts.filter((part) => !sound.includes(part)).map(({ name }) => name);
  return { path, manifest, damaged };
}

async function isSound(folder: string, { name, file, rejects }: Part): Promise<boolean> {
  if (rejects !== null && !(await isAsWritten(join(folder, rejectsOf(name)), rejects))) return false;
  return isAsWritten(join(folder, name), file);
}

/** Whether an output was put in its place by an unfinished run, which had no more to do than to clear up. */
export async function isFinished(out: string): Promise<boolean> {
  const text = await readFile(join(partsFolder(out), MANIFEST), "utf8").catch(() => "");
  const whole = parsed(manifestSchema, text)?.whole;
  return whole != null && (await isAsWritten(out, whole));
}

/** What JSON says, where it is as a schema wants it. */
function parsed<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/**
 * The manifest of an earlier run, which must have been the same as the one that `fresh` begins.
 *
 * @throws InsightsError that names what differs
 */
async function resumeManifest(folder: string, fresh: Manifest): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return fresh;
  const differs = (what: string) => new InsightsError(`cannot resume: ${what} (start anew with --force)`);
  const earlier = parsed(manifestSchema, text);
  if (earlier === undefined) throw differs(`${join(folder, MANIFEST)} is of another version`);
  if (earlier.model !== fresh.model) throw differs("the model is not the one of the unfinished run");
  if (earlier.options !== fresh.options) {
    throw differs(
      "the options are not those of the unfinished run: --columns, --part-size, --map, --sheet, --encoding or --decimal differs",
    );
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

/** Writes the manifest so that it is whole or the one before, also after a loss of power. */
export async function saveManifest(folder: string, manifest: Manifest): Promise<void> {
  const temporary = join(folder, `${MANIFEST}.new`);
  await writeFile(temporary, `${JSON.stringify(manifest)}\n`, { mode: 0o600 });
  await renameForGood(temporary, join(folder, MANIFEST));
}

/**
 * Refuses what stands where an output's parts would grow, unless it is the folder of an unfinished run, with nothing of anybody else in it.
 *
 * @returns whether there is such a folder
 * @throws InsightsError that names what is not ours
 */
export async function guardParts(out: string): Promise<boolean> {
  const path = partsFolder(out);
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return false;
  const refused = (why: string) =>
    new InsightsError(
      `cannot write ${path}: it is not the folder of an unfinished run: ${why} (move it away)`,
    );
  if (!found.isDirectory()) throw refused(found.isSymbolicLink() ? "it is a link" : "it is a file");
  const names = await readdir(path);
  const foreign = names.find((name) => !OURS.test(name));
  if (foreign !== undefined) throw refused(`it holds ${foreign}`);
  if (names.includes(MANIFEST)) {
    const text = await readFile(join(path, MANIFEST), "utf8");
    if (parsed(anyManifestSchema, text) === undefined)
      throw refused(`its ${MANIFEST} is not ours or damaged`);
  } else if (names.some((name) => name !== `${MANIFEST}.new`)) {
    throw refused(`it has no ${MANIFEST}`);
  }
  return true;
}

/** Removes the folder of an output's parts, where nothing but our own files is in it. */
export async function removeParts(out: string): Promise<void> {
  if (!(await guardParts(out))) return;
  const path = partsFolder(out);
  // The manifest goes last: whoever is killed meanwhile leaves a folder that is still known as ours.
  for (const name of await readdir(path)) {
    if (!name.startsWith(MANIFEST)) await rm(join(path, name), { recursive: true });
  }
  for (const name of [`${MANIFEST}.new`, MANIFEST]) await rm(join(path, name), { force: true });
  await rmdir(path);
}

/** Gives a finished file its name, and writes down what it is. */
export async function keepPart(
  { path, manifest }: PartsFolder,
  temporary: string,
  part: Omit<Part, "file">,
): Promise<void> {
  await syncToDisk(temporary);
  const file = await describeFile(temporary);
  await rename(temporary, join(path, part.name));
  manifest.parts.push({ ...part, file });
  manifest.parts.sort((a, b) => a.name.length - b.name.length || (a.name < b.name ? -1 : 1));
  await saveManifest(path, manifest);
}
