import { join } from "node:path";
import { expect, test } from "vitest";
import { scratchFolder } from "../../test/support/harness.ts";
import { NOW } from "../../test/support/workspace.ts";
import { openWorkspace } from "./open.ts";
import { changeSettings, readSettings } from "./settings.ts";

const folder = await scratchFolder();

test("keeps the columns that somebody chose over a restart, and notices who came first", async () => {
  const path = join(folder, "settings.duckdb");
  const first = await openWorkspace(path, { now: NOW });
  expect(await first.read(readSettings)).toEqual({ columns: null, version: 0 });
  await changeSettings(first, { columns: ["why", "followers"] }, 0);
  expect(await changeSettings(first, { columns: [] }, 0)).toEqual({ stale: 1 });
  await first.close();
  const second = await openWorkspace(path, { now: NOW });
  expect(await second.read(readSettings)).toEqual({ columns: ["why", "followers"], version: 1 });
  expect(await changeSettings(second, { columns: null })).toEqual({ columns: null, version: 2 });
  await second.close();
});
