import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { z } from "zod";

/** Marks a process so that it is not taken for a later one with the same number. */
export const processMarkSchema = z.strictObject({
  pid: z.int().positive(),
  host: z.string(),
  /** Changes when the machine starts anew; empty where the system does not tell. */
  boot: z.string(),
  /** The space in which the number counts: a container has its own; empty where the system does not tell. */
  space: z.string(),
  /** When it was started, in the system's ticks; empty where the system does not tell. */
  started: z.string(),
});

/** See {@link processMarkSchema}. */
export type ProcessMark = Readonly<z.infer<typeof processMarkSchema>>;

/** What a file or link of Linux tells; empty on other systems. */
function told(read: () => string): string {
  try {
    return read().trim();
  } catch {
    return "";
  }
}

/** State and start of a process, from the line of its `stat` in /proc: the fields after its name, which is in brackets. */
function statusOf(pid: number): { state: string; started: string } {
  const line = told(() => readFileSync(`/proc/${pid}/stat`, "latin1"));
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  return { state: fields[0] ?? "", started: fields[19] ?? "" };
}

/** The mark of this process. */
export function thisProcess(): ProcessMark {
  return {
    pid: process.pid,
    host: hostname(),
    boot: told(() => readFileSync("/proc/sys/kernel/random/boot_id", "latin1")),
    space: told(() => readlinkSync("/proc/self/ns/pid")),
    started: statusOf(process.pid).started,
  };
}

/**
 * Whether a process still runs.
 *
 * @returns null where that cannot be told from here: it is another machine's or another container's
 */
export function isRunning(mark: ProcessMark): boolean | null {
  const here = thisProcess();
  if (mark.host !== here.host) return null;
  if (mark.boot !== here.boot) return false;
  if (mark.space !== here.space) return null;
  try {
    process.kill(mark.pid, 0);
  } catch (error) {
    // Somebody else's process may not be asked, and is there.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const { state, started } = statusOf(mark.pid);
  // A process that ended and that nobody has asked about yet is a zombie.
  return state !== "Z" && state !== "X" && (started === "" || started === mark.started);
}
