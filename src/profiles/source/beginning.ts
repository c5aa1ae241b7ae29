import { writeFile } from "node:fs/promises";
import { recogniseContent } from "./content.ts";
import { findFile, firstBytes, type Watch } from "./file.ts";
import { unpacked } from "./text.ts";

const NEWLINE = 0x0a;
const QUOTE = 0x22;

/**
 * Writes the first records of a text to a file of its own, unpacked. It ends with a line that does not end between quotes, as far as
 * quotes come in pairs: where a record ends is known only to who reads the file.
 *
 * @param bytes how many to write at the most, unpacked
 * @returns the share of the file that they are, above 0 to 1, null where it is packed; undefined, and nothing is written, where the file is
 *   no text or has no such line
 * @throws InsightsError as `openSource` does, for packing too; the signal's reason
 */
export async function writeBeginning(
  path: string,
  target: string,
  bytes: number,
  { signal, limits }: Watch,
): Promise<{ readonly share: number | null } | undefined> {
  const file = await findFile(path);
  const content = recogniseContent(await firstBytes(file, { signal }), file);
  if (content !== "text" && content !== "gzip" && content !== "zstd") return undefined;
  const blocks: Buffer[] = [];
  let length = 0;
  for await (const block of unpacked(
    file,
    content === "text" ? "none" : content,
    { signal, limits },
    false,
  )) {
    blocks.push(block);
    length += block.length;
    if (length >= bytes) break;
  }
  const text = Buffer.concat(blocks).subarray(0, bytes);
  const end = endOfRecords(text);
  if (end === 0) return undefined;
  await writeFile(target, text.subarray(0, end), { mode: 0o600 });
  return { share: content === "text" ? end / file.size : null };
}

/** Bytes up to the end of the last line that does not end between quotes; 0 where there is none. */
function endOfRecords(text: Buffer): number {
  let end = 0;
  let within = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === QUOTE) within = !within;
    else if (text[at] === NEWLINE && !within) end = at + 1;
  }
  return end;
}
