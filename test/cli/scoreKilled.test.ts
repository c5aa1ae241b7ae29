import { existsSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../src/base/random.ts";
import { saveModel } from "../../src/bundle/save.ts";
import { writeSample } from "../../src/sample/sample.ts";
import { scratchFolder, start } from "../support/harness.ts";
import { untrainedModel } from "../support/scoring/model.ts";

/** Other moments on every run; the seed is in the name of the test, and KILL_SEED takes it again. */
const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);
const random = new Random(seed);
const KILLS = 10;

const folder = await scratchFolder();
const model = join(folder, "model");
const profiles = { csv: join(folder, "profiles.csv"), parquet: join(folder, "profiles.parquet") };

beforeAll(async () => {
  await writeSample(profiles.csv, { rows: 3000, seed: 21 });
  await writeSample(profiles.parquet, { rows: 3000, seed: 21 });
  await saveModel(model, await untrainedModel(profiles.csv));
});

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Names beside an output that begin as it does. */
const beside = async (name: string) =>
  (await readdir(folder)).filter((other) => other.startsWith(name)).sort();

describe(`insights score killed at ${KILLS} random moments (KILL_SEED=${seed})`, () => {
  // Each way of reading and each of writing: all six pairs would take twice as long.
  const pairs = [
    ["csv", "csv"],
    ["csv", "parquet"],
    ["parquet", "ndjson"],
  ] as const;

  it.each(pairs)(
    "goes on with --resume to the same bytes: from %s to %s",
    async (input, output) => {
      const words = (out: string) => [
        ...["score", model, profiles[input], "--out", out],
        ...["--part-size", input === "csv" ? "1100KB" : "220KB"],
      ];
      const whole = join(folder, `whole-${input}.${output}`);
      const before = performance.now();
      expect((await start(words(whole)).finished).code).toBe(0);
      const whileRunning = performance.now() - before;
      const expected = await readFile(whole);

      const name = `killed-${input}.${output}`;
      const out = join(folder, name);
      const kept: number[] = [];
      let last = 0;
      for (let kill = 0; kill < KILLS; kill++) {
        const { child, finished } = start([...words(out), "--resume"]);
        await pause(random.uniform() * whileRunning);
        child.kill("SIGKILL");
        await finished;
        if (existsSync(out)) {
          // It was done before it was killed: whole, and another run from the beginning for the next kills.
          expect(await readFile(out)).toEqual(expected);
          // Killed between the last two steps, it leaves the parts, with which the next goes on.
          expect([[name], [name, `${name}.partial`]]).toContainEqual(await beside(name));
          await rm(out);
          last = 0;
          continue;
        }
        // Nothing stands in the output's place, and nothing beside it but its parts.
        expect([[], [`${name}.partial`]]).toContainEqual(await beside(name));
        // A part that has its name is none yet: killed before the manifest tells of it, it is made once more.
        const finishedParts = await readFile(`${out}.partial/manifest.json`, "utf8").then(
          (text) => (JSON.parse(text) as { parts: unknown[] }).parts.length,
          () => 0,
        );
        expect(finishedParts, "no part is lost").toBeGreaterThanOrEqual(last);
        last = finishedParts;
        kept.push(finishedParts);
      }
      // Without a part to go on with, nothing was tried.
      expect(Math.max(0, ...kept), `${kept} parts kept`).toBeGreaterThan(0);
      const { code, stdout, stderr } = await start([...words(out), "--resume"]).finished;
      expect([code, stderr]).toEqual([0, expect.not.stringContaining("error")]);
      expect(stdout).toMatch(/^3,000 records = 3,000 profiles written \+ 0 rejected$/m);
      expect((await readFile(out)).equals(expected), "the same bytes").toBe(true);
      expect(await beside(name)).toEqual([name]);
    },
    180_000,
  );
});

it("stopped by Ctrl-C says what is kept, leaves no output, and ends as the shell expects", async () => {
  const out = join(folder, "stopped.csv");
  const words = ["score", model, profiles.csv, "--out", out, "--part-size", "500KB"];
  const { child, finished } = start(words);
  while (!existsSync(`${out}.partial/part-00000`) && child.exitCode === null) await pause(2);
  child.kill("SIGINT");
  const { code, stdout, stderr } = await finished;
  expect([code, stdout]).toEqual([130, ""]);
  expect(stderr).toMatch(
    /interrupted: \d+ finished parts? kept in .*stopped\.csv\.partial: the same command with --resume goes on\n$/,
  );
  expect(await beside("stopped")).toEqual(["stopped.csv.partial"]);
  expect((await start([...words, "--resume"]).finished).code).toBe(0);
  expect(await beside("stopped")).toEqual(["stopped.csv"]);
});
