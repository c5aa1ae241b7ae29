import { ApiError, ask, authorisation } from "./api.ts";
import type { JobFacts } from "./types.ts";

/** Milliseconds until a server that does not answer is asked again. */
const PAUSE = 1000;

/** Whether a job has ended. */
export function hasEnded({ state }: JobFacts): boolean {
  return state !== "queued" && state !== "running";
}

/**
 * Follows a job until it has ended, over times in which the server does not answer.
 *
 * @param told how far it is, each time it has come further; null while the server does not answer
 * @param signal ends it early: then it gives null
 * @throws ApiError where there is no such job any more
 */
export async function followJob(
  id: string,
  told: (facts: JobFacts | null) => void,
  signal: AbortSignal,
): Promise<JobFacts | null> {
  while (!signal.aborted) {
    try {
      for await (const facts of eventsOf(id, signal)) {
        told(facts);
        if (hasEnded(facts)) return facts;
      }
    } catch (error) {
      if (signal.aborted) return null;
      if (error instanceof ApiError && error.status !== 0) throw error;
      told(null);
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  return null;
}

/** The server's events of a job. An EventSource would not say who asks. */
async function* eventsOf(id: string, signal: AbortSignal): AsyncGenerator<JobFacts> {
  const path = `/v1/jobs/${encodeURIComponent(id)}`;
  // Tells in the server's words where there is none.
  let facts = await ask<JobFacts>(path, { signal });
  yield facts;
  const response = await fetch(`${path}/events`, { headers: authorisation(), signal }).catch(() => null);
  if (response?.ok !== true || response.body === null) throw new ApiError(0, "The server does not answer.");
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += value;
      const events = text.split("\n\n");
      text = events.pop() ?? "";
      for (const event of events) {
        const data = event
          .split("\n")
          .flatMap((line) => (line.startsWith("data:") ? [line.slice(5)] : []))
          .join("\n");
        if (data === "") continue;
        // What is not said is as it was.
        facts = { ...facts, ...(JSON.parse(data) as Partial<JobFacts>) };
        yield facts;
      }
    }
  } finally {
    void reader.cancel().catch(() => {});
  }
}
