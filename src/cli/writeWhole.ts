import { randomBytes } from "node:crypto";
import { rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { InsightsError } from "../base/error.ts";
import { outputError } from "../study/output.ts";

/**
 * Refuses an output file that is there already, before any work is done for it.
 *
 * @param force whether a file may be replaced; a folder never is
 * @throws InsightsError where a folder stands there, or a file without `force`
 */
export async function refuseTaken(out: string, force: boolean): Promise<void> {
  const found = await stat(out).catch(() => undefined);
  if (found?.isDirectory() === true) throw new InsightsError(`cannot write ${out}: a folder stands there`);
  if (found !== undefined && !force)
    throw new InsightsError(`output file exists: ${out} (choose another --out, or replace it with --force)`);
}

/**
 * Writes a file that is whole or not there: beside it first, then renamed.
 *
 * @throws InsightsError as `refuseTaken` does, and where it cannot be written
 */
export async function writeWhole(out: string, contents: string | Uint8Array, force: boolean): Promise<void> {
  const target = resolve(out);
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString("hex")}.partial`);
  try {
    await writeFile(temporary, contents, { flag: "wx" });
    // Somebody may have put a file there in the meantime.
    await refuseTaken(out, force);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw outputError(error, out);
  }
}
