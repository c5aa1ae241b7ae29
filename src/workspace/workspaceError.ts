import { InsightsError } from "../base/error.ts";
import { outputError } from "../base/files.ts";

/** What DuckDB says of a file that it cannot open or read, and the words for it. */
const SAID: readonly (readonly [said: RegExp, words: (path: string, found: RegExpExecArray) => string])[] = [
  [
    /Could not set lock on file.*?(?:\(PID (\d+)\)|$)/s,
    (path, [, process]) =>
      `the workspace ${path} is open in another program${process === undefined ? "" : `, process ${process}`} (close it there, or name another file with --workspace)`,
  ],
  [
    /not a valid DuckDB database file|Is a directory/,
    (path) => `not a workspace: ${path} (name another file with --workspace)`,
  ],
  [
    /database file with version number|newer version of DuckDB|Unsupported.*storage version/i,
    (path) => `workspace of a newer version: ${path} (update the program)`,
  ],
  [
    /Corrupt database file|computed checksum|Could not read enough bytes|Failure while replaying WAL|Serialization Error|Corrupt WAL/,
    (path) =>
      `damaged workspace: ${path} (put a copy of it there that is whole; or move it away, with ${path}.wal where there is one, and add the files anew)`,
  ],
];

/** The disk of a workspace is full. What was to be written is not there; what was there stays. */
export class FullWorkspaceError extends InsightsError {
  constructor(path: string, cause: Error) {
    super(`cannot write ${path}: the disk is full (make room; nothing is lost)`, { cause });
  }
}

/** What DuckDB says of commits and checkpoints in other words than of files, and the file system by its code. */
const FULL = /No space left on device|quota exceeded|^(?:ENOSPC|EDQUOT)\b/i;

/** An error of a workspace in the user's words, where it is one of the machine or of the file. Others stay as they are. */
export function workspaceError(error: unknown, path: string): unknown {
  if (error instanceof InsightsError || !(error instanceof Error)) return error;
  if (FULL.test(error.message)) return new FullWorkspaceError(path, error);
  for (const [said, words] of SAID) {
    const found = said.exec(error.message);
    if (found !== null) return new InsightsError(words(path, found), { cause: error });
  }
  return outputError(error, path);
}
