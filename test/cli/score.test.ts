import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../src/base/random.ts";
import { writeSample } from "../../src/sample/sample.ts";
import { evaluationSchema } from "../../src/training/evaluateModel.ts";
import { runHere, scratchFolder } from "../support/harness.ts";

const folder = await scratchFolder();
const sample = join(folder, "sample.csv");
const fresh = join(folder, "fresh.csv");
const model = join(folder, "trained", "model");

beforeAll(async () => {
  await writeSample(sample, { rows: 300, seed: 3 });
  await writeSample(fresh, { rows: 200, seed: 4 });
  const words = ["--folds", "2", "--repeats", "1", "--networks", "2", "--workers", "1"];
  expect((await runHere(["train", sample, "--out", join(folder, "trained"), ...words])).code).toBe(0);
});

async function file(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

const rowsOf = async (path: string) =>
  (await readFile(path, "utf8"))
    .trim()
    .split("\n")
    .map((line) => line.split(","));

describe("insights score", () => {
  it("writes a line a profile, and counts what came in", async () => {
    const out = join(folder, "scores.csv");
    const { code, stdout, stderr } = await runHere(["score", model, fresh, "--out", out]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^warning: profiles older than 30 days tell who was posting then.*\n$/);
    expect(stdout).toMatch(
      /^Profiles read from \d+ Jul 2023 to \d+ Aug 2023, the first 5 months ago; the forecast is for the 30 days after the day of each\.$/m,
    );
    const [head, ...rows] = await rowsOf(out);
    expect(head).toEqual(["id", "probability", "active", "still_posting", "well_answered", "evidence"]);
    expect(new Set(rows.map(([, , , , , evidence]) => evidence))).toContain("posts+rate");
    expect(rows).toHaveLength(200);
    expect(rows.every(([, p]) => Number(p) > 0 && Number(p) < 1)).toBe(true);
    const active = rows.filter(([, , one]) => one === "1").length;
    expect(stdout).toMatch(/^200 records = 200 profiles written \+ 0 rejected$/m);
    expect(stdout).toMatch(new RegExp(`^${active} with a probability of at least 0\\.`, "m"));
    expect(active).toBeGreaterThan(5);
  });

  it("copes with files that lack columns, the target's and the features', and says so", async () => {
    const bare = await file(
      "bare.csv",
      "account_id,followers,likes,extra\na,100,5000,?\nb,9000000,3,?\na,100,5000,?\nc,many,1,?\n",
    );
    const out = join(folder, "bare-scores.csv");
    const { code, stdout, stderr } = await runHere(["score", model, bare, "--out", out]);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^warning: bare.csv does not have .*videos_count.*; the model takes them as unknown/,
    );
    expect(stderr).toContain("awg_engagement_rate");
    expect(stdout).toMatch(/^4 records = 4 profiles written \+ 0 rejected$/m);
    expect(stdout).toMatch(/^not read: 1 cell of followers \(bare-scores.csv.rejected.csv\)$/m);
    const [, first, second] = await rowsOf(out);
    expect([first[0], second[0]]).toEqual(["a", "b"]);
    expect(Number(first[1])).toBeGreaterThan(Number(second[1]));
  });

  it("says what was decided about a file, and in which files", async () => {
    const lines = Array.from({ length: 9 }, (_, i) => `a${i};1.234.56${i};7;5;2,${i} %\n`).join("");
    const text = `account_id;followers;likes;videos_count;engagement_rate\n${lines}`;
    const files = [await file("eins.csv", text), await file("zwei.csv", text)];
    const out = join(folder, "decided.csv");
    const { code, stderr } = await runHere(["score", model, ...files, "--out", out]);
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/^eins\.csv and zwei\.csv: awg_engagement_rate is read as percent/m);
  });

  it("never writes over a file unless told, and leaves nothing half written", async () => {
    const out = await file("mine.csv", "mine\n");
    const refused = await runHere(["score", model, fresh, "--out", out]);
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toContain(`output file exists: ${out}`);
    expect(await readFile(out, "utf8")).toBe("mine\n");
    expect((await runHere(["score", model, fresh, "--out", out, "--force"])).code).toBe(0);
    expect(await rowsOf(out)).toHaveLength(201);
    await mkdir(join(folder, "a-folder.csv"));
    for (const [words, message] of [
      [["--out", join(folder, "a-folder.csv"), "--force"], "a folder stands there"],
      [["--out", join(folder, "no", "such", "x.csv")], "the folder does not exist"],
    ] as const) {
      expect((await runHere(["score", model, fresh, ...words])).stderr).toContain(message);
    }
    expect((await readdir(folder)).filter((name) => name.includes("partial"))).toEqual([]);
  });

  it("names an option that is misspelt, though a needed one is missing for it", async () => {
    const { code, stderr } = await runHere(["score", model, fresh, "--outt", join(folder, "x.csv")]);
    expect(code).toBe(2);
    expect(stderr).toBe(
      "error: unknown option '--outt'\n(Did you mean --out?)\n(insights score --help shows its options)\n",
    );
    expect((await runHere(["score", model, fresh])).stderr).toMatch(
      /^error: required option '--out <file>' not specified\n/,
    );
  });

  it("tells binary data from a table, and sends no control character to the terminal", async () => {
    const random = new Random(8);
    const bytes = Buffer.from(Array.from({ length: 3000 }, () => Math.floor(random.uniform() * 256)));
    await writeFile(join(folder, "noise.csv"), bytes);
    const out = join(folder, "never.csv");
    const noise = await runHere(["score", model, join(folder, "noise.csv"), "--out", out]);
    expect(noise.stderr).toMatch(/^error: not a table of profiles: noise.csv is binary data/);
    const long = await file("long.csv", `\u001b[31m${"x".repeat(999)},b\n1,2\n`);
    const { code, stderr } = await runHere(["score", model, long, "--out", out]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: no known column: found \\u001b\[31mx{50,60}\.\.\. \("1"\), b /);
    expect(stderr.length).toBeLessThan(400);
  });

  it("refuses what cannot be scored", async () => {
    const out = join(folder, "never.csv");
    const nothing = await file("nothing.csv", "id,url\n5,https://example.com\n");
    const bare = await file("ids.csv", "id\n5\n6\n");
    const empty = await file("empty.csv", "id,followers\n");
    for (const [words, message] of [
      [[model, nothing], "missing columns: "],
      [[model, bare], "missing columns: "],
      [[model, empty], "no profiles: empty.csv has no records"],
      [["--model", folder, fresh], "(expected a folder with model.json)"],
      [["--model", join(folder, "no-model"), fresh], "no such model"],
    ] as const) {
      const { code, stderr } = await runHere(["score", ...words, "--out", out]);
      expect(stderr).toContain(message);
      expect(code).toBe(1);
    }
    expect(existsSync(out)).toBe(false);
  });
});

describe("insights evaluate", () => {
  it("measures a model on accounts it has not seen, in all and by tier", async () => {
    const { code, stdout, stderr } = await runHere(["evaluate", model, fresh]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^target creator: [\d.]+ % positive/m);
    expect(stdout).toMatch(/^ROC AUC +0\.\d{3} +0\.\d{3} to \d\.\d{3}$/m);
    expect(stdout).toMatch(/^nano +\d+ +\d+ +/m);
    expect(stdout).toContain("too small to say");
    expect(stdout).not.toContain("trained on this very file");
    const json = await runHere(["evaluate", model, fresh, "--json"]);
    const found = evaluationSchema.parse(JSON.parse(json.stdout));
    expect(found.metrics.roc_auc).toBeGreaterThan(0.6);
    const { tp, fp, fn, tn } = found.metrics.confusion;
    expect(tp + fn).toBe(found.target.positives);
    expect(tp + fp + fn + tn + found.target.unknown).toBe(200);
    expect(found.slices.reduce((sum, { rows }) => sum + rows, 0)).toBe(tp + fp + fn + tn);
  });

  it("says so where the model has seen the file", async () => {
    expect((await runHere(["evaluate", model, sample])).stdout).toContain("trained on this very file");
  });

  it("wants the target's columns", async () => {
    const bare = await file("unlabelled.csv", "id,followers\n5,10\n6,20\n");
    const { code, stdout, stderr } = await runHere(["evaluate", model, bare]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^error: missing columns: .*posted_at.*needed for the target creator/);
  });
});
