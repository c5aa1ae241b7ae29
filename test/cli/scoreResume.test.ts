import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { saveModel } from "../../src/bundle/save.ts";
import { writeSample } from "../../src/sample/sample.ts";
import { runHere, scratchFolder } from "../support/harness.ts";
import { untrainedModel } from "../support/scoring/model.ts";

const folder = await scratchFolder();
const at = (name: string) => join(folder, name);
const model = at("model");
const profiles = at("profiles.parquet");
const text = at("profiles.csv");

beforeAll(async () => {
  await writeSample(profiles, { rows: 4000, seed: 21 });
  await writeSample(text, { rows: 300, seed: 21 });
  await saveModel(model, await untrainedModel(text));
});

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const words = (out: string, ...more: string[]) => ["score", model, profiles, "--out", out, ...more];

describe("a run of insights score that is stopped", () => {
  it("by Ctrl-C says what is kept, and leaves nothing where nothing is finished", async () => {
    const stop = new AbortController();
    const out = at("stopped.csv");
    const running = runHere(words(out, "--part-size", "100KB"), { signal: stop.signal });
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
    expect((await runHere(words(out, "--resume"))).stderr).toContain("manifest.json is not ours or damaged");
  });
});

describe("insights score --resume", () => {
  it("refuses to go on with another model, other options or another file", async () => {
    const out = at("other.csv");
    const stop = new AbortController();
    const running = runHere(words(out, "--part-size", "100KB"), { signal: stop.signal });
    while (!existsSync(`${out}.partial/part-00000`)) await pause(2);
    stop.abort(new Error("interrupted"));
    await running;
    const other = at("other-model");
    await saveModel(other, { ...(await untrainedModel(text)), threshold: 0.7 });
    const copy = at("copy.parquet");
    await writeFile(copy, await readFile(profiles));
    const line = ["--out", out, "--resume", "--part-size", "100KB"];
    for (const [command, message] of [
      [["score", other, profiles, ...line], "the model is not the one of the unfinished run"],
      [
        ["score", model, profiles, ...line, "--columns", "all"],
        "the options are not those of the unfinished run: --columns, --part-size, --map, --sheet, --encoding or --decimal differs",
      ],
      [["score", model, copy, ...line], "copy.parquet is not what it was in the unfinished run"],
      [["score", model, profiles, copy, ...line], "2 files instead of 1"],
    ] as const) {
      const { code, stderr } = await runHere(command);
      // And no word of going on with --resume, which has just been refused.
      expect(stderr).toBe(`error: cannot resume: ${message} (start anew with --force)\n`);
      expect(code).toBe(1);
      expect(existsSync(out)).toBe(false);
    }
    expect((await runHere(["score", model, profiles, ...line])).code).toBe(0);
  });
});

describe("insights score on a disk that fills up", () => {
  const disk = at("disk");
  let mounted = false;
  afterAll(() => {
    if (mounted) execFileSync("umount", [disk]);
  });

  it("says so, and leaves the earlier output alone", async (context) => {
    await mkdir(disk);
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=100k", "tmpfs", disk], { stdio: "ignore" });
      mounted = true;
    } catch {
      context.skip("no permission to mount a small tmpfs");
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
