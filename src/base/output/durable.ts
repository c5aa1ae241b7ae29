import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open, rename } from "node:fs/promises";
import { dirname } from "node:path";

/** Waits until a file, or the names in a folder, are on the disk and survive a loss of power. */
export async function syncToDisk(path: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, "r");
    await handle.sync();
  } catch (error) {
    // Some systems cannot do that for a folder.
    if (!/^(EINVAL|EPERM|EISDIR|ENOTSUP)$/.test((error as NodeJS.ErrnoException).code ?? "")) throw error;
  } finally {
    await handle?.close();
  }
}

/** Gives a file or folder that is whole its name, for good: after a loss of power the name stands for all of it or for what it was before. */
export async function renameForGood(from: string, to: string): Promise<void> {
  await syncToDisk(from);
  await rename(from, to);
  await syncToDisk(dirname(to));
}

/** SHA-256 (hexadecimal) of a file. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest("hex");
}
