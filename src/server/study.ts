import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { InsightsError } from "../base/error.ts";
import { startThread } from "../base/thread.ts";
import { type Metrics, parseMetrics } from "../report/metrics.ts";
import type { SnapshotFile } from "../workspace/snapshotFile.ts";
import type { JobContext } from "./jobs.ts";
import type { StudyMessage, StudyOrder } from "./studyThread.ts";

type Drawn = Awaited<ReturnType<typeof figuresIn>>;

/** What a study found, for the page. */
export interface StudyView {
  /** All numbers: the original study's and the recommended model's. */
  readonly metrics: Metrics;
  readonly figures: Drawn;
  /** Figures of the recommended model. */
  readonly recommended_figures: Drawn;
}

/** What the job of a study gives it. */
type StudyContext = Pick<JobContext, "signal" | "progress">;

const ENDING = ".vl.json";

/** The steps of a study, for people. */
const STEPS: Readonly<Record<string, string>> = {
  read: "reading the people",
  analyse: "analysing the columns",
  features: "fitting the features",
  audit: "looking for leakage",
  train: "training the original study's network",
  evaluate: "judging it",
  recommend: "training the recommended model",
  find: "ranking the accounts",
  draw: "drawing",
  write: "writing",
};

/**
 * Studies the snapshots of an import, in a thread of its own so that requests are answered meanwhile.
 *
 * @param path of the file in which `writeSnapshots` has put them
 * @param out folder for the study; must not be there
 * @throws InsightsError where they cannot be studied; the signal's reason when it is aborted
 */
export async function studySnapshots(
  path: string,
  snapshots: SnapshotFile,
  out: string,
  { database, ...context }: StudyContext & { readonly database: StudyOrder["database"] },
): Promise<StudyView> {
  context.signal.throwIfAborted();
  const refused = await runStudy({ path, snapshots, out, database }, context);
  context.signal.throwIfAborted();
  if (refused !== null) throw new InsightsError(refused);
  return readStudy(out);
}

/** Reads what a study wrote into a folder. */
export async function readStudy(out: string): Promise<StudyView> {
  const metrics = parseMetrics(JSON.parse(await readFile(join(out, "metrics.json"), "utf8")));
  const names = metrics.figures.map(({ name }) => name);
  return {
    metrics,
    figures: await figuresIn(join(out, "figures"), names),
    recommended_figures: await figuresIn(join(out, "recommended", "figures")),
  };
}

/** Runs the study in a thread; gives what the user can mend, or null where the study was made. */
function runStudy(order: StudyOrder, { signal, progress }: StudyContext): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const worker = startThread("./studyThread", import.meta.url, order);
    const stop = () => worker.postMessage("stop");
    let answer: { refused: string | null } | null = null;
    signal.addEventListener("abort", stop, { once: true });
    worker.on("message", (message: StudyMessage) => {
      if (message.kind === "progress") progress(STEPS[message.step] ?? message.step, message.fraction);
      else answer = message;
    });
    worker.on("error", (error) => {
      if (!signal.aborted) reject(error);
    });
    worker.on("exit", () => {
      signal.removeEventListener("abort", stop);
      if (answer !== null || signal.aborted) resolve(answer?.refused ?? null);
      else reject(new Error("the study ended without an answer"));
    });
  });
}

/** The figures of a folder by name, each with its data inside: title and description stand in the specifications. */
async function figuresIn(folder: string, names?: readonly string[]) {
  const there =
    names ?? (await readdir(folder).catch(() => [])).filter((file) => file.endsWith(ENDING)).sort();
  return Promise.all(
    there.map(async (file) => {
      const name = basename(file, ENDING);
      const spec = JSON.parse(await readFile(join(folder, name + ENDING), "utf8"));
      const text: unknown = spec.title?.text ?? name;
      return {
        name,
        title: Array.isArray(text) ? text.join(" ") : String(text),
        description: String(spec.description ?? ""),
        spec: spec as unknown,
      };
    }),
  );
}
