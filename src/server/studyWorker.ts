import { parentPort, workerData } from "node:worker_threads";
import { InsightsError } from "../base/error.ts";
import { study } from "../study/study.ts";

/** What the worker is started with. */
export interface StudyOrder {
  /** Undefined for the sample. */
  readonly file: string | undefined;
  readonly out: string;
  readonly map: Readonly<Record<string, string>>;
}

/** What the worker says. */
export type StudyNews =
  | { readonly kind: "progress"; readonly step: string; readonly fraction: number | null }
  | { readonly kind: "done" }
  /** What the user could mend. */
  | { readonly kind: "refused"; readonly message: string };

const port = parentPort;
if (port !== null) {
  const { file, out, map } = workerData as StudyOrder;
  const controller = new AbortController();
  port.on("message", () => controller.abort());
  const say = (news: StudyNews) => port.postMessage(news);
  try {
    await study({
      file,
      out,
      map,
      signal: controller.signal,
      onProgress: (event) => {
        if (event.kind === "progress") say({ kind: "progress", step: event.step, fraction: event.fraction });
        if (event.kind === "start") say({ kind: "progress", step: event.step, fraction: 0 });
      },
    });
    say({ kind: "done" });
  } catch (error) {
    if (!(error instanceof InsightsError)) throw error;
    say({ kind: "refused", message: error.message });
  } finally {
    port.close();
  }
}
