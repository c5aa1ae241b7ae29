import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { exportPeople, type PeopleExport } from "../../workspace/peopleExport.ts";
import { Problem } from "../problem.ts";
import type { PeopleDesk } from "./peopleDesk.ts";

/** People to write into a file of the server, as the desk is asked. */
export interface FileQuestion extends Omit<PeopleExport, "reasons"> {
  readonly kind: "export";
  /** Of a file that is not there, in the server's folder. */
  readonly path: string;
}

/**
 * Writes people into a file, for its owner alone. A file that is not whole is removed.
 *
 * @throws Problem `no-space`; the signal's reason
 */
export async function writePeople(
  { workspace, reasons }: PeopleDesk,
  { path, kind: _kind, ...wanted }: FileQuestion,
  signal: AbortSignal,
): Promise<null> {
  try {
    const file = createWriteStream(path, { flags: "wx", mode: 0o600 });
    await pipeline(exportPeople(workspace, { ...wanted, reasons }, signal), file, { signal });
    return null;
  } catch (error) {
    await rm(path, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOSPC" || code === "EDQUOT")
      throw new Problem("no-space", "There is no room for the file.");
    throw error;
  }
}
