import { join } from "node:path";
import { expect, it } from "vitest";
import { MAIN, scratchFolder } from "../support/harness.ts";
import { Hardship } from "../support/outputs/hardship.ts";
import { KilledServer } from "../support/outputs/killedServer.ts";
import { KilledWorkspace } from "../support/outputs/killedWorkspace.ts";
import { canMount } from "../support/outputs/smallDisk.ts";

const folder = await scratchFolder();
const hardship = new Hardship(folder, MAIN, 7);
const small = await canMount(join(folder, "disk"));

it("gives the same bytes after kills, and calls a full disk so (npm run kill has more of them)", async (context) => {
  await hardship.prepare(["score"]);
  for (let i = 0; i < 3; i++) expect(await hardship.kill("score")).toBeUndefined();
  if (!small) return context.skip("no permission to mount a small disk");
  for (let i = 0; i < 3; i++) expect(await hardship.fill("score")).toBeUndefined();
  expect(hardship.counts.full).toBeGreaterThan(0);
  // Some thirteen runs of a process of their own, on a machine that may be busy.
}, 240_000);

it("leaves nothing of a killed server behind the next", async () => {
  const server = new KilledServer(folder, MAIN, 7);
  await server.prepare();
  for (let i = 0; i < 2; i++) expect(await server.kill()).toBeUndefined();
}, 240_000);

it("opens a workspace after kills and on full disks with all that was done or nothing of it", async (context) => {
  const workspace = new KilledWorkspace(folder, MAIN, 7);
  await workspace.prepare();
  for (let i = 0; i < 3; i++) expect(await workspace.kill()).toBeUndefined();
  if (!small) return context.skip("no permission to mount a small disk");
  for (let i = 0; i < 3; i++) expect(await workspace.fill()).toBeUndefined();
}, 240_000);
