import { mkdtemp, readdir, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import {
  describeFile,
  isFinished,
  keepPart,
  type Manifest,
  openParts,
  removeParts,
  saveManifest,
} from "./unfinished.ts";

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
  version: 4,
  now: null,
  model: "m",
  options: "o",
  inputs: [{ file: "a.csv", fingerprint: "f" }],
  parts: [],
  whole: null,
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
  rejects: null,
  reasons: {},
  blanks: [],
};

describe("removeParts", () => {
  it("leaves what a run can end with, wherever it is killed once the whole is in its place", async () => {
    for (let removals = 0; removals < 7; removals++) {
      const out = join(folder, `scores-${removals}.csv`);
      const parts = await openParts(out, fresh(), "new");
      for (let i = 0; i < 3; i++) {
        await writeFile(join(parts.path, "part.new"), "1,0.5,1\n");
        await keepPart(parts, join(parts.path, "part.new"), { name: `part-0000${i}`, ...counts });
      }
      await writeFile(out, "1,0.5,1\n".repeat(3));
      await saveManifest(parts.path, { ...parts.manifest, whole: await describeFile(out) });
      left.removals = removals;
      const removed = removeParts(out);
      if (removals < 5) await expect(removed).rejects.toThrow("killed");
      else await removed;
      left.removals = Number.POSITIVE_INFINITY;
      expect(await isFinished(out)).toBe(removals < 5);
      if (removals >= 5) continue;
      const again = await openParts(out, fresh(), "resume");
      expect(again.manifest.parts).toHaveLength(3);
      expect(again.damaged).toEqual([]);
    }
  });
});

describe("openParts", () => {
  const begun = async (name: string) => {
    const out = join(folder, name);
    const parts = await openParts(out, fresh(), "new");
    for (let i = 0; i < 3; i++) {
      await writeFile(join(parts.path, "part.new"), `${i},0.5,1\n`);
      await keepPart(parts, join(parts.path, "part.new"), { name: `part-0000${i}`, ...counts });
    }
    return { out, path: parts.path };
  };

  it.each([
    ["shortened", (path: string) => truncate(path, 3)],
    ["changed in one byte", (path: string) => writeFile(path, "1,0.4,1\n")],
    ["lost", (path: string) => rm(path)],
  ])("takes no part for whole that was %s", async (what, harm) => {
    const { out, path } = await begun(`${what}.csv`);
    await harm(join(path, "part-00001"));
    const again = await openParts(out, fresh(), "resume");
    expect(again.manifest.parts.map(({ name }) => name)).toEqual(["part-00000", "part-00002"]);
    expect(again.damaged).toEqual(["part-00001"]);
    expect((await readdir(path)).sort()).toEqual(["manifest.json", "part-00000", "part-00002"]);
  });

  it("touches nothing of a folder that holds anything of somebody else", async () => {
    const { out, path } = await begun("shared.csv");
    for (const name of ["thesis.txt", "insights-report", "influencer-insights-notes"]) {
      await writeFile(join(path, name), "mine");
      for (const how of ["new", "anew", "resume"] as const)
        await expect(openParts(out, fresh(), how)).rejects.toThrow(`it holds ${name}`);
      expect(await readdir(path)).toHaveLength(5);
      await rm(join(path, name));
    }
    const linked = join(folder, "linked.csv");
    await symlink(path, `${linked}.partial`);
    await expect(openParts(linked, fresh(), "anew")).rejects.toThrow("it is a link");
    expect(await readdir(path)).toHaveLength(4);
  });

  it("throws away the parts of an earlier version where it is told to", async () => {
    const { out, path } = await begun("old.csv");
    await writeFile(join(path, "manifest.json"), JSON.stringify({ ...fresh(), version: 3 }));
    await expect(openParts(out, fresh(), "resume")).rejects.toThrow(
      "of another version (start anew with --force)",
    );
    expect((await openParts(out, fresh(), "anew")).manifest.parts).toEqual([]);
    expect(await readdir(path)).toEqual(["manifest.json"]);
  });
});
