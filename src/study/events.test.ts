import { expect, it } from "vitest";
import { StepTimer, type StudyEvent, systemClock } from "./events.ts";

it("tells of start, progress and end of a step, and keeps its time", async () => {
  const told: StudyEvent[] = [];
  let now = 100;
  const timer = new StepTimer({ now: () => new Date(0), elapsed: () => now }, (event) => told.push(event));
  const result = await timer.run("read", async (progress) => {
    progress(0.5, "half");
    now += 12.34;
    return { result: 7, message: "done" };
  });
  expect(result).toBe(7);
  expect(told.map(({ kind }) => kind)).toEqual(["start", "progress", "done"]);
  expect(told[1]).toMatchObject({ step: "read", fraction: 0.5, message: "half" });
  expect(timer.timing).toEqual({ read_ms: 12.3 });
});

it("takes no time for a step that failed", async () => {
  const timer = new StepTimer(systemClock, () => {});
  await expect(timer.run("train", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(timer.timing).toEqual({});
  expect(systemClock.now()).toBeInstanceOf(Date);
});
