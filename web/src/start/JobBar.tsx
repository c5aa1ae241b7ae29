import { useEffect, useState } from "react";
import { capitalised } from "../../../src/base/words.ts";
import { ask, closeFile } from "../api.ts";
import { go } from "../route.ts";
import type { DatasetFacts, JobFacts } from "../types.ts";
import { ReadAgain } from "./ReadAgain.tsx";

/** Milliseconds between two looks at a job. */
const PAUSE = 700;

/** How far the work on a file is; gone when it is done. `changed` is called when another part is ready. */
export function JobBar({ dataset, changed }: { dataset: DatasetFacts; changed: () => void }) {
  const { job, lost } = useJob(dataset.job, changed);
  if (job === null || job.state === "done") return null;
  const running = job.state === "running" || job.state === "queued";
  const words = {
    queued: "Waiting for another file",
    running: `${capitalised(job.step)}…`,
    failed: job.error ?? "It could not be done.",
    cancelled: "Cancelled.",
    done: "",
  }[job.state];
  return (
    <div className={`job job-${job.state}`} role={running ? "status" : "alert"}>
      <div className="job-words">
        <span>{lost ? "The server does not answer. Is insights serve still running?" : words}</span>
        {running ? (
          <button
            type="button"
            className="button quiet"
            onClick={() => void ask(`/v1/jobs/${job.id}`, { method: "DELETE" })}
          >
            Cancel
          </button>
        ) : (
          <button
            type="button"
            className="button"
            onClick={async () => {
              // What could not be read takes no place among the open files.
              if (job.state === "failed" && !dataset.ready.data) await closeFile(dataset.id);
              go("/d");
            }}
          >
            Open another file
          </button>
        )}
      </div>
      {job.state === "failed" && <ReadAgain dataset={dataset.id} words={words} />}
      {running && (
        <progress aria-label={words} {...(job.fraction === null ? {} : { value: job.fraction, max: 1 })} />
      )}
    </div>
  );
}

/** A job, looked at again and again until it has ended, and whether the last look found no server. */
function useJob(first: JobFacts | null, changed: () => void): { job: JobFacts | null; lost: boolean } {
  const [job, setJob] = useState(first);
  const [lost, setLost] = useState(false);
  const id = first?.id ?? null;
  useEffect(() => {
    if (id === null || first?.state === "done") return;
    let seen = `${first?.state} ${first?.step}`;
    let timer: ReturnType<typeof setTimeout>;
    let watching = true;
    const look = async () => {
      const now = await ask<JobFacts>(`/v1/jobs/${id}`).catch(() => null);
      if (!watching) return;
      setLost(now === null);
      if (now !== null) {
        setJob(now);
        if (`${now.state} ${now.step}` !== seen) changed();
        seen = `${now.state} ${now.step}`;
      }
      if (now === null || now.state === "running" || now.state === "queued") timer = setTimeout(look, PAUSE);
    };
    timer = setTimeout(look, PAUSE);
    return () => {
      watching = false;
      clearTimeout(timer);
    };
  }, [id]);
  return { job, lost };
}
