import { beforeAll, describe, expect, it } from "vitest";
import { connect, createProfiles } from "../../test/support/features/profiles.ts";
import { Random } from "../base/random.ts";
import { rocAuc } from "../evaluation/metrics.ts";
import { fitPipeline } from "../features/pipeline.ts";
import { postingPreset } from "../features/presets/creator.ts";
import type { CanonicalProfile } from "../features/profile.ts";
import { createPredictor } from "../network/predictor.ts";
import { backtest } from "../targets/backtest.ts";
import { snapshotOf } from "../targets/snapshot.ts";
import { type AccountFolds, dealAccounts } from "./accountFolds.ts";
import { cameAtCut, viewAtCut } from "./asOfCut.ts";
import { factsOutOfFold, fitPosts } from "./creatorEvidence.ts";
import { fitForecast, linearNetwork } from "./forecast.ts";

const observed_at = new Date("2024-03-01T00:00:00Z");
const DAY = 86_400_000;

/** Accounts that post every so many days; every third has stopped. */
function people(rows: number, seed: number): Partial<CanonicalProfile>[] {
  const random = new Random(seed);
  return Array.from({ length: rows }, (_, i) => {
    const pace = 1 + 20 * random.uniform();
    const stopped = i % 3 === 0 ? 60 + 300 * random.uniform() : 0;
    const count = 12 + random.integer(15);
    const days = Array.from({ length: count }, (__, post) => stopped + pace * (post + random.uniform()));
    const followers = Math.round(Math.exp(3 + 8 * random.uniform()));
    return {
      observed_at,
      created_at: new Date(observed_at.getTime() - 2000 * DAY),
      posted_at: days.map((day) => new Date(observed_at.getTime() - day * DAY)),
      followers: BigInt(followers),
      videos_count: BigInt(count),
      awg_engagement_rate: Math.exp(-1 - 0.3 * Math.log(followers) + random.normal()),
    };
  });
}

const connection = await connect();
const everybody = people(150, 1);
let accounts: AccountFolds;
const source = { connection, relation: "profiles", examples: "examples", horizon: 30 };

async function facts(profiles: readonly Partial<CanonicalProfile>[]) {
  await createProfiles(connection, "profiles", profiles);
  const snapshot = await snapshotOf(connection, "profiles");
  await backtest(connection, "profiles", "examples", { horizon: 30, snapshot, cuts: 6 });
  return factsOutOfFold(source, accounts);
}

beforeAll(() => {
  const rows = Float64Array.from(everybody.keys());
  const strata = Uint8Array.from(rows, (row) => row % 2);
  accounts = dealAccounts(rows, strata, { folds: 3, repeats: 1, seed: 1 });
});

describe("facts out of fold", () => {
  it("tell who goes on, who does so now, and who is answered well", async () => {
    const { logits, forecasts } = await facts(everybody);
    const [{ posts, postsNow, rate }] = logits;
    expect(forecasts).toHaveLength(3);
    const came = await cameAtCut(connection, "examples", 0);
    const rows = [...came.keys()].filter((row) => !Number.isNaN(posts[row]));
    expect(rows.length).toBeGreaterThan(90);
    const labels = Uint8Array.from(rows, (row) => came.get(row) ?? 0);
    expect(
      rocAuc(
        labels,
        Float64Array.from(rows, (row) => posts[row]),
      ),
    ).toBeGreaterThan(0.9);
    // Who has stopped is silent for longer now than a month ago.
    expect(postsNow[0]).toBeLessThan(posts[0]);
    expect([...rate].every((z) => Number.isFinite(z))).toBe(true);
    expect(rate.filter((z) => z > 0).length / 150).toBeGreaterThan(0.3);
  });

  it("learn nothing from the accounts that they are told of", async () => {
    const { logits: before } = await facts(everybody);
    const [{ test }] = accounts.folds;
    // Everybody of the fold but the first posts daily and is answered wildly.
    const [kept, ...others] = test;
    const changed = everybody.map((profile, i) => {
      if (!others.includes(i)) return profile;
      const posted_at = Array.from({ length: 20 }, (_, day) => new Date(observed_at.getTime() - day * DAY));
      return { ...profile, posted_at, awg_engagement_rate: 5 };
    });
    const { logits: after } = await facts(changed);
    for (const name of ["posts", "postsNow", "rate"] as const) {
      expect(after[0][name][kept]).toBe(before[0][name][kept]);
      const moved = others.filter((row) => after[0][name][row] !== before[0][name][row]);
      expect(moved.length).toBeGreaterThan(others.length / 2);
    }
    const elsewhere = accounts.folds[1].test[0];
    expect(after[0].rate[elsewhere]).not.toBe(before[0].rate[elsewhere]);
  });

  it("know nothing of an account without posts, rate or date", async () => {
    const bare = { ...everybody[5], posted_at: null, awg_engagement_rate: null };
    const { logits } = await facts(everybody.map((profile, i) => (i === 5 ? bare : profile)));
    expect([logits[0].posts[5], logits[0].postsNow[5], logits[0].rate[5]]).toEqual([NaN, NaN, NaN]);
  });
});

describe("the forecast", () => {
  it("counts newer moments for more, and an account's moments as one", async () => {
    await facts(everybody);
    const { pipeline, network } = await fitPosts(connection, "examples", 30);
    expect(network.layers).toHaveLength(1);
    expect(network.inputs).toBe(pipeline.names.length - 1);
    // Old moments turned around change less than new ones.
    const moved = async (cut: number) => {
      await connection.run(
        `CREATE OR REPLACE VIEW turned AS SELECT * REPLACE (came <> (cut = ${cut}) AS came) FROM examples`,
      );
      const other = await fitForecast(connection, pipeline, "turned");
      return other.layers[0].weight.reduce(
        (sum, weight, i) => sum + Math.abs(weight - network.layers[0].weight[i]),
        0,
      );
    };
    expect(await moved(0)).toBeGreaterThan(1.2 * (await moved(5)));
    // Each account's moments twice is the same forecast.
    await connection.run(
      `CREATE OR REPLACE VIEW twice AS SELECT * REPLACE ("row" + half * 1000000 AS "row", weight / 2 AS weight)
       FROM examples, (VALUES (0), (1)) halves(half)`,
    );
    const doubled = await fitForecast(
      connection,
      await fitPipeline(connection, postingPreset(30), "twice"),
      "twice",
    );
    expect(doubled.inputs).toBe(network.inputs);
  });

  it("is a network without hidden layers", () => {
    const { logits } = createPredictor(linearNetwork([2, -1], 0.5));
    expect([...logits(Float32Array.of(1, 1, 0, 3), 2)]).toEqual([1.5, -2.5]);
  });
});

it("shows accounts as of a moment: their later posts are hidden", async () => {
  await facts(everybody);
  await viewAtCut(connection, "as_of_then", { relation: "profiles", examples: "examples", cut: 1 });
  const reader = await connection.runAndReadAll(
    `SELECT count(*), max(epoch(list_max(posted_at)) - epoch(observed_at)), max(observed_at), min(followers) FROM as_of_then`,
  );
  const [rows, latest, when, followers] = reader.getRowsJS()[0];
  expect(Number(rows)).toBeGreaterThan(60);
  expect(Number(latest)).toBeLessThan(0);
  expect((when as Date).getTime()).toBe(observed_at.getTime() - 60 * DAY);
  expect(Number(followers)).toBeGreaterThan(0);
});

it("deals the same folds of some accounts as of all", () => {
  const some = Float64Array.from(accounts.rows).filter((row) => row % 3 === 0);
  const folds = accounts.of(some);
  expect(folds).toHaveLength(accounts.folds.length);
  folds.forEach(({ train, test }, place) => {
    const held = new Set(accounts.folds[place].test);
    expect(train.length + test.length).toBe(some.length);
    expect([...test].every((i) => held.has(some[i]))).toBe(true);
    expect([...train].some((i) => held.has(some[i]))).toBe(false);
  });
  expect(() => accounts.at(-5)).toThrow("row -5 was not dealt");
});
