import { createHash } from "node:crypto";
import { z } from "zod";
import { InsightsError } from "../base/error.ts";

/** File of a model that holds the checksums of the others. */
export const CHECKSUMS_FILE = "checksums.json";

const schema = z.strictObject({
  /** SHA-256 (hexadecimal) of each file, by its name: in this folder or beneath it, never outside. */
  sha256: z.record(z.string().regex(/^(\w[\w.-]*\/)*\w[\w.-]*$/), z.string()),
  /** SHA-256 of the JSON of the above, so that a changed checksum is told from a changed file. */
  own: z.string(),
});

/** The contents of `checksums.json` for some files. */
export function formatChecksums(files: ReadonlyMap<string, Uint8Array>): string {
  const sha256 = Object.fromEntries([...files].map(([name, bytes]) => [name, digest(bytes)]));
  return formatted(sha256);
}

/**
 * Checks files against the contents of a `checksums.json`.
 *
 * @param files the bytes of each file, by its name
 * @throws InsightsError that names the first file that was changed, is not listed, or is listed and not there
 */
export function verifyChecksums(text: string, files: ReadonlyMap<string, Uint8Array>): void {
  const sha256 = parseChecksums(text);
  for (const [name, bytes] of files) {
    if (sha256[name] === undefined) throw damaged(CHECKSUMS_FILE, `does not list ${name}`);
    if (sha256[name] !== digest(bytes)) throw damaged(name, "does not match its checksum");
  }
  for (const name of Object.keys(sha256)) {
    if (!files.has(name)) throw damaged(name, "is missing");
  }
}

/**
 * The names of the files that the contents of a `checksums.json` list.
 *
 * @throws InsightsError where it was changed
 */
export function listedFiles(text: string): string[] {
  return Object.keys(parseChecksums(text));
}

/** The error for a model folder in which something was changed or lost. */
export function damaged(file: string, what: string, cause?: unknown): InsightsError {
  return new InsightsError(`damaged model: ${file} ${what} (copy or train the model anew)`, { cause });
}

function parseChecksums(text: string): Record<string, string> {
  let sha256: Record<string, string>;
  try {
    sha256 = schema.parse(JSON.parse(text)).sha256;
  } catch (cause) {
    throw damaged(CHECKSUMS_FILE, "cannot be read", cause);
  }
  if (formatted(sha256) !== text) throw damaged(CHECKSUMS_FILE, "does not match its own checksum");
  return sha256;
}

function formatted(sha256: Record<string, string>): string {
  const own = digest(new TextEncoder().encode(JSON.stringify(sha256)));
  return `${JSON.stringify({ sha256, own }, undefined, 2)}\n`;
}

function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
