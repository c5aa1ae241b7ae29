import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { beforeAll, describe, expect, it } from "vitest";
import { loadModel } from "../../src/bundle/model.ts";
import { saveModel } from "../../src/bundle/save.ts";
import { writeSample } from "../../src/sample/sample.ts";
import type { Comparison } from "../../src/training/compareProfiles.ts";
import { evaluationSchema } from "../../src/training/evaluateModel.ts";
import { runHere, scratchFolder } from "../support/harness.ts";

const folder = await scratchFolder();
const old = join(folder, "old.csv");
const fresh = join(folder, "fresh.csv");
const grown = join(folder, "grown.csv");
const trained = join(folder, "trained");
const model = join(trained, "model");

beforeAll(async () => {
  await writeSample(old, { rows: 400, seed: 3 });
  await writeSample(fresh, { rows: 300, seed: 4 });
  const connection = await (await DuckDBInstance.create()).connect();
  // Ten times the followers, every third verified, and no rates.
  await connection.run(
    `COPY (SELECT * EXCLUDE (awg_engagement_rate)
       REPLACE (CAST(followers AS BIGINT) * 10 AS followers, row_number() OVER () % 3 = 0 AS is_verified)
     FROM read_csv('${fresh}', all_varchar = true)) TO '${grown}' (HEADER)`,
  );
  connection.closeSync();
  const words = ["--folds", "2", "--repeats", "1", "--networks", "2", "--workers", "1"];
  expect((await runHere(["train", old, "--out", trained, ...words])).code).toBe(0);
});

const compared = async (...words: string[]) => {
  const { code, stdout, stderr } = await runHere(["compare", ...words, "--json"]);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as Comparison;
};

describe("insights compare", () => {
  it("says that two draws of one population are alike", async () => {
    const { code, stdout, stderr } = await runHere(["compare", old, fresh]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^train {2}old\.csv, 400 profiles\nnew {4}fresh\.csv, 300 profiles$/m);
    expect(stdout).toMatch(/^0 of 13 columns and 0 of \d+ features moved a lot\.$/m);
    expect(stdout).toMatch(
      /^followers +[\d.]+K -> [\d.]+K +\S+ to \S+ -> \S+ to \S+ +0\.\d\d +0\.\d\d +\d\.\d{3} {2}none$/m,
    );
  });

  it("says in words what moved, those that moved most first, and draws it", async () => {
    const out = join(folder, "drawn");
    const { code, stdout, stderr } = await runHere(["compare", old, grown, "--model", model, "--out", out]);
    expect([code, stderr]).toEqual([0, `1 picture and comparison.json in ${out}\n`]);
    expect(stdout).toMatch(/^followers: median [\d.]+K -> [\d.]+K, PSI \d\.\d\d, large$/m);
    expect(stdout).toMatch(/^is_verified: true for [\d.]+ % -> 33\.\d %, PSI \d\.\d\d, large$/m);
    expect(stdout).toMatch(/^awg_engagement_rate: .*unknown 0 % -> 100 %, PSI .*, large$/m);
    expect(stdout).toMatch(/^prediction: median 0\.\d+ -> 0\.\d+/m);
    expect((await readdir(out)).sort()).toEqual([
      "checksums.json",
      "comparison.json",
      "drift-dark.png",
      "drift.png",
      "drift.svg",
      "drift.vl.json",
    ]);
    const found = JSON.parse(await readFile(join(out, "comparison.json"), "utf8")) as Comparison;
    const indices = found.columns.map(({ psi }) => psi);
    expect(indices).toEqual([...indices].sort((a, b) => b - a));
    const followers = found.columns.find(({ name }) => name === "followers");
    expect(followers?.quantiles.current[2] ?? 0).toBeGreaterThan(
      5 * (followers?.quantiles.reference[2] ?? 1),
    );
    // The rows to learn from and those to score are both known here, so the audit's check runs.
    expect(found.findings.map(({ code }) => code)).toContain("score_shift");
    expect(found.findings.flatMap(({ columns }) => columns)).toContain("followers");
  });

  it("reads each file as its own options say", async () => {
    const table = Buffer.from(
      "account_id;followers;likes;videos_count;awg_engagement_rate;biography\n",
      "utf16le",
    );
    const line = (i: number) => `a${i};1.${100 + i};${i}.000;${i};0,0${i};x\n`;
    const lines = Array.from({ length: 60 }, (_, i) => line(i + 1));
    const utf16 = join(folder, "utf16.csv");
    await writeFile(utf16, Buffer.concat([table, Buffer.from(lines.join(""), "utf16le")]));
    const read = await compared(utf16, fresh, "--train-encoding", "utf-16le", "--train-decimal", "comma");
    expect(read.train.profiles).toBe(60);
    const followers = read.columns.find(({ name }) => name === "followers");
    expect(followers?.quantiles.reference[2]).toBeGreaterThan(1000);
    const wrong = await runHere(["compare", utf16, fresh, "--encoding", "utf-16le"]);
    expect(wrong.code).toBe(1);
    const unknown = join(folder, "unknown.csv");
    await writeFile(unknown, "nom,n\nAna Lima,12\nBo Berg,40\n");
    expect((await runHere(["compare", unknown, fresh])).stderr).toContain("--train-map canonical=column");
    expect((await runHere(["compare", old, unknown])).stderr).toContain("with --map canonical=column");
  });

  it("compares with what a model remembers as with the file it was trained on", async () => {
    const remembered = await compared(model, grown);
    const read = await compared(old, grown, "--model", model);
    expect(remembered.train).toEqual({ file: "old.csv", profiles: 400, compared: 400 });
    // Its own rows are judged out of fold, not by networks that have learnt them.
    expect(remembered.prediction?.median.reference).toBeCloseTo(read.prediction?.median.reference ?? 0, 3);
    for (const { name, psi, shift } of remembered.columns) {
      const same = read.columns.find((column) => column.name === name);
      expect(Math.abs(psi - (same?.psi ?? 0)), name).toBeLessThan(0.05 + 0.25 * psi);
      expect([name, shift]).toEqual([name, same?.shift]);
    }
    const itself = await compared(model, old);
    const shifts = [...itself.columns, ...itself.features].map(({ shift }) => shift);
    expect(shifts.filter((shift) => shift === "some" || shift === "large")).toEqual([]);
  });

  it("warns in insights evaluate, too, where the features moved", async () => {
    const calm = evaluationSchema.parse(
      JSON.parse((await runHere(["evaluate", model, fresh, "--json"])).stdout),
    );
    expect(calm.warnings.filter((one) => /unlike/i.test(one))).toEqual([]);
    const words = ["evaluate", model, grown, "--map", "awg_engagement_rate=like_engagement_rate"];
    const found = evaluationSchema.parse(JSON.parse((await runHere([...words, "--json"])).stdout));
    expect(found.shifts?.map(({ code }) => code)).toContain("score_shift");
    expect(found.warnings.join()).toMatch(
      /unlike the profiles the model was trained on: likes_per_follower has moved a lot/i,
    );
    expect((await runHere(words)).stdout).toContain(found.warnings.at(-1));
  });

  it("says what to mend", async () => {
    const out = join(folder, "never");
    const empty = join(folder, "empty.csv");
    await writeFile(empty, "id,followers\n");
    const forgetful = join(folder, "forgetful");
    const { reference: _, ...rest } = await loadModel(model);
    await saveModel(forgetful, rest);
    for (const [words, code, message] of [
      [[old, join(folder, "none.csv")], 1, "no such file"],
      [[old, empty], 1, "no profiles"],
      [[empty, old], 1, "no profiles"],
      [[folder, old], 1, "(expected a folder with model.json)"],
      [[old, fresh, "--model", folder], 1, "(expected a folder with model.json)"],
      [[forgetful, fresh], 1, "has not kept what its training rows looked like"],
      [[model, fresh, "--model", model], 2, "too many models"],
      [[old, fresh, "--preset", "none"], 2, "unknown preset: none"],
    ] as const) {
      const run = await runHere(["compare", ...words, "--out", out]);
      expect(run.stderr).toContain(message);
      expect([run.code, run.stdout]).toEqual([code, ""]);
    }
    expect((await runHere(["compare", old, fresh, "--out", folder])).stderr).toContain(
      "output folder exists",
    );
    expect(existsSync(out)).toBe(false);
  });
});
