import { randomBytes } from "node:crypto";
import { access, constants, mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { InsightsError } from "../base/error.ts";

/** File that marks a folder as one of ours, so that `force` never replaces somebody's own folder. */
const MARKER = "metrics.json";

/** Codes of the file system in words a user can act on. */
const REASONS: Record<string, string> = {
  EACCES: "no permission to write there",
  EPERM: "no permission to write there",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  ENAMETOOLONG: "the name is too long",
  ENOTDIR: "a part of the path is a file, not a folder",
  ENOENT: "the folder does not exist",
};

/** Turns a file-system error into one the user can mend; other errors pass through unchanged. */
export function outputError(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  const reason = code === undefined ? undefined : REASONS[code];
  return reason === undefined
    ? error
    : new InsightsError(`cannot write ${path}: ${reason}`, { cause: error });
}

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
  const token = randomBytes(4).toString("hex");
  const temporary = join(dirname(target), `.${basename(target)}.${token}.partial`);
  const earlier = join(dirname(target), `.${basename(target)}.${token}.earlier`);
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
