import { lstat, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { TEMPORARY_PREFIX } from "../files.ts";
import { sha256Of } from "./checksums.ts";
import { isRunning, type ProcessMark, thisProcess } from "./process.ts";

/** The number in `pid:[4026531836]`, by which Linux calls the space of a process's number. */
const spaceNumber = ({ space }: ProcessMark) => /\d+/.exec(space)?.[0] ?? "";

/** Tells this machine from others that have the same folder. Its space of numbers is called the same on all. */
const machineOf = ({ host }: ProcessMark) => sha256Of(Buffer.from(host)).slice(0, 8);

let own: string | undefined;

/**
 * How the name of a folder for temporary files of this process begins: whose it is can be told from it after the process was killed.
 * What makes it unlike others comes behind.
 */
export function temporaryName(): string {
  if (own === undefined) {
    const mark = thisProcess();
    own = `${TEMPORARY_PREFIX}${mark.pid}-${mark.started}-${spaceNumber(mark)}-${machineOf(mark)}-`;
  }
  return own;
}

/**
 * Removes what processes that were killed left in a folder for temporary files: copies of people's data among it. Folders of other
 * users, containers and machines stay.
 */
export async function sweepTemporary(folder: string): Promise<void> {
  const here = thisProcess();
  const names = await readdir(folder).catch(() => []);
  const pattern = new RegExp(`^${TEMPORARY_PREFIX}(\\d+)-(\\d*)-(\\d*)-([0-9a-f]{8})-`);
  for (const name of names) {
    const [, pid, started, space, machine] = pattern.exec(name) ?? [];
    if (pid === undefined || space !== spaceNumber(here) || machine !== machineOf(here)) continue;
    const path = join(folder, name);
    const found = await lstat(path).catch(() => undefined);
    const mine =
      found?.isDirectory() === true && (process.getuid === undefined || found.uid === process.getuid());
    if (mine && isRunning({ ...here, pid: Number(pid), started }) === false) {
      await rm(path, { recursive: true, force: true }).catch(() => undefined);
    }
  }
}
