import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { joinParquet } from "./joinParquet.ts";
import type { OutputFormat } from "./output.ts";

/**
 * Makes one file of finished parts, in their order. Texts are joined byte by byte, packed ones too: the standard has files
 * of several members.
 *
 * @param folder of the parts
 * @param names of the parts, at least one; a single one is the whole file
 * @param rows that Parquet must have in the end
 * @returns the whole file, in that folder
 */
export async function assemble(
  folder: string,
  names: readonly string[],
  format: OutputFormat,
  rows: number,
  signal?: AbortSignal,
): Promise<string> {
  const whole = join(folder, "whole");
  const parts = names.map((name) => join(folder, name));
  // It keeps its name, by which a run that is killed now finds it again.
  if (parts.length === 1) return parts[0];
  if (format.format !== "parquet") {
    let bytes = 0;
    for (const [i, part] of parts.entries()) {
      await pipeline(
        createReadStream(part, { highWaterMark: 1 << 20 }),
        createWriteStream(whole, { flags: i === 0 ? "w" : "a" }),
        signal === undefined ? {} : { signal },
      );
      bytes += (await stat(part)).size;
    }
    const { size } = await stat(whole);
    if (size !== bytes) throw new Error(`${size} bytes written of ${bytes} (${whole})`);
    return whole;
  }
  const written = await joinParquet(parts, whole, signal);
  if (written !== rows) throw new Error(`${written} rows written of ${rows} (${whole})`);
  return whole;
}
