import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { loadModel, readProfiles, scoreProfiles } from "../../src/index.ts";
import { parseMetrics } from "../../src/report/metrics.ts";
import { writeSample } from "../../src/sample/sample.ts";
import { STUDY_STEPS } from "../../src/study/events.ts";
import { ROOT, runHere, scratchFolder } from "../support/harness.ts";

const scratch = await scratchFolder();
const sample = join(ROOT, "examples/profiles.csv");

it("repeats training over seeds, and writes what it says: numbers, predictions, a model that gives the same ones", async () => {
  const out = join(scratch, "seeds");
  const words = [
    "--out",
    out,
    "--seeds",
    "2",
    "--seed",
    "5",
    "--max-epochs",
    "30",
    "--no-recommended",
    "--hidden",
    "8",
    "--dropout",
    "0.1",
  ];
  const { code, stdout, stderr } = await runHere(["study", sample, ...words]);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /over 2 seeds\n {2}the study's own protocol +F1 0\.\d{3} ± 0\.\d{3} +\(0\.\d{3} to 0\.\d{3}\)/,
  );
  expect(stderr.trim().split("\n")).toHaveLength(STUDY_STEPS.length);

  const metrics = parseMetrics(JSON.parse(await readFile(join(out, "metrics.json"), "utf8")));
  expect(metrics.created_at).toBe("2024-01-02T03:04:05.000Z");
  expect(metrics.seeds.map(({ seed }) => seed)).toEqual([5, 6]);
  expect(metrics.network).toMatchObject({
    hidden: [8],
    dropout: 0.1,
    max_epochs: 30,
    parameters: 9 * 8 + 8 + 8 + 1,
  });
  expect(metrics.split).toMatchObject({ train: { rows: 640 }, valid: { rows: 160 }, test: { rows: 200 } });
  expect(metrics.rule?.f1).toBe(1);
  expect(metrics.dataset.synthetic).toBeUndefined();
  const { f1 } = metrics.seeds_summary.test;
  expect(f1.mean).toBeCloseTo((metrics.seeds[0].test.f1 + metrics.seeds[1].test.f1) / 2, 12);
  expect(metrics.test.f1).toBe(metrics.seeds[0].test.f1);

  const predictions = (await readFile(join(out, "predictions.csv"), "utf8")).trim().split("\n");
  expect(predictions[0]).toBe("id,split,probability,predicted,target");
  const rows = predictions.slice(1).map((line) => line.split(","));
  expect(rows).toHaveLength(1000);
  // The threshold is one of the validation rows' probabilities, and a row at the threshold is picked.
  const { value } = metrics.threshold;
  expect(rows.some(([, part, probability]) => part === "valid" && Number(probability) === value)).toBe(true);
  for (const [, , probability, predicted] of rows)
    expect(predicted).toBe(Number(probability) >= value ? "1" : "0");
  const test = rows.filter(([, part]) => part === "test");
  const right = test.filter(
    ([, , probability, , target]) => (Number(probability) >= 0.5 ? "1" : "0") === target,
  );
  expect(right.length / test.length).toBeCloseTo(metrics.test.accuracy, 12);

  const profiles = await readProfiles(sample);
  const model = await loadModel(join(out, "model"));
  const { probabilities } = await scoreProfiles(profiles.connection, model, profiles.table);
  await profiles.close();
  expect([...probabilities]).toEqual(rows.map(([, , probability]) => Number(probability)));
});

it("gives the same bytes for the same seed", async () => {
  const run = async (name: string) => {
    const out = join(scratch, name);
    await runHere(["study", sample, "--out", out, "--max-epochs", "10", "--no-recommended"]);
    return Promise.all(["metrics.json", "predictions.csv"].map((file) => readFile(join(out, file), "utf8")));
  };
  expect(await run("first")).toEqual(await run("second"));
});

it("replays a split by row numbers, and says which rows it could not find", async () => {
  const every = Array.from({ length: 1000 }, (_, i) => i);
  const parts = {
    train: every.slice(0, 600),
    valid: every.slice(600, 800),
    test: [...every.slice(800), 5000],
  };
  const split = join(scratch, "split.json");
  await writeFile(split, JSON.stringify(parts));
  const { code, stdout } = await runHere([
    "study",
    sample,
    ...[
      "--out",
      join(scratch, "replayed"),
      "--split",
      split,
      "--max-epochs",
      "10",
      "--no-recommended",
      "--json",
    ],
  ]);
  const metrics = parseMetrics(JSON.parse(stdout));
  expect({ code, split: metrics.options.split }).toEqual({ code: 0, split: "split.json" });
  expect(metrics.split).toMatchObject({ train: { rows: 600 }, valid: { rows: 200 }, test: { rows: 200 } });
  expect(metrics.dataset.alerts).toContainEqual(expect.objectContaining({ code: "split_rows_absent" }));
});

it.each([
  ["{", /split\.json/],
  ['{"train": [1], "valid": [2]}', /missing part: test \(split\.json\)/],
  ['{"train": [1, 2], "valid": [2], "test": [3]}', /row 2 .*\(split\.json\)/],
  [
    '{"train": [0, 1, 2, 3, 4, 5], "valid": [10], "test": [11]}',
    /only one class: the (valid|train) rows of the split/,
  ],
])("refuses the split %s", async (text, message) => {
  const split = join(scratch, "split.json");
  await writeFile(split, text);
  const { code, stderr } = await runHere([
    "study",
    sample,
    "--out",
    join(scratch, "never"),
    "--split",
    split,
  ]);
  expect([code, stderr]).toEqual([1, expect.stringMatching(message)]);
});

it("refuses a split file that is not there", async () => {
  const { code, stderr } = await runHere([
    "study",
    sample,
    "--out",
    join(scratch, "never"),
    "--split",
    "none.json",
  ]);
  expect([code, stderr]).toEqual([1, expect.stringContaining("no such file: none.json")]);
});

it("studies a file whose likes are all unknown, without the figures of likes", async () => {
  const lines = Array.from({ length: 120 }, (_, i) => {
    const rate = i % 2 === 0 ? 0.2 : 0.01;
    return [`p${i}`, 100 + i * i, i, "", 1 + (i % 40), rate * 0.9, rate * 0.1, rate, "false", "hi", ""].join(
      ",",
    );
  });
  const path = join(scratch, "unliked.csv");
  const header =
    "account_id,followers,following,likes,videos_count,like_engagement_rate,comment_engagement_rate,awg_engagement_rate,is_verified,biography,bio_link";
  await writeFile(path, [header, ...lines].join("\n"));
  const { code, stdout, stderr } = await runHere([
    "study",
    path,
    ...["--out", join(scratch, "unliked"), "--max-epochs", "10", "--no-recommended", "--json"],
  ]);
  expect([code, code === 0 ? "" : stderr]).toEqual([0, ""]);
  const names = parseMetrics(JSON.parse(stdout)).figures.map(({ name }) => name);
  expect(names).toContain("roc");
  expect(names.filter((name) => name.includes("likes"))).toEqual([]);
});

it("studies a file with a rate that no account has, which is told and left out", async () => {
  const rows = Array.from({ length: 120 }, (_, i) => {
    const rate = i % 2 === 0 ? 0.2 : 0.01;
    const rates = [rate * 0.9, rate * 0.1, i === 5 ? "1e200" : rate];
    return [`p${i}`, 100 + i * i, i, 50 * i, 1 + (i % 40), ...rates, "false", "hi", ""].join(",");
  });
  const path = join(scratch, "rate.csv");
  const header =
    "account_id,followers,following,likes,videos_count,like_engagement_rate,comment_engagement_rate,awg_engagement_rate,is_verified,biography,bio_link";
  await writeFile(path, [header, ...rows].join("\n"));
  const { code, stdout, stderr } = await runHere([
    "study",
    path,
    ...["--out", join(scratch, "rate"), "--max-epochs", "10", "--no-recommended", "--json"],
  ]);
  expect([code, code === 0 ? "" : stderr]).toEqual([0, ""]);
  const { dataset } = parseMetrics(JSON.parse(stdout));
  expect(dataset.blanks).toEqual([
    { column: "awg_engagement_rate", impossible: false, count: 1, value: "1e200", line: 7 },
  ]);
});

it("studies a file without dated posts, links or biographies as far as it goes", async () => {
  const lines = Array.from({ length: 120 }, (_, i) => {
    const rate = i % 3 === 0 ? 0.2 : 0.01 + i / 10_000;
    return [
      `p${i}`,
      100 + i * i,
      i,
      5000 + 7 * i * i,
      1 + (i % 40),
      rate * 0.9,
      rate * 0.1,
      rate,
      i % 9 === 0,
    ].join(",");
  });
  const header =
    "account_id,followers,following,likes,videos_count,like_engagement_rate,comment_engagement_rate,awg_engagement_rate,is_verified";
  const path = join(scratch, "bare.csv");
  await writeFile(
    path,
    [`${header},biography,bio_link`, ...lines.map((line) => `${line},null,null`)].join("\n"),
  );
  const { code, stdout, stderr } = await runHere([
    "study",
    path,
    ...["--out", join(scratch, "bare"), "--max-epochs", "10", "--json"],
  ]);
  expect([code, code === 0 ? "" : stderr]).toEqual([0, ""]);
  const metrics = parseMetrics(JSON.parse(stdout));
  expect(metrics.recommended).toEqual({
    results: null,
    reason: expect.stringMatching(/^The file does not have posted_at.*who is a creator cannot be told/),
  });
  expect(metrics.summary.activity).toBeNull();
  expect(metrics.figures.map(({ name }) => name)).not.toContain("days-since-last-post");
});

it("trains the recommended model beside the study, in a folder of its own, and says which to use", async () => {
  const out = join(scratch, "recommended");
  const small = join(scratch, "small.csv");
  await writeSample(small, { rows: 400, seed: 3 });
  const words = ["--out", out, "--max-epochs", "10", "--hidden", "4", "--workers", "2"];
  const { code, stdout, stderr } = await runHere(["study", small, ...words]);
  expect([code, code === 0 ? "" : stderr]).toEqual([0, ""]);
  expect(stderr).toMatch(/Recommend +\d+ features, target creator: ROC AUC 0\.\d{3} \(/);
  expect(stdout).toContain("report ");
  const { recommended, figures } = parseMetrics(
    JSON.parse(await readFile(join(out, "metrics.json"), "utf8")),
  );
  const own = JSON.parse(await readFile(join(out, "recommended/metrics.json"), "utf8"));
  expect(recommended).toEqual({ results: own, reason: null });
  expect(own.leaderboard.entries.map(({ name }: { name: string }) => name).sort()).toEqual(
    ["best single feature", "both questions", "ensemble", "logistic regression", "majority"].sort(),
  );
  const names = figures.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["reliability", "thresholds", "threshold-choices"]));
  expect(new Set(names).size).toBe(names.length);
  expect(await readFile(join(out, "report.html"), "utf8")).toContain("use the recommended model");
  const model = await loadModel(join(out, "recommended/model"));
  expect(model.target.name).toBe("creator");
  expect(await readFile(join(out, "recommended/README.md"), "utf8")).toContain("## Numbers");
  // Fifteen folds are trained, and every figure is drawn: a minute on a busy machine.
}, 120_000);
