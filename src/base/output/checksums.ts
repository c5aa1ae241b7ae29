import { createHash } from "node:crypto";
import { z } from "zod";

/** File that holds the checksums of the files beside and beneath it: of a model, and of any folder of results. */
export const CHECKSUMS_FILE = "checksums.json";

/** SHA-256 (hexadecimal) of files, by their names: in a folder or beneath it, with slashes. */
export type Checksums = Readonly<Record<string, string>>;

const schema = z.strictObject({
  sha256: z.record(z.string().regex(/^(\w[\w.-]*\/)*\w[\w.-]*$/), z.string()),
  /** SHA-256 of the JSON of the above, so that a changed checksum is told from a changed file. */
  own: z.string(),
});

/** SHA-256 (hexadecimal) of bytes. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The contents of a `checksums.json`. */
export function formatChecksums(sha256: Checksums): string {
  const own = sha256Of(new TextEncoder().encode(JSON.stringify(sha256)));
  return `${JSON.stringify({ sha256, own }, undefined, 2)}\n`;
}

/**
 * Reads the contents of a `checksums.json`.
 *
 * @throws zod's or JSON's error for another text; an error where it was changed
 */
export function parseChecksums(text: string): Checksums {
  const { sha256 } = schema.parse(JSON.parse(text));
  if (formatChecksums(sha256) !== text) throw new Error("does not match its own checksum");
  return sha256;
}
