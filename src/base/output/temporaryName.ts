import { lstat, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { TEMPORARY_PREFIX } from "../files.ts";
import { isRunning, type ProcessMark, thisProcess } from "./process.ts";

/** The number in `pid:[4026531836]`, by which Linux calls the space of a process's number. */
const spaceNumber = ({ space }: ProcessMark) => /\d+/.exec(space)?.[0] ?? "";

let own: string | undefined;

/**
 * How the name of a folder for temporary files of this process begins: whose it is can be told from it after the process was killed.
 * What makes it unlike others comes behind.
 */
export function temporaryName(): string {
  if (own === undefined) {
    const mark = thisProcess();
    own = `${TEMPORARY_PREFIX}${mark.pid}-${mark.started}-${spaceNumber(mark)}-`;
  }
  return own;
}

/**
 * Removes what processes that were killed left in a folder for temporary files: copies of people's data among it. Other users' and other
 * containers' folders stay.
 */
export async function sweepTemporary(folder: string): Promise<void> {
  const here = thisProcess();
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const [, pid, started, space] = new RegExp(`^${TEMPORARY_PREFIX}(\\d+)-(\\d*)-(\\d*)-`).exec(name) ?? [];
    if (pid === undefined || space !== spaceNumber(here)) continue;
    const path = join(folder, name);
    const found = await lstat(path).catch(() => undefined);
    const mine =
      found?.isDirectory() === true && (process.getuid === undefined || found.uid === process.getuid());
    if (mine && isRunning({ ...here, pid: Number(pid), started }) === false) {
      await rm(path, { recursive: true, force: true }).catch(() => undefined);
    }
  }
}
