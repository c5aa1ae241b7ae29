import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import { createIdleWork } from "./idleWork.ts";

const REST = 60;

it("does the work once, after a rest in which nobody asked", async () => {
  const done: number[] = [];
  const start = performance.now();
  const work = createIdleWork(async () => done.push(performance.now() - start), REST);
  work.idle();
  await setTimeout(REST / 2);
  work.busy();
  await setTimeout(2 * REST);
  expect(done).toEqual([]);
  for (const _ of [1, 2]) {
    work.idle();
    await setTimeout(2 * REST);
  }
  expect(done).toHaveLength(1);
  expect(done[0]).toBeGreaterThan(3 * REST);
});

it("waits at the end for work that has begun, whatever comes of it, and begins none after", async () => {
  let ended = 0;
  const work = createIdleWork(async () => {
    await setTimeout(REST);
    ended++;
    throw new Error("nobody hears of it");
  }, 1);
  work.idle();
  await setTimeout(REST / 2);
  await work.end();
  expect(ended).toBe(1);

  const never = createIdleWork(async () => ended++, 1);
  never.idle();
  await never.end();
  never.idle();
  await setTimeout(REST);
  expect(ended).toBe(1);
});
