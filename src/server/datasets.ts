import { randomUUID } from "node:crypto";
import { type Stats, statSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { InsightsError } from "../base/error.ts";
import { FEWEST_BYTES } from "../base/files.ts";
import type { ReadingOptions } from "../profiles/readingOptions.ts";
import { type Dataset, type DatasetParts, NO_PARTS } from "./dataset.ts";
import { type Desk, openDesk } from "./desk.ts";
import type { DeskData, DeskFile } from "./deskThread.ts";
import { isUnderWay, type JobFacts, type Jobs } from "./jobs.ts";
import type { Question } from "./listings.ts";
import { Problem } from "./problem.ts";
import { inRequestWords } from "./requestWords.ts";

/** Datasets that are kept at the most, those that are being received counted in. */
const MOST_KEPT = 8;

/** A file to make a dataset of. */
export interface DatasetSource {
  readonly path: string;
  readonly name: string;
  readonly synthetic: boolean;
  /** Whether the file is the server's own, in a folder to be removed with the dataset. */
  readonly ours: boolean;
  /** How it is read, where that is another than of all files. */
  readonly reading?: ReadingOptions;
}

/** A dataset that was started, and the job that fills it. */
interface Started {
  readonly dataset: Dataset;
  readonly job: JobFacts;
}

/** Room for a dataset that is to come. */
export interface Place {
  /** Starts to make the dataset. `id` is random where it is missing. @throws Problem `too-many` where too much waits */
  add(source: DatasetSource, id?: string): Started;
  /** Gives the place back where no dataset has taken it. */
  release(): void;
}

/** The datasets of a server. */
export interface Datasets {
  /** The thread in which they are read, and the workspace's people told of. */
  readonly desk: Desk;
  /** Takes a place, before a file is received for it. @throws Problem `too-many` where there is none */
  reserve(): Place;
  /** @throws Problem `not-found`; `conflict` where the file is not what it was when it was read */
  find(id: string): Dataset;
  /**
   * Answers a question about a dataset; one that is being answered is answered even where the dataset is removed meanwhile.
   *
   * @param signal tells that nobody waits for the answer
   * @returns the bytes of the answer: JSON, or a file
   * @throws Problem as {@link find} does; `not-yet` or `conflict` where it is not ranked; what the answer throws
   */
  ask(id: string, question: Question, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
  /** Why a part of a dataset is not there: `not-yet` while its job goes on, `conflict` where it will not come. */
  missing(id: string, part: string): Problem;
  all(): Dataset[];
  /** The job that fills a dataset; null where there is no such dataset. */
  jobOf(id: string): JobFacts | null;
  /** Stops its job and forgets it. @throws Problem `not-found` */
  remove(id: string): Promise<void>;
  stop(): Promise<void>;
}

interface Kept {
  dataset: Dataset;
  readonly job: string;
  readonly source: DatasetSource;
  readonly folder: string;
  /** The file as it was when its reading began. */
  readonly seen: Seen;
}

/**
 * Makes a place for datasets.
 *
 * @param making what each is made with
 */
export function createDatasets(
  jobs: Jobs,
  making: DeskData & Pick<DeskFile, "reading" | "limits"> & { readonly now: () => Date },
): Datasets {
  const { model, of, folder, memory, workspace, reading, limits, now } = making;
  const kept = new Map<string, Kept>();
  // Each holds a database, and the study of one opens another.
  const most = Math.min(MOST_KEPT, Math.max(1, Math.floor(memory / FEWEST_BYTES) - 1));
  let reserved = 0;
  const desk: Desk = openDesk({ model, of, folder, memory, workspace }, (full) => {
    const why = full ? "the memory was used up" : "the program failed";
    const without = `What was read of this file is lost: ${why} (close the file, and open it again).`;
    for (const one of kept.values()) {
      // A file whose turn is still to come is read by the next thread.
      if (one.dataset.rows !== null) one.dataset = { ...one.dataset, ...NO_PARTS, without };
    }
  });

  async function forget({ dataset, job, source, folder: own }: Kept): Promise<void> {
    kept.delete(dataset.id);
    await jobs.cancel(job);
    jobs.forget(job);
    await desk.forget(dataset.id);
    await rm(own, { recursive: true, force: true });
    if (source.ours) await rm(dirname(source.path), { recursive: true, force: true });
  }

  function keptOne(id: string): Kept {
    const found = kept.get(id);
    if (found === undefined) throw new Problem("not-found", "There is no such dataset.");
    return found;
  }

  function current(id: string): Kept {
    const found = keptOne(id);
    if (!isAs(found.source, found.seen)) throw new Problem("conflict", changed(found.source.name));
    return found;
  }

  function missing(id: string, part: string): Problem {
    const { dataset, job } = keptOne(id);
    const facts = jobs.find(job);
    const why = dataset.without ?? facts?.error ?? null;
    if (why === null && facts !== undefined && isUnderWay(facts))
      return new Problem("not-yet", `${part} is not there yet.`);
    return new Problem("conflict", why ?? `${part} was not made: the job was cancelled.`);
  }

  function start(source: DatasetSource, id: string): Started {
    const { path, name, synthetic } = source;
    const own = join(folder, id);
    const seen = seenOf(path);
    const job = jobs.start(id, async (context) => {
      await mkdir(own, { recursive: true });
      const named = inSendersWords(source, folder);
      const tell = (parts: Partial<DatasetParts>) => {
        const one = kept.get(id);
        if (one === undefined) return;
        const { without, summary } = parts;
        const alerts = summary?.alerts.map((alert) => ({ ...alert, message: named(alert.message) }));
        one.dataset = {
          ...one.dataset,
          ...parts,
          ...(without && { without: named(without) }),
          ...(summary &&
            alerts && {
              summary: {
                ...summary,
                alerts,
                losses: summary.losses.map(named),
                decided: summary.decided.map(named),
              },
            }),
        };
      };
      try {
        const file = {
          path,
          name,
          folder: own,
          reading: { ...reading, ...source.reading },
          limits,
          now: now(),
          synthetic,
        };
        await desk.fill(id, file, { ...context, tell });
        if (!isAs(source, seen)) throw new InsightsError(changed(name));
      } catch (error) {
        const known = error instanceof InsightsError || error instanceof Problem;
        throw known ? new InsightsError(named(error.message)) : error;
      }
    });
    if (job === null) throw new Problem("too-many", "Too many files wait to be read (try again later).");
    const dataset = { id, name, made_at: now().toISOString(), ...NO_PARTS };
    kept.set(id, { dataset, job: job.id, source, folder: own, seen });
    return { dataset, job };
  }

  return {
    desk,
    reserve() {
      if (kept.size + reserved >= most) {
        const already = most === 1 ? "is one dataset" : `are ${most} datasets`;
        throw new Problem("too-many", `There ${already} already (delete one first).`);
      }
      reserved++;
      let mine = true;
      const release = () => {
        if (mine) reserved--;
        mine = false;
      };
      return {
        add(source, id = randomUUID()) {
          const started = start(source, id);
          release();
          return started;
        },
        release,
      };
    },
    find: (id) => current(id).dataset,
    async ask(id, question, signal) {
      if (current(id).dataset.model === null) throw missing(id, "The ranking");
      return desk.ask(id, question, signal);
    },
    missing,
    jobOf: (id) => jobs.find(kept.get(id)?.job ?? "") ?? null,
    all: () => [...kept.values()].map(({ dataset }) => dataset),
    async remove(id) {
      await forget(keptOne(id));
    },
    async stop() {
      await Promise.all([...kept.values()].map(forget));
      await desk.close();
    },
  };
}

/**
 * Gives messages about a file the words of its sender, who knows it by another name: here it is kept under one of letters and digits.
 *
 * @param folder the server's, which is nobody's business
 */
export function inSendersWords(
  { path, name, ours }: Pick<DatasetSource, "path" | "name" | "ours">,
  folder: string,
): (text: string) => string {
  return (text) =>
    inRequestWords(ours ? text.replaceAll(basename(path), () => name) : text).replaceAll(
      folder,
      "the temporary folder",
    );
}

/** What tells one state of a file from another, without reading it. */
type Seen = Pick<Stats, "dev" | "ino" | "size" | "mtimeMs"> | undefined;

function seenOf(path: string): Seen {
  return statSync(path, { throwIfNoEntry: false });
}

/** Whether a file is as it was. Nobody else changes those of the server. */
function isAs({ path, ours }: DatasetSource, seen: Seen): boolean {
  if (ours) return true;
  const now = seenOf(path);
  return (["dev", "ino", "size", "mtimeMs"] as const).every((fact) => now?.[fact] === seen?.[fact]);
}

const changed = (name: string) =>
  `${name} has changed since it was read: start the server again to read it anew.`;
