import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { loadModel } from "../../src/bundle/model.ts";
import { rankingMetrics } from "../../src/evaluation/metrics.ts";
import { writeSample } from "../../src/sample/sample.ts";
import { trainingResultsSchema } from "../../src/training/results.ts";
import { runHere, scratchFolder } from "../support/harness.ts";

const folder = await scratchFolder();
const sample = join(folder, "sample.csv");
const out = join(folder, "deep", "creator");
/** As small as a training can be. */
const QUICK = ["--folds", "2", "--repeats", "2", "--networks", "1", "--workers", "1"];
const train = (file: string, to: string, ...more: string[]) =>
  runHere(["train", file, "--out", to, ...QUICK, ...more]);
const results = async (of: string) =>
  trainingResultsSchema.parse(JSON.parse(await readFile(join(of, "metrics.json"), "utf8")));

let finished: Awaited<ReturnType<typeof train>>;
beforeAll(async () => {
  await writeSample(sample, { rows: 300, seed: 3 });
  finished = await train(sample, out);
});

async function file(name: string, lines: readonly string[]): Promise<string> {
  await writeFile(join(folder, name), `${lines.join("\n")}\n`);
  return join(folder, name);
}

describe("insights train", () => {
  it("writes a model, its numbers, its card and out-of-fold predictions, and says what it found", async () => {
    const { code, stdout, stderr } = finished;
    expect([code, stderr]).toEqual([0, "Look for leaks\nTrain networks\nJudge\n"]);
    expect((await readdir(out)).sort()).toEqual([
      "README.md",
      "answers.csv",
      "checksums.json",
      "figures",
      "metrics.json",
      "model",
      "predictions.csv",
    ]);
    for (const part of [
      /^300 profiles \(Bright Data\)$/m,
      /^target creator: [\d.]+ % positive/m,
      /^ROC AUC +0\.\d{3} +0\.\d{3} to 0\.\d{3}$/m,
      /^calibration slope +/m,
      /^Chosen for the best balance of precision and recall \(F1\)\. Of 1,000 accounts/m,
      new RegExp(`^model +${join(out, "model")}$`, "m"),
    ]) {
      expect(stdout).toMatch(part);
    }
    const found = await results(out);
    const { positives, negatives, unknown } = found.target;
    expect(positives + negatives + unknown).toBe(300);
    expect(found.out_of_fold.roc_auc).toBeGreaterThan(0.6);
    const { tp, fp, fn, tn } = found.out_of_fold.confusion;
    expect(tp + fp + fn + tn).toBe(positives + negatives);
    const lines = (await readFile(join(out, "predictions.csv"), "utf8")).trim().split("\n");
    expect(lines[0]).toBe("id,probability,active,target,part");
    const rows = lines.slice(1).map((line) => line.split(","));
    expect(rows).toHaveLength(positives + negatives);
    expect(rows.filter(([, , active, target]) => active === "1" && target === "1")).toHaveLength(tp);
    const { value } = found.threshold;
    expect(rows.every(([, p, active]) => Number(p) >= value === (active === "1"))).toBe(true);
    const probabilities = Float64Array.from(rows, ([, p]) => Number(p));
    const labels = Uint8Array.from(rows, ([, , , target]) => Number(target));
    // What is judged is what is saved, to the last digit.
    expect(rankingMetrics(labels, probabilities)).toEqual({
      roc_auc: found.out_of_fold.roc_auc,
      average_precision: found.out_of_fold.average_precision,
      brier: found.out_of_fold.brier,
      log_loss: found.out_of_fold.log_loss,
    });
    expect(found.slices.reduce((sum, slice) => sum + slice.rows, 0)).toBe(positives + negatives);
    expect(found.test).toBeNull();
  });

  it("keeps in the model what scoring and judging need", async () => {
    const model = await loadModel(join(out, "model"));
    const found = await results(out);
    const [posts, page, rate, well] = model.answers;
    expect(posts).toMatchObject({ question: "still_posting", evidence: "posts" });
    expect(rate).toMatchObject({ question: "well_answered", evidence: "rate" });
    // As many networks as judged each row out of fold: one in each of two repeats.
    for (const { network } of [page, well]) expect(network).toHaveProperty("networks.length", 2);
    expect(model.combinations?.[0]).toMatchObject({ still_posting: "posts", well_answered: "rate" });
    expect(model.threshold).toBe(found.threshold.value);
    expect(model.policy).toEqual({ kind: "max_f1" });
    expect(model.target.norm?.log_rate.length).toBeGreaterThan(1);
    expect(model.pipeline.names).toEqual(found.features);
  });

  it("writes a card that says what for, what not, and where it ends", async () => {
    const card = await readFile(join(out, "README.md"), "utf8");
    for (const title of [
      "What it is",
      "For whom",
      "Not for whom",
      "How to use",
      "Data",
      "Target",
      "Protocol",
      "Numbers",
      "Slices",
      "Leakage audit",
      "Limits",
    ]) {
      expect(card).toContain(`\n## ${title}\n`);
    }
    const { out_of_fold: measured } = await results(out);
    const { low, high } = measured.intervals.roc_auc;
    expect(card).toContain(`${measured.roc_auc.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`);
    expect(card).not.toMatch(/NaN|undefined|null/);
  });

  it("takes out what gives the target away, unless told to leave it", async () => {
    const taken = join(folder, "taken");
    const words = ["--preset", "original", "--target", "engagement", "--repeats", "1"];
    const first = await train(sample, taken, ...words);
    expect(first.stdout).toMatch(/^Taken out: like_engagement_rate\. .*went into awg_engagement_rate/m);
    const honest = await results(taken);
    expect(honest.leakage.taken_out).toContain("comment_engagement_rate");
    expect(honest.features).not.toContain("like_engagement_rate");
    expect(await readFile(join(taken, "README.md"), "utf8")).toMatch(
      /^- Taken out: .*like_engagement_rate.*\.$/m,
    );
    const many = await train(
      sample,
      join(folder, "many"),
      ...["--target", "followers > 9000 and likes > 9000", "--repeats", "1", "--networks", "1"],
    );
    expect(many.stdout).toMatch(
      /^Taken out: followers, .* and \d+ more\. They give the target away; .*README/m,
    );
    const second = await train(sample, taken, ...words, "--allow-leakage", "--force", "--json");
    expect(second.stdout).toBe(await readFile(join(taken, "metrics.json"), "utf8"));
    const leaky = await results(taken);
    expect(leaky.features).toContain("like_engagement_rate");
    expect(leaky.leakage.sentences.join()).toContain("Left in because leakage was allowed");
    expect(leaky.out_of_fold.roc_auc).toBeGreaterThan(honest.out_of_fold.roc_auc);
    expect(await readFile(join(taken, "README.md"), "utf8")).toContain("Do not use this model");
  });

  it("learns a label of the user's, with a threshold of the user's choice", async () => {
    const lines = Array.from({ length: 80 }, (_, i) => {
      const followers = 10 + ((i * 7919) % 1000);
      const label = i % 10 === 0 ? "" : followers + ((i * 104729) % 300) > 700 ? "yes" : "no";
      return `u${i},${followers},${(i * 31) % 50},${label}`;
    });
    const labelled = await file("labelled.csv", ["account_id,followers,following,good", ...lines, ",7,1,no"]);
    const to = join(folder, "column");
    const run = await train(labelled, to, "--target", "column:good", "--min-recall", "0.9", "--seed", "5");
    expect(run.stderr).not.toContain("error");
    expect(run.stdout).toMatch(/8 unknown and left out$/m);
    expect(run.stdout).toMatch(/the file does not have .*likes.*: unknown throughout/);
    expect(run.stdout).toContain("1 rejected");
    expect(existsSync(join(to, "rejected.csv"))).toBe(true);
    const found = await results(to);
    expect(found.threshold).toMatchObject({ policy: "min_recall", reached: true });
    expect(found.out_of_fold.recall).toBeGreaterThanOrEqual(0.9);
    const judged = await runHere(["evaluate", join(to, "model"), labelled, "--json"]);
    expect(JSON.parse(judged.stdout)).toMatchObject({ trained_on: true, target: { unknown: 8 } });
  });

  it("refuses to learn from the small accounts of a file alone, unless told to", async () => {
    const lines = Array.from({ length: 200 }, (_, i) => {
      const followers = 10 + ((i * 7919) % 1000);
      const good = followers + ((i * 104729) % 300) > 600 ? "yes" : "no";
      return `u${i},${followers > 800 ? "plenty" : followers},${(i * 31) % 50},${good}`;
    });
    const small = await file("small.csv", ["account_id,followers,following,good", ...lines]);
    const to = join(folder, "small");
    const words = ["--target", "column:good"];
    const refused = await train(small, to, ...words);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(
      /^error: .*followers of \d\d of 200 records .*"plenty" \(line \d+\), and 100 % of those are column:good against [\d.]+ % of the others \(.*--map followers=COLUMN; --allow-rejected/,
    );
    expect(existsSync(to)).toBe(false);
    const told = await train(small, to, ...words, "--allow-rejected");
    expect([told.code, existsSync(to)]).toEqual([0, true]);
    expect(told.stderr).toMatch(/^warning: followers of \d\d of 200 records/m);
  });

  it("leaves nothing behind when it fails, and says what to mend", async () => {
    const to = join(folder, "nothing");
    const few = await file("few.csv", ["id,followers", "1,5", "2,6", "3,70"]);
    const ids = await file("ids.csv", ["id,url", "1,a", "2,bc", "3,de"]);
    const cases: [string, string[], number, string][] = [
      [few, ["--target", "followers > 0"], 1, "one class only: followers > 0 is true for all 3 profiles"],
      [few, ["--target", "followers > 50"], 1, "too few rows: 1 positive rows cannot be dealt to 2 folds"],
      [few, ["--target", "engagement"], 1, "missing column: awg_engagement_rate, needed for the target"],
      [ids, ["--target", "length(url) > 1"], 1, "needed for the preset profile"],
      [few, ["--target", "followers; drop table x"], 2, "invalid condition"],
      [few, ["--target", "creators"], 2, "unknown target: creators"],
      [few, ["--preset", "none"], 2, "unknown preset: none"],
      [few, ["--queue", "0"], 2, "invalid queue: 0"],
      [few, ["--max-f1", "--queue", "5"], 2, "too many policies: --max-f1 and --queue (expected one)"],
      [sample, ["--target", "activity", "--active-days", "0"], 2, "whole number from 1"],
      [sample, ["--horizon", "0"], 2, "expected a whole number from 1 to 3650"],
      [sample, ["--horizon", "3651"], 2, "expected a whole number from 1 to 3650"],
    ];
    for (const [from, words, code, message] of cases) {
      const run = await train(from, to, ...words);
      expect(run.stderr).toContain(message);
      expect([run.code, run.stdout]).toEqual([code, ""]);
    }
    const taken = await train(sample, out);
    expect(taken.stderr).toContain(`output folder exists: ${out}`);
    const stopped = await runHere(["train", sample, "--out", to, ...QUICK], {
      signal: AbortSignal.abort(new Error("stopped")),
    });
    expect(stopped).toMatchObject({ code: 1, stdout: "", stderr: "interrupted: nothing was written\n" });
    expect(existsSync(to)).toBe(false);
    expect((await readdir(folder)).filter((name) => name.includes("partial"))).toEqual([]);
  });

  it("redraws one line on a terminal, and clears it", async () => {
    const drawn: (string | undefined)[] = [];
    let now = 0;
    const words = ["train", sample, "--out", join(folder, "shown"), ...QUICK, "--preset", "original"];
    await runHere(words, {
      terminal: { interactive: true, columns: 80 },
      redraw: (text) => drawn.push(text),
      elapsed: () => {
        now += 1000;
        return now;
      },
    });
    expect(drawn).toContain("Look for leaks");
    expect(drawn.join("\n")).toMatch(/Train networks {2}2 of 6, [\d.]+ s left/);
    expect(drawn.at(-1)).toBeUndefined();
  });
});
