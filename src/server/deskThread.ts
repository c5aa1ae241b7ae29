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
export type DeskOrder =
  | DatasetOrder
  /** Nobody waits for the answer to an order any more. */
  | { readonly call: number; readonly kind: "give up" };

/** An order about a dataset. To forget it waits for what goes on with it. */
type DatasetOrder = { readonly call: number; readonly id: string } & (
  | { readonly kind: "fill"; readonly file: DeskFile }
  | { readonly kind: "ask"; readonly question: Question }
  | { readonly kind: "forget" }
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
/** Orders that are being followed. */
const under = new Map<
  number,
  { readonly id: string; readonly controller: AbortController; readonly done: Promise<void> }
>();
const say = (news: DeskNews) =>
  parentPort?.postMessage(
    news,
    news.kind === "done" && news.answer ? [news.answer.buffer as ArrayBuffer] : [],
  );

/** The databases are being told their part of the memory. */
let sharing: Promise<unknown> = Promise.resolve();

/** Gives each database its part of the memory, and tells it: the study of a file opens one of its own. */
function shareMemory(datasets: number): Promise<string> {
  const memoryLimit = `${Math.floor(memory / (datasets + 1) / 1000)}KB`;
  const told = sharing.then(async () => {
    for (const { profiles } of open.values()) {
      // A database that cannot put aside so much keeps what it has.
      await profiles.connection.run(`SET memory_limit = '${memoryLimit}'`).catch(() => {});
    }
    return memoryLimit;
  });
  sharing = told;
  return told;
}

async function follow(order: DatasetOrder, signal: AbortSignal): Promise<Uint8Array | undefined> {
  const { call } = order;
  switch (order.kind) {
    case "fill": {
      const database = { temporaryDirectory: folder, memoryLimit: await shareMemory(open.size + 1) };
      try {
        await fillDataset(
          { ...order.file, model, of, database },
          {
            signal,
            progress: (step, fraction) => say({ kind: "progress", call, step, fraction }),
            opened: (dataset) => open.set(order.id, dataset),
            tell: (parts) => say({ kind: "parts", call, parts }),
          },
        );
      } finally {
        await shareMemory(open.size);
      }
      return;
    }
    case "ask": {
      const dataset = open.get(order.id);
      if (dataset === undefined) throw new Problem("not-found", "There is no such dataset.");
      return answerTo(dataset, order.question, signal);
    }
    case "forget": {
      const dataset = open.get(order.id);
      open.delete(order.id);
      // A database that is closed in the middle of a query never ends it, and stays in the way of all others, or ends the process.
      const asked = [...under.values()].filter(({ id }) => id === order.id);
      await Promise.all([sharing, ...asked.map(({ done }) => done)]);
      await dataset?.profiles.close();
      await shareMemory(open.size);
      return;
    }
  }
}

parentPort?.on("message", (order: DeskOrder) => {
  const { call } = order;
  if (order.kind === "give up") {
    under.get(call)?.controller.abort();
    return;
  }
  const controller = new AbortController();
  const done = follow(order, controller.signal)
    .then(
      (answer) => say({ kind: "done", call, answer }),
      (error) => say({ kind: "failed", call, failure: failureOf(error) }),
    )
    .finally(() => under.delete(call));
  under.set(call, { id: order.id, controller, done });
});
