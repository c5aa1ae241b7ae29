import { randomUUID } from "node:crypto";

/** How far a job is. */
export type JobState = "queued" | "running" | "done" | "failed" | "cancelled";

/** A job as the API tells it. */
export interface JobFacts {
  readonly id: string;
  /** Of the dataset that it makes. */
  readonly dataset: string;
  readonly state: JobState;
  /** What it is doing, in words. */
  readonly step: string;
  /** Share of the step that is done, 0 to 1; null where nobody can say. */
  readonly fraction: number | null;
  /** Why it failed, in words. */
  readonly error: string | null;
}

/** What a job's work is told. */
export interface JobContext {
  readonly signal: AbortSignal;
  /** Says what is being done now. */
  readonly tell: (step: string, fraction: number | null) => void;
}

/** A job's work. It throws where it cannot be done; an InsightsError's message is shown. */
export type JobWork = (context: JobContext) => Promise<void>;

interface Job {
  facts: JobFacts;
  readonly work: JobWork;
  readonly controller: AbortController;
  readonly watchers: Set<(facts: JobFacts) => void>;
  readonly ended: Promise<void>;
  end: () => void;
}

/** What a queue of jobs is told. */
export interface JobsOptions {
  /** Told how many are running. */
  readonly count: (running: number) => void;
  /** Words for what was thrown. Faults of ours are reported there, and told to nobody else. */
  readonly words: (error: unknown) => string;
}

/** Jobs that are waiting at a time. */
const MOST_WAITING = 20;

/** Jobs, one after the other: each takes all cores. */
export interface Jobs {
  /** @returns null where too many wait already */
  start(dataset: string, work: JobWork): JobFacts | null;
  find(id: string): JobFacts | undefined;
  /** Stops a job; one that has ended stays as it is. */
  cancel(id: string): Promise<JobFacts | undefined>;
  /** Tells every change, until the job has ended or the signal aborts. The first is how it stands. */
  watch(id: string, signal: AbortSignal): AsyncGenerator<JobFacts, void, void>;
  /** Lets go of a job that has ended. */
  forget(id: string): void;
  /** Cancels all and waits for their end. */
  stop(): Promise<void>;
}

/** Makes a queue of jobs. */
export function createJobs({ count, words }: JobsOptions): Jobs {
  const jobs = new Map<string, Job>();
  const waiting: Job[] = [];
  let running: Job | null = null;

  function change(job: Job, changes: Partial<JobFacts>): void {
    job.facts = { ...job.facts, ...changes };
    for (const watcher of job.watchers) watcher(job.facts);
  }

  async function run(job: Job): Promise<void> {
    running = job;
    count(1);
    change(job, { state: "running" });
    const { signal } = job.controller;
    try {
      await job.work({ signal, tell: (step, fraction) => change(job, { step, fraction }) });
      change(job, signal.aborted ? { state: "cancelled" } : { state: "done", fraction: 1 });
    } catch (error) {
      change(job, signal.aborted ? { state: "cancelled" } : { state: "failed", error: words(error) });
    } finally {
      running = null;
      count(0);
      job.end();
      next();
    }
  }

  function next(): void {
    if (running !== null) return;
    const job = waiting.shift();
    if (job !== undefined) void run(job);
  }

  async function cancel(job: Job): Promise<void> {
    const place = waiting.indexOf(job);
    if (place !== -1) {
      waiting.splice(place, 1);
      change(job, { state: "cancelled" });
      job.end();
    }
    job.controller.abort();
    await job.ended;
  }

  return {
    start(dataset, work) {
      if (waiting.length >= MOST_WAITING) return null;
      let end = () => {};
      const ended = new Promise<void>((resolve) => {
        end = resolve;
      });
      const facts: JobFacts = {
        id: randomUUID(),
        dataset,
        state: "queued",
        step: "waiting",
        fraction: null,
        error: null,
      };
      const job: Job = { facts, work, controller: new AbortController(), watchers: new Set(), ended, end };
      jobs.set(facts.id, job);
      waiting.push(job);
      next();
      return job.facts;
    },
    find: (id) => jobs.get(id)?.facts,
    async cancel(id) {
      const job = jobs.get(id);
      if (job !== undefined) await cancel(job);
      return job?.facts;
    },
    async *watch(id, signal) {
      const job = jobs.get(id);
      if (job === undefined) return;
      const changes: JobFacts[] = [job.facts];
      let wake = () => {};
      const watcher = (facts: JobFacts) => {
        // Whoever reads slowly sees the last state, not all that have been.
        if (changes.length > 1) changes.pop();
        changes.push(facts);
        wake();
      };
      const stop = () => wake();
      job.watchers.add(watcher);
      signal.addEventListener("abort", stop);
      try {
        while (!signal.aborted) {
          const facts = changes.shift();
          if (facts === undefined) {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
            continue;
          }
          yield facts;
          if (facts.state !== "queued" && facts.state !== "running") return;
        }
      } finally {
        job.watchers.delete(watcher);
        signal.removeEventListener("abort", stop);
      }
    },
    forget(id) {
      jobs.delete(id);
    },
    async stop() {
      await Promise.all(
        [...jobs.values()].filter(({ facts }) => /queued|running/.test(facts.state)).map(cancel),
      );
    },
  };
}
