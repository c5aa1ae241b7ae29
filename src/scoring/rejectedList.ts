import { readFile } from "node:fs/promises";
import { InsightsError } from "../base/error.ts";
import { guardFile, type OutputRules } from "../base/output/guard.ts";
import { formatCsvLine } from "../base/quote.ts";
import type { Reject } from "../profiles/source/reading.ts";

/** Where the rejected records of a run are listed. */
export function rejectedFileOf(out: string): string {
  return `${out}.rejected.csv`;
}

/** The first line of a list of rejected records. @param named whether each line begins with the file's name, as of a run over several */
export function rejectedHeader(named: boolean): string {
  return `${named ? "file," : ""}line,row,reason,detail\n`;
}

/** The lines of rejected records. @param file name with which each begins; null in a run over one file */
export function rejectedLines(rejects: readonly Reject[], file: string | null): string {
  const name = file === null ? [] : [file];
  return rejects
    .map(({ line, row, reason, detail }) => `${formatCsvLine([...name, line, row, reason, detail])}\n`)
    .join("");
}

const FIELD = `(?:"(?:[^"]|"")*"|[^",\\r\\n]*)`;
const RECORD = `\\d*,\\d*,[a-z0-9_]+,${FIELD}\\n`;

/** Whether a text is a list of rejected records as we write it, with no line of anybody else in it. */
export function isRejectedList(text: string): boolean {
  const named = text.startsWith("file,");
  if (!text.startsWith(rejectedHeader(named))) return false;
  const record = new RegExp(named ? `${FIELD},${RECORD}` : RECORD, "y");
  record.lastIndex = rejectedHeader(named).length;
  while (record.lastIndex < text.length) if (!record.test(text)) return false;
  return true;
}

/**
 * Refuses to write the list of rejected records where another file has its name; one of an earlier run goes with `force`.
 *
 * @throws InsightsError that says why
 */
export async function guardRejected(out: string, rules: OutputRules): Promise<void> {
  const path = rejectedFileOf(out);
  await guardFile(path, rules);
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined || isRejectedList(text)) return;
  throw new InsightsError(
    `cannot replace ${path}: it is not the list of rejected records that a run leaves there (move it away, or choose another --out)`,
  );
}
