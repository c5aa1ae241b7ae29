import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { scratchFolder } from "../../../test/support/harness.ts";
import { addFile, peopled } from "../../../test/support/server/people.ts";
import { serverModel, someServer } from "../../../test/support/server/server.ts";

/** The kind of order that the desk's thread dies of, and threads that were started. */
const desk = vi.hoisted(() => ({ deadly: "", threads: 0 }));
vi.mock("../../base/thread.ts", async (original) => {
  const module = await original<typeof import("../../base/thread.ts")>();
  const startThread: typeof module.startThread = (name, ...of) => {
    const worker = module.startThread(name, ...of);
    if (name !== "./deskThread") return worker;
    desk.threads++;
    const post = worker.postMessage.bind(worker);
    // The order never reaches it: a thread that ends in the middle of a query takes the process with it.
    worker.postMessage = (order) => (order.kind === desk.deadly ? void worker.terminate() : post(order));
    return worker;
  };
  return { ...module, startThread };
});

const FILE = "account_id,followers\nann,10\nbob,20\ncy,30\n";

it("opens the workspace again for the next request where its thread has died, with all that was said to be done", async () => {
  const path = join(await scratchFolder(), "people.duckdb");
  const place = { workspace: { path, makeFolder: false } };
  const server = await someServer({ model: await serverModel(), ...place });
  const { ask, json, change } = peopled(server);
  await addFile(server, FILE, "three.csv");
  await change({ people: [2], set: { status: "agreed", note: "on the phone" } });

  desk.deadly = "people";
  for (const answer of await Promise.all([ask("/v1/people"), ask("/v1/workspace")])) {
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({ detail: expect.stringMatching(/^Something went wrong/) });
  }
  desk.deadly = "import";
  expect(await json("/v1/people/2")).toMatchObject({ status: "agreed", note: "on the phone" });
  expect((await json("/v1/people?statuses=all")).total).toBe(3);
  expect(desk.threads).toBe(2);
  // The claim is that of the new thread: another server in this process still has to keep out.
  await expect(someServer(place)).rejects.toThrow("is open in another run");
  await change({ people: [1], set: { status: "never" } });

  const four = `${FILE}dee,40\n`;
  expect(await addFile(server, four, "four.csv")).toMatchObject({ state: "failed", import: null });
  desk.deadly = "";
  expect(await json("/v1/imports")).toHaveLength(1);
  expect((await addFile(server, four, "four.csv")).import).toBe(2);
  expect((await json("/v1/people/1")).status).toBe("never");
  await server.close();
}, 180_000);
