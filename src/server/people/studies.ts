import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { InsightsError } from "../../base/error.ts";
import type { SnapshotFile } from "../../workspace/snapshotFile.ts";
import type { Desk } from "../desk.ts";
import { isUnderWay, type JobFacts, type Jobs } from "../jobs.ts";
import { Problem } from "../problem.ts";
import { inRequestWords } from "../requestWords.ts";
import { studySnapshots } from "../study.ts";
import type { PeopleQuestion } from "./answers.ts";

/** What imports are studied with. */
export interface StudiesOptions {
  readonly desk: Desk;
  readonly jobs: Jobs;
  /** The server's folder. */
  readonly folder: string;
  /** What a study's database may use, as DuckDB writes it. */
  readonly memoryLimit: string;
  readonly now: () => Date;
}

/** The studies of imports. */
export interface Studies {
  /** Starts to study an import; where that is under way already, gives its job. @throws Problem `too-many` */
  start(number: number): JobFacts;
}

/**
 * Makes a place where imports are studied: their people are written into a file of the server, which a thread of its own studies, and what it
 * found is kept in the workspace.
 */
export function createStudies({ desk, jobs, folder, memoryLimit, now }: StudiesOptions): Studies {
  /** Jobs by the import that they study. */
  const started = new Map<number, string>();

  async function ask(question: PeopleQuestion, signal: AbortSignal): Promise<unknown> {
    return JSON.parse(new TextDecoder().decode(await desk.people(question, now(), signal)));
  }

  return {
    start(number) {
      const earlier = jobs.find(started.get(number) ?? "");
      if (earlier !== undefined && isUnderWay(earlier)) return earlier;
      const job = jobs.start(async ({ signal, progress }) => {
        const own = await mkdtemp(join(folder, "study-"));
        try {
          const path = join(own, "people.parquet");
          const snapshots = await ask({ kind: "snapshots", import: number, path }, signal);
          if (snapshots === null) throw new Problem("not-found", "There is no such import.");
          const file = snapshots as SnapshotFile;
          const view = await studySnapshots(path, file, join(own, "study"), {
            ...{ signal, progress },
            database: { memoryLimit, temporaryDirectory: own },
          });
          progress("keeping it", null);
          const { rows: people } = file;
          await ask(
            { kind: "keep study", import: number, people, view: JSON.stringify(view), now: now() },
            signal,
          );
          return { import: number };
        } catch (error) {
          throw error instanceof InsightsError ? new InsightsError(inRequestWords(error.message)) : error;
        } finally {
          await rm(own, { recursive: true, force: true });
        }
      });
      if (job === null) throw new Problem("too-many", "Too much waits to be done (try again later).");
      started.set(number, job.id);
      return job;
    },
  };
}
