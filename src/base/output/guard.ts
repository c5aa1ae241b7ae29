import type { BigIntStats } from "node:fs";
import { lstat, readdir, readFile, realpath, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { InsightsError } from "../error.ts";
import { outputError } from "../files.ts";
import { listed } from "../words.ts";
import { CHECKSUMS_FILE, type Checksums, parseChecksums } from "./checksums.ts";
import { sha256OfFile } from "./durable.ts";

/** What is known of an output before it is written. */
export interface OutputRules {
  /** Whether what stands there may be replaced; undefined where the command has no `--force`. */
  readonly force?: boolean | undefined;
  /** Files and folders that the same run reads, which are never replaced. */
  readonly reads?: readonly (string | null | undefined)[] | undefined;
  /** The option that names the output, for messages; `--out` unless said otherwise. */
  readonly option?: string | undefined;
}

const refused = (out: string, why: string) => new InsightsError(`cannot write ${out}: ${why}`);

/** What stands at a path, links not followed; undefined where nothing does. */
async function standing(path: string): Promise<BigIntStats | undefined> {
  return lstat(resolve(path), { bigint: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw outputError(error, path);
  });
}

/** A path with the links in its folders resolved, as far as these are there. */
async function realPath(path: string): Promise<string> {
  const at = resolve(path);
  try {
    return await realpath(at);
  } catch {
    return dirname(at) === at ? at : join(await realPath(dirname(at)), basename(at));
  }
}

/** Whether a path is a folder or lies in it. */
const isWithin = (path: string, folder: string) =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

/**
 * Refuses a file that must not be written, before any work is done for it: one that is there already, unless with `force`; and whatever the
 * options, a folder, a link, a file that the run reads by whatever name, and a file of a model or of a folder of results.
 *
 * @throws InsightsError that says why
 */
export async function guardFile(
  out: string,
  { force, reads = [], option = "--out" }: OutputRules,
): Promise<void> {
  const found = await standing(out);
  if (found === undefined) return;
  if (found.isDirectory()) throw refused(out, "a folder stands there");
  for (const path of reads) {
    if (path != null && (await isSameFile(out, path)))
      throw refused(out, `it is ${path}, which this run reads (choose another ${option})`);
  }
  if (found.isSymbolicLink()) throw refused(out, `it is a symbolic link (name a file itself with ${option})`);
  if (!found.isFile()) throw refused(out, "it is no ordinary file");
  const owner = await resultWith(await realPath(out));
  if (owner !== undefined) throw refused(out, `it is a file of the model or result in ${owner}`);
  if (force === true) return;
  const or = force === undefined ? "" : ", or replace it with --force";
  throw new InsightsError(`output file exists: ${out} (choose another ${option}${or})`);
}

/** Whether two paths are one file: by their links, or as two names of the same. */
async function isSameFile(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all(
    [a, b].map((path) => stat(path, { bigint: true }).catch(() => undefined)),
  );
  return one !== undefined && other !== undefined && one.dev === other.dev && one.ino === other.ino;
}

/** The folder above a file whose checksums list it; undefined where there is none. A result has three floors at most. */
async function resultWith(file: string): Promise<string | undefined> {
  let folder = dirname(file);
  for (let floor = 0; floor < 4; floor++, folder = dirname(folder)) {
    const checksums = await readChecksums(folder);
    const name = relative(folder, file).replaceAll(sep, "/");
    if (checksums !== undefined && (name === CHECKSUMS_FILE || Object.hasOwn(checksums, name))) return folder;
  }
  return undefined;
}

/** The checksums in a folder; undefined where there are none, or they are not ours. */
async function readChecksums(folder: string): Promise<Checksums | undefined> {
  try {
    return parseChecksums(await readFile(join(folder, CHECKSUMS_FILE), "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * Refuses a folder that must not be written, before any work is done for it: one that is there already, unless with `force` and it holds nothing
 * but what the program wrote there, unchanged, as its `checksums.json` tells.
 *
 * @throws InsightsError that says why, and names what is not ours
 */
export async function guardFolder(
  out: string,
  { force, reads = [], option = "--out" }: OutputRules,
): Promise<void> {
  const target = resolve(out);
  const found = await standing(out);
  if (found === undefined) return;
  if (found.isSymbolicLink())
    throw refused(out, `it is a symbolic link (name a folder itself with ${option})`);
  if (!found.isDirectory()) throw refused(out, "a file stands there");
  if (force !== true) {
    const or = force === undefined ? "" : ", or replace it with --force";
    throw new InsightsError(`output folder exists: ${out} (choose another ${option}${or})`);
  }
  const real = await realpath(target);
  if (isWithin(await realPath("."), real))
    throw refused(out, `it is the current folder, or above it (choose another ${option})`);
  if (isWithin(await realPath(homedir()), real)) throw refused(out, "it is the home folder, or above it");
  for (const path of reads) {
    if (path != null && isWithin(await realPath(path), real))
      throw refused(out, `it holds ${path}, which this run reads (choose another ${option})`);
  }
  await requireOurs(out, target, option);
}

/** Names that a message tells; beyond them it counts. */
const MOST_TOLD = 4;

async function requireOurs(out: string, target: string, option: string): Promise<void> {
  const names = await readdir(target);
  if (names.length === 0) return;
  const checksums = await readChecksums(target);
  const instead = `move it away, or choose another ${option}`;
  if (checksums === undefined) {
    const why = names.includes(CHECKSUMS_FILE) ? "is changed" : "is not there";
    throw new InsightsError(
      `output folder is not an earlier result: ${out} (its ${CHECKSUMS_FILE}, which tells our files from others, ${why}; ${instead})`,
    );
  }
  const { foreign } = await sortEntries(target, checksums);
  if (foreign.length === 0) return;
  throw new InsightsError(
    `cannot replace ${out}: it holds what the program did not write or somebody changed: ${listed(foreign, MOST_TOLD)} (${instead})`,
  );
}

/**
 * Files of some names that an earlier run wrote into a folder in which work goes on, and that this one may replace.
 *
 * @param names of the files that this run writes, beside the checksums
 * @throws InsightsError that names a file which the program did not write, or which somebody changed
 */
export async function ownFiles(folder: string, names: readonly string[]): Promise<readonly string[]> {
  const checksums = await readChecksums(folder);
  const ours = checksums === undefined ? [] : (await sortEntries(folder, checksums)).ours;
  for (const name of [CHECKSUMS_FILE, ...names]) {
    const path = join(folder, name);
    if (ours.includes(name) || (await standing(path)) === undefined) continue;
    throw new InsightsError(
      `cannot replace ${path}: the program did not write it, or somebody changed it (move it away, or choose another --out)`,
    );
  }
  return names.filter((name) => ours.includes(name));
}

/** What a folder of results holds. */
export interface SortedEntries {
  /** Files that its checksums list, unchanged, and the checksums themselves; relative names. */
  readonly ours: readonly string[];
  /** Folders above those, the deepest first. */
  readonly folders: readonly string[];
  /** All else: others' files and folders, links, and files that were changed. */
  readonly foreign: readonly string[];
}

/** Tells the files that we wrote into a folder from all else that stands there. */
export async function sortEntries(target: string, checksums: Checksums): Promise<SortedEntries> {
  const ours: string[] = [];
  const folders: string[] = [];
  const foreign: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(join(target, folder), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && Object.keys(checksums).some((known) => known.startsWith(`${name}/`))) {
        await walk(name);
        folders.push(name);
      } else if (!entry.isFile() || (name !== CHECKSUMS_FILE && !Object.hasOwn(checksums, name))) {
        foreign.push(entry.isDirectory() ? `${name}/` : name);
      } else if (name === CHECKSUMS_FILE || (await sha256OfFile(join(target, name))) === checksums[name]) {
        ours.push(name);
      } else {
        foreign.push(`${name} (changed)`);
      }
    }
  };
  await walk("");
  return { ours, folders, foreign };
}
