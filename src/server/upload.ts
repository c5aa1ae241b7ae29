import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { type Limits, readBody } from "./limits.ts";
import { Problem } from "./problem.ts";

/** Endings that files of profiles have; anything else is kept as `.csv` and told by its contents. */
const ENDINGS = /\.(?:csv|tsv|json|ndjson|jsonl|parquet)(?:\.(?:gz|zst))?$/i;

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

/**
 * Writes a body into a file of its own, whose path owes nothing to the request but its ending.
 *
 * @param folder the server's own
 * @returns the file's path
 * @throws Problem where it is too large, too slow, empty, or the disk is full; nothing stays of it
 */
export async function receiveFile(
  request: Request,
  folder: string,
  name: string,
  limits: Limits,
): Promise<string> {
  const ending = ENDINGS.exec(name)?.[0].toLowerCase() ?? ".csv";
  const path = join(folder, `${randomUUID()}${ending}`);
  try {
    const file = createWriteStream(path, { flags: "wx", mode: 0o600 });
    await pipeline(readBody(request, limits, limits.fileBytes), file);
    if (file.bytesWritten === 0) throw new Problem("malformed-request", "The file is empty.");
    return path;
  } catch (error) {
    await rm(path, { force: true });
    if ((error as NodeJS.ErrnoException).code === "ENOSPC")
      throw new Problem("too-large", "The disk is full.");
    throw error;
  }
}
