import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";

/**
 * Works on a small disk: a file system in memory, which only root can mount.
 *
 * @param disk the folder at which it is; made
 * @throws where it cannot be mounted, and what the work throws
 */
export async function withDisk<T>(
  disk: string,
  kilobytes: number,
  work: (disk: string) => T | Promise<T>,
): Promise<T> {
  mkdirSync(disk);
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${kilobytes}k`, "tmpfs", disk], { stdio: "ignore" });
  try {
    return await work(disk);
  } finally {
    execFileSync("umount", [disk]);
  }
}

/** Whether small disks can be mounted here. */
export async function canMount(disk: string): Promise<boolean> {
  return withDisk(disk, 100, () => true).catch(() => false);
}
