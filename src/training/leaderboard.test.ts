import { beforeAll, describe, expect, it } from "vitest";
import { connect } from "../../test/support/features/profiles.ts";
import { createPeople } from "../../test/support/training/people.ts";
import { rankingMetrics } from "../evaluation/metrics.ts";
import { resolveTarget } from "../targets/resolve.ts";
import {
  type CrossValidateOptions,
  type CrossValidation,
  calibrateOutOfFold,
  crossValidate,
} from "./crossValidate.ts";
import { type Leaderboard, leaderboard, rank } from "./leaderboard.ts";
import { BEST_FEATURE, ENSEMBLE, LOGISTIC, MAJORITY } from "./recipe.ts";

const connection = await connect();
const ours = { ...ENSEMBLE, name: "ours", hidden: [16], epochs: 40, dropout: 0 };
let options: Omit<CrossValidateOptions, "recipe">;
let found: CrossValidation;
let board: Leaderboard;
const told: [number, number][] = [];

beforeAll(async () => {
  await createPeople(connection, 250, 2);
  const definition = await resolveTarget("engagement");
  options = {
    relation: "profiles",
    preset: "profile",
    definition,
    folds: 2,
    repeats: 2,
    seed: 1,
    workers: 1,
  };
  found = await crossValidate(connection, { ...options, recipe: ours });
  let now = 0;
  const logistic = { ...LOGISTIC, epochs: 30 };
  board = await leaderboard(
    connection,
    { recipe: ours, found, milliseconds: 1234 },
    [MAJORITY, BEST_FEATURE, logistic],
    { ...options, onProgress: (done, total) => told.push([done, total]) },
    () => now++,
  );
});

describe("a leaderboard", () => {
  it("ranks all by their area, with intervals, on the same rows", () => {
    const areas = board.entries.map(({ roc_auc }) => roc_auc.value);
    expect(areas).toEqual([...areas].sort((a, b) => b - a));
    expect(board.entries.map(({ name }) => name).sort()).toEqual(
      ["majority", "best single feature", "logistic regression", "ours"].sort(),
    );
    expect(board).toMatchObject({ folds: 2, repeats: 2 });
    for (const { roc_auc, average_precision, brier, f1 } of board.entries) {
      for (const { value, low, high } of [roc_auc, average_precision, brier, f1]) {
        expect(low).toBeLessThanOrEqual(value + 0.02);
        expect(high).toBeGreaterThanOrEqual(value - 0.02);
      }
    }
  });

  it("knows nothing of the majority, which says nothing, and tells it from the best", () => {
    const majority = board.entries.at(-1)!;
    expect(majority.name).toBe("majority");
    // Folds whose shares of positives differ by a row get probabilities that differ by a hair, and no more.
    expect(Math.abs(majority.roc_auc.value - 0.5)).toBeLessThan(0.02);
    expect(majority.difference?.high).toBeLessThan(0);
    expect(majority.difference?.share_above).toBe(0);
    // Guessing the share of positives.
    const share = majority.average_precision.value;
    expect(majority.brier.value).toBeCloseTo(share * (1 - share), 2);
    expect(board.entries[0].difference).toBeNull();
    expect(board.entries.filter(({ difference }) => difference === null)).toHaveLength(1);
  });

  it("charges each with its training, and ours with what it took", () => {
    expect(board.entries.find(({ name }) => name === "ours")?.training_ms).toBe(1234);
    for (const { training_ms } of board.entries) expect(training_ms).toBeGreaterThan(0);
    expect(told.at(-1)).toEqual([12, 12]);
    expect(told).toHaveLength(12);
  });

  it("judges by the first repeats where the others have no more", async () => {
    const fewer = await leaderboard(
      connection,
      { recipe: ours, found, milliseconds: 1 },
      [MAJORITY],
      { ...options, repeats: 1 },
      () => 0,
    );
    expect(fewer).toMatchObject({ repeats: 1, folds: 2 });
    const [first] = calibrateOutOfFold(found, 1).probabilities;
    const { roc_auc } = rankingMetrics(found.labels, first);
    expect(fewer.entries[0]).toMatchObject({ name: "ours", roc_auc: { value: expect.closeTo(roc_auc, 12) } });
  });

  it("says of one by itself what it says of it among others", () => {
    const { roc_auc } = rankingMetrics(found.labels, calibrateOutOfFold(found, 1).mean);
    const entry = board.entries.find(({ name }) => name === "ours");
    expect(entry?.roc_auc.value).toBeCloseTo(roc_auc, 12);
    const alone = rank([{ recipe: ours, found, milliseconds: 1 }], 1);
    expect(alone.entries).toHaveLength(1);
    expect(alone.entries[0]).toMatchObject({ roc_auc: entry?.roc_auc, difference: null });
  });
});
