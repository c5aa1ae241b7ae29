import { availableParallelism } from "node:os";
import { parentPort, type Worker, workerData } from "node:worker_threads";
import { InsightsError } from "../base/error.ts";
import { standBack, startThread } from "../base/thread.ts";
import type { Limits } from "./body.ts";
import { errorOf, type Failure, failureOf, Problem } from "./problem.ts";
import { type BatchAnswer, type BatchOrder, createBatchScorer, type ScoringModel } from "./scoreBatch.ts";

/** Threads that score. A machine with more cores has other things to do as well. */
const MOST_THREADS = 4;
/** Megabytes of objects that a thread may make: 10,000 profiles take a fifth of it, a body of nothing but brackets more. */
const THREAD_MEGABYTES = 256;

/** What a scoring thread is started with. `scoring` tells it from other threads that load this file. */
interface ScoreThreadData {
  readonly scoring: true;
  readonly model: ScoringModel;
  readonly limits: Pick<Limits, "records" | "lineBytes">;
}

/** What a scoring thread answers to an order. */
type ThreadAnswer = { readonly answer: BatchAnswer } | { readonly failure: Failure };

/** Threads that score and explain what would hold up all other requests. How much waits is decided at the gate. */
export interface ScoreThreads {
  /**
   * Scores records or explains one. Their bytes are given away.
   *
   * @throws Problem as the batch scorer does
   */
  score(order: BatchOrder): Promise<BatchAnswer>;
  /** Ends the threads. What they work on is lost. */
  close(): Promise<void>;
}

interface Waiting {
  readonly order: BatchOrder;
  readonly resolve: (answer: BatchAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** Makes threads that score. Each is started when all others are busy. */
export function createScoreThreads(
  model: ScoringModel,
  limits: Pick<Limits, "records" | "lineBytes">,
): ScoreThreads {
  const { pipeline, answers, combinations, background, threshold } = model;
  const data: ScoreThreadData = {
    scoring: true,
    model: {
      ...{ pipeline, answers, threshold },
      ...(combinations && { combinations }),
      ...(background && { background }),
    },
    limits: { records: limits.records, lineBytes: limits.lineBytes },
  };
  const most = Math.min(MOST_THREADS, availableParallelism());
  /** All threads, with what each works on. */
  const threads = new Map<Worker, Waiting | null>();
  const waiting: Waiting[] = [];
  let closed = false;
  const stopping = () => new Problem("not-ready", "The server is stopping.");

  function start(): Worker {
    const worker = startThread("./scoreThreads", import.meta.url, data, {
      maxOldGenerationSizeMb: THREAD_MEGABYTES,
    });
    worker.on("message", (told: ThreadAnswer) => {
      const done = threads.get(worker);
      threads.set(worker, null);
      if ("answer" in told) done?.resolve(told.answer);
      else done?.reject(errorOf(told.failure));
      next();
    });
    worker.on("error", (error: NodeJS.ErrnoException) => {
      const tooMuch = error.code === "ERR_WORKER_OUT_OF_MEMORY";
      const problem = new Problem("too-large", "The body holds too much to be taken apart.");
      threads.get(worker)?.reject(tooMuch ? problem : error);
    });
    worker.on("exit", () => {
      threads.get(worker)?.reject(stopping());
      threads.delete(worker);
      if (!closed) next();
    });
    return worker;
  }

  function next(): void {
    while (waiting.length > 0) {
      const idle = [...threads].find(([, work]) => work === null)?.[0];
      const worker = idle ?? (threads.size < most ? start() : undefined);
      const work = waiting[0];
      if (worker === undefined) return;
      waiting.shift();
      threads.set(worker, work);
      const bytes = "bytes" in work.order ? work.order.bytes : undefined;
      // A view of a larger buffer, as Node's pool gives them, is copied.
      const whole = bytes?.byteLength === bytes?.buffer.byteLength && bytes?.buffer instanceof ArrayBuffer;
      worker.postMessage(work.order, whole ? [bytes?.buffer as ArrayBuffer] : []);
    }
  }

  return {
    score(order) {
      if (closed) return Promise.reject(stopping());
      return new Promise((resolve, reject) => {
        waiting.push({ order, resolve, reject });
        next();
      });
    },
    async close() {
      closed = true;
      for (const { reject } of waiting.splice(0)) reject(stopping());
      await Promise.all([...threads.keys()].map((worker) => worker.terminate()));
    },
  };
}

if (parentPort !== null && (workerData as Partial<ScoreThreadData> | null)?.scoring === true) {
  const port = parentPort;
  standBack();
  const { model, limits } = workerData as ScoreThreadData;
  const score = createBatchScorer(model, limits);
  port.on("message", (order: BatchOrder) => {
    const told = answerTo(order);
    port.postMessage(told, "answer" in told ? [told.answer.bytes.buffer] : []);
  });

  function answerTo(order: BatchOrder): ThreadAnswer {
    try {
      return { answer: score(order) };
    } catch (error) {
      // Anything else ends the thread, and with it this order.
      if (!(error instanceof Problem || error instanceof InsightsError)) throw error;
      return { failure: failureOf(error) };
    }
  }
}
