import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadModel } from "../bundle/model.ts";
import { saveModel } from "../bundle/save.ts";
import { scoreProfiles } from "../bundle/score.ts";
import { rankingMetrics } from "../evaluation/metrics.ts";
import { presetNamed } from "../features/presets.ts";
import { type Profiles, readProfiles } from "../profiles/read.ts";
import { writeSample } from "../sample/sample.ts";
import { resolveTarget } from "../targets/resolve.ts";
import { snapshotOf } from "../targets/snapshot.ts";
import { evaluateForecast, forecastEvaluationSchema } from "./evaluateForecast.ts";
import { judgeModel } from "./judged.ts";
import { ENSEMBLE, LOGISTIC, MAJORITY } from "./recipe.ts";
import { trainingResultsSchema } from "./results.ts";
import { requireCreatorColumns } from "./trainCreator.ts";
import type { TrainedProfiles, TrainProfilesOptions } from "./trained.ts";
import { oursAmong } from "./trainingFigures.ts";
import { trainProfiles } from "./trainProfiles.ts";

const folder = await mkdtemp(join(tmpdir(), "creator-"));
let profiles: Profiles;
let options: TrainProfilesOptions;
let trained: TrainedProfiles;
const rowsOf = (csv: string) =>
  csv
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));

beforeAll(async () => {
  const file = join(folder, "sample.csv");
  await writeSample(file, { rows: 400, seed: 5 });
  profiles = await readProfiles(file);
  options = {
    definition: await resolveTarget("creator"),
    wording: "creator",
    preset: presetNamed("profile"),
    recipe: { ...ENSEMBLE, hidden: [8], epochs: 10 },
    folds: 3,
    repeats: 2,
    seed: 1,
    workers: 1,
    quickAudit: true,
    policy: { kind: "max_f1" },
    allowLeakage: false,
    versions: { influencer_insights: "1", node: "20", duckdb: "1" },
    createdAt: new Date(0),
    elapsed: () => 0,
  };
  trained = await trainProfiles(profiles, options);
});
afterAll(async () => {
  await profiles.close();
  await rm(folder, { recursive: true });
});

describe("a model of creators", () => {
  it("answers two questions, by facts first", () => {
    const { model } = trained;
    expect(model.answers.map(({ question, evidence, needs }) => [question, evidence, needs])).toEqual([
      ["still_posting", "posts", "posts_known"],
      ["still_posting", "profile", "profile_known"],
      ["well_answered", "rate", "rate_known"],
      ["well_answered", "profile", "profile_known"],
    ]);
    expect(model.combinations).toHaveLength(4);
    expect(model.horizon).toBe(30);
    // As many networks as judged each row out of fold.
    expect(model.answers[1].network).toHaveProperty("networks.length", 2);
    expect(trainingResultsSchema.parse(trained.results)).toEqual(trained.results);
  });

  it("is judged by what its file of predictions holds", () => {
    const rows = rowsOf(trained.predictions);
    const labels = Uint8Array.from(rows, ([, , , target]) => Number(target));
    const found = rankingMetrics(
      labels,
      Float64Array.from(rows, ([, p]) => Number(p)),
    );
    const { questions, out_of_fold, target } = trained.results;
    expect(out_of_fold).toMatchObject(found);
    expect(questions?.kinds[0]).toMatchObject({
      still_posting: "posts",
      well_answered: "rate",
      judged: { ...found, rows: rows.length, positives: target.positives },
    });
    expect(found.roc_auc).toBeGreaterThan(0.9);
  });

  it("does better by facts than by the profile page, for each question and for both", () => {
    const { answers, kinds } = trained.results.questions!;
    const [posts, page] = answers;
    expect(posts.judged.roc_auc).toBeGreaterThan(page.judged.roc_auc + 0.05);
    const areas = kinds.map(({ judged }) => judged.roc_auc);
    expect(Math.max(...areas)).toBe(areas[0]);
    expect(Math.min(...areas)).toBe(areas[3]);
    for (const { judged } of kinds) expect(judged.intervals.roc_auc.low).toBeLessThan(judged.roc_auc);
    expect(kinds[0].precision_of_first[0].precision).toBeGreaterThan(
      kinds[3].precision_of_first[0].precision,
    );
  });

  it("gives everybody an answer as of the snapshot that it would not give as its own pupil", async () => {
    const rows = rowsOf(trained.answers!);
    expect(rows).toHaveLength(400);
    const scores = await scoreProfiles(profiles.connection, trained.model, profiles.table);
    expect(rows.map(([id]) => id)).toEqual(scores.ids);
    expect(rows.map(([, , , , evidence]) => evidence)).toEqual(scores.answers?.evidence);
    const differences = rows.map(([, p], i) => Math.abs(Number(p) - scores.probabilities[i]));
    expect(differences.reduce((sum, one) => sum + one, 0) / 400).toBeLessThan(0.1);
    expect(differences.filter((one) => one > 1e-6).length).toBeGreaterThan(300);
    for (const [, ...numbers] of rows)
      for (const p of numbers.slice(0, 3)) expect(Number(p) > 0 && Number(p) < 1).toBe(true);
  });

  it("says after saving what it said before", async () => {
    const directory = join(folder, "model");
    await saveModel(directory, trained.model);
    const loaded = await loadModel(directory);
    const [before, after] = await Promise.all(
      [trained.model, loaded].map((model) => scoreProfiles(profiles.connection, model, profiles.table)),
    );
    expect(after.probabilities).toEqual(before.probabilities);
  });

  it("relies on posts and on the rate, and tells what each number does", () => {
    const { importance, partial_dependence: dependences } = trained.results;
    const [first, second] = importance.groups;
    expect([first, second].flatMap(({ features }) => features)).toEqual(
      expect.arrayContaining(["rate_z", "posts_go_on"]),
    );
    expect(second.mean).toBeGreaterThan(0.05);
    const rates = dependences.find(({ column }) => column === "awg_engagement_rate")!;
    expect(rates.points.at(-1)!.probability).toBeGreaterThan(rates.points[0].probability + 0.05);
  });

  it("is judged by going back where it is judged on rows it has not seen", async () => {
    const { connection, table } = profiles;
    const target = await options.definition.fit(connection, table);
    const snapshot = await snapshotOf(connection, table);
    const judged = await judgeModel(connection, trained.model, table, { target, snapshot, seed: 1 });
    expect([...judged.judged.rows]).toEqual([...new Set(judged.judged.rows)]);
    expect(judged.judged.rows).toHaveLength(rowsOf(trained.predictions).length);
    // As of the snapshot everybody's last post is known, and the answer with it.
    const now = await scoreProfiles(connection, trained.model, table);
    const place = new Map(Array.from(now.rows, (row, i) => [row, i]));
    const changed = Array.from(
      judged.judged.rows,
      (row, i) => now.probabilities[place.get(row)!] !== judged.judged.probabilities[i],
    );
    expect(changed.filter(Boolean).length).toBeGreaterThan(changed.length / 2);
  });

  it("is judged at several moments of the past beside the silence alone", async () => {
    const found = await evaluateForecast(profiles, trained.model, { seed: 1 });
    expect(forecastEvaluationSchema.parse(found)).toEqual(found);
    expect(found.moments.map(({ days_before }) => days_before)).toEqual([30, 60, 90, 120, 150, 180]);
    const { roc_auc, log_loss, brier, accounts, came } = found;
    expect(found.moments[0]).toMatchObject({ accounts, came, measured: { roc_auc, log_loss, brier } });
    for (const moment of found.moments) {
      expect(moment.accounts).toBeGreaterThan(100);
      const measured = moment.measured!;
      expect(measured.roc_auc).toBeGreaterThan(0.85);
      expect(measured.roc_auc).toBeGreaterThan(measured.profile_page);
      expect(measured.days_since_last_post).toBeGreaterThan(0.8);
      expect(measured.slope).toBeGreaterThan(0.5);
    }
  });

  it("holds rows out of everything where it is told to", async () => {
    const held = await trainProfiles(profiles, { ...options, repeats: 1, testSize: 0.4 });
    const rows = rowsOf(held.predictions);
    expect(held.results.test?.rows).toBe(rows.filter(([, , , , part]) => part === "test").length);
    expect(held.results.test?.rows).toBeGreaterThan(60);
    expect(rowsOf(held.answers!)).toHaveLength(400 - Math.ceil(0.4 * knownOf(trained)));
  });
});

/** Accounts whose label is known: those that may be set aside. */
function knownOf({ results }: TrainedProfiles): number {
  return results.questions!.kinds[3].judged.rows;
}

it("names what a file lacks to be learnt from, and what to do instead", () => {
  const file = { missing: ["posted_at", "bio_link"], source: { file: "x.csv" } } as never;
  expect(() => requireCreatorColumns(file)).toThrow(
    "missing posted_at: the target creator needs dates of posts and rates to learn from; to rank this file use the shipped model: insights shortlist x.csv",
  );
});

it("is held against models of the profile page alone, on the same accounts and folds", async () => {
  const opponents = [MAJORITY, LOGISTIC];
  const { results } = await trainProfiles(profiles, { ...options, opponents, opponentRepeats: 1 });
  const { leaderboard, out_of_fold } = results;
  const { positives, negatives } = results.target;
  expect(leaderboard).toMatchObject({ folds: 3, repeats: 1, rows: positives + negatives });
  const [best, ...others] = leaderboard!.entries;
  expect(best.name).toBe("both questions");
  expect(Math.abs(best.roc_auc.value - out_of_fold.roc_auc)).toBeLessThan(0.02);
  expect(others.map(({ name }) => name).sort()).toEqual(["ensemble", "logistic regression", "majority"]);
  for (const { difference } of others) expect(difference!.high).toBeLessThan(0);
  expect(oursAmong(results)).toBe(best.name);
});
