import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { InsightsError } from "./error.ts";

const READING: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  ENOTDIR: "no such file",
  EISDIR: "this is a folder, not a file",
  EACCES: "not allowed to read this file",
  EPERM: "not allowed to read this file",
  ENAMETOOLONG: "file name too long",
  ELOOP: "symbolic links go round in a circle",
  EMFILE: "too many open files",
  ENOSPC: "no space left for temporary files",
  EDQUOT: "no space left for temporary files",
};

/** An error of the file system about a file that is read, in the user's words: `no such file: profiles.csv`. Others stay as they are. */
export function fileError(path: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (error instanceof InsightsError || typeof code !== "string" || !/^E[A-Z0-9]+$/.test(code)) {
    return error;
  }
  return new InsightsError(`${READING[code] ?? `cannot read (${code})`}: ${path}`, { cause: error });
}

const FULL = /\b(ENOSPC|EDQUOT)\b|No space left|quota exceeded|failed to offload data block/i;

/** What the file system and DuckDB say of a place that cannot be written, and the words for it. */
const WRITING: readonly (readonly [said: RegExp, words: string])[] = [
  [/\b(EACCES|EPERM)\b|Permission denied|Operation not permitted/, "no permission to write there"],
  [/\bEROFS\b|Read-only file system/, "the file system is read-only"],
  [/\bEDQUOT\b|quota exceeded/i, "the disk quota is used up"],
  [FULL, "the disk is full"],
  [/\bEFBIG\b|File too large/, "the file is larger than the disk or the account allows"],
  [/\bENAMETOOLONG\b|File name too long/, "the name is too long"],
  [/\b(ENOTDIR|EEXIST)\b|Not a directory/, "a part of the path is a file, not a folder"],
  [/\bENOENT\b|No such file or directory/, "the folder does not exist"],
];

/** Faults of the machine whatever was being done; the others of the list above may also be about a file that is read. */
const OF_THE_MACHINE = /\b(EROFS|EFBIG)\b|Read-only file system|File too large/;

const wordsFor = (said: string) => WRITING.find(([known]) => known.test(said))?.[1];

/** What the file system or DuckDB says in an error; undefined where it is neither's. DuckDB tells the reason in its message only. */
function saidBy(error: Error): string | undefined {
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code === "string" && /^E[A-Z0-9]+$/.test(code)) return code;
  return /^(IO|Permission|Out of Memory) Error/.test(error.message) ? error.message : undefined;
}

/** An error about a place that is written, in the user's words: `cannot write report: the disk is full`. Others stay as they are. */
export function outputError(error: unknown, path: string): unknown {
  if (error instanceof InsightsError || !(error instanceof Error)) return error;
  const temporary = temporaryError(error);
  if (temporary !== undefined) return temporary;
  const said = saidBy(error);
  const words = said === undefined ? undefined : wordsFor(said);
  return words === undefined
    ? (machineError(error) ?? error)
    : new InsightsError(`cannot write ${path}: ${words}`, { cause: error });
}

/** Folders of ours for temporary files are called so, DuckDB's too; see `temporaryName`. */
export const TEMPORARY_PREFIX = "insights-temporary-";

/** The error for a folder in which no temporary files can be made; its reason in words, where the cause tells it. */
export function temporaryFolderError(folder: string, cause: unknown): InsightsError {
  const words = wordsFor((cause instanceof Error && saidBy(cause)) || "");
  return new InsightsError(
    `cannot make temporary files in ${folder}${words === undefined ? "" : `: ${words}`}${folder === tmpdir() ? " (TMPDIR names another folder)" : ""}`,
    { cause },
  );
}

/** Bytes of memory that DuckDB cannot do without. */
export const FEWEST_BYTES = 64e6;

/** What DuckDB says where the rows that do not fit into memory cannot go to a temporary file. */
function temporaryError(error: Error): InsightsError | undefined {
  if (/failed to offload data block/.test(error.message)) {
    return new InsightsError(
      "no space left for temporary files: the disk is full (make room, or name another folder in TMPDIR)",
      { cause: error },
    );
  }
  const [, path] = new RegExp(`"([^"]*${TEMPORARY_PREFIX}[^"/\\\\]*)`).exec(error.message) ?? [];
  return path === undefined || saidBy(error) === undefined
    ? undefined
    : temporaryFolderError(dirname(path), error);
}

/**
 * A fault of the machine, in the user's words: a disk that is full or read-only, a folder for temporary files that is not there,
 * memory that is used up. Looks at what caused the error, too.
 *
 * @returns undefined for any other error
 */
export function machineError(error: unknown): InsightsError | undefined {
  if (error instanceof InsightsError) return error;
  if (!(error instanceof Error)) return undefined;
  const temporary = temporaryError(error);
  if (temporary !== undefined) return temporary;
  const said = saidBy(error);
  if (said !== undefined && (FULL.test(said) || OF_THE_MACHINE.test(said))) {
    const [, named = (error as NodeJS.ErrnoException).path] = /"([^"]+)"/.exec(error.message) ?? [];
    return new InsightsError(`cannot write${named === undefined ? "" : ` ${named}`}: ${wordsFor(said)}`, {
      cause: error,
    });
  }
  if (said !== undefined && /^Out of Memory Error/.test(said)) {
    return new InsightsError(
      "not enough memory for this file (close other programs, or use a larger machine; score and serve take more with --memory)",
      {
        cause: error,
      },
    );
  }
  return error.cause === undefined ? undefined : machineError(error.cause);
}

/** Whether an error, or what caused it, is a disk without space: the server answers 507 to those. */
export function isDiskFull(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (FULL.test(saidBy(at) ?? "")) return true;
  }
  return false;
}
