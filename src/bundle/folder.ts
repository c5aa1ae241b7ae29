import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { InsightsError } from "../base/error.ts";
import {
  CHECKSUMS_FILE,
  type Checksums,
  formatChecksums,
  parseChecksums,
  sha256Of,
} from "../base/output/checksums.ts";

/** File that every model has, whatever its version: what makes a folder one. */
export const MODEL_FILE = "model.json";
/** Features with what they learnt. */
export const PIPELINE_FILE = "pipeline.json";
/** The networks. */
export const WEIGHTS_FILE = "weights.safetensors";
/** What scores are explained against. */
export const BACKGROUND_FILE = "background.safetensors";
/** What drift is measured against. */
export const REFERENCE_FILE = "reference.json";

/**
 * Writes the files of a model into a folder, and their checksums beside them.
 *
 * @param directory made if it is not there; must hold no file of these names yet
 * @param files the bytes of each, by its name, which may begin with the name of a folder and a slash
 * @throws InsightsError where a file of that name stands there
 */
export async function writeFiles(directory: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  for (const [name, bytes] of files) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeNew(join(directory, name), bytes);
  }
  await writeNew(join(directory, CHECKSUMS_FILE), new TextEncoder().encode(checksumsOf(files)));
}

/** The models in a folder: itself; else that of the training whose folder it is, or the two of a study. */
async function modelsIn(directory: string): Promise<string[]> {
  const inner = [join(directory, "recommended", "model"), join(directory, "model")];
  const found = [];
  for (const folder of [directory, ...inner]) {
    if (!(await stat(join(folder, MODEL_FILE)).catch(() => undefined))?.isFile()) continue;
    if (folder === directory) return [directory];
    found.push(folder);
  }
  return found;
}

/** Whether a path is a folder that holds a model, as `loadModel` takes it. */
export async function holdsModel(path: string): Promise<boolean> {
  return (await modelsIn(path)).length > 0;
}

/**
 * The folder of the model itself: a training's folder holds it as `model`.
 *
 * @throws InsightsError for a study's folder, which holds two models
 */
export async function modelFolder(directory: string): Promise<string> {
  const [first, second] = await modelsIn(directory);
  if (second === undefined) return first ?? directory;
  throw new InsightsError(
    `two models in ${directory} (expected ${first}, the recommended one, or ${second}, the original study's)`,
    { exitCode: 2 },
  );
}

/**
 * Reads the files of a model and checks each against its checksum. What the checksums do not list is no part of the model
 * and is passed over: systems and tools put files of theirs beside ours.
 *
 * @param required files that have to be there and listed, whatever the checksums say
 * @throws InsightsError where the folder is none of a model; or that names the file that was changed, lost or not listed
 */
export async function readFiles(
  directory: string,
  required: readonly string[],
): Promise<Map<string, Uint8Array>> {
  const found = await stat(directory).catch(() => undefined);
  if (found === undefined) throw new InsightsError(`no such model: ${directory}`);
  if (!found.isDirectory()) throw new InsightsError(`invalid model: ${directory} (expected a folder)`);
  if ((await readExisting(directory, MODEL_FILE)) === undefined) {
    throw new InsightsError(`invalid model: ${directory} (expected a folder with ${MODEL_FILE})`);
  }
  const bytes = await readExisting(directory, CHECKSUMS_FILE);
  if (bytes === undefined) throw damaged(CHECKSUMS_FILE, "is missing");
  const checksums = new TextDecoder().decode(bytes);
  const files = new Map<string, Uint8Array>();
  for (const name of new Set([...required, ...listedFiles(checksums)])) {
    const contents = await readExisting(directory, name);
    if (contents !== undefined) files.set(name, contents);
  }
  verifyChecksums(checksums, files);
  return files;
}

async function readExisting(directory: string, name: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(join(directory, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw damaged(name, `cannot be read: ${(error as Error).message}`, error);
  }
}

async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(path, bytes, { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") {
      throw new InsightsError(`cannot write ${path}: a file stands there`, { cause: error });
    }
    throw error;
  }
}

/** The contents of `checksums.json` for some files. */
export function checksumsOf(files: ReadonlyMap<string, Uint8Array>): string {
  return formatChecksums(Object.fromEntries([...files].map(([name, bytes]) => [name, sha256Of(bytes)])));
}

/**
 * Checks files against the contents of a `checksums.json`.
 *
 * @param files the bytes of each file, by its name
 * @throws InsightsError that names the first file that was changed, is not listed, or is listed and not there
 */
export function verifyChecksums(text: string, files: ReadonlyMap<string, Uint8Array>): void {
  const sha256 = readChecksums(text);
  for (const [name, bytes] of files) {
    if (sha256[name] === undefined) throw damaged(CHECKSUMS_FILE, `does not list ${name}`);
    if (sha256[name] !== sha256Of(bytes)) throw damaged(name, "does not match its checksum");
  }
  for (const name of Object.keys(sha256)) {
    if (!files.has(name)) throw damaged(name, "is missing");
  }
}

/**
 * The names of the files that the contents of a `checksums.json` list.
 *
 * @throws InsightsError where it was changed
 */
export function listedFiles(text: string): string[] {
  return Object.keys(readChecksums(text));
}

/** The error for a model folder in which something was changed or lost. */
export function damaged(file: string, what: string, cause?: unknown): InsightsError {
  return new InsightsError(`damaged model: ${file} ${what} (copy or train the model anew)`, { cause });
}

function readChecksums(text: string): Checksums {
  try {
    return parseChecksums(text);
  } catch (cause) {
    throw damaged(CHECKSUMS_FILE, "cannot be read or was changed", cause);
  }
}
