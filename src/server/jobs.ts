import { randomUUID } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { z } from "@hono/zod-openapi";
import { InsightsError } from "../base/error.ts";
import { type FirstFacts, firstSchema } from "./people/schemas.ts";
import { Problem } from "./problem.ts";

/** A column of a file that was not recognised, and what it may be. */
export const columnGuessSchema = z
  .object({
    name: z.string(),
    /** Up to three values of it. */
    values: z.array(z.string()),
    /** The most likely first. `sure` is 0 to 1. */
    guesses: z.array(
      z.object({ canonical: z.string(), sure: z.number(), by: z.enum(["name", "values", "both"]) }),
    ),
  })
  .openapi("ColumnGuess");

/** See {@link columnGuessSchema}. */
export type ColumnGuess = Readonly<z.infer<typeof columnGuessSchema>>;

/** A job as the API tells it. */
export const jobSchema = z
  .object({
    id: z.string(),
    /** Name of the file that it adds; null for what adds none. */
    file: z.string().nullable(),
    state: z.enum(["queued", "running", "done", "failed", "cancelled"]),
    /** What it is doing, in words. */
    step: z.string(),
    /** Share of the step that is done, 0 to 1; null where it is unknown. */
    fraction: z.number().nullable(),
    /** Why it failed, in words. */
    error: z.string().nullable(),
    /** Whether it failed for what may pass, such as a full disk, and not for what the file holds. */
    transient: z.boolean(),
    /** Number of the import that it has added, or studied. */
    import: z.number().int().nullable(),
    /** Number of the import that holds the same file, read in the same way: then nothing was added. */
    same_as: z.number().int().nullable(),
    /** Where it failed because nothing tells which column is what: all columns, for a person to say. */
    columns: z.array(columnGuessSchema).nullable(),
    /** The best of the first records of a large file, while the rest is read, where nobody is in the workspace; null before and after. */
    first: firstSchema.nullable(),
  })
  .openapi("Job");

/** See {@link jobSchema}. */
export type JobFacts = Readonly<z.infer<typeof jobSchema>>;

/** What a job's work can use. */
export interface JobContext {
  readonly signal: AbortSignal;
  /** Reports progress: the step in words, and the share of it that is done. */
  readonly progress: (step: string, fraction: number | null) => void;
  /** Tells of the first people, until the job ends. */
  readonly first: (people: FirstFacts) => void;
}

/** What a job may come to. */
export type JobResult = Partial<Pick<JobFacts, "import" | "same_as">>;

/** A job's work. It throws where it cannot be done. */
export type JobWork = (context: JobContext) => Promise<JobResult>;

interface Job {
  facts: JobFacts;
  readonly work: JobWork;
  readonly controller: AbortController;
  readonly ended: Promise<void>;
  end: () => void;
}

/** Most jobs that wait. */
const MOST_WAITING = 20;
/** Most jobs that have ended and are still told of. */
const MOST_ENDED = 100;

/** A queue of jobs. They run one after the other, since each takes all cores. */
export interface Jobs {
  /** Queues a job; null where too many wait already. @param file name of the file that it adds, if it adds one */
  start(work: JobWork, file?: string): JobFacts | null;
  /** Those that have not ended and the last that have, in the order in which they were begun. */
  all(): readonly JobFacts[];
  find(id: string): JobFacts | undefined;
  /** Stops a job; one that has ended stays as it is. */
  cancel(id: string): Promise<JobFacts | undefined>;
  /** The job now and after each change, until it has ended or the signal aborts. A slow reader misses states between. */
  watch(id: string, signal: AbortSignal): AsyncGenerator<JobFacts, void, void>;
  /** Comes once a job has ended, or was cancelled before it began. */
  ended(id: string): Promise<void>;
  /** Cancels all and waits for their end. */
  stop(): Promise<void>;
}

/**
 * Makes a queue of jobs.
 *
 * @param count gets the number of running jobs
 * @param message the message for what was thrown; it reports faults of the server
 */
export function createJobs(count: (running: number) => void, message: (error: unknown) => string): Jobs {
  const jobs = new Map<string, Job>();
  /** Emits the id of each job that changes. */
  const changed = new EventEmitter().setMaxListeners(0);
  const waiting: Job[] = [];
  const ended: string[] = [];
  let running: Job | null = null;

  function change(job: Job, changes: Partial<JobFacts>): void {
    const facts = { ...job.facts, ...changes };
    // Nobody's data stays with a job that has ended.
    job.facts = isUnderWay(facts) ? facts : { ...facts, first: null };
    changed.emit(job.facts.id);
  }

  function end(job: Job): void {
    job.end();
    ended.push(job.facts.id);
    if (ended.length > MOST_ENDED) jobs.delete(ended.shift() as string);
  }

  async function run(job: Job): Promise<void> {
    running = job;
    count(1);
    change(job, { state: "running" });
    const { signal } = job.controller;
    try {
      const progress = (step: string, fraction: number | null) => change(job, { step, fraction });
      const first = (people: FirstFacts) => change(job, { first: people });
      const result = await job.work({ signal, progress, first });
      // What was added stays, though somebody wanted to stop it.
      const stopped = signal.aborted && result.import === undefined;
      change(job, stopped ? { state: "cancelled" } : { state: "done", fraction: 1, ...result });
    } catch (error) {
      // Whatever a job that somebody stopped ends with is no fault to be told.
      if (signal.aborted) change(job, { state: "cancelled" });
      else {
        const columns =
          error instanceof Problem ? (error.more?.columns as ColumnGuess[] | undefined) : undefined;
        const transient = error instanceof Problem ? error.passes : !(error instanceof InsightsError);
        change(job, { state: "failed", error: message(error), transient, columns: columns ?? null });
      }
    } finally {
      running = null;
      count(0);
      end(job);
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
      end(job);
    }
    job.controller.abort();
    await job.ended;
  }

  return {
    start(work, file) {
      if (waiting.length >= MOST_WAITING) return null;
      let end = () => {};
      const isOver = new Promise<void>((resolve) => {
        end = resolve;
      });
      const facts: JobFacts = {
        id: randomUUID(),
        file: file ?? null,
        state: "queued",
        step: "waiting",
        fraction: null,
        error: null,
        transient: false,
        import: null,
        same_as: null,
        columns: null,
        first: null,
      };
      const job: Job = { facts, work, controller: new AbortController(), ended: isOver, end };
      jobs.set(facts.id, job);
      waiting.push(job);
      next();
      return job.facts;
    },
    all: () => [...jobs.values()].map(({ facts }) => facts),
    find: (id) => jobs.get(id)?.facts,
    async cancel(id) {
      const job = jobs.get(id);
      if (job !== undefined) await cancel(job);
      return job?.facts;
    },
    async *watch(id, signal) {
      let told: JobFacts | undefined;
      while (!signal.aborted) {
        const facts = jobs.get(id)?.facts;
        if (facts === undefined) return;
        if (facts === told) {
          // Ends by a change, or by the signal.
          await once(changed, id, { signal }).catch(() => {});
          continue;
        }
        told = facts;
        yield facts;
        if (!isUnderWay(facts)) return;
      }
    },
    async ended(id) {
      await jobs.get(id)?.ended;
    },
    async stop() {
      await Promise.all([...jobs.values()].filter(({ facts }) => isUnderWay(facts)).map(cancel));
    },
  };
}

/** Whether a job has not ended. */
export function isUnderWay({ state }: JobFacts): boolean {
  return state === "queued" || state === "running";
}
