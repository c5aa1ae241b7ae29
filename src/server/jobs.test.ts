import { describe, expect, it } from "vitest";
import { InsightsError } from "../base/error.ts";
import { createJobs, type JobFacts } from "./jobs.ts";
import { Problem } from "./problem.ts";

function someJobs() {
  const counts: number[] = [];
  const told: string[] = [];
  const jobs = createJobs(
    (running) => counts.push(running),
    (error) => {
      const words = `words: ${(error as Error).message}`;
      told.push(words);
      return words;
    },
  );
  return { jobs, counts, told };
}

const id = (facts: JobFacts | null) => facts?.id ?? "";
const never = ({ signal }: { signal: AbortSignal }) =>
  new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

async function followed(
  jobs: ReturnType<typeof createJobs>,
  job: string,
  signal = new AbortController().signal,
) {
  const states: string[] = [];
  for await (const { state, step } of jobs.watch(job, signal)) states.push(`${state} ${step}`);
  return states;
}

describe("jobs", () => {
  it("tell the first people of a file only as long as they have not ended", async () => {
    const first = { among: 1, about: null, people: [] };
    for (const end of [async () => ({ import: 1 }), async () => Promise.reject(new Error("no")), never]) {
      const { jobs } = someJobs();
      const job = id(
        jobs.start((context) => {
          context.first(first);
          return end(context);
        }),
      );
      expect(jobs.find(job)?.first).toEqual(first);
      if (end === never) await jobs.cancel(job);
      await jobs.ended(job);
      expect(jobs.find(job)?.first).toBeNull();
    }
  });

  it("run one after the other", async () => {
    const { jobs, counts } = someJobs();
    const order: string[] = [];
    const work = (name: string) => async () => {
      order.push(`${name} starts`);
      await new Promise((done) => setTimeout(done, 5));
      order.push(`${name} ends`);
      return {};
    };
    const all = ["a", "b", "c"].map((name) => id(jobs.start(work(name))));
    expect(jobs.find(all[1])).toMatchObject({ state: "queued" });
    await followed(jobs, all[2]);
    expect(order).toEqual(["a starts", "a ends", "b starts", "b ends", "c starts", "c ends"]);
    expect(Math.max(...counts)).toBe(1);
    expect(jobs.find(all[0])).toMatchObject({ state: "done", fraction: 1 });
  });

  it("tell how far they are, the last state to whoever reads slowly", async () => {
    const { jobs } = someJobs();
    const job = id(
      jobs.start(async ({ progress }) => {
        for (let i = 0; i < 1000; i++) progress(`step ${i}`, i / 1000);
        await new Promise((done) => setTimeout(done, 5));
        progress("last", null);
        return {};
      }),
    );
    const states = await followed(jobs, job);
    expect(states.length).toBeLessThan(6);
    expect(states.at(-1)).toBe("done last");
    expect(await followed(jobs, "none")).toEqual([]);
  });

  it("say whether the same may work another time", async () => {
    const { jobs } = someJobs();
    const passing = async (error: Error) => {
      const job = id(jobs.start(() => Promise.reject(error), "people.csv"));
      await followed(jobs, job);
      return jobs.find(job)?.transient;
    };
    expect(await passing(new Problem("no-space", "full"))).toBe(true);
    expect(await passing(new Error("a fault"))).toBe(true);
    expect(await passing(new Problem("too-large", "large"))).toBe(false);
    expect(await passing(new Problem("columns-unknown", "unknown"))).toBe(false);
    expect(await passing(new InsightsError("damaged"))).toBe(false);
    expect(jobs.all().map(({ file, state }) => `${file} ${state}`)).toEqual(
      Array(5).fill("people.csv failed"),
    );
  });

  it("say in words why they failed", async () => {
    const { jobs, told } = someJobs();
    const job = id(
      jobs.start(async () => {
        throw new Error("no");
      }),
    );
    await followed(jobs, job);
    expect(jobs.find(job)).toMatchObject({ state: "failed", error: "words: no" });
    expect(told).toEqual(["words: no"]);
  });

  it("are cancelled, running or waiting, and those that have ended stay", async () => {
    const { jobs, told } = someJobs();
    const [running, waiting] = [id(jobs.start(never)), id(jobs.start(never))];
    expect(await jobs.cancel(waiting)).toMatchObject({ state: "cancelled" });
    expect(await jobs.cancel(running)).toMatchObject({ state: "cancelled" });
    const done = id(jobs.start(async () => ({})));
    await followed(jobs, done);
    expect(await jobs.cancel(done)).toMatchObject({ state: "done" });
    expect(await jobs.cancel("none")).toBeUndefined();
    // The message reports faults, and this is none.
    expect(told).toEqual([]);
  });

  it("are refused where too many wait, and all end at the stop", async () => {
    const { jobs } = someJobs();
    const all = Array.from({ length: 30 }, () => jobs.start(never));
    expect(all.filter((facts) => facts === null)).toHaveLength(9);
    await jobs.stop();
    expect(all.every((facts) => facts === null || jobs.find(facts.id)?.state === "cancelled")).toBe(true);
  });

  it("are forgotten once a hundred others have ended", async () => {
    const { jobs } = someJobs();
    const first = id(jobs.start(async () => ({})));
    for (let i = 0; i < 100; i++) {
      await jobs.ended(id(jobs.start(async () => ({}))));
      if (i === 98) expect(jobs.find(first)).toMatchObject({ state: "done" });
    }
    expect(jobs.find(first)).toBeUndefined();
  });

  it("let a watcher go", async () => {
    const { jobs } = someJobs();
    const job = id(jobs.start(never));
    const gone = new AbortController();
    setTimeout(() => gone.abort(), 5);
    expect(await followed(jobs, job, gone.signal)).toEqual(["running waiting"]);
    await jobs.stop();
  });
});
