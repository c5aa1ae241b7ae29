import { useMemo, useSyncExternalStore } from "react";
import { ApiError, type Asked, ask, type Reading, upload } from "../api.ts";
import { followJob, hasEnded } from "../followJob.ts";
import { createShared, useShared } from "../shared.ts";
import type { JobFacts } from "../types.ts";
import { speaksOfReading } from "./refusal.ts";
import type { ColumnGuess, ImportFacts } from "./types.ts";

/** What can be added: a file, or the made-up people that the server has. */
export type Source = File | "sample";

/** A file that is being added, was, or could not be. */
export interface Arriving {
  readonly key: number;
  readonly name: string;
  /** Null for what another tab or the command line has brought: this tab has no bytes of it. */
  readonly file: Source | null;
  readonly reading: Reading;
  /** The server's job, once there is one. */
  readonly job: string | null;
  readonly state: "waiting" | "sending" | "reading" | "done" | "failed";
  /** What is being done, in words, and how much of it is done, 0 to 1. */
  readonly step: string;
  readonly fraction: number | null;
  /** What came of it, once it is done. */
  readonly arrived: Arrived | null;
  /** Why it could not be added. */
  readonly error: string | null;
  /** Whether the same may work another time. */
  readonly transient: boolean;
  /** Where nothing tells which column is what: all columns, for a person to say. */
  readonly columns: readonly ColumnGuess[] | null;
  /** The best of its first records, once they are known. */
  readonly first: JobFacts["first"];
  /** Stops it. */
  readonly stop: () => void;
}

/** What came of adding a file: the import that has it, and whether it had it before. */
export interface Arrived {
  readonly import: number;
  readonly already: boolean;
}

/** A file that was sent from this tab, and how it is read. */
interface Sent {
  readonly file: File;
  readonly reading: Reading;
}

/** Where the browser keeps the job of the failure that nobody need hear of again. */
const HEARD = "insights-heard";

let arriving: readonly Arriving[] = [];
let nextKey = 1;
const watchers = new Set<() => void>();
/** By import: a file can be read otherwise without choosing it again. A browser holds a name, not the bytes. */
const sent = new Map<number, Sent>();

/** The file of an import, where it was sent from this tab since it was loaded. */
export const sentFile = (number: number): Sent | undefined => sent.get(number);

function put(key: number, changes: Partial<Arriving> | null): void {
  arriving =
    changes === null
      ? arriving.filter((one) => one.key !== key)
      : arriving.map((one) => (one.key === key ? { ...one, ...changes } : one));
  for (const changed of watchers) changed();
}

/** Files that are being added, the last that were, and those that could not be; the same in all parts of the page. */
export function useArriving(): readonly Arriving[] {
  return useSyncExternalStore(
    (changed) => {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    () => arriving,
  );
}

/** Whether somebody can do something about a file that could not be added, but to change it. */
export const isMendable = ({ state, transient, columns, error }: Arriving): boolean =>
  state === "failed" && (transient || columns !== null || speaksOfReading(error ?? ""));

/** Says no more of a file. */
export function dismiss(key: number): void {
  const job = arriving.find((one) => one.key === key)?.job ?? null;
  if (job !== null) localStorage.setItem(HEARD, job);
  put(key, null);
}

/** What is added is added one after the other: each takes the whole machine. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Adds a file to the workspace.
 *
 * @param options.instead of this entry, which could not be added
 * @returns null where it could not be added: {@link useArriving} tells why
 */
export function addFile(
  file: Source,
  { reading = {}, instead }: { reading?: Reading; instead?: number } = {},
): Promise<Arrived | null> {
  const stopping = new AbortController();
  const entry = newEntry(file === "sample" ? "the sample" : file.name, file, reading, stopping);
  const { key, name } = entry;
  // Of what is over before something else is begun, enough was said, but where something can be done, unless it comes anew.
  if (arriving.every(({ state }) => state === "done" || state === "failed"))
    arriving = arriving.filter((one) => one.key === instead || (isMendable(one) && one.name !== name));
  const place = arriving.findIndex((one) => one.key === instead);
  arriving = place < 0 ? [...arriving, entry] : arriving.map((one, i) => (i === place ? entry : one));
  put(key, {});
  const mine = last.then(() => settle(entry, () => send(entry, file, stopping.signal), stopping.signal));
  last = mine;
  return mine;
}

function newEntry(name: string, file: Source | null, reading: Reading, stopping: AbortController): Arriving {
  return {
    ...{ key: nextKey++, name, file, reading, job: null, arrived: null, error: null, transient: false },
    ...{ columns: null, first: null, state: "waiting", step: "waiting", fraction: null },
    stop: () => stopping.abort(),
  };
}

/**
 * Follows the files that the server reads already when the page is opened: those of the command line, of another tab, of this one before
 * it was loaded anew. Where the last one failed, it tells that too, until somebody has heard it.
 */
export async function followFiles(): Promise<void> {
  const jobs = await ask<readonly JobFacts[]>("/v1/jobs").catch(() => []);
  const files = jobs.filter(({ file }) => file !== null);
  // Whoever has chosen a file meanwhile is past what failed before.
  const begun = arriving.length > 0;
  for (const job of files) {
    const failed = job.state === "failed" && job === files.at(-1) && localStorage.getItem(HEARD) !== job.id;
    if (hasEnded(job) && (begun || !failed)) continue;
    const stopping = new AbortController();
    const entry = newEntry(job.file ?? "", null, {}, stopping);
    arriving = [...arriving, entry];
    // A file that is chosen next takes its place at once: it must not look as if it were still being read.
    if (failed) put(entry.key, { job: job.id, ...failureOf(job) });
    else void settle(entry, () => Promise.resolve(job), stopping.signal);
  }
}

/** What is shown of a job that has not added its file. */
const failureOf = ({ error, transient, columns }: JobFacts): Partial<Arriving> => ({
  state: "failed",
  error: error ?? "It could not be added.",
  ...{ transient, columns },
});

async function send({ key, reading }: Arriving, file: Source, signal: AbortSignal): Promise<JobFacts> {
  signal.throwIfAborted();
  put(key, { state: "sending", step: "sending the file", fraction: 0 });
  const { job } =
    file === "sample"
      ? await ask<{ job: JobFacts }>("/v1/imports?sample=1", { method: "POST" })
      : await upload<{ job: JobFacts }>("/v1/imports", file, {
          ...{ reading, signal },
          onProgress: (fraction) => put(key, { fraction }),
        });
  return job;
}

/** Follows the job of a file that has begun to come, and tells what came of it. */
async function settle(
  { key, file, reading }: Arriving,
  begin: () => Promise<JobFacts>,
  signal: AbortSignal,
): Promise<Arrived | null> {
  try {
    const job = await begin();
    put(key, { job: job.id });
    const ended = await follow(key, job, signal);
    const number = ended.import ?? ended.same_as;
    if (ended.state === "cancelled" || (ended.state === "done" && number === null)) {
      put(key, null);
      return null;
    }
    if (ended.state === "failed" || number === null) {
      put(key, failureOf(ended));
      return null;
    }
    if (file instanceof File) sent.set(number, { file, reading });
    const arrived = { import: number, already: ended.same_as !== null };
    put(key, { state: "done", arrived });
    imports.again();
    return arrived;
  } catch (error) {
    if (signal.aborted) put(key, null);
    else {
      const transient = error instanceof ApiError && error.transient;
      put(key, { state: "failed", error: error instanceof Error ? error.message : String(error), transient });
    }
    return null;
  }
}

/** Follows the job of a file to its end. Whoever stops it stops the job. */
async function follow(key: number, { id }: JobFacts, signal: AbortSignal): Promise<JobFacts> {
  const stop = () => void ask(`/v1/jobs/${id}`, { method: "DELETE" }).catch(() => {});
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop);
  const ended = await followJob(
    id,
    (facts) => {
      if (facts === null)
        put(key, { step: "the server does not answer; is insights serve still running?", fraction: null });
      else if (!hasEnded(facts)) {
        const { step, fraction, first } = facts;
        put(key, { state: "reading", step, fraction, first });
      }
    },
    // It ends when the server says so, also where it was stopped.
    new AbortController().signal,
  ).catch((error) => {
    if (error instanceof ApiError && error.status === 404)
      throw new ApiError(404, "The program was started anew before the file was added. Add it again.");
    throw error;
  });
  return ended as JobFacts;
}

const imports = createShared<readonly ImportFacts[]>("/v1/imports");

/** The files of the workspace, the last added first. */
export function useImports(): Asked<readonly ImportFacts[]> {
  const asked = useShared(imports);
  const { answer, error } = asked;
  const sorted = useMemo(() => answer?.toSorted((a, b) => b.import - a.import) ?? null, [answer]);
  return { ...asked, answer: error === null ? sorted : null };
}

/** Deletes a file: its numbers go, and people who are in no other file and nothing is noted of. */
export async function deleteImport(number: number): Promise<void> {
  await ask(`/v1/imports/${number}`, { method: "DELETE" });
  sent.delete(number);
  arriving = arriving.filter(({ arrived }) => arrived?.import !== number);
  imports.again();
}
