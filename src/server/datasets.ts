import { randomUUID } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { InsightsError } from "../base/error.ts";
import { type Dataset, fillDataset, type MakeOptions, newDataset } from "./dataset.ts";
import type { JobFacts, Jobs } from "./jobs.ts";
import { Problem } from "./problem.ts";

/** Datasets that are kept at a time: each holds a database. */
const MOST_KEPT = 8;

/** A file to make a dataset of. */
export interface DatasetSource {
  readonly path: string;
  readonly name: string;
  readonly synthetic: boolean;
  /** Whether the file is the server's own, in a folder to be removed with the dataset. */
  readonly ours: boolean;
}

/** The datasets of a server. */
export interface Datasets {
  /** @throws Problem `too-many` where there is no room for another */
  requireRoom(): void;
  /**
   * Starts to make a dataset. `id` is random where it is missing.
   *
   * @throws Problem `too-many`; a file of the server's own is removed then
   */
  add(source: DatasetSource, id?: string): Promise<{ dataset: Dataset; job: JobFacts }>;
  /** @throws Problem `not-found` */
  find(id: string): Dataset;
  /**
   * Works with a dataset that stays open until the work is done, even where it is removed meanwhile.
   *
   * @throws Problem `not-found`, and whatever the work throws
   */
  use<T>(id: string, work: (dataset: Dataset) => Promise<T>): Promise<T>;
  all(): Dataset[];
  /** The job that fills a dataset; null where there is no such dataset. */
  jobOf(id: string): JobFacts | null;
  /** Stops its job and forgets it. */
  remove(id: string): Promise<void>;
  stop(): Promise<void>;
}

interface Kept {
  readonly dataset: Dataset;
  readonly job: string;
  readonly source: DatasetSource;
  readonly folder: string;
  /** What works with it at the moment. */
  readonly uses: Set<Promise<unknown>>;
}

/**
 * Makes a place for datasets.
 *
 * @param folder the server's own
 * @param making what each is made with
 */
export function createDatasets(
  folder: string,
  jobs: Jobs,
  making: Pick<MakeOptions, "model" | "of" | "reading" | "now">,
): Datasets {
  const kept = new Map<string, Kept>();

  async function forget({ dataset, job, source, folder: own, uses }: Kept): Promise<void> {
    kept.delete(dataset.id);
    await jobs.cancel(job);
    jobs.forget(job);
    // A database that is closed in the middle of a listing would fail whoever asked for it.
    await Promise.allSettled(uses);
    await dataset.profiles?.close();
    dataset.profiles = null;
    await rm(own, { recursive: true, force: true });
    if (source.ours) await rm(dirname(source.path), { recursive: true, force: true });
  }

  function keptOne(id: string): Kept {
    const found = kept.get(id);
    if (found === undefined) throw new Problem("not-found", "There is no such dataset.");
    return found;
  }

  function requireRoom(): void {
    if (kept.size >= MOST_KEPT) {
      throw new Problem("too-many", `There are ${MOST_KEPT} datasets already (delete one first).`);
    }
  }

  function start(source: DatasetSource, id: string): { dataset: Dataset; job: JobFacts } {
    requireRoom();
    const own = join(folder, id);
    const dataset = newDataset(id, source.name, making.now());
    const { path, synthetic } = source;
    const job = jobs.start(id, async (context) => {
      await mkdir(own, { recursive: true });
      // A file is kept here under a name of letters and digits; its sender knows it by another.
      const named = (text: string) => (source.ours ? text.replaceAll(basename(path), source.name) : text);
      try {
        await fillDataset(dataset, { ...making, path, folder: own, synthetic }, context);
      } catch (error) {
        throw error instanceof InsightsError ? new InsightsError(named(error.message)) : error;
      } finally {
        dataset.without = dataset.without === null ? null : named(dataset.without);
      }
    });
    if (job === null) throw new Problem("too-many", "Too many files wait to be read (try again later).");
    kept.set(id, { dataset, job: job.id, source, folder: own, uses: new Set() });
    return { dataset, job };
  }

  return {
    requireRoom,
    async add(source, id = randomUUID()) {
      try {
        return start(source, id);
      } catch (error) {
        if (source.ours) await rm(dirname(source.path), { recursive: true, force: true });
        throw error;
      }
    },
    find: (id) => keptOne(id).dataset,
    async use(id, work) {
      const { dataset, uses } = keptOne(id);
      const use = work(dataset);
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
    },
  };
}
