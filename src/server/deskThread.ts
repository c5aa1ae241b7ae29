/** The thread in which the server reads, ranks and lists files: any of it would keep it from answering. */
import { parentPort, workerData } from "node:worker_threads";
import type { DuckDBConnection } from "@duckdb/node-api";
import { standBack } from "../base/thread.ts";
import type { Model } from "../bundle/model.ts";
import { createExplainer } from "../explain/explainer.ts";
import { createReasons, reasonsFromFacts } from "../shortlist/reasons.ts";
import { type Added, type AddOptions, addImport } from "../workspace/addImport.ts";
import { rankingModel } from "../workspace/models.ts";
import { openWorkspace } from "../workspace/open.ts";
import type { DatasetParts } from "./dataset.ts";
import { fillDataset, type MakeOptions, type OpenDataset } from "./fillDataset.ts";
import { answerTo, type Question } from "./listings.ts";
import { answerAbout, type PeopleQuestion } from "./people/answers.ts";
import { withColumns } from "./people/columnGuesses.ts";
import type { PeopleDesk } from "./people/peopleDesk.ts";
import { type Failure, failureOf, Problem } from "./problem.ts";

/** What a desk works with. */
export interface DeskData {
  readonly model: Model | null;
  /** The model's folder; null for the one that ships. */
  readonly of: string | null;
  /** Folder of the server, in which all temporary files are made. */
  readonly folder: string;
  /** Bytes that DuckDB may use for all datasets together, and the workspace. */
  readonly memory: number;
  readonly workspace: WorkspacePlace;
}

/** What the desk's thread is started with. */
export interface DeskStart {
  readonly data: DeskData;
  /** Threads that were the desk's before this one, and have ended. */
  readonly ended: readonly number[];
}

/** Where the workspace is. */
export interface WorkspacePlace {
  /** Its file, or `IN_MEMORY`. */
  readonly path: string;
  /** Whether the folder of the file is made where it is not there. */
  readonly makeFolder: boolean;
}

/** A file to add to the workspace, as far as the desk does not know it. */
export type ImportFile = Omit<AddOptions, "model" | "database" | "signal" | "onProgress" | "onRecalled"> & {
  readonly path: string;
};

/** What a file is made a dataset with, as far as the desk does not know it. */
export type DeskFile = Omit<MakeOptions, "model" | "of" | "database">;

/** What the thread is told. Each order has a number, under which it is answered. */
export type DeskOrder =
  | DatasetOrder
  | WorkspaceOrder
  /** Nobody waits for the answer to an order any more. */
  | { readonly call: number; readonly kind: "give up" };

/** An order about a dataset. To forget it waits for what goes on with it. */
type DatasetOrder = { readonly call: number; readonly id: string } & (
  | { readonly kind: "fill"; readonly file: DeskFile }
  | { readonly kind: "ask"; readonly question: Question }
  | { readonly kind: "forget" }
);

/** An order about the workspace, which is opened with the first. */
type WorkspaceOrder = { readonly call: number } & (
  | { readonly kind: "open workspace"; readonly now: Date }
  | { readonly kind: "people"; readonly question: PeopleQuestion; readonly now: Date }
  | { readonly kind: "import"; readonly file: ImportFile }
  | { readonly kind: "close workspace" }
);

/** What the thread says of an order. */
export type DeskNews = { readonly call: number } & (
  | { readonly kind: "progress"; readonly step: string; readonly fraction: number | null }
  | { readonly kind: "parts"; readonly parts: Partial<DatasetParts> }
  | { readonly kind: "done"; readonly answer: Uint8Array | undefined }
  | { readonly kind: "failed"; readonly failure: Failure }
);

const { data, ended } = workerData as DeskStart;
const { model, of, folder, memory, workspace: place } = data;
standBack();

const open = new Map<string, OpenDataset>();
/** Orders that are being followed. */
const under = new Map<
  number,
  { readonly id: string | null; readonly controller: AbortController; readonly done: Promise<void> }
>();
const say = (news: DeskNews) =>
  parentPort?.postMessage(
    news,
    news.kind === "done" && news.answer ? [news.answer.buffer as ArrayBuffer] : [],
  );

/** The databases are being told their part of the memory. */
let sharing: Promise<unknown> = Promise.resolve();

let people: Promise<PeopleDesk> | undefined;

/** The workspace, opened where it is not. @throws InsightsError where it cannot be opened; then it is tried anew by the next */
function peopleDesk(now: Date): Promise<PeopleDesk> {
  people ??= (async () => {
    const { path, makeFolder } = place;
    const memoryLimit = limitOf(open.size + 1);
    const temporaryDirectory = folder;
    const workspace = await openWorkspace(path, { now, makeFolder, ended, memoryLimit, temporaryDirectory });
    const explainer = model === null ? null : createExplainer(model);
    const reasons = model === null ? reasonsFromFacts : createReasons(model, explainer ?? undefined);
    const database = () => ({ temporaryDirectory: folder, memoryLimit: limitOf(open.size + 1) });
    return { workspace, reasons, explainer, database };
  })();
  people.catch(() => {
    people = undefined;
  });
  return people;
}

/** Each database's part of the memory. One more than there are: the study of a file opens one of its own. */
const limitOf = (databases: number) => `${Math.floor(memory / (databases + 1) / 1000)}KB`;

/** Gives each database its part of the memory, and tells it. */
function shareMemory(datasets: number): Promise<string> {
  const told = sharing.then(async () => {
    const opened = await people?.catch(() => undefined);
    const memoryLimit = limitOf(datasets + (opened === undefined ? 0 : 1));
    const limit = (connection: DuckDBConnection) =>
      // A database that cannot put aside so much keeps what it has.
      connection.run(`SET memory_limit = '${memoryLimit}'`).catch(() => {});
    for (const { profiles } of open.values()) await limit(profiles.connection);
    await opened?.workspace.read(limit);
    return memoryLimit;
  });
  sharing = told;
  return told;
}

async function follow(
  order: DatasetOrder | WorkspaceOrder,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
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
    case "open workspace":
      await peopleDesk(order.now);
      return;
    case "people":
      return answerAbout(await peopleDesk(order.now), order.question, signal);
    case "import":
      return new TextEncoder().encode(JSON.stringify(await add(order, signal)));
    case "close workspace": {
      const opened = await people?.catch(() => undefined);
      await opened?.workspace.close();
      return;
    }
  }
}

/** Adds a file to the workspace. */
async function add(
  { call, file: { path, ...file } }: Extract<WorkspaceOrder, { readonly kind: "import" }>,
  signal: AbortSignal,
): Promise<Added> {
  if (model === null) throw new Problem("conflict", "The server has no model to rank people by.");
  const { workspace } = await peopleDesk(file.now);
  const database = { temporaryDirectory: folder, memoryLimit: await shareMemory(open.size + 1) };
  try {
    return await addImport(workspace, path, {
      ...file,
      ...{ database, signal },
      model: await rankingModel(model, of),
      onProgress: (step, fraction) => say({ kind: "progress", call, step, fraction }),
    });
  } catch (error) {
    throw withColumns(error);
  } finally {
    await shareMemory(open.size);
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
  under.set(call, { id: "id" in order ? order.id : null, controller, done });
});
