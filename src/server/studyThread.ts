/** The thread in which the server studies a file: training would keep it from answering. */

import { parentPort, workerData } from "node:worker_threads";
import { InsightsError } from "../base/error.ts";
import { standBack } from "../base/thread.ts";
import { type StudyOptions, study } from "../study/study.ts";
import { readSnapshots, type SnapshotFile } from "../workspace/snapshotFile.ts";

/** What the thread is started with. */
export interface StudyOrder {
  /** File of the snapshots of an import. */
  readonly path: string;
  readonly snapshots: SnapshotFile;
  /** Folder for the study; must not be there. */
  readonly out: string;
  readonly database: StudyOptions["database"];
}

/** What the thread says. Any message to it stops the study. */
export type StudyMessage =
  | { readonly kind: "progress"; readonly step: string; readonly fraction: number | null }
  /** `refused` holds what the user can mend; null after a study that was made. */
  | { readonly kind: "end"; readonly refused: string | null };

const { path, snapshots, out, database } = workerData as StudyOrder;
standBack();
const controller = new AbortController();
parentPort?.on("message", () => controller.abort());
const say = (message: StudyMessage) => parentPort?.postMessage(message);
try {
  await study({
    open: () => readSnapshots(path, snapshots, database),
    synthetic: snapshots.synthetic,
    out,
    database,
    signal: controller.signal,
    onProgress: (event) => {
      if (event.kind === "progress") say({ kind: "progress", step: event.step, fraction: event.fraction });
      if (event.kind === "start") say({ kind: "progress", step: event.step, fraction: 0 });
    },
  });
  say({ kind: "end", refused: null });
} catch (error) {
  if (!(error instanceof InsightsError)) throw error;
  say({ kind: "end", refused: error.message });
} finally {
  parentPort?.close();
}
