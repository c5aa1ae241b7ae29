import { lstat, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isRunning, processMarkSchema, thisProcess } from "../base/output/process.ts";

/** How the folders of servers begin. */
const PREFIX = "insights-server-";

/** File in such a folder that marks the process whose it is. */
const LOCK = "lock";

/** A folder of a server's own, for everything that it puts down for a while. */
export interface OwnFolder {
  readonly path: string;
  /** Removes the folder and all in it. */
  remove(): Promise<void>;
}

/**
 * Makes a folder of a server's own, readable to nobody else, and removes those of servers that were killed.
 *
 * @param parent the system's place for temporary files unless said otherwise
 */
export async function makeOwnFolder(parent: string = tmpdir()): Promise<OwnFolder> {
  await sweep(parent);
  const path = await mkdtemp(join(parent, PREFIX));
  await writeFile(join(path, LOCK), JSON.stringify(thisProcess()), { mode: 0o600 });
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Whether the process whose folder it is has ended for certain. A folder without a mark may be of one that is just starting. */
async function isAbandoned(folder: string): Promise<boolean> {
  try {
    const mark = processMarkSchema.parse(JSON.parse(await readFile(join(folder, LOCK), "utf8")));
    return isRunning(mark) === false;
  } catch {
    return false;
  }
}

/** Removes the folders of servers of ours that are gone. What cannot be removed stays. */
async function sweep(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  const mine = process.getuid?.();
  for (const name of names.filter((name) => name.startsWith(PREFIX))) {
    const folder = join(parent, name);
    const found = await lstat(folder).catch(() => undefined);
    if (found?.isDirectory() !== true || (mine !== undefined && found.uid !== mine)) continue;
    if (await isAbandoned(folder)) await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}
