import { createWriteStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { glob, isDynamicPattern } from "tinyglobby";
import { InsightsError } from "../../base/error.ts";
import { fileError } from "../../base/files.ts";
import { ARCHIVE_ENDINGS, endingIn, TABLE_ENDINGS } from "../source/content.ts";
import { TemporaryFolder } from "../source/temporary.ts";

/** How files are found. */
export interface ExpandOptions {
  /** What `-` stands for: standard input. */
  readonly stdin?: Readable | undefined;
  /** Existing folder for what comes from standard input; the system's when not given. */
  readonly temporaryDirectory?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Files that exist, each once, in the order in which they were named. */
export interface ExpandedFiles {
  readonly files: readonly string[];
  /** Removes what was kept of standard input. */
  close(): Promise<void>;
}

/** Files in folders that hold profiles, by the endings of their names. */
const DATA_FILE = endingIn([...TABLE_ENDINGS, ...ARCHIVE_ENDINGS]);

/** Called so in messages, as the file is named by its base name. */
const STDIN_NAME = "standard input";

/**
 * Finds the files that a user means: files, folders (the data files in them and in their folders, whose names begin neither
 * with a dot nor with an underscore), patterns (`dump/*.csv`, `dump/**`, `{a,b}.parquet`) and `-`, standard input, which
 * is kept as a temporary file until `close`. What a folder or a pattern gives is sorted by name. A file that is named
 * in two ways counts once.
 *
 * @throws InsightsError `no such file: ...` where a name, a folder or a pattern gives no file; when standard input is empty,
 *   or there is no space to keep it
 */
export async function expandFiles(
  paths: readonly string[],
  options: ExpandOptions = {},
): Promise<ExpandedFiles> {
  const folder = new TemporaryFolder(options.temporaryDirectory);
  const files = new Map<string, string>();
  const close = () => folder.remove();
  try {
    for (const path of [...new Set(paths)]) {
      const found = path === "-" ? [await keepStdin(folder, options)] : await filesAt(path, options.signal);
      for (const file of found) {
        const key = await realpath(file).catch(() => file);
        if (!files.has(key)) {
          files.set(key, file);
        }
      }
    }
    return { files: [...files.values()], close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function filesAt(path: string, signal: AbortSignal | undefined): Promise<string[]> {
  const facts = await stat(path).catch(() => undefined);
  if (facts?.isDirectory()) {
    const found = await matching("**", signal, path);
    const data = found.filter((file) => DATA_FILE.test(file) && !/(^|[\\/])(_|~\$)/.test(file));
    if (data.length === 0) {
      throw new InsightsError(
        `no such file: ${path} has no CSV, TSV, JSON, NDJSON, Parquet, Excel or OpenDocument file in it (a file of another name can be named itself)`,
      );
    }
    return data.map((file) => join(path, file));
  }
  // A name with brackets in it may be the name of a file; only what is not there can be a pattern.
  if (facts !== undefined || path.includes("\0") || !isDynamicPattern(path)) {
    if (facts === undefined) {
      throw new InsightsError(`no such file: ${path}`);
    }
    return [path];
  }
  const found = await matching(path, signal);
  if (found.length === 0) {
    throw new InsightsError(`no such file: ${path} (no file has a name like that)`);
  }
  return found;
}

async function matching(
  pattern: string,
  signal: AbortSignal | undefined,
  folder?: string,
): Promise<string[]> {
  const found = await glob(pattern, {
    absolute: isAbsolute(pattern),
    expandDirectories: false,
    ...(folder === undefined ? {} : { cwd: folder }),
    ...(signal === undefined ? {} : { signal }),
  });
  return found.sort();
}

/** Any format may come: what it is, its beginning will tell, and Parquet is read from its end. */
async function keepStdin(folder: TemporaryFolder, { stdin, signal }: ExpandOptions): Promise<string> {
  if (stdin === undefined) {
    throw new InsightsError("no standard input to read from");
  }
  const path = await folder.path(STDIN_NAME);
  try {
    await pipeline(stdin, createWriteStream(path), signal === undefined ? {} : { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw fileError(path, error);
  }
  if ((await stat(path)).size === 0) {
    throw new InsightsError("empty file: standard input");
  }
  return path;
}
