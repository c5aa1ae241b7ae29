/** The thread in which the server reads and ranks files and tells of people: any of it would keep it from answering. */
import { parentPort, workerData } from "node:worker_threads";
import { standBack } from "../base/thread.ts";
import type { Model } from "../bundle/model.ts";
import { createExplainer } from "../explain/explainer.ts";
import { createReasons, reasonsFromFacts } from "../shortlist/reasons.ts";
import { type Added, type AddOptions, addImport } from "../workspace/addImport.ts";
import { rankingModel } from "../workspace/models.ts";
import { openWorkspace } from "../workspace/open.ts";
import { createIdleWork } from "./idleWork.ts";
import { answerAbout, type PeopleQuestion } from "./people/answers.ts";
import { withColumns } from "./people/columnGuesses.ts";
import type { PeopleDesk } from "./people/peopleDesk.ts";
import { firstFacts } from "./people/personFacts.ts";
import type { FirstFacts } from "./people/schemas.ts";
import { type Failure, failureOf, Problem } from "./problem.ts";
import { rehearse } from "./rehearsal.ts";

/** What a desk works with. */
export interface DeskData {
  readonly model: Model | null;
  /** The model's folder; null for the one that ships. */
  readonly of: string | null;
  /** Folder of the server, in which all temporary files are made. */
  readonly folder: string;
  /** What each database may use, as DuckDB writes it. */
  readonly memoryLimit: string;
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
export type ImportFile = Omit<
  AddOptions,
  "model" | "database" | "signal" | "onProgress" | "onRecalled" | "onFirst"
> & {
  readonly path: string;
};

/** What the thread is told. Each order has a number, under which it is answered. */
export type DeskOrder =
  | WorkspaceOrder
  /** Nobody waits for the answer to an order any more. */
  | { readonly call: number; readonly kind: "give up" };

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
  | { readonly kind: "first"; readonly first: FirstFacts }
  | { readonly kind: "done"; readonly answer: Uint8Array | undefined }
  | { readonly kind: "failed"; readonly failure: Failure }
);

const { data, ended } = workerData as DeskStart;
const { model, of, folder, memoryLimit, workspace: place } = data;
const database = { temporaryDirectory: folder, memoryLimit };
standBack();

/** Milliseconds without a question after which the first file is got ready for: the page has asked all that it begins with. */
const REST = 200;
const rehearsal = createIdleWork(async () => {
  if (model !== null) await rehearse(model, database);
}, REST);

/** What gives up each order that is being followed. */
const under = new Map<number, AbortController>();
const say = (news: DeskNews) =>
  parentPort?.postMessage(
    news,
    news.kind === "done" && news.answer ? [news.answer.buffer as ArrayBuffer] : [],
  );

let people: Promise<PeopleDesk> | undefined;

/** The workspace, opened where it is not. @throws InsightsError where it cannot be opened; then it is tried anew by the next */
function peopleDesk(now: Date): Promise<PeopleDesk> {
  people ??= (async () => {
    const { path, makeFolder } = place;
    const workspace = await openWorkspace(path, { now, makeFolder, ended, ...database });
    const explainer = model === null ? null : createExplainer(model);
    const reasons = model === null ? reasonsFromFacts : createReasons(model, explainer ?? undefined);
    return { workspace, reasons, explainer, database };
  })();
  people.catch(() => {
    people = undefined;
  });
  return people;
}

async function follow(order: WorkspaceOrder, signal: AbortSignal): Promise<Uint8Array | undefined> {
  switch (order.kind) {
    case "open workspace":
      await peopleDesk(order.now);
      return;
    case "people":
      return answerAbout(await peopleDesk(order.now), order.question, signal);
    case "import":
      // The file itself makes ready what the next one needs.
      void rehearsal.end();
      return new TextEncoder().encode(JSON.stringify(await add(order, signal)));
    case "close workspace": {
      await rehearsal.end();
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
  const { workspace, reasons } = await peopleDesk(file.now);
  try {
    return await addImport(workspace, path, {
      ...file,
      ...{ database, signal },
      model: await rankingModel(model, of),
      onProgress: (step, fraction) => say({ kind: "progress", call, step, fraction }),
      onFirst: (first) => say({ kind: "first", call, first: firstFacts(first, reasons) }),
    });
  } catch (error) {
    throw withColumns(error);
  }
}

parentPort?.on("message", (order: DeskOrder) => {
  const { call } = order;
  if (order.kind === "give up") {
    under.get(call)?.abort();
    return;
  }
  const controller = new AbortController();
  under.set(call, controller);
  rehearsal.busy();
  void follow(order, controller.signal)
    .then(
      (answer) => say({ kind: "done", call, answer }),
      (error) => say({ kind: "failed", call, failure: failureOf(error) }),
    )
    .finally(() => {
      under.delete(call);
      // Not yet where the workspace was opened only: the first page is still to come.
      if (under.size === 0 && order.kind === "people") rehearsal.idle();
    });
});
