import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "../../test/support/features/profiles.ts";
import { createPeople } from "../../test/support/training/people.ts";
import { repeatedStratifiedFolds } from "../evaluation/split.ts";
import { PRESETS, type Preset } from "../features/presets.ts";
import type { Profiles } from "../profiles/read.ts";
import { resolveTarget } from "../targets/resolve.ts";
import { JOURNAL, openJournal } from "./journal.ts";
import type { TuningResults } from "./results.ts";
import { rungsOf } from "./rungs.ts";
import { formatTrials } from "./save.ts";
import { search } from "./search.ts";
import { type TuneOptions, type TuningProgress, tuneRecipe } from "./tune.ts";

const scratch = await mkdtemp(join(tmpdir(), "insights-tuning-"));
afterAll(() => rm(scratch, { recursive: true, force: true }));
const connection = await connect();
const profiles = {
  connection,
  table: "profiles",
  source: { file: "people.csv", fingerprint: "f" },
  provider: "test",
  rows: 160,
} as unknown as Profiles;
const { profile } = PRESETS;
/** A few features of every group, so that folds are quick to fit. */
const preset: Preset = {
  ...profile,
  steps: profile.steps.filter(({ kind, params }) =>
    ["followers", "likes_per_follower", "account_age", "bio_link_missing"].includes(
      (params as { output?: string }).output ?? kind,
    ),
  ),
};

interface Run {
  readonly results: TuningResults;
  readonly journal: string;
  readonly told: readonly TuningProgress[];
}

async function run(name: string, change: Partial<TuneOptions> = {}): Promise<Run> {
  const folder = join(scratch, name);
  const journal = await openJournal(folder, { of: {}, startedAt: new Date(0), force: false });
  const told: TuningProgress[] = [];
  let clock = 0;
  try {
    const results = await tuneRecipe(profiles, {
      definition: await resolveTarget("engagement"),
      wording: "engagement",
      preset,
      trials: 5,
      outerFolds: 2,
      folds: 2,
      repeats: 2,
      networks: 2,
      mostRows: 1000,
      seed: 3,
      workers: 1,
      allowLeakage: false,
      versions: { influencer_insights: "1", node: "20", duckdb: "1" },
      elapsed: () => ++clock,
      journal,
      onProgress: (progress) => told.push(progress),
      ...change,
    });
    return { results, journal: await readFile(join(folder, JOURNAL), "utf8"), told };
  } finally {
    journal.close();
  }
}

/** A result as it is written, but for what depends on the machine. */
const text = ({ results: { timing: _, ...rest } }: Run) => JSON.stringify(rest, null, 2);

let unbroken: Run;
beforeAll(async () => {
  await createPeople(connection, 160, 1);
  unbroken = await run("unbroken");
});

describe("a tuning", () => {
  it("halves successively, and keeps the usual recipe to the end", () => {
    const { rungs, search, nested, trials, recipe } = unbroken.results;
    expect(rungs).toEqual([
      { networks: 2, repeats: 1, first: 0 },
      { networks: 2, repeats: 2, first: 0 },
    ]);
    for (const one of [search, ...nested.folds]) {
      const on = (rung: number) => one.evaluations.filter((evaluation) => evaluation.rung === rung);
      expect(on(0).map(({ trial }) => trial)).toEqual([0, 1, 2, 3, 4]);
      const losses = on(0).map(({ log_loss }) => log_loss ?? Number.NaN);
      const third = [...losses].sort((a, b) => a - b)[1];
      expect(on(1).map(({ trial }) => trial)).toEqual(
        [0, 1, 2, 3, 4].filter((trial) => trial === 0 || losses[trial] <= third),
      );
      expect(Math.min(...on(1).map(({ log_loss }) => log_loss ?? Number.NaN))).toBe(one.chosen.log_loss);
      expect(one.usual.trial).toBe(0);
    }
    expect(recipe).toEqual(trials[search.chosen.trial].recipe);
    expect(nested.folds.reduce((sum, fold) => sum + fold.rows, 0)).toBe(unbroken.results.dataset.tuned_rows);
    // The engagement follows from the features, so that held-out rows can be told apart.
    expect(nested.usual.roc_auc).toBeGreaterThan(0.75);
    const [header, ...lines] = formatTrials(unbroken.results).trim().split("\n");
    expect(header).toMatch(/^trial,log_loss_1,log_loss_2,roc_auc,chosen,/);
    expect(lines).toHaveLength(5);
    expect(lines.filter((line) => line.split(",")[4] === "1")).toHaveLength(1);
  });

  it("tells how it stands, and ends at all of the work", () => {
    const { told } = unbroken;
    expect(told[0].step).toBe("audit");
    const searching = told.filter(({ step }) => step === "search");
    expect(searching.at(0)).toMatchObject({
      search: 0,
      searches: 3,
      rung: 0,
      rungs: 2,
      alive: 5,
      evaluated: 0,
    });
    expect(searching.some(({ evaluated, alive, best }) => evaluated === alive && best !== null)).toBe(true);
    const fractions = told.map(({ fraction }) => fraction);
    expect(Math.max(...fractions)).toBeLessThanOrEqual(1);
    expect(fractions.at(-1)).toBeGreaterThan(0.85);
  });

  it("comes to the same after it was stopped, and does nothing twice", async () => {
    const controller = new AbortController();
    const stopped = run("stopped", {
      signal: controller.signal,
      onProgress: ({ search: place, evaluated }) =>
        place === 1 && evaluated === 3 && controller.abort(new Error("enough")),
    });
    await expect(stopped).rejects.toThrow("enough");
    const path = join(scratch, "stopped", JOURNAL);
    const done = (await readFile(path, "utf8")).trim().split("\n");
    const all = unbroken.journal.trim().split("\n");
    expect(done.length).toBeLessThan(all.length / 2 + 3);
    await appendFile(path, all[done.length].slice(0, 25));
    const again = await run("stopped");
    expect(text(again)).toBe(text(unbroken));
    expect(again.journal.trim().split("\n")).toHaveLength(all.length);
  });

  it("draws some rows by lot where there are many", async () => {
    const { results } = await run("few rows", { mostRows: 60, trials: 1, repeats: 1 });
    expect(results.dataset.tuned_rows).toBe(60);
    expect(results.search.chosen.trial).toBe(0);
    expect(results.nested.difference.log_loss).toMatchObject({ difference: 0, low: 0, high: 0 });
    expect(results.verdict.advice).toBe("keep");
  });

  it("comes to the same with any number of threads, past a trial that cannot be trained", async () => {
    const [usual, other] = unbroken.results.trials;
    const broken = { trial: 1, recipe: { ...other.recipe, dropout: 2 } };
    const settings = {
      preset,
      definition: await resolveTarget("engagement"),
      snapshot: { profiles: 160, observed: 0, newest: null },
      trials: [usual, broken],
      rungs: rungsOf(2, { repeats: 3, networks: 1 }),
      folds: 2,
    };
    await connection.run(
      "CREATE OR REPLACE VIEW known AS SELECT * FROM profiles WHERE awg_engagement_rate IS NOT NULL",
    );
    const found = [];
    for (const workers of [1, 3]) {
      const { evaluations, chosen } = await search(
        connection,
        { ...settings, workers },
        { relation: "known", seed: 1, known: () => undefined, onRung: () => {}, onEvaluation: () => {} },
      );
      found.push(evaluations);
      expect(evaluations.map(({ rung, trial, log_loss }) => [rung, trial, log_loss === null])).toEqual([
        [0, 0, false],
        [0, 1, true],
        [1, 0, false],
      ]);
      expect(evaluations[1].failed).toContain("invalid dropout: 2");
      expect(chosen.trial).toBe(0);
    }
    expect(found[1]).toEqual(found[0]);
  });

  it("never looks at the rows it judges by", async () => {
    const found = await connection.runAndReadAll(
      'SELECT "row", awg_engagement_rate > 0.05 FROM profiles WHERE awg_engagement_rate IS NOT NULL ORDER BY "row"',
    );
    const [rows, labels] = found.getColumnsJS();
    const [{ test }] = repeatedStratifiedFolds(Uint8Array.from(labels, Number), {
      folds: 2,
      repeats: 1,
      seed: 3,
    });
    const heldOut = Array.from(test, (i) => rows[i]).join(", ");
    await connection.run("CREATE TABLE spared AS SELECT * FROM profiles");
    await connection.run(
      `UPDATE profiles SET followers = hash("row") % 1000, likes = 5, bio_link = 'x' WHERE "row" IN (${heldOut})`,
    );
    const { results } = await run("changed");
    await connection.run("CREATE OR REPLACE TABLE profiles AS SELECT * FROM spared");
    const [first, second] = results.nested.folds;
    const [before, other] = unbroken.results.nested.folds;
    // The same to the last bit where the changed rows were held out; elsewhere they make a difference.
    expect(first).toEqual(before);
    expect(second.evaluations).not.toEqual(other.evaluations);
    expect(results.search.evaluations).not.toEqual(unbroken.results.search.evaluations);
    expect(results.nested.tuned).not.toEqual(unbroken.results.nested.tuned);
  });

  it("says of pure noise that nothing was found, whatever the search believes", async () => {
    const definition = await resolveTarget("following % 2 = 0");
    const {
      search: all,
      nested,
      verdict,
    } = (await run("noise", { definition, trials: 14, repeats: 1, allowLeakage: true })).results;
    const believed = all.chosen.roc_auc ?? 0;
    expect(believed).toBeGreaterThan(0.53);
    expect(Math.abs(nested.tuned.roc_auc - 0.5)).toBeLessThan(0.08);
    expect(nested.tuned.roc_auc).toBeLessThan(believed - 0.03);
    expect(all.chosen.log_loss ?? 1).toBeLessThan(nested.tuned.log_loss);
    expect(verdict.advice).toBe("keep");
  });
});
