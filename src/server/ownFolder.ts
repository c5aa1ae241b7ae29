import { lstat, mkdtemp, readdir, rm } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** How the folders of servers begin. */
const PREFIX = "insights-server-";

/** A folder of a server's own, for everything that it puts down for a while. */
export interface OwnFolder {
  readonly path: string;
  /** Removes the folder and all in it. */
  remove(): Promise<void>;
}

/**
 * Makes a folder of a server's own, readable to nobody else, and removes those of servers that were killed.
 *
 * A server listens on a socket in its folder as long as it lives, whatever kills it: a folder whose socket nobody answers is left
 * behind. The number of a process would not tell so much: it is used again, and another container does not see it.
 *
 * @param parent the system's place for temporary files unless said otherwise
 */
export async function makeOwnFolder(parent: string = tmpdir()): Promise<OwnFolder> {
  await sweep(parent);
  const path = await mkdtemp(join(parent, PREFIX));
  const lock = await listening(lockOf(path));
  return {
    path,
    async remove() {
      await new Promise((resolve) => (lock === null ? resolve(null) : lock.close(resolve)));
      await rm(path, { recursive: true, force: true });
    },
  };
}

function lockOf(folder: string): string {
  return process.platform === "win32" ? `\\\\.\\pipe\\${basename(folder)}` : join(folder, "lock");
}

/** Listens; null where it cannot, so that the folder has no lock and is never swept. */
function listening(address: string): Promise<Server | null> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy()).unref();
    server.once("error", () => resolve(null));
    server.listen(address, () => resolve(server));
  });
}

/** Between the two steps in which a socket comes to be, it answers like one that was left behind. */
const COMING_MS = 100;

/** Whether somebody listened there, who does no more. */
async function isAbandoned(address: string): Promise<boolean> {
  if (!(await refuses(address))) return false;
  await sleep(COMING_MS);
  return refuses(address);
}

function refuses(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address, () => {
      socket.destroy();
      resolve(false);
    });
    socket.once("error", ({ code }: NodeJS.ErrnoException) => resolve(code === "ECONNREFUSED"));
  });
}

/** Removes the folders of servers of ours that are gone. What cannot be removed stays. */
async function sweep(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  const mine = process.getuid?.();
  for (const name of names.filter((name) => name.startsWith(PREFIX))) {
    const folder = join(parent, name);
    const found = await lstat(folder).catch(() => undefined);
    if (found?.isDirectory() !== true || (mine !== undefined && found.uid !== mine)) continue;
    if (await isAbandoned(lockOf(folder))) await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}
