import { existsSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { saveModel } from "../../src/bundle/save.ts";
import { writeSample } from "../../src/sample/sample.ts";
import { scratchFolder, start } from "../support/harness.ts";
import { untrainedModel } from "../support/scoring/model.ts";

const folder = await scratchFolder();
const model = join(folder, "model");
const profiles = join(folder, "profiles.parquet");
const text = join(folder, "profiles.csv");

beforeAll(async () => {
  await writeSample(profiles, { rows: 3000, seed: 21 });
  await writeSample(text, { rows: 500, seed: 22 });
  await saveModel(model, await untrainedModel(text));
});

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Names beside an output that begin as it does. */
const beside = async (name: string) =>
  (await readdir(folder)).filter((other) => other.startsWith(name)).sort();

const words = (out: string) => ["score", model, profiles, text, "--out", out, "--part-size", "220KB"];

/** Runs the command and kills it as soon as a file is there; a run that is quicker ends by itself. */
async function killedOnce(out: string, signal: NodeJS.Signals, seen: string) {
  const { child, finished } = start([...words(out), "--resume"]);
  while (!existsSync(seen) && child.exitCode === null && child.signalCode === null) await pause(2);
  child.kill(signal);
  return finished;
}

describe("insights score that is killed", () => {
  it.each(["csv", "parquet"])("goes on with --resume to the same bytes: %s", async (ending) => {
    const whole = join(folder, `whole.${ending}`);
    expect((await start(words(whole)).finished).code).toBe(0);
    const expected = await readFile(whole);
    const name = `killed.${ending}`;
    const out = join(folder, name);
    // While a part is written, once one is named, after a later one, and while the whole is put together.
    for (const seen of ["part.new", "part-00000", "part-00003", "whole"]) {
      await killedOnce(out, "SIGKILL", join(`${out}.partial`, seen));
      // Nothing stands in the output's place but the whole, and nothing beside it but its parts.
      if (existsSync(out)) expect((await readFile(out)).equals(expected)).toBe(true);
      expect([[], [name], [name, `${name}.partial`], [`${name}.partial`]]).toContainEqual(await beside(name));
      await rm(out, { force: true });
    }
    const { code, stdout, stderr } = await start([...words(out), "--resume"]).finished;
    expect([code, stderr]).toEqual([0, expect.not.stringContaining("error")]);
    expect(stdout).toMatch(/^3,500 records = 3,500 profiles written \+ 0 rejected$/m);
    expect((await readFile(out)).equals(expected), "the same bytes").toBe(true);
    expect(await beside(name)).toEqual([name]);
  });

  it("by Ctrl-C says what is kept, leaves no output, and ends as the shell expects", async () => {
    const out = join(folder, "stopped.csv");
    const { code, stdout, stderr } = await killedOnce(out, "SIGINT", `${out}.partial/part-00000`);
    expect([code, stdout]).toEqual([130, ""]);
    expect(stderr).toMatch(
      /interrupted: \d+ finished parts? kept in .*stopped\.csv\.partial: the same command with --resume goes on\n$/,
    );
    expect(await beside("stopped")).toEqual(["stopped.csv.partial"]);
    expect((await start([...words(out), "--resume"]).finished).code).toBe(0);
    expect(await beside("stopped")).toEqual(["stopped.csv"]);
  });
});
