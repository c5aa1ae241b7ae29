import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { type Limits, readBody } from "./body.ts";
import { Problem } from "./problem.ts";

/** Endings that files of profiles have; anything else is kept as `.csv` and told by its contents. */
const ENDING = /\.(?:csv|tsv|json|ndjson|jsonl|parquet)(?:\.(?:gz|zst))?$/i;

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

/**
 * Writes a body into a file of its own, in a folder of its own.
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
  const own = join(folder, randomUUID());
  await mkdir(own);
  const path = join(own, plainName(name));
  try {
    const file = createWriteStream(path, { flags: "wx", mode: 0o600 });
    await pipeline(readBody(request, limits, limits.fileBytes), file);
    if (file.bytesWritten === 0) throw new Problem("malformed-request", "The file is empty.");
    return path;
  } catch (error) {
    await rm(own, { recursive: true, force: true });
    if ((error as NodeJS.ErrnoException).code === "ENOSPC")
      throw new Problem("too-large", "The disk is full.");
    throw error;
  }
}
