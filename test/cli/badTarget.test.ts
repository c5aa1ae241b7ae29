import { existsSync } from "node:fs";
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { checksumsOf, listedFiles } from "../../src/bundle/folder.ts";
import { writeSample } from "../../src/sample/sample.ts";
import { trainingResultsSchema } from "../../src/training/results.ts";
import { runHere, scratchFolder } from "../support/harness.ts";

const folder = await scratchFolder();
const sample = join(folder, "sample.csv");
const trained = join(folder, "trained");
const model = join(trained, "model");
const QUICK = ["--folds", "2", "--repeats", "1", "--networks", "1", "--workers", "1"];

const followers = (i: number) => 10 + ((i * 7919) % 1000);

/** A small file, some columns of which say nothing. */
const HEAD = "account_id,followers,following,likes,videos_count,is_verified,biography,good";
const people = (good: (i: number) => string, accounts = 60) =>
  [
    HEAD,
    ...Array.from({ length: accounts }, (_, i) => `u${i},${followers(i)},7,${i * 31},,false,,${good(i)}`),
  ].join("\n");

async function file(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), `${text}\n`);
  return join(folder, name);
}

beforeAll(async () => {
  await writeSample(sample, { rows: 200, seed: 3 });
  expect((await runHere(["train", sample, "--out", trained, ...QUICK])).code).toBe(0);
});

describe("a target that cannot be learnt", () => {
  const cases: [string, (i: number) => string, string, number, RegExp][] = [
    ["constant", () => "yes", "column:good", 1, /one class only: column:good is true for all 60 profiles/],
    ["unknown in every row", () => "", "column:good", 1, /one class only: column:good is unknown for all 60/],
    [
      "not a yes or no",
      (i) => `maybe${i % 2}`,
      "column:good",
      1,
      /not boolean: column:good has 60 values .*"maybe0"/,
    ],
    ["not boolean", () => "1", "followers + 1", 2, /not boolean: followers \+ 1 is BIGINT/],
    ["that does not parse", () => "1", "followers >", 2, /invalid condition/],
    [
      "that reads a file",
      () => "1",
      "followers > (SELECT count(*) FROM read_csv('/etc/passwd'))",
      2,
      /forbidden in a condition: a subquery/,
    ],
    [
      "that reads a file by a function",
      () => "1",
      "read_text('/etc/passwd') IS NOT NULL",
      2,
      /forbidden in a condition: the function read_text/,
    ],
    ["with a semicolon", () => "1", "followers > 5; DROP TABLE profiles", 2, /invalid condition/],
    ["with a semicolon at its end", () => "1", "followers > 5;", 2, /invalid condition/],
    ["of a column that is not there", () => "1", "column:none", 2, /none/],
    [
      "with fewer positives than folds",
      (i) => (i === 7 ? "1" : "0"),
      "column:good",
      1,
      /too few rows: 1 positive/,
    ],
  ];
  it.each(cases)("%s", async (name, good, target, code, message) => {
    const from = await file(`${name.replaceAll(" ", "-")}.csv`, people(good));
    const out = join(folder, "never");
    const run = await runHere(["train", from, "--out", out, ...QUICK, "--target", target]);
    expect(run.stderr).toMatch(message);
    expect(run.stderr).toMatch(/^error: /m);
    expect(run.stderr).not.toMatch(/^\s+at |INTERNAL|fault of the program/m);
    expect([run.code, run.stdout, existsSync(out)]).toEqual([code, "", false]);
  });
});

describe("features that say nothing", () => {
  it("constant or missing throughout, are no reason to fail", async () => {
    // Followers tell the answer, but for one account in seven: less than the audit takes out, and plain to any network.
    const good = (i: number) => (followers(i) > 500 !== (i % 7 === 3) ? "1" : "0");
    const from = await file("empty-features.csv", people(good, 200));
    const out = join(folder, "empty-features");
    const run = await runHere(["train", from, "--out", out, ...QUICK, "--target", "column:good"]);
    expect(run.code, run.stderr).toBe(0);
    const found = trainingResultsSchema.parse(JSON.parse(await readFile(join(out, "metrics.json"), "utf8")));
    expect(found.leakage.taken_out).toEqual([]);
    // Six seeds gave 0.83 to 0.85.
    expect(found.out_of_fold.roc_auc).toBeGreaterThan(0.75);
    const scores = join(folder, "empty-features.scores.csv");
    expect((await runHere(["score", join(out, "model"), from, "--out", scores])).code).toBe(0);
    const lines = (await readFile(scores, "utf8")).trim().split("\n").slice(1);
    expect(lines).toHaveLength(200);
    expect(lines.every((line) => Number(line.split(",")[1]) >= 0)).toBe(true);
  });
});

/** Every command that takes a model. */
const commands = (of: string): string[][] => [
  ["score", of, sample, "--out", join(folder, "never.csv")],
  ["evaluate", of, sample],
  ["explain", of, sample, "--id", "1"],
  ["compare", of, sample],
  ["compare", sample, sample, "--model", of],
];

describe("a model that cannot be trusted", () => {
  it.each([
    ["damaged", "weights.safetensors", (text: string) => `${text}x`, /damaged model: weights\.safetensors/],
    ["cut short", "pipeline.json", (text: string) => text.slice(0, 100), /damaged model: pipeline\.json/],
  ])("%s, is refused by every command", async (name, part, change, message) => {
    const copy = join(folder, name.replaceAll(" ", "-"));
    await cp(model, copy, { recursive: true });
    const path = join(copy, part);
    await writeFile(path, change(await readFile(path, "latin1")), "latin1");
    for (const words of commands(copy)) {
      const { code, stdout, stderr } = await runHere(words);
      expect(stderr, words[0]).toMatch(message);
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr).not.toMatch(/^\s+at |fault of the program/m);
    }
    expect(existsSync(join(folder, "never.csv"))).toBe(false);
  });
});

describe("a model of a newer version", () => {
  it("is refused by every command, with the version", async () => {
    const copy = join(folder, "newer");
    await cp(model, copy, { recursive: true });
    const names = listedFiles(await readFile(join(copy, "checksums.json"), "utf8"));
    const files = new Map<string, Uint8Array>();
    for (const name of names) files.set(name, await readFile(join(copy, name)));
    const text = await readFile(join(copy, "model.json"), "utf8");
    const newer = text.replace(/"format_version": \d+/, '"format_version": 99');
    files.set("model.json", new TextEncoder().encode(newer));
    await writeFile(join(copy, "model.json"), newer);
    // Whole, and of its time: not damaged.
    await writeFile(join(copy, "checksums.json"), checksumsOf(files));
    for (const words of commands(copy)) {
      const { code, stdout, stderr } = await runHere(words);
      expect(stderr, words[0]).toContain("model of a newer version: 99 (this program reads");
      expect([code, stdout]).toEqual([1, ""]);
    }
  });
});

describe("files that differ from those it was trained on", () => {
  /** Exit code and first line of what each command says. */
  async function said(from: string): Promise<Record<string, [number | null, string]>> {
    const scores = ["score", model, from, "--out", join(folder, "odd.csv"), "--force"];
    const commands = [scores, ["evaluate", model, from], ["compare", model, from]];
    const found: Record<string, [number | null, string]> = {};
    for (const words of commands) {
      const { code, stderr } = await runHere(words);
      expect(stderr).not.toMatch(/^\s+at |fault of the program|INTERNAL/m);
      found[words[0]] = [code, stderr];
    }
    return found;
  }

  it("missing columns, extra ones, other types, zero rows: each command copes or says what to mend", async () => {
    const few = await file("few.csv", "account_id,followers,likes,colour\na,100,5000,red\nb,9000000,3,blue");
    const missing = await said(few);
    expect(missing.score[0]).toBe(0);
    expect(missing.compare[0]).toBe(0);
    expect(missing.evaluate).toEqual([1, expect.stringContaining("missing column")]);

    const odd = await file(
      "odd-types.csv",
      "account_id,followers,likes,is_verified\na,1e3,5000.0,TRUE\nb,many,3,maybe\nc,200,7,0",
    );
    const types = await said(odd);
    expect([types.score[0], types.compare[0]]).toEqual([0, 0]);

    const none = await file("none.csv", "account_id,followers,likes");
    for (const [code, stderr] of Object.values(await said(none))) {
      expect([code, stderr]).toEqual([1, expect.stringContaining("no profiles")]);
    }
    const untrained = await runHere(["train", none, "--out", join(folder, "never"), ...QUICK]);
    expect([untrained.code, untrained.stderr]).toEqual([1, expect.stringContaining("no profiles")]);
    const unexplained = await runHere(["explain", model, none, "--id", "a"]);
    expect([unexplained.code, unexplained.stderr]).toEqual([1, expect.stringContaining("no profiles")]);
  });
});
