import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { keepPart, type Manifest, openParts, removeDone } from "./unfinished.ts";

/** Removals that are still done before everything stops, as for a process that is killed. */
const left = vi.hoisted(() => ({ removals: Number.POSITIVE_INFINITY }));
vi.mock("node:fs/promises", async (load) => {
  const all = await load<typeof import("node:fs/promises")>();
  const remove: typeof all.rm = async (path, options) => {
    if (left.removals-- <= 0) throw new Error("killed");
    await all.rm(path, options);
  };
  return { ...all, rm: remove };
});

const folder = await mkdtemp(join(tmpdir(), "parts-test-"));
afterAll(async () => {
  left.removals = Number.POSITIVE_INFINITY;
  await rm(folder, { recursive: true });
});

const fresh = (): Manifest => ({
  version: 3,
  now: null,
  model: "m",
  options: "o",
  inputs: [{ file: "a.csv", fingerprint: "f" }],
  parts: [],
});
const counts = {
  records: 1,
  written: 1,
  active: 0,
  unanswered: 0,
  undated: 0,
  rejected: 0,
  merged: 0,
  first: null,
  last: null,
  untold: 0,
  reasons: {},
};

describe("removeDone", () => {
  it("leaves a folder that a run can go on with, wherever it is killed", async () => {
    for (let removals = 0; removals < 5; removals++) {
      const out = join(folder, `scores-${removals}.csv`);
      const parts = await openParts(out, fresh(), "new");
      for (let i = 0; i < 3; i++) {
        await writeFile(join(parts.path, "part.new"), "1,0.5,1\n");
        await keepPart(parts, join(parts.path, "part.new"), { name: `part-0000${i}`, ...counts });
      }
      left.removals = removals;
      const removed = removeDone(parts);
      if (removals < 4) await expect(removed).rejects.toThrow("killed");
      else await removed;
      left.removals = Number.POSITIVE_INFINITY;
      const again = await openParts(out, fresh(), "resume");
      expect(again.manifest.parts).toEqual([]);
      expect(await readdir(again.path)).toEqual(["manifest.json"]);
    }
  });
});
