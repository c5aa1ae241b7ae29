import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { saveModel } from "../../src/bundle/save.ts";
import { writeSample } from "../../src/profiles/sample.ts";
import { untrainedModel } from "../../src/scoring/testing/model.ts";
import { runHere, scratchFolder, start } from "../harness.ts";

const folder = await scratchFolder();
const at = (name: string) => join(folder, name);
const model = at("model");
const profiles = at("profiles.csv");

beforeAll(async () => {
  await writeSample(profiles, { rows: 4000, seed: 21 });
  await saveModel(model, await untrainedModel(profiles));
});

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const words = (out: string, ...more: string[]) => ["score", model, profiles, "--out", out, ...more];

describe("a run of insights score that is killed", () => {
  it("at ten moments goes on with --resume to the same bytes", async () => {
    const whole = at("whole.csv");
    expect((await runHere(words(whole))).code).toBe(0);
    const out = at("killed.csv");
    const parts = ["--part-size", "500KB"];
    const finishedParts = async () => {
      const names = await readdir(`${out}.partial`).catch(() => []);
      return names.filter((name) => /^part-\d+$/.test(name)).length;
    };
    let kept = 0;
    for (let kill = 0; kill < 10 && !existsSync(out); kill++) {
      const { child, finished } = start(words(out, "--resume", ...parts));
      let ended = false;
      void finished.then(() => {
        ended = true;
      });
      // By the clock, from before the first part on; every second time shortly after another part.
      if (kill % 2 === 0) await pause(200 + ((kill * 379) % 700));
      else while (!ended && (await finishedParts()) <= kept) await pause(2);
      await pause((kill * 37) % 90);
      child.kill("SIGKILL");
      await finished;
      if (existsSync(out)) break;
      expect(await finishedParts()).toBeGreaterThanOrEqual(kept);
      kept = await finishedParts();
    }
    expect(kept).toBeGreaterThan(2);
    if (!existsSync(out)) {
      const { code, stdout } = await runHere(words(out, "--resume", ...parts));
      expect(code).toBe(0);
      expect(stdout).toMatch(/^4,000 records = 4,000 profiles written \+ 0 rejected$/m);
    }
    expect(await readFile(out, "utf8")).toBe(await readFile(whole, "utf8"));
    expect((await readdir(folder)).filter((name) => name.startsWith("killed"))).toEqual(["killed.csv"]);
  }, 60_000);

  it("by Ctrl-C says what is kept, and leaves nothing where nothing is finished", async () => {
    const stop = new AbortController();
    const out = at("stopped.csv");
    const running = runHere(words(out, "--part-size", "500KB"), { signal: stop.signal });
    while (!existsSync(`${out}.partial/part-00000`)) await pause(2);
    stop.abort(new Error("interrupted"));
    const { code, stdout, stderr } = await running;
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(
      /^interrupted: \d+ finished parts? kept in .*stopped\.csv\.partial: .* --resume goes on\n$/,
    );
    const refused = await runHere(words(out));
    expect(refused.stderr).toContain("go on with --resume, or start anew with --force");
    expect((await runHere(words(out, "--force"))).code).toBe(0);
    const early = new AbortController();
    early.abort(new Error("interrupted"));
    const nothing = at("nothing.csv");
    expect((await runHere(words(nothing), { signal: early.signal })).stderr).toBe(
      "interrupted: nothing was written\n",
    );
    expect((await readdir(folder)).filter((name) => name.startsWith("nothing"))).toEqual([]);
  });

  it("does not go on with what is not its own", async () => {
    const out = at("foreign.csv");
    await mkdir(`${out}.partial`);
    await writeFile(`${out}.partial/precious.txt`, "mine\n");
    for (const how of ["--force", "--resume"]) {
      const { code, stderr } = await runHere(words(out, how));
      expect(code).toBe(1);
      expect(stderr).toContain("is not the folder of an unfinished run");
    }
    expect(await readFile(`${out}.partial/precious.txt`, "utf8")).toBe("mine\n");
    await rm(`${out}.partial`, { recursive: true });
    await mkdir(`${out}.partial`);
    await writeFile(`${out}.partial/manifest.json`, "{");
    expect((await runHere(words(out, "--resume"))).stderr).toContain("manifest.json is damaged");
  });
});

describe("insights score on a disk that fills up", () => {
  const disk = at("disk");
  const root = process.getuid?.() === 0;
  let mounted = false;
  afterAll(() => {
    if (mounted) execFileSync("umount", [disk]);
  });

  it.skipIf(!root)("says so, and leaves the earlier output alone", async (context) => {
    await mkdir(disk);
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=100k", "tmpfs", disk], { stdio: "ignore" });
      mounted = true;
    } catch {
      context.skip();
    }
    const out = join(disk, "scores.csv");
    await writeFile(out, "earlier\n");
    const { code, stderr } = await runHere(words(out, "--force"));
    expect(code).toBe(1);
    expect(stderr).toMatch(/cannot write .*: the disk is full/);
    expect(await readFile(out, "utf8")).toBe("earlier\n");
    expect(await readdir(disk)).toEqual(["scores.csv"]);
    expect((await stat(out)).size).toBe(8);
  });
});
