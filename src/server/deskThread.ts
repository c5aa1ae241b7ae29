/** The thread in which the server reads, ranks and lists files: any of it would keep it from answering. */
import { parentPort, workerData } from "node:worker_threads";
import { standBack } from "../base/thread.ts";
import type { Model } from "../bundle/model.ts";
import type { DatasetParts } from "./dataset.ts";
import { fillDataset, type MakeOptions, type OpenDataset } from "./fillDataset.ts";
import { answerTo, type Question } from "./listings.ts";
import { type Failure, failureOf, Problem } from "./problem.ts";

/** What the desk's thread is started with. */
export interface DeskData {
  readonly model: Model | null;
  /** The model's folder; null for the one that ships. */
  readonly of: string | null;
  /** Folder of the server, in which all temporary files are made. */
  readonly folder: string;
  /** Bytes that DuckDB may use for all datasets together. */
  readonly memory: number;
}

/** What a file is made a dataset with, as far as the desk does not know it. */
export type DeskFile = Omit<MakeOptions, "model" | "of" | "database">;

/** What the thread is told. Each order has a number, under which it is answered. */
export type DeskOrder = { readonly call: number } & (
  | { readonly kind: "fill"; readonly id: string; readonly file: DeskFile }
  | { readonly kind: "ask"; readonly id: string; readonly question: Question }
  | { readonly kind: "forget"; readonly id: string }
  /** Nobody waits for the answer to an order any more. */
  | { readonly kind: "give up" }
);

/** What the thread says of an order. */
export type DeskNews = { readonly call: number } & (
  | { readonly kind: "progress"; readonly step: string; readonly fraction: number | null }
  | { readonly kind: "parts"; readonly parts: Partial<DatasetParts> }
  | { readonly kind: "done"; readonly answer: Uint8Array | undefined }
  | { readonly kind: "failed"; readonly failure: Failure }
);

const { model, of, folder, memory } = workerData as DeskData;
standBack();

const open = new Map<string, OpenDataset>();
const under = new Map<number, AbortController>();
const say = (news: DeskNews) =>
  parentPort?.postMessage(
    news,
    news.kind === "done" && news.answer ? [news.answer.buffer as ArrayBuffer] : [],
  );

/** DuckDB cannot do with less. */
const FEWEST_BYTES = 64e6;

/** What each database may use: the study of a file opens one of its own. */
const share = (datasets: number) => `${Math.floor(Math.max(FEWEST_BYTES, memory / (datasets + 1)) / 1000)}KB`;

async function shareMemory(): Promise<void> {
  for (const { profiles } of open.values()) {
    // A database that cannot put aside so much keeps what it has.
    await profiles.connection.run(`SET memory_limit = '${share(open.size)}'`).catch(() => {});
  }
}

async function follow(order: DeskOrder, signal: AbortSignal): Promise<Uint8Array | undefined> {
  const { call } = order;
  switch (order.kind) {
    case "fill": {
      const database = { temporaryDirectory: folder, memoryLimit: share(open.size + 1) };
      await fillDataset(
        { ...order.file, model, of, database },
        {
          signal,
          progress: (step, fraction) => say({ kind: "progress", call, step, fraction }),
          opened: (dataset) => open.set(order.id, dataset),
          tell: (parts) => say({ kind: "parts", call, parts }),
        },
      );
      await shareMemory();
      return;
    }
    case "ask": {
      const dataset = open.get(order.id);
      if (dataset === undefined) throw new Problem("not-yet", "The file is not read yet.");
      return answerTo(dataset, order.question, signal);
    }
    case "forget":
      await open.get(order.id)?.profiles.close();
      open.delete(order.id);
      await shareMemory();
      return;
    default:
      return;
  }
}

parentPort?.on("message", (order: DeskOrder) => {
  const { call, kind } = order;
  if (kind === "give up") {
    under.get(call)?.abort();
    return;
  }
  const controller = new AbortController();
  under.set(call, controller);
  follow(order, controller.signal)
    .then(
      (answer) => say({ kind: "done", call, answer }),
      (error) => say({ kind: "failed", call, failure: failureOf(error) }),
    )
    .finally(() => under.delete(call));
});
