import { useSyncExternalStore } from "react";
import { ApiError, ask, type Reading, upload } from "../api.ts";
import type { JobFacts } from "../types.ts";

/** Milliseconds between two looks at a job. */
const PAUSE = 400;

/** A file on its way into the workspace. */
export interface Coming {
  readonly name: string;
  /** Null for the sample, which nobody sends. */
  readonly file: File | null;
  readonly reading: Reading;
  readonly state: "sending" | "working" | "done" | "failed";
  /** What is done, or what went wrong. */
  readonly words: string;
  /** How far that is, 0 to 1; null where it is unknown. */
  readonly fraction: number | null;
  readonly job: string | null;
  /** The import that it became, or that it had been before. */
  readonly import: number | null;
  readonly same: boolean;
  /** The problem document, where it could not be done: for a file whose columns nobody knows it names them. */
  readonly problem: Readonly<Record<string, unknown>> | null;
}

let coming: Coming | null = null;
const watchers = new Set<() => void>();

function tell(change: Partial<Coming> | null): void {
  coming = change === null || coming === null ? null : { ...coming, ...change };
  for (const changed of watchers) changed();
}

/** The file that is on its way, or was the last; null for none. */
export function useComing(): Coming | null {
  return useSyncExternalStore(
    (changed) => {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    () => coming,
  );
}

/** Says no more of the last file. */
export const forgetComing = (): void => tell(null);

/** A job as the API of imports tells it: at its end with what came of it. */
type ImportJob = JobFacts & {
  readonly import?: number | null;
  readonly same_as?: number | null;
  readonly problem?: Readonly<Record<string, unknown>> | null;
};

type Started = { readonly job: ImportJob };

/** Sends a file into the workspace, or takes the sample; `useComing` tells how far it is. One at a time. */
export async function addFile(file: File | "sample", reading: Reading = {}): Promise<void> {
  const name = file === "sample" ? "the sample" : file.name;
  coming = {
    ...{ name, file: file === "sample" ? null : file, reading, state: "sending", words: `Sending ${name}` },
    ...{ fraction: 0, job: null, import: null, same: false, problem: null },
  };
  tell({});
  const mine = () => coming?.name === name;
  try {
    const { job } =
      file === "sample"
        ? await ask<Started>("/v1/imports?sample=true", { method: "POST" })
        : await upload<Started>("/v1/imports", file, {
            reading,
            onProgress: (fraction) => tell({ fraction }),
          });
    await follow(job, mine);
  } catch (error) {
    const body = error instanceof ApiError ? error.body : {};
    tell({
      state: "failed",
      words: error instanceof Error ? error.message : String(error),
      problem: body,
    });
  }
}

async function follow(first: ImportJob, mine: () => boolean): Promise<void> {
  let job = first;
  while (mine()) {
    if (job.state === "done") {
      tell({
        state: "done",
        import: job.import ?? job.same_as ?? null,
        same: (job.same_as ?? null) !== null,
      });
      return;
    }
    if (job.state === "failed" || job.state === "cancelled") {
      const words = job.error ?? (job.state === "cancelled" ? "It was stopped." : "It could not be read.");
      tell({ state: "failed", words, problem: job.problem ?? {} });
      return;
    }
    tell({ state: "working", job: job.id, words: job.step, fraction: job.fraction });
    await new Promise((rested) => setTimeout(rested, PAUSE));
    job = await ask<ImportJob>(`/v1/jobs/${job.id}`);
  }
}
