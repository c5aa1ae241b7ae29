import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { InsightsError } from "../base/error.ts";
import { MANIFEST, type Manifest, resumeManifest, saveManifest } from "./manifest.ts";

/** The folder beside an output in which its parts grow. */
export interface PartsFolder {
  readonly path: string;
  readonly manifest: Manifest;
}

/** The folder of an output's parts. */
export function partsFolder(out: string): string {
  return `${out}.partial`;
}

/**
 * Makes the folder of parts, or takes up the one of an unfinished run.
 *
 * @param how `new` refuses the leavings of an earlier run, `anew` throws them away, `resume` goes on with them
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
