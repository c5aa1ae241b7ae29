import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, vi } from "vitest";
import { fileWithoutRates } from "../../test/support/server/file.ts";
import { serverModel } from "../../test/support/server/server.ts";
import { openDatabase } from "../base/duckdb.ts";
import { IN_MEMORY } from "../workspace/open.ts";
import { LIMITS } from "./body.ts";
import { openDesk } from "./desk.ts";
import { answerTo, type Question } from "./listings.ts";

const folder = await mkdtemp(join(tmpdir(), "desk-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

const stays = new AbortController().signal;
const context = { signal: stays, progress: () => {}, tell: () => {} };
const ROWS: Question = {
  kind: "rows",
  filter: { min_followers: 1 },
  only: undefined,
  top: undefined,
  short: false,
  offset: 0,
  limit: 500,
  column: "rank",
  direction: "asc",
};

it("tells whoever waits that its thread has ended, and is open again for the next", async () => {
  const lost = vi.fn();
  const desk = openDesk(null as never, lost);
  for (const times of [1, 2]) {
    await expect(desk.fill("a", {} as never, context)).rejects.toThrow(TypeError);
    expect(lost.mock.calls).toEqual(Array(times).fill([false]));
  }
  await desk.forget("a");
  await desk.close();
  expect(lost).toHaveBeenCalledTimes(2);
});

it("closes a file only when nothing goes on with it any more", async () => {
  const path = join(folder, "people.csv");
  await writeFile(path, fileWithoutRates(60));
  const workspace = { path: IN_MEMORY, makeFolder: false };
  const desk = openDesk({ model: await serverModel(), of: null, folder, memory: 1e9, workspace }, () => {});
  const reading = { reading: {}, limits: LIMITS, now: new Date(), synthetic: false };
  const file = { path, name: "people.csv", folder, ...reading };
  await expect(
    desk.fill("never", file, { ...context, signal: AbortSignal.abort(new Error("cancelled")) }),
  ).rejects.toThrow("cancelled");
  await desk.fill("a", file, context);
  const order: string[] = [];
  const gone = new AbortController();
  const asked = [stays, gone.signal, stays].map((signal) =>
    desk.ask("a", ROWS, signal).finally(() => order.push("answered")),
  );
  const forgotten = desk.forget("a").then(() => order.push("forgotten"));
  gone.abort();
  const answers = await Promise.allSettled(asked);
  await forgotten;
  expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(order).toEqual(["answered", "answered", "answered", "forgotten"]);
  await expect(desk.ask("a", ROWS, stays)).rejects.toMatchObject({ kind: "not-found" });
  // Each that is closed changes the memory of the others.
  const names = ["b", "c", "d", "e", "f", "g"];
  for (const name of names) await desk.fill(name, file, context);
  await Promise.all(names.map((name) => desk.forget(name)));
  await desk.fill("h", file, context);
  expect(JSON.parse(new TextDecoder().decode(await desk.ask("h", ROWS, stays))).total).toBeGreaterThan(0);
  await desk.close();
});

it("interrupts a query whose answer nobody waits for, and no other", async () => {
  const { connection, connect, close } = await openDatabase();
  await connection.run("CREATE VIEW ranked AS SELECT range AS followers FROM range(1000000000000)");
  const dataset = { profiles: { connect }, ranked: {} } as never;
  const gone = new AbortController();
  const answer = answerTo(dataset, ROWS, gone.signal);
  const other = connection.run("SELECT count(*) FROM range(100000000) WHERE range % 7 = 3");
  setTimeout(() => gone.abort(), 50);
  await expect(answer).rejects.toThrow("Interrupted");
  await other;
  close();
});
