import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rm, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { ARCHIVE_ENDINGS, endingIn, TABLE_ENDINGS } from "../profiles/source/content.ts";
import { type Limits, lengthOf, readBody } from "./body.ts";
import { noSpace, Problem } from "./problem.ts";

/** Endings that files of profiles have; anything else is kept as `.csv` and told by its contents. */
const ENDING = endingIn([...TABLE_ENDINGS, "txt", ...ARCHIVE_ENDINGS]);

/**
 * The name of a file as its sender calls it, for people to read. It is never a path of this machine.
 *
 * @param name as sent; anything may stand in it
 */
export function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  const plain = last
    .replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, "")
    .trim()
    .slice(-120);
  return plain === "" || /^\.+$/.test(plain) ? "profiles.csv" : plain;
}

/** The name of a file on this machine: as its sender calls it, as far as that is letters, digits and dashes. */
function plainName(name: string): string {
  const ending = ENDING.exec(name)?.[0].toLowerCase() ?? ".csv";
  const stem = name
    .replace(ENDING, "")
    .replace(/[^A-Za-z0-9-]/g, "_")
    .slice(0, 60);
  return `${stem === "" ? "profiles" : stem}${ending}`;
}

/** What is left to others of the disk: a twentieth, or so many bytes where that is less. */
const LEFT_FREE = 256 << 20;
/** Bytes of the disk that are taken at a time, where a sender does not say how many come. */
const STEP_BYTES = 64 << 20;

/** Files that are sent to the server. */
export interface Uploads {
  /**
   * Writes a body into a file of its own, in a folder of its own. Room on the disk is taken before a byte is read.
   *
   * @param most bytes, where less than of any file may come
   * @returns the file's path
   * @throws Problem where it is too large, too slow, empty, or there is no room for it; nothing stays of it
   */
  receive(request: Request, name: string, most?: number): Promise<string>;
  /** Removes a file that was received. */
  remove(path: string): Promise<void>;
}

/** @param folder the server's own */
export function createUploads(folder: string, limits: Limits): Uploads {
  /** Bytes that are still to come, of all files that are being received. */
  let coming = 0;

  async function take(bytes: number): Promise<void> {
    const { bavail, blocks, bsize } = await statfs(folder);
    if (bavail * bsize - coming - bytes < Math.min(LEFT_FREE, (blocks * bsize) / 20)) throw noSpace();
    coming += bytes;
  }

  async function* counted(pieces: AsyncIterable<Uint8Array>, taken: { bytes: number }) {
    for await (const piece of pieces) {
      if (piece.byteLength > taken.bytes) {
        await take(STEP_BYTES);
        taken.bytes += STEP_BYTES;
      }
      yield piece;
      const written = Math.min(piece.byteLength, taken.bytes);
      taken.bytes -= written;
      coming -= written;
    }
  }

  const remove = (path: string) => rm(dirname(path), { recursive: true, force: true });
  return {
    remove,
    async receive(request, name, most = limits.fileBytes) {
      const path = join(folder, randomUUID(), plainName(name));
      const taken = { bytes: 0 };
      try {
        const told = Math.min(lengthOf(request) ?? 0, most);
        await take(told);
        taken.bytes = told;
        await mkdir(dirname(path));
        const file = createWriteStream(path, { flags: "wx", mode: 0o600 });
        await pipeline(counted(readBody(request, limits, most, limits.bodyPace), taken), file);
        if (file.bytesWritten === 0) throw new Problem("malformed-request", "The file is empty.");
        return path;
      } catch (error) {
        await remove(path);
        throw isNoSpace(error) ? noSpace() : error;
      } finally {
        coming -= taken.bytes;
      }
    },
  };
}

/** Whether the temporary folder is full, gone, or not to be written. */
function isNoSpace(error: unknown): boolean {
  return ["ENOSPC", "EDQUOT", "ENOENT", "EROFS", "EACCES"].includes(
    (error as NodeJS.ErrnoException).code ?? "",
  );
}
