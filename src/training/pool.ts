import { InsightsError } from "../base/error.ts";
import { startThread } from "../base/thread.ts";
import { type Member, type MemberJob, trainMember } from "./member.ts";
import type { MemberAnswer } from "./memberWorker.ts";

/** How to run jobs. */
export interface PoolOptions {
  /** Worker threads; 1 runs in the caller's own thread. */
  readonly workers: number;
  readonly signal?: AbortSignal | undefined;
  /** Told after each job how many are done, and which this was. */
  readonly onDone?: ((done: number, place: number, member: Member | InsightsError) => void) | undefined;
  /** A job that the options or the rows make impossible leaves a hole in the results, and the others go on. */
  readonly goOn?: boolean | undefined;
}

/**
 * Trains networks, several at a time in worker threads. The results are those of one thread, in the order of the jobs:
 * every job has a seed of its own.
 *
 * @param jobs drawn as threads fall free, so that only so many are in memory
 * @throws what a job throws, the first of them; the signal's reason when aborted
 */
export async function trainMembers(jobs: AsyncIterable<MemberJob>, options: PoolOptions): Promise<Member[]> {
  const { workers, signal, onDone, goOn } = options;
  const members: Member[] = [];
  const queue = jobs[Symbol.asyncIterator]();
  let drawn = 0;
  let done = 0;
  const work = async (run: (job: MemberJob) => Promise<Member>) => {
    for (;;) {
      signal?.throwIfAborted();
      const next = await queue.next();
      if (next.done === true) return;
      // Answers come in the order of the questions, so that a job's place is its turn.
      const place = drawn++;
      const member = await run(next.value).catch((error) => {
        if (goOn !== true || !(error instanceof InsightsError)) throw error;
        return error;
      });
      if (!(member instanceof InsightsError)) members[place] = member;
      onDone?.(++done, place, member);
    }
  };
  if (workers <= 1) {
    await work((job) => trainMember(job, signal));
    return members;
  }
  const threads = Array.from({ length: workers }, () => new Thread());
  const stop = () => Promise.all(threads.map((thread) => thread.stop()));
  const aborted = () => void stop();
  signal?.addEventListener("abort", aborted);
  const works = threads.map((thread) => work((job) => thread.train(job)));
  try {
    await Promise.all(works);
    return members;
  } catch (error) {
    // A thread that is stopped fails in its own words; what the caller wants to see is its own reason.
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", aborted);
    await stop();
    // Jobs are drawn by queries: one that still runs when the caller closes its database would never end.
    await Promise.allSettled(works);
  }
}

/** A worker thread that trains one network at a time. */
class Thread {
  private readonly worker = startThread("./memberWorker", import.meta.url);
  /** Rejects when the thread ends, whether it was asked something or not. */
  private readonly ended: Promise<never>;

  constructor() {
    this.ended = new Promise((_, reject) => {
      this.worker
        .once("error", reject)
        .once("exit", () => reject(new Error("a training thread ended early")));
    });
    // Who waits for an answer hears of it; nobody else needs to.
    this.ended.catch(() => undefined);
  }

  async train(job: MemberJob): Promise<Member> {
    const answer = new Promise<MemberAnswer>((resolve) => this.worker.once("message", resolve));
    this.worker.postMessage(job);
    const { member, refused } = await Promise.race([answer, this.ended]);
    if (member === undefined) throw new InsightsError(refused);
    return member;
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }
}
