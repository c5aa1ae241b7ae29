import { availableParallelism } from "node:os";
import type { Worker } from "node:worker_threads";
import { startThread } from "../base/thread.ts";
import { Problem } from "./problem.ts";
import type { BatchAnswer, BatchOrder } from "./scoreBatch.ts";
import type { ScoreNews, ScoreWorkerData } from "./scoreWorker.ts";

/** Threads that score: more than these help nobody on a machine of one's own. */
const MOST_THREADS = 4;
/** Most bytes that wait for a thread. */
const MOST_WAITING_BYTES = 256 << 20;
/** Megabytes of objects that a thread may make: 10,000 profiles take a tenth of it, a body of nothing but brackets more. */
const THREAD_MEGABYTES = 512;

/** Threads that score what would hold up all other requests. */
export interface ScoreThreads {
  /**
   * Scores records. Their bytes are given away.
   *
   * @throws Problem `too-many` where too much waits already, and whatever the batch scorer throws
   */
  score(order: BatchOrder): Promise<BatchAnswer>;
  /** Ends the threads; what is with them is lost. */
  close(): Promise<void>;
}

interface Waiting {
  readonly order: BatchOrder;
  readonly resolve: (answer: BatchAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** Makes threads that score; each is started when all others are busy. */
export function createScoreThreads(data: ScoreWorkerData): ScoreThreads {
  const most = Math.min(MOST_THREADS, availableParallelism());
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const busy = new Map<Worker, Waiting>();
  const waiting: Waiting[] = [];
  let waitingBytes = 0;
  let closed = false;

  function startWorker(): Worker {
    const worker = startThread("./scoreWorker", import.meta.url, data, {
      maxOldGenerationSizeMb: THREAD_MEGABYTES,
    });
    all.add(worker);
    worker.on("message", (news: ScoreNews) => {
      const done = busy.get(worker);
      busy.delete(worker);
      idle.push(worker);
      if ("answer" in news) done?.resolve(news.answer);
      else {
        const { kind, detail, errors } = news.problem;
        done?.reject(new Problem(kind, detail, errors));
      }
      next();
    });
    worker.on("error", (error: NodeJS.ErrnoException) => {
      busy
        .get(worker)
        ?.reject(
          error.code === "ERR_WORKER_OUT_OF_MEMORY"
            ? new Problem("too-large", "The body holds too much to be taken apart.")
            : error,
        );
      busy.delete(worker);
    });
    worker.on("exit", () => {
      all.delete(worker);
      const place = idle.indexOf(worker);
      if (place !== -1) idle.splice(place, 1);
      busy.get(worker)?.reject(new Problem("not-ready", "The server is stopping."));
      busy.delete(worker);
      if (!closed) next();
    });
    return worker;
  }

  function next(): void {
    while (waiting.length > 0) {
      const worker = idle.pop() ?? (all.size < most ? startWorker() : undefined);
      if (worker === undefined) return;
      const job = waiting.shift() as Waiting;
      const { bytes } = job.order;
      waitingBytes -= bytes.byteLength;
      busy.set(worker, job);
      // A view of a larger buffer, as Node's pool gives them, is copied.
      const whole = bytes.byteLength === bytes.buffer.byteLength && bytes.buffer instanceof ArrayBuffer;
      worker.postMessage(job.order, whole ? [bytes.buffer as ArrayBuffer] : []);
    }
  }

  return {
    score(order) {
      if (closed) return Promise.reject(new Problem("not-ready", "The server is stopping."));
      if (waitingBytes + order.bytes.byteLength > MOST_WAITING_BYTES) {
        return Promise.reject(new Problem("too-many", "Too much waits to be scored (try again later)."));
      }
      return new Promise((resolve, reject) => {
        waitingBytes += order.bytes.byteLength;
        waiting.push({ order, resolve, reject });
        next();
      });
    },
    async close() {
      closed = true;
      for (const { reject } of waiting.splice(0)) reject(new Problem("not-ready", "The server is stopping."));
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}
