import { existsSync, readFileSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { writeSample } from "../../src/sample/sample.ts";
import { parseRecipeFile } from "../../src/training/recipe.ts";
import { tuningResultsSchema } from "../../src/tuning/results.ts";
import { runHere, scratchFolder, start } from "../support/harness.ts";

const folder = await scratchFolder();
const sample = join(folder, "sample.csv");
const out = join(folder, "unbroken");
/** As small as a tuning can be. */
const QUICK = ["--trials", "5", "--outer-folds", "2", "--folds", "2", "--repeats", "1", "--networks", "1"];
const DATA = ["--preset", "original-log", "--target", "activity", "--most-rows", "120"];
const words = (to: string, ...more: string[]) => ["tune", sample, "--out", to, ...QUICK, ...DATA, ...more];

const drawn: (string | undefined)[] = [];
let finished: Awaited<ReturnType<typeof runHere>>;
beforeAll(async () => {
  await writeSample(sample, { rows: 200, seed: 3 });
  let now = 0;
  finished = await runHere(words(out, "--workers", "1"), {
    terminal: { interactive: true, columns: 80 },
    redraw: (text) => drawn.push(text),
    elapsed: () => {
      now += 400;
      return now;
    },
  });
});

/** `tuning.json` without what depends on the machine and the day. */
async function result(of: string): Promise<string> {
  const { timing: _, ...rest } = JSON.parse(await readFile(join(of, "tuning.json"), "utf8"));
  return JSON.stringify(rest, null, 2);
}

describe("insights tune", () => {
  it("writes trials, a picture, a recipe and numbers, and says whether tuning helps", async () => {
    expect([finished.code, finished.stderr]).toEqual([0, ""]);
    expect((await readdir(out)).sort()).toEqual([
      "checksums.json",
      "recipe.json",
      "trials.csv",
      "trials.ndjson",
      "tuning-trials-dark.png",
      "tuning-trials.png",
      "tuning-trials.svg",
      "tuning-trials.vl.json",
      "tuning.json",
    ]);
    for (const part of [
      /^200 profiles \(Bright Data\), target activity \(120 drawn by lot\)$/m,
      /^chosen of 5 trials: (trial \d|the usual recipe)$/m,
      /^log loss +in the search +on held-out rows +95 % interval$/m,
      /^usual +0\.\d{4} +0\.\d{4} +0\.\d{4} to [01]\.\d{4}$/m,
      /^(Keep the usual|Use the tuned) recipe: /m,
    ]) {
      expect(finished.stdout).toMatch(part);
    }
    const found = tuningResultsSchema.parse(JSON.parse(await readFile(join(out, "tuning.json"), "utf8")));
    expect(found.trials).toHaveLength(5);
    expect(found.dataset.tuned_rows).toBe(120);
    const { preset, recipe } = parseRecipeFile(await readFile(join(out, "recipe.json"), "utf8"), "");
    expect([preset, recipe]).toEqual(["original-log", found.recipe]);
  });

  it("redraws a board on a terminal, and clears it", () => {
    expect(drawn).toContain("Look for leaks");
    const board = drawn.find((text) => text?.includes("rung 1 of 1  3 of 5 trials"));
    expect(board).toMatch(/^Tune {2}█+░+ {2}\d+ %( {2}.* left)?\n(all rows|without fold \d of 2) {2}rung/);
    expect(board).toMatch(/\nbest {3}0\.\d{4} {2}(the usual recipe|trial \d: )/);
    expect(drawn.join("\n")).toMatch(/ s left\n/);
    expect(drawn.join("\n")).toContain("judge the choice on fold 2");
    expect(
      drawn.every((text) => text === undefined || text.split("\n").every((line) => line.length < 80)),
    ).toBe(true);
    expect(drawn.at(-1)).toBeUndefined();
  });

  it("goes on after Ctrl-C and after it was killed, and ends as if nothing had been", async () => {
    const to = join(folder, "broken");
    const journal = join(to, "trials.ndjson");
    const lines = () => (existsSync(journal) ? readFileSync(journal, "utf8").split("\n").length - 1 : 0);
    const until = async (count: number, signal: "SIGINT" | "SIGKILL") => {
      const { child, finished: end } = start(words(to, "--workers", "2"));
      while (lines() < count && child.exitCode === null) await new Promise((done) => setTimeout(done, 5));
      child.kill(signal);
      return end;
    };
    const interrupted = await until(3, "SIGINT");
    expect(interrupted.code).toBe(130);
    expect(interrupted.stderr).toContain(
      `interrupted: what is done is kept in ${to}; the same command goes on from there\n`,
    );
    const before = lines();
    expect((await until(before + 3, "SIGKILL")).code).toBeNull();
    expect(existsSync(join(to, "tuning.json"))).toBe(false);
    expect(lines()).toBeGreaterThan(before);
    const last = await runHere([...words(to, "--workers", "1"), "--json"]);
    expect(last.stderr).toMatch(/^going on with .*: \d+ evaluations done before\nLook for leaks\n/);
    expect(last.stderr).toMatch(
      /^without fold 2 of 2, rung 1 of 1: 5 trials, best log loss 0\.\d{4} \(trial/m,
    );
    expect(last.stdout).toBe(await readFile(join(to, "tuning.json"), "utf8"));
    expect(await result(to)).toBe(await result(out));
  });

  it("refuses another tuning's folder, and bad options", async () => {
    const other = await runHere(words(out, "--seed", "2"));
    expect(other.stderr).toContain(`another tuning is in ${out}: --seed 1, now 2 (`);
    const otherwise = await runHere(words(out, "--decimal", "comma", "--map", "bio_link="));
    expect(otherwise.stderr).toContain('--map none, now {"bio_link":""}; --decimal none, now comma (');
    expect([other.code, other.stdout]).toEqual([1, ""]);
    const used = join(folder, "used");
    await mkdir(used);
    await writeFile(join(used, "letter.txt"), "dear");
    const cases: [string[], number, string][] = [
      [words(used), 1, `output folder exists and holds no tuning: ${used}`],
      [words(join(folder, "a"), "--trials", "0"), 2, "whole number from 1"],
      [words(join(folder, "a"), "--outer-folds", "1"), 2, "whole number from 2"],
      [words(join(folder, "a"), "--preset", "none"), 2, "unknown preset: none"],
      [words(join(folder, "b"), "--target", "followers >= 0"), 1, "one class only"],
    ];
    for (const [line, code, message] of cases) {
      const run = await runHere(line);
      expect(run.stderr).toContain(message);
      expect([run.code, run.stdout]).toEqual([code, ""]);
    }
    expect(existsSync(join(folder, "a"))).toBe(false);
  });
});

describe("insights train --recipe", () => {
  const train = (to: string, ...more: string[]) =>
    runHere([
      ...["train", sample, "--out", to, "--folds", "2", "--repeats", "1", "--workers", "1"],
      ...["--target", "activity", "--preset", "original-log", ...more],
    ]);

  it("trains as the recipe says, on its features", async () => {
    const made = JSON.parse(await readFile(join(out, "recipe.json"), "utf8"));
    const recipe = { ...made.recipe, networks: 1, hidden: [4], labelSmoothing: 0.07, without: ["age"] };
    const path = join(folder, "mine.json");
    await writeFile(path, JSON.stringify({ ...made, recipe }));
    const to = join(folder, "trained");
    const { code, stderr } = await train(to, "--recipe", path);
    expect([code, stderr]).toEqual([0, expect.not.stringContaining("error")]);
    const { features, options } = JSON.parse(await readFile(join(to, "metrics.json"), "utf8"));
    expect(features.length).toBeGreaterThan(3);
    expect(features.filter((name: string) => name.includes("_bin"))).toEqual([]);
    expect(options.networks).toBe(1);
    const model = JSON.parse(await readFile(join(to, "model", "model.json"), "utf8"));
    expect(model.answers[0].network.hidden).toEqual([4]);
    expect(model.training).toMatchObject({ label_smoothing: 0.07, without: "age" });
  });

  it("says what is wrong with a recipe", async () => {
    const path = join(folder, "wrong.json");
    await writeFile(path, '{"schema_version": 1, "preset": "profile", "recipe": {}}');
    for (const [file, message] of [
      [join(folder, "none.json"), "no such file: "],
      [folder, "this is a folder, not a file: "],
      [path, "invalid recipe: recipe.name: "],
    ]) {
      const run = await train(join(folder, "nothing"), "--recipe", file);
      expect(run.stderr).toContain(message);
      expect(run.code).toBe(1);
    }
    const run = await train(
      join(folder, "nothing"),
      ...["--recipe", join(out, "recipe.json"), "--preset", "profile"],
    );
    expect(run.stderr).toContain("invalid recipe: for the preset original-log, not profile (add --preset");
  });
});
