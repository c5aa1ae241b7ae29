import type { Worker } from "node:worker_threads";
import { InsightsError } from "../base/error.ts";
import { startThread } from "../base/thread.ts";
import type { Added } from "../workspace/addImport.ts";
import type { DeskData, DeskNews, DeskOrder, DeskStart, ImportFile } from "./deskThread.ts";
import type { JobContext } from "./jobs.ts";
import type { PeopleQuestion } from "./people/answers.ts";
import { errorOf, Problem } from "./problem.ts";

/** The thread in which files are read and ranked, and people told of, so that the main thread always answers. */
export interface Desk {
  /** Opens the workspace. @throws InsightsError as `openWorkspace` does */
  openWorkspace(now: Date): Promise<void>;
  /**
   * Answers a question about the people of the workspace, or does something with them.
   *
   * @param signal tells that nobody waits for the answer
   * @returns the bytes of the answer: JSON
   */
  people(question: PeopleQuestion, now: Date, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
  /** Adds a file to the workspace. @throws as `addImport` does */
  add(file: ImportFile, context: JobContext): Promise<Added>;
  close(): Promise<void>;
}

/** Megabytes of objects that the thread may make. Files are read in pieces, and tables are DuckDB's. */
const DESK_MEGABYTES = 1024;

interface Call {
  readonly resolve: (answer: Uint8Array | undefined) => void;
  readonly reject: (error: unknown) => void;
  readonly context: JobContext | undefined;
}

/** Opens a desk. Its thread starts with the first question; where it ends by itself, another starts with the next, and opens the workspace again. */
export function openDesk(data: DeskData): Desk {
  let worker: Worker | null = null;
  let calls = new Map<number, Call>();
  let last = 0;
  let closed = false;
  const ended: number[] = [];

  function start(): Worker {
    const own: DeskStart = { data, ended };
    const started = startThread("./deskThread", import.meta.url, own, {
      maxOldGenerationSizeMb: DESK_MEGABYTES,
    });
    const { threadId } = started;
    let why: unknown = new Error("the thread ended");
    let full = false;
    started.on("message", (news: DeskNews) => {
      const call = calls.get(news.call);
      if (news.kind === "progress") call?.context?.progress(news.step, news.fraction);
      else if (news.kind === "first") call?.context?.first(news.first);
      else {
        calls.delete(news.call);
        if (news.kind === "done") call?.resolve(news.answer);
        else call?.reject(errorOf(news.failure));
      }
    });
    started.on("error", (error: NodeJS.ErrnoException) => {
      full = error.code === "ERR_WORKER_OUT_OF_MEMORY";
      why = error;
    });
    started.on("exit", () => {
      worker = null;
      ended.push(threadId);
      const open = calls;
      calls = new Map();
      if (closed) why = new Problem("not-ready", "The server is stopping.");
      const large = new InsightsError("the file holds more than fits into memory");
      // Whoever has sent a file can mend it; who asked for something else cannot.
      for (const { reject, context } of open.values()) reject(full && context !== undefined ? large : why);
    });
    return started;
  }

  function call(
    order: (call: number) => DeskOrder,
    signal: AbortSignal | undefined,
    context?: JobContext,
  ): Promise<Uint8Array | undefined> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const number = ++last;
      const giveUp = () => worker?.postMessage({ kind: "give up", call: number } satisfies DeskOrder);
      const ended = () => signal?.removeEventListener("abort", giveUp);
      calls.set(number, {
        resolve: (answer) => {
          ended();
          resolve(answer);
        },
        reject: (error) => {
          ended();
          reject(error);
        },
        context,
      });
      worker ??= start();
      worker.postMessage(order(number));
      signal?.addEventListener("abort", giveUp, { once: true });
    });
  }

  return {
    async openWorkspace(now) {
      await call((number) => ({ kind: "open workspace", call: number, now }), undefined);
    },
    async people(question, now, signal) {
      const answer = await call((number) => ({ kind: "people", call: number, question, now }), signal);
      return answer as Uint8Array<ArrayBuffer>;
    },
    async add(file, context) {
      const answer = await call(
        (number) => ({ kind: "import", call: number, file }),
        context.signal,
        context,
      );
      return JSON.parse(new TextDecoder().decode(answer)) as Added;
    },
    async close() {
      closed = true;
      // A thread that ends meanwhile has nothing open any more.
      if (worker !== null)
        await call((number) => ({ kind: "close workspace", call: number }), undefined).catch(() => {});
      await worker?.terminate();
    },
  };
}
