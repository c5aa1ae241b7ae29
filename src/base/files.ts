import { randomBytes } from "node:crypto";
import { access, constants, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { InsightsError } from "./error.ts";

const READING: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  ENOTDIR: "no such file",
  EISDIR: "this is a folder, not a file",
  EACCES: "not allowed to read this file",
  EPERM: "not allowed to read this file",
  ENAMETOOLONG: "file name too long",
  ELOOP: "symbolic links go round in a circle",
  EMFILE: "too many open files",
  ENOSPC: "no space left for temporary files",
  EDQUOT: "no space left for temporary files",
};

/** An error of the file system about a file that is read, in the user's words: `no such file: profiles.csv`. Others stay as they are. */
export function fileError(path: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (error instanceof InsightsError || typeof code !== "string" || !/^E[A-Z0-9]+$/.test(code)) {
    return error;
  }
  return new InsightsError(`${READING[code] ?? `cannot read (${code})`}: ${path}`, { cause: error });
}

/** What the file system and DuckDB say of a place that cannot be written, and the words for it. */
const WRITING: readonly (readonly [said: RegExp, words: string])[] = [
  [/\b(EACCES|EPERM)\b|Permission denied/, "no permission to write there"],
  [/\bEROFS\b|Read-only file system/, "the file system is read-only"],
  [/\bENOSPC\b|No space left/, "the disk is full"],
  [/\bEDQUOT\b|quota exceeded/, "the disk quota is used up"],
  [/\bENAMETOOLONG\b|File name too long/, "the name is too long"],
  [/\bENOTDIR\b|Not a directory/, "a part of the path is a file, not a folder"],
  [/\bENOENT\b|No such file or directory/, "the folder does not exist"],
];

/** An error about a place that is written, in the user's words: `cannot write report: the disk is full`. Others stay as they are. */
export function outputError(error: unknown, path: string): unknown {
  if (error instanceof InsightsError || !(error instanceof Error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  // DuckDB tells the reason in its message only.
  const said = code ?? (/^(IO|Permission) Error/.test(error.message) ? error.message : undefined);
  if (said === undefined) return error;
  const words = WRITING.find(([known]) => known.test(said))?.[1] ?? (code === undefined ? said : undefined);
  return words === undefined ? error : new InsightsError(`cannot write ${path}: ${words}`, { cause: error });
}

/** Name of a hidden file or folder beside another, for what is not whole yet. */
function beside(path: string, ending: string): string {
  return join(dirname(path), `.${basename(path)}.${randomBytes(4).toString("hex")}.${ending}`);
}

/**
 * Refuses an output file that is there already, before any work is done for it.
 *
 * @param force whether a file may be replaced; a folder never is
 * @param option the option that names the file, for the message
 * @throws InsightsError where a folder stands there, or a file without `force`
 */
export async function refuseTaken(out: string, force: boolean, option = "--out"): Promise<void> {
  const found = await stat(out).catch(() => undefined);
  if (found?.isDirectory() === true) throw new InsightsError(`cannot write ${out}: a folder stands there`);
  if (found !== undefined && !force)
    throw new InsightsError(
      `output file exists: ${out} (choose another ${option}, or replace it with --force)`,
    );
}

/**
 * Makes a file that is whole or not there: `fill` writes a hidden file beside it, which then takes its name.
 *
 * @param force whether a file that stands there is replaced
 * @param fill writes the file at the path that it is given
 * @throws InsightsError as {@link refuseTaken} does, and where the file cannot be written
 */
export async function writeBeside(
  out: string,
  force: boolean,
  fill: (temporary: string) => Promise<unknown>,
): Promise<void> {
  const target = resolve(out);
  const temporary = beside(target, "partial");
  try {
    await fill(temporary);
    // Somebody may have put a file there in the meantime.
    await refuseTaken(out, force);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw outputError(error, out);
  }
}

/** Writes a file that is whole or not there. @throws InsightsError as {@link writeBeside} does */
export async function writeWhole(out: string, contents: string | Uint8Array, force: boolean): Promise<void> {
  await writeBeside(out, force, (temporary) => writeFile(temporary, contents, { flag: "wx" }));
}

/** File that marks a folder as one of ours, so that `force` never replaces somebody's own folder. */
const MARKER = "metrics.json";

async function isOurs(directory: string): Promise<boolean> {
  const entries = await readdir(directory);
  if (entries.length === 0) return true;
  if (!entries.includes(MARKER)) return false;
  const text = await readFile(join(directory, MARKER), "utf8");
  return text.includes('"schema_version"') && text.includes('"influencer_insights"');
}

/**
 * Refuses an output folder before any work is done for it.
 *
 * @param directory where the result shall stand
 * @param force whether an earlier result there may be replaced; a folder that is not an earlier result never is
 * @throws InsightsError where the path is a file, a folder in use, or cannot be written
 */
export async function checkOutput(directory: string, force: boolean): Promise<void> {
  const target = resolve(directory);
  const found = await stat(target).catch(() => undefined);
  if (found !== undefined && !found.isDirectory()) {
    throw new InsightsError(`cannot write ${directory}: a file stands there`);
  }
  if (found !== undefined) {
    if (!force)
      throw new InsightsError(
        `output folder exists: ${directory} (choose another --out, or replace it with --force)`,
      );
    if (!(await isOurs(target))) {
      throw new InsightsError(
        `output folder is not an earlier result: ${directory} (--force replaces only those)`,
      );
    }
  }
  let parent = dirname(target);
  while ((await stat(parent).catch(() => undefined)) === undefined && parent !== dirname(parent))
    parent = dirname(parent);
  if (!(await stat(parent)).isDirectory()) {
    throw new InsightsError(`cannot write ${directory}: a part of the path is a file, not a folder`);
  }
  await access(parent, constants.W_OK).catch((error) => {
    throw outputError(error, directory);
  });
}

/**
 * Refuses an output folder that is there already, before any work is done for it.
 *
 * @throws InsightsError as {@link checkOutput}
 */
export async function requireNewFolder(directory: string): Promise<void> {
  const found = await stat(directory).catch(() => undefined);
  if (found?.isDirectory() === true) {
    throw new InsightsError(`output folder exists: ${directory} (choose another --out)`);
  }
  await checkOutput(directory, false);
}

/**
 * Makes a folder that is whole or not there: `fill` writes into a hidden folder beside it, which then takes its name.
 * Whatever goes wrong, nothing of the half-made folder stays, and an earlier result is untouched.
 *
 * @param directory where the result shall stand
 * @param force whether an earlier result there is replaced
 * @param fill writes the files into the folder it is given
 * @returns what `fill` returned
 * @throws InsightsError where the folder is in use or cannot be written
 */
export async function writeFolder<T>(
  directory: string,
  force: boolean,
  fill: (temporary: string) => Promise<T>,
): Promise<T> {
  await checkOutput(directory, force);
  const target = resolve(directory);
  const temporary = beside(target, "partial");
  const earlier = beside(target, "earlier");
  const created = await mkdir(dirname(target), { recursive: true }).catch((error) => {
    throw outputError(error, directory);
  });
  try {
    await mkdir(temporary);
    const result = await fill(temporary);
    const replaced = await rename(target, earlier).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return false;
        throw error;
      },
    );
    try {
      await rename(temporary, target);
    } catch (error) {
      if (replaced) await rename(earlier, target);
      throw error;
    }
    if (replaced) await rm(earlier, { recursive: true, force: true });
    return result;
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    // The parents were made for this folder only; they go with it.
    if (created !== undefined) await rm(created, { recursive: true, force: true });
    throw outputError(error, directory);
  }
}
