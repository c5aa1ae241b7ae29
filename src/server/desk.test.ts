import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { fileWithoutRates } from "../../test/support/server/file.ts";
import { serverModel } from "../../test/support/server/server.ts";
import { openDatabase } from "../base/duckdb.ts";
import { IN_MEMORY } from "../workspace/open.ts";
import { LIMITS } from "./body.ts";
import { openDesk } from "./desk.ts";
import { interruptible } from "./people/peopleDesk.ts";

const folder = await mkdtemp(join(tmpdir(), "desk-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

const stays = new AbortController().signal;
const context = { signal: stays, progress: () => {}, first: () => {} };
const now = new Date();

it("tells whoever waits that its thread has ended, and is open again for the next", async () => {
  const desk = openDesk(null as never);
  for (const _ of [1, 2]) await expect(desk.add({} as never, context)).rejects.toThrow(TypeError);
  await desk.close();
});

it("adds a file while people are asked for, and gives up what nobody waits for", async () => {
  const path = join(folder, "people.csv");
  await writeFile(path, fileWithoutRates(60));
  const workspace = { path: IN_MEMORY, makeFolder: false };
  const desk = openDesk({ model: await serverModel(), of: null, folder, memoryLimit: "300MB", workspace });
  const file = { path, name: "people.csv", reading: {}, limits: LIMITS, now, synthetic: false };
  const cancelled = AbortSignal.abort(new Error("cancelled"));
  await expect(desk.add(file, { ...context, signal: cancelled })).rejects.toThrow("cancelled");
  const steps = new Set<string>();
  const added = desk.add(file, { ...context, progress: (step) => steps.add(step) });
  const gone = new AbortController();
  const asked = [stays, gone.signal, stays].map((signal) => desk.people({ kind: "imports" }, now, signal));
  gone.abort();
  const answers = await Promise.allSettled(asked);
  expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(await added).toMatchObject({ import: 1, people: 60 });
  expect([...steps]).toEqual([
    "reading the file",
    "checking the records",
    "ranking the people",
    "adding the people",
  ]);
  const imports = await desk.people({ kind: "imports" }, now, stays);
  expect(JSON.parse(new TextDecoder().decode(imports))).toMatchObject([{ import: 1, rows: 60 }]);
  await desk.close();
});

it("closes also while it rehearses the first file, which it does once nobody asks", async () => {
  const workspace = { path: IN_MEMORY, makeFolder: false };
  for (const after of [220, 270, 330, 420]) {
    const desk = openDesk({ model: await serverModel(), of: null, folder, memoryLimit: "300MB", workspace });
    await desk.people({ kind: "imports" }, now, stays);
    await setTimeout(after);
    // A thread that is ended in the middle of a query takes the process with it.
    await desk.close();
  }
});

it("interrupts a query whose answer nobody waits for, and no other", async () => {
  const { connect, close } = await openDatabase();
  const workspace = {
    read: async (work: (connection: unknown) => unknown) => work(await connect()),
  } as never;
  const gone = new AbortController();
  const count = (reader: ReturnType<typeof interruptible>, rows: number) =>
    reader.read((connection) => connection.run(`SELECT count(*) FROM range(${rows}) WHERE range % 7 = 3`));
  const answer = count(interruptible(workspace, gone.signal), 1e12);
  const other = count(interruptible(workspace, stays), 1e8);
  void setTimeout(50).then(() => gone.abort());
  await expect(answer).rejects.toThrow("Interrupted");
  await other;
  close();
});
