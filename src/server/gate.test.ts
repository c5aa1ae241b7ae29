import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createGate } from "./gate.ts";

const QUICK = { atOnce: 2, waiting: 2, ms: 60_000 };
const LANES = {
  ...{ scoring: QUICK, listing: QUICK, editing: QUICK },
  long: { atOnce: 1, waiting: 0, ms: 30 },
};
const someGate = () => createGate({ heldBytes: 1000, smallShare: 0.1, lanes: LANES });
const stays = new AbortController().signal;

/** Work that ends when it is told to. */
function someWork() {
  let end = () => {};
  const ended = new Promise<string>((resolve) => {
    end = () => resolve("done");
  });
  const state = { begun: false, aborted: false };
  const work = (signal: AbortSignal) => {
    state.begun = true;
    signal.addEventListener("abort", () => {
      state.aborted = true;
    });
    return ended;
  };
  return { work, state, end: () => end() };
}

describe("memory for bodies", () => {
  it("is given until none is left, and given back once", () => {
    const gate = someGate();
    const first = gate.hold(600);
    expect(() => gate.hold(400)).toThrow("Too much is being received");
    const second = gate.hold(200);
    expect(() => second.grow(101)).toThrow("Too much");
    second.grow(100);
    first.release();
    first.release();
    expect(() => gate.hold(601)).toThrow("Too much");
    gate.hold(600).release();
    second.release();
    gate.hold(900);
  });

  it("keeps some for small bodies", () => {
    const gate = someGate();
    gate.hold(900);
    expect(() => gate.hold(1)).toThrow("Too much");
    gate.hold(100, true);
    expect(() => gate.hold(1, true)).toThrow("Too much");
  });
});

describe("work", () => {
  it("waits for its turn, as much as may wait", async () => {
    const gate = someGate();
    const works = Array.from({ length: 4 }, someWork);
    const answers = works.map(({ work }) => gate.work("scoring", stays, work));
    await turn();
    expect(works.map(({ state }) => state.begun)).toEqual([true, true, false, false]);
    await expect(gate.work("scoring", stays, async () => 1)).rejects.toThrow("Too much waits");
    expect(await gate.work("listing", stays, async () => "at once")).toBe("at once");
    works[1].end();
    expect(await answers[1]).toBe("done");
    await turn();
    expect(works.map(({ state }) => state.begun)).toEqual([true, true, true, false]);
    for (const { end } of works) end();
    expect(await Promise.all(answers)).toEqual(Array(4).fill("done"));
    expect(await gate.work("scoring", stays, async () => "again")).toBe("again");
  });

  it("is given up when whoever asked goes away, and leaves its place when it has really ended", async () => {
    const gate = someGate();
    const [one, two, other] = [someWork(), someWork(), someWork()];
    const gone = new AbortController();
    const running = gate.work("scoring", gone.signal, one.work);
    const running2 = gate.work("scoring", stays, two.work);
    const waiting = gate.work("scoring", gone.signal, someWork().work);
    const next = gate.work("scoring", stays, other.work);
    const refused = Promise.all([running, waiting].map((work) => expect(work).rejects.toThrow("given up")));
    await turn();
    gone.abort();
    await refused;
    expect([one.state.aborted, other.state.begun]).toEqual([true, false]);
    one.end();
    await turn();
    expect(other.state.begun).toBe(true);
    two.end();
    other.end();
    expect(await Promise.all([running2, next])).toEqual(["done", "done"]);
    await expect(gate.work("scoring", gone.signal, async () => 1)).rejects.toThrow("given up");
  });

  it("may not take too long, nor where it fails take its place for ever", async () => {
    const gate = someGate();
    const slow = someWork();
    await expect(gate.work("long", stays, slow.work)).rejects.toMatchObject({ kind: "overdue" });
    expect(slow.state.aborted).toBe(true);
    await expect(gate.work("long", stays, async () => 1)).rejects.toMatchObject({ kind: "too-many" });
    slow.end();
    await turn();
    await expect(gate.work("long", stays, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await gate.work("long", stays, async () => 1)).toBe(1);
  });
});
