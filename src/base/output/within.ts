import { chmod, lstat, mkdir, readdir, readFile, rename, rm, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InsightsError } from "../error.ts";
import { CHECKSUMS_FILE, type Checksums, formatChecksums, parseChecksums } from "./checksums.ts";
import { renameForGood, sha256OfFile, syncToDisk } from "./durable.ts";

/** Where results grow inside of the folder in which they will stand. */
const PARTIAL = ".partial";

/** The checksums in a folder; none where there are none. @throws InsightsError where they were changed */
async function checksumsIn(folder: string): Promise<Checksums> {
  const path = join(folder, CHECKSUMS_FILE);
  try {
    return parseChecksums(await readFile(path, "utf8"));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw new InsightsError(`cannot write ${folder}: ${path} is not ours or was changed (move it away)`, {
      cause,
    });
  }
}

/**
 * Files of some names that an earlier run wrote into a folder in which work goes on, and that this one may replace.
 *
 * @param names of the files that this run writes
 * @throws InsightsError that names a file which the program did not write, or which somebody changed
 */
export async function ownFiles(folder: string, names: readonly string[]): Promise<readonly string[]> {
  const checksums = await checksumsIn(folder);
  const ours: string[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const found = await lstat(path).catch(() => undefined);
    if (found === undefined) continue;
    if (!found.isFile() || checksums[name] === undefined || (await sha256OfFile(path)) !== checksums[name]) {
      throw new InsightsError(
        `cannot replace ${path}: the program did not write it, or somebody changed it (move it away, or choose another --out)`,
      );
    }
    ours.push(name);
  }
  return ours;
}

/**
 * Writes files into a folder in which work goes on, in place of those of an earlier run, and their checksums. Whoever is killed meanwhile leaves
 * nothing but files that the checksums list.
 *
 * @param names of the files
 * @param fill writes them into the folder it is given
 * @throws InsightsError as {@link ownFiles}
 */
export async function replaceFiles(
  folder: string,
  names: readonly string[],
  fill: (folder: string) => Promise<unknown>,
): Promise<void> {
  const earlier = await ownFiles(folder, names);
  const partial = join(folder, PARTIAL);
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { mode: 0o700 });
  try {
    await fill(partial);
    const sha256: Record<string, string> = {};
    for (const name of (await readdir(partial)).sort()) {
      await chmod(join(partial, name), 0o600);
      await syncToDisk(join(partial, name));
      sha256[name] = await sha256OfFile(join(partial, name));
    }
    for (const name of earlier) await unlink(join(folder, name));
    const checksums = join(partial, CHECKSUMS_FILE);
    await writeFile(checksums, formatChecksums(sha256), { mode: 0o600 });
    await renameForGood(checksums, join(folder, CHECKSUMS_FILE));
    for (const name of Object.keys(sha256)) await rename(join(partial, name), join(folder, name));
    await syncToDisk(folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}
