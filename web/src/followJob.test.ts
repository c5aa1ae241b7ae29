import { afterEach, expect, it, vi } from "vitest";
import { followJob } from "./followJob.ts";

const job = (state: string, step = "reading") => ({ id: "j", state, step, fraction: null, error: null });
const event = (facts: object) => `data: ${JSON.stringify(facts)}\n\n`;

/** A body that comes in pieces, which are not those of the events. */
function body(...pieces: string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });
}

/** Answers each request with the next thing. */
function answers(...all: (() => Response)[]): void {
  vi.stubGlobal("sessionStorage", { getItem: () => null });
  vi.stubGlobal(
    "fetch",
    vi.fn(async () => {
      const next = all.shift();
      if (next === undefined) throw new TypeError("nobody answers");
      return next();
    }),
  );
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it("tells each step of a job once its event is whole, until it has ended", async () => {
  const [first, rest] = [
    event(job("running", "scoring")).slice(0, 20),
    event(job("running", "scoring")).slice(20),
  ];
  answers(
    () => Response.json(job("queued", "waiting")),
    () => new Response(body(first, rest + event(job("done", "done")) + event(job("running", "too late")))),
  );
  const steps: (string | null)[] = [];
  const ended = await followJob(
    "j",
    (facts) => steps.push(facts?.step ?? null),
    new AbortController().signal,
  );
  expect(steps).toEqual(["waiting", "scoring", "done"]);
  expect(ended).toMatchObject({ state: "done" });
});

it("asks again where the server does not answer for a while, and says so", async () => {
  vi.useFakeTimers();
  answers(
    () => Response.json(job("running")),
    () => new Response(null, { status: 502 }),
    () => Response.json(job("failed")),
  );
  const told: (string | null)[] = [];
  const following = followJob("j", (facts) => told.push(facts?.state ?? null), new AbortController().signal);
  await vi.runAllTimersAsync();
  expect(await following).toMatchObject({ state: "failed" });
  expect(told).toEqual(["running", null, "failed"]);
});

it("ends where there is no such job, and where nobody wants to know any more", async () => {
  answers(() => Response.json({ detail: "There is no such job." }, { status: 404 }));
  await expect(followJob("j", () => {}, new AbortController().signal)).rejects.toThrow(
    "There is no such job.",
  );
  const leaving = new AbortController();
  leaving.abort();
  expect(await followJob("j", () => {}, leaving.signal)).toBeNull();
});
