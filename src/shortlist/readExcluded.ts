import { InsightsError } from "../base/error.ts";
import { recogniseContent, recogniseText } from "../profiles/source/content.ts";
import { findFile, firstBytes } from "../profiles/source/file.ts";
import { headOf, openText, readText } from "../profiles/source/text.ts";
import { type Excluded, parseExcluded } from "./exclude.ts";

/**
 * Reads the file of accounts that are not wanted again, in any encoding and packing in which profiles are read.
 *
 * @throws InsightsError where it cannot be read, is no text, or tells no account
 */
export async function readExcluded(path: string, signal?: AbortSignal): Promise<Excluded> {
  const watch = { signal };
  const file = await findFile(path);
  const content = recogniseContent(await firstBytes(file, watch), file);
  if (content === "parquet") {
    throw new InsightsError(
      `not a list of accounts: ${file.name} is Parquet (expected CSV, NDJSON, Markdown or plain text)`,
    );
  }
  const text = await openText(file, content === "text" ? "none" : content, watch);
  recogniseText(await headOf(text), file);
  const blocks: Buffer[] = [];
  for await (const block of readText(text, watch)) blocks.push(block);
  return parseExcluded(Buffer.concat(blocks).toString("utf8"), file.name);
}
