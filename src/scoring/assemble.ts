import { createReadStream, createWriteStream } from "node:fs";
import { rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { type DatabaseOptions, openDatabase } from "../profiles/database.ts";
import { quoteLiteral } from "../profiles/sql.ts";
import { copySql, type OutputFormat } from "./output.ts";

/**
 * Makes one file of finished parts, in their order. Texts are joined byte by byte, packed ones too: the standard has files
 * of several members. Of Parquet the rows are written once more.
 *
 * @param folder of the parts
 * @param names of the parts, at least one; a single one is renamed
 * @param rows that Parquet must have in the end
 * @param unlike as for `copySql`
 * @returns the whole file, in that folder
 */
export async function assemble(
  folder: string,
  names: readonly string[],
  format: OutputFormat,
  rows: number,
  {
    unlike,
    ...options
  }: DatabaseOptions & { readonly unlike: boolean; readonly signal?: AbortSignal | undefined },
): Promise<string> {
  const whole = join(folder, "whole");
  const parts = names.map((name) => join(folder, name));
  if (parts.length === 1) {
    await rename(parts[0], whole);
    return whole;
  }
  if (format.format !== "parquet") {
    let bytes = 0;
    for (const [i, part] of parts.entries()) {
      await pipeline(
        createReadStream(part, { highWaterMark: 1 << 20 }),
        createWriteStream(whole, { flags: i === 0 ? "w" : "a" }),
        { signal: options.signal },
      );
      bytes += (await stat(part)).size;
    }
    const { size } = await stat(whole);
    if (size !== bytes) throw new Error(`${size} bytes written of ${bytes} (${whole})`);
    return whole;
  }
  // To keep the order, each thread holds back what it has read until the others are done: twice the memory.
  const { connection, close } = await openDatabase({ ...options, threads: 1 });
  const interrupt = () => connection.interrupt();
  options.signal?.addEventListener("abort", interrupt);
  try {
    const list = parts.map(quoteLiteral).join(", ");
    const reader = await connection.runAndReadAll(
      copySql(`FROM read_parquet([${list}])`, whole, format, { header: false, unlike }),
    );
    const written = Number(reader.getRows()[0][0]);
    if (written !== rows) throw new Error(`${written} rows written of ${rows} (${whole})`);
    return whole;
  } catch (error) {
    options.signal?.throwIfAborted();
    throw error;
  } finally {
    options.signal?.removeEventListener("abort", interrupt);
    close();
  }
}
