import { randomUUID } from "node:crypto";
import { type Stats, statSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { InsightsError } from "../base/error.ts";
import type { ReadingOptions } from "../profiles/readingOptions.ts";
import { type Dataset, type DatasetParts, NO_PARTS } from "./dataset.ts";
import { type Desk, openDesk } from "./desk.ts";
import type { DeskData, DeskFile } from "./deskThread.ts";
import type { JobFacts, Jobs } from "./jobs.ts";
import type { Question } from "./listings.ts";
import { Problem } from "./problem.ts";
import { inRequestWords } from "./requestWords.ts";

/** Datasets that are kept at a time, those that are being received counted in: each holds a database. */
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

/** Answers a question about a dataset; `signal` tells that nobody waits for the answer. */
export type Answering = (question: Question, signal: AbortSignal) => Promise<Uint8Array<ArrayBuffer>>;

/** The datasets of a server. */
export interface Datasets {
  /** Takes a place, before a file is received for it. @throws Problem `too-many` where there is none */
  reserve(): Place;
  /** @throws Problem `not-found`; `conflict` where the file is not what it was when it was read */
  find(id: string): Dataset;
  /**
   * Asks about a dataset, which stays open until the work is done even where it is removed meanwhile.
   *
   * @throws Problem as {@link find} does, and whatever the work throws
   */
  use<T>(id: string, work: (answer: Answering) => Promise<T>): Promise<T>;
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
  /** What works with it at the moment. */
  readonly uses: Set<Promise<unknown>>;
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
  const { model, of, folder, memory, reading, limits, now } = making;
  const kept = new Map<string, Kept>();
  let reserved = 0;
  const desk: Desk = openDesk({ model, of, folder, memory }, () => {
    const without =
      "What was read of this file is lost: the memory was used up (close the file, and open it again).";
    for (const one of kept.values()) one.dataset = { ...one.dataset, ...NO_PARTS, without };
  });

  async function forget({ dataset, job, source, folder: own, uses }: Kept): Promise<void> {
    kept.delete(dataset.id);
    await jobs.cancel(job);
    jobs.forget(job);
    // A database that is closed in the middle of a listing would fail whoever asked for it.
    await Promise.allSettled(uses);
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

  function start(source: DatasetSource, id: string): Started {
    const { path, name, synthetic } = source;
    const own = join(folder, id);
    const seen = seenOf(path);
    const job = jobs.start(id, async (context) => {
      await mkdir(own, { recursive: true });
      // A file is kept here under a name of letters and digits; its sender knows it by another.
      const named = (text: string) =>
        inRequestWords(source.ours ? text.replaceAll(basename(path), name) : text).replaceAll(
          folder,
          "the temporary folder",
        );
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
    kept.set(id, { dataset, job: job.id, source, folder: own, seen, uses: new Set() });
    return { dataset, job };
  }

  return {
    reserve() {
      if (kept.size + reserved >= MOST_KEPT) {
        throw new Problem("too-many", `There are ${MOST_KEPT} datasets already (delete one first).`);
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
    async use(id, work) {
      const { dataset, uses } = current(id);
      if (dataset.model === null)
        throw new Problem("not-yet", dataset.without ?? "The accounts are not ranked yet.");
      const use = work((question, signal) => desk.ask(id, question, signal));
      uses.add(use);
      try {
        return await use;
      } finally {
        uses.delete(use);
      }
    },
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
