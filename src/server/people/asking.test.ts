import type { Context } from "hono";
import { expect, it } from "vitest";
import { LIMITS } from "../body.ts";
import type { Desk } from "../desk.ts";
import { createGate } from "../gate.ts";
import { createAsking } from "./asking.ts";

it("answers questions while as many edits wait as may, as where the file is written anew", async () => {
  const edits: (() => void)[] = [];
  const people: Desk["people"] = (question) =>
    question.kind === "undo"
      ? new Promise((resolve) => edits.push(() => resolve(new Uint8Array())))
      : Promise.resolve(new Uint8Array([1]));
  const now = () => new Date(0);
  const desk = { people } as Desk;
  const { tell } = createAsking(desk, createGate(LIMITS), LIMITS, { now, takesSample: false });
  const c = { req: { raw: new Request("http://here") } } as Context;
  const { atOnce } = LIMITS.lanes.editing;
  const waiting = Array.from({ length: atOnce }, () => tell(c, { kind: "undo", change: 1, now: now() }));
  await expect.poll(() => edits.length).toBe(atOnce);
  expect(await tell(c, { kind: "imports" })).toEqual(new Uint8Array([1]));
  for (const end of edits) end();
  await Promise.all(waiting);
});
