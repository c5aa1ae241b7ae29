import { chmod, mkdir, readdir, rename, stat, unlink, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { InsightsError } from "../error.ts";
import { outputError } from "../files.ts";
import { CHECKSUMS_FILE, formatChecksums } from "./checksums.ts";
import { type Claim, claim, removeResult } from "./claim.ts";
import { renameForGood, sha256OfFile, syncToDisk } from "./durable.ts";
import { guardFile, guardFolder, type OutputRules, ownFiles } from "./guard.ts";

/** A file that this run alone may write. It is whole or not there. */
export interface OutputFile extends AsyncDisposable {
  /** Writes all of it. @throws InsightsError where it cannot be written, or somebody put a file there in the meantime */
  write(contents: string | Uint8Array): Promise<void>;
  /** Has it filled at a path beside it, which then takes its name. @throws as `write` */
  fill(fill: (path: string) => Promise<unknown>): Promise<void>;
  /** Gives a finished file on the same disk its name. @throws as `write` */
  take(path: string): Promise<void>;
}

/** A folder that this run alone may write. It is whole or not there. */
export interface OutputFolder extends AsyncDisposable {
  /**
   * Has it filled beside its place; it then takes its name, and the place of an earlier result. Whatever goes wrong, nothing of the half-made
   * folder stays, and an earlier result is untouched.
   *
   * @param fill writes the files into the folder it is given
   * @returns what `fill` returned
   * @throws InsightsError where the folder cannot be written, or somebody put a file into the earlier result in the meantime
   */
  fill<T>(fill: (folder: string) => Promise<T>): Promise<T>;
}

/**
 * Claims a file for writing, before any work is done for it.
 *
 * @throws InsightsError as `guardFile` and `claim`
 */
export async function claimFile(out: string, rules: OutputRules): Promise<OutputFile> {
  const claimed = await guardedClaim(out, false, () => guardFile(out, rules));
  const take = (path: string) =>
    inWords(out, async () => {
      await guardFile(out, rules);
      await placeFile(path, claimed.target);
    });
  const fill = (filler: (path: string) => Promise<unknown>) =>
    inWords(out, async () => {
      // Nobody else sees what is not whole, whoever writes it.
      await mkdir(claimed.partial, { mode: 0o700 });
      const path = join(claimed.partial, "whole");
      await filler(path);
      await take(path);
    });
  return {
    take,
    fill,
    write: (contents) => fill((path) => writeFile(path, contents, { flag: "wx" })),
    [Symbol.asyncDispose]: () => claimed[Symbol.asyncDispose](),
  };
}

/** Claims what may be written. It is looked at again afterwards, because a claim may put back an earlier result that a killed run had moved aside. */
async function guardedClaim(out: string, parents: boolean, guard: () => Promise<void>): Promise<Claim> {
  await guard();
  const claimed = await claim(out, parents);
  try {
    await guard();
    return claimed;
  } catch (error) {
    await claimed[Symbol.asyncDispose]();
    throw error;
  }
}

/** Gives a finished file the name of an output, for good, and the mode of what it replaces. */
export async function placeFile(path: string, target: string): Promise<void> {
  await chmod(path, await modeFor(target, 0o600));
  await renameForGood(path, target);
}

/**
 * Claims a folder for writing, before any work is done for it.
 *
 * @throws InsightsError as `guardFolder` and `claim`
 */
export async function claimFolder(out: string, rules: OutputRules): Promise<OutputFolder> {
  const claimed = await guardedClaim(out, true, () => guardFolder(out, rules));
  return {
    fill: (fill) =>
      inWords(out, async () => {
        await mkdir(claimed.partial, { mode: 0o700 });
        const result = await fill(claimed.partial);
        await finishFolder(claimed.partial, claimed.target);
        await replace(claimed, out, rules);
        return result;
      }),
    [Symbol.asyncDispose]: () => claimed[Symbol.asyncDispose](),
  };
}

/** Puts a finished folder in its place; an earlier result goes. */
async function replace({ partial, target, earlier }: Claim, out: string, rules: OutputRules): Promise<void> {
  try {
    await guardFolder(out, rules);
  } catch (error) {
    // Hours of work are not thrown away for it.
    const free = await freeName(target);
    await rename(partial, free);
    throw new InsightsError(`${(error as Error).message}; the new result is whole and stands in ${free}`, {
      cause: error,
    });
  }
  const replaced = await rename(target, earlier).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return false;
      throw error;
    },
  );
  try {
    await renameForGood(partial, target);
  } catch (error) {
    if (replaced) await rename(earlier, target);
    throw error;
  }
  if (replaced) await removeResult(earlier);
}

/**
 * Writes files into a folder in which work goes on, in place of those of an earlier run, and their checksums. Whoever is killed meanwhile leaves
 * nothing but files that the checksums list.
 *
 * @param claimed the folder
 * @param names of the files
 * @param fill writes them into the folder it is given
 * @throws InsightsError as `ownFiles`
 */
export async function replaceFiles(
  { target, partial }: Pick<Claim, "target" | "partial">,
  names: readonly string[],
  fill: (folder: string) => Promise<unknown>,
): Promise<void> {
  const earlier = await ownFiles(target, names);
  await mkdir(partial, { mode: 0o700 });
  await fill(partial);
  await finishFolder(partial, target);
  for (const name of earlier) await unlink(join(target, name));
  await renameForGood(join(partial, CHECKSUMS_FILE), join(target, CHECKSUMS_FILE));
  for (const name of await readdir(partial)) await rename(join(partial, name), join(target, name));
  await syncToDisk(target);
}

/** Writes the checksums of a folder's files beside them, and gives all the modes of what they replace. */
async function finishFolder(folder: string, target: string): Promise<void> {
  const mode = await modeFor(target, 0o700);
  const sha256: Record<string, string> = {};
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries.map((entry) => ({
    name: relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, "/"),
    isFile: entry.isFile(),
  }));
  for (const { name, isFile } of names.sort((a, b) => (a.name < b.name ? -1 : 1)))
    if (isFile) sha256[name] = await sha256OfFile(join(folder, name));
  await writeFile(join(folder, CHECKSUMS_FILE), formatChecksums(sha256), { flag: "wx" });
  // Side by side, because the disk takes its time for each.
  await Promise.all(
    [...names, { name: CHECKSUMS_FILE, isFile: true }].map(async ({ name, isFile }) => {
      const path = join(folder, name);
      await chmod(path, isFile ? (await modeOf(join(target, name), mode)) & 0o666 : mode);
      await syncToDisk(path);
    }),
  );
  await chmod(folder, mode);
}

/** The mode of a path; another where nothing is there. */
async function modeOf(path: string, otherwise: number): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  return found === undefined ? otherwise : found.mode & 0o2777;
}

/**
 * The mode that an output gets: that of what it replaces; else only its owner may read it, since most outputs are about people. In a folder with the
 * setgid bit, by which its owner shares it with a group, the group may do with it what it may do with the folder.
 *
 * @param own rights of the owner: 0o600 of a file, 0o700 of a folder
 */
async function modeFor(target: string, own: 0o600 | 0o700): Promise<number> {
  const { mode } = await stat(dirname(target));
  const shared = (mode & 0o2000) === 0 ? 0 : mode & 0o070 & (own >> 3);
  return modeOf(target, own | shared);
}

/** A name beside a path that nothing has: `report-2`, `report-3`. */
export async function freeName(path: string): Promise<string> {
  for (let n = 2; ; n++) {
    const name = `${path}-${n}`;
    if ((await stat(name).catch(() => undefined)) === undefined) return name;
  }
}

/** Does something for an output; what goes wrong is told in the user's words. */
async function inWords<T>(out: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw outputError(error, out);
  }
}
