import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { claim } from "./claim.ts";
import { isRunning, type ProcessMark, thisProcess } from "./process.ts";
import { claimFolder } from "./write.ts";

/** Whether a file may have two names. */
const disk = vi.hoisted(() => ({ links: true }));
vi.mock("node:fs", async (load) => {
  const all = await load<typeof import("node:fs")>();
  const linkSync: typeof all.linkSync = (from, to) => {
    if (!disk.links) throw Object.assign(new Error("EPERM"), { code: "EPERM" });
    all.linkSync(from, to);
  };
  return { ...all, linkSync };
});

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "insights-claim-"));
});
afterEach(() => {
  disk.links = true;
  return rm(root, { recursive: true, force: true });
});
const at = (...names: string[]) => join(root, ...names);

/** Leaves the lock of a process, and what it had not finished. */
async function leave(process: ProcessMark): Promise<void> {
  const lock = { influencer_insights_lock: 1, process, partial: ".a.0.partial", earlier: ".a.0.earlier" };
  await writeFile(at(".a.lock"), `${JSON.stringify(lock)}\n`);
  await mkdir(at(".a.0.partial"));
  await writeFile(at(".a.0.partial", "half"), "x");
}

/** A process that has ended. */
async function ended(): Promise<ProcessMark> {
  const child = spawn(process.execPath, ["-e", ""]);
  const { pid = 0 } = child;
  await new Promise((done) => child.on("exit", done));
  return { ...thisProcess(), pid };
}

it("keeps a second run away, by name, and lets it in afterwards", async () => {
  {
    await using _held = await claim(at("a"), false);
    await expect(claim(at("a"), false)).rejects.toThrow(`another run writes it, process ${process.pid} (`);
    await using _other = await claim(at("b"), false);
  }
  await using _next = await claim(at("a"), false);
  expect(await readdir(root)).toEqual([".a.lock"]);
});

it("lets one of many in that come at once, also where a dead process has left its lock", async () => {
  for (let round = 0; round < 20; round++) {
    await leave({ ...(await ended()), started: "1" });
    const runs = await Promise.allSettled(Array.from({ length: 5 }, () => claim(at("a"), false)));
    const held = runs.flatMap((run) => (run.status === "fulfilled" ? [run.value] : []));
    expect(held).toHaveLength(1);
    await held[0][Symbol.asyncDispose]();
    expect(await readdir(root)).toEqual([]);
  }
});

it.each<[what: string, mark: () => Promise<ProcessMark> | ProcessMark]>([
  ["a process that ended", ended],
  ["one whose number was given to another", () => ({ ...thisProcess(), started: "1" })],
  ["one before the machine was started anew", () => ({ ...thisProcess(), boot: "earlier" })],
])("takes over from %s, and clears up after it", async (_what, mark) => {
  await leave(await mark());
  await using _mine = await claim(at("a"), false);
  expect(await readdir(root)).toEqual([".a.lock"]);
});

it("puts back an earlier result that a killed run had moved aside", async () => {
  {
    await using output = await claimFolder(at(".a.0.earlier"), {});
    await output.fill((folder) => writeFile(join(folder, "metrics.json"), "one"));
  }
  await leave(await ended());
  // It is there before any work is done, and told.
  await expect(claimFolder(at("a"), {})).rejects.toThrow("output folder exists");
  expect(await readFile(at("a", "metrics.json"), "utf8")).toBe("one");
  expect(await readdir(root)).toEqual(["a"]);
});

it("waits for a process of another machine, and says what to do", async () => {
  await leave({ ...thisProcess(), host: "elsewhere" });
  await expect(claim(at("a"), false)).rejects.toThrow(
    `process ${process.pid} on elsewhere (wait for it; if it is gone, remove ${at(".a.lock")})`,
  );
  expect(isRunning({ ...thisProcess(), space: "pid:[1]" })).toBeNull();
});

it.each(["mine", ""])("leaves a file alone that only has the lock's name, such as %j", async (text) => {
  await writeFile(at(".a.lock"), text);
  await expect(claim(at("a"), false)).rejects.toThrow("is not ours (move it away)");
  expect(await readFile(at(".a.lock"), "utf8")).toBe(text);
});

it("does without second names of files where the disk gives none", async () => {
  disk.links = false;
  await using _mine = await claim(at("a"), false);
  await expect(claim(at("a"), false)).rejects.toThrow("another run writes it");
  expect(await readdir(root)).toEqual([".a.lock"]);
});
