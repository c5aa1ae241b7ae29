import { beforeAll, describe, expect, it } from "vitest";
import { connect } from "../../test/support/features/profiles.ts";
import { createPeople } from "../../test/support/training/people.ts";
import { Random } from "../base/random.ts";
import { repeatedStratifiedFolds } from "../evaluation/split.ts";
import { createPredictor } from "../network/predictor.ts";
import { resolveTarget } from "../targets/resolve.ts";
import { snapshotOf } from "../targets/snapshot.ts";
import {
  aucByFold,
  type CrossValidateOptions,
  type CrossValidation,
  calibrateOutOfFold,
  crossValidate,
  meanOf,
} from "./crossValidate.ts";
import { prepareFold } from "./foldData.ts";
import { BEST_FEATURE, ENSEMBLE, MAJORITY, type Recipe, STUDY, trainOptions } from "./recipe.ts";

const connection = await connect();
const quick: Recipe = { ...ENSEMBLE, networks: 2, hidden: [6], epochs: 8, dropout: 0 };
let options: CrossValidateOptions;
let found: CrossValidation;
const done: number[] = [];

beforeAll(async () => {
  await createPeople(connection, 180, 1);
  options = {
    relation: "profiles",
    preset: "profile",
    definition: await resolveTarget("engagement"),
    recipe: quick,
    folds: 3,
    repeats: 2,
    seed: 1,
    workers: 1,
  };
  found = await crossValidate(connection, { ...options, onProgress: (count) => done.push(count) });
});

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("cross-validation", () => {
  it("lets each row be judged once a repeat, by the networks of the fold that left it out", async () => {
    expect(done).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(found.unknown).toBeGreaterThan(5);
    expect(found.rows).toHaveLength(180 - found.unknown);
    const { relation, preset, definition } = options;
    const snapshot = await snapshotOf(connection, relation);
    const source = { connection, relation, preset, definition, snapshot, rows: found.rows };
    for (const place of [0, 5]) {
      const fold = found.folds[place];
      const { testX } = await prepareFold(source, fold);
      const each = found.networks[place].map((one) => createPredictor(one).logits(testX, fold.test.length));
      const expected = meanOf(each);
      expect(Array.from(fold.test, (row) => found.logits[fold.repeat][row])).toEqual([...expected]);
    }
    expect(mean(aucByFold(found))).toBeGreaterThan(0.75);
  });

  it("gives the same bits for any number of threads, and others for another seed", async () => {
    const together = await crossValidate(connection, { ...options, workers: 2 });
    expect(together.logits).toEqual(found.logits);
    expect(together.networks).toEqual(found.networks);
    expect((await crossValidate(connection, { ...options, repeats: 1, seed: 2 })).logits[0]).not.toEqual(
      found.logits[0],
    );
  });

  it("learns nothing from labels that say nothing", async () => {
    const definition = await resolveTarget("following % 2 = 0");
    const blind = await crossValidate(connection, { ...options, definition });
    expect(Math.abs(mean(aucByFold(blind)) - 0.5)).toBeLessThan(0.12);
  });

  it("knows baselines", async () => {
    const auc = async (recipe: Recipe) =>
      mean(aucByFold(await crossValidate(connection, { ...options, recipe })));
    expect(await auc(MAJORITY)).toBe(0.5);
    expect(await auc(BEST_FEATURE)).toBeGreaterThan(0.7);
  });

  it("stops when told to, and passes on what goes wrong in a thread", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(crossValidate(connection, { ...options, signal })).rejects.toThrow("enough");
    const controller = new AbortController();
    const recipe = { ...quick, epochs: 1_000_000 };
    const running = crossValidate(connection, { ...options, recipe, workers: 2, signal: controller.signal });
    controller.abort(new Error("enough now"));
    await expect(running).rejects.toThrow("enough now");
    const wrong = { ...options, recipe: { ...quick, dropout: 2 }, workers: 2 };
    await expect(crossValidate(connection, wrong)).rejects.toThrow("invalid dropout: 2");
  });

  it("says which column is missing, and refuses fewer rows of a class than folds", async () => {
    await connection.run("CREATE OR REPLACE VIEW few AS SELECT * FROM profiles LIMIT 6");
    await expect(crossValidate(connection, { ...options, relation: "few", folds: 5 })).rejects.toThrow(
      "too few rows",
    );
    await connection.run("CREATE OR REPLACE VIEW bare AS SELECT * EXCLUDE (likes) FROM profiles");
    await expect(crossValidate(connection, { ...options, relation: "bare" })).rejects.toThrow(
      "missing column: likes",
    );
  });
});

it("calibrates out of fold without any row's own label", () => {
  const random = new Random(5);
  const labels = Uint8Array.from({ length: 120 }, (_, row) => (row % 3 === 0 ? 1 : 0));
  const logits = [1, 2].map(() => Float64Array.from(labels, (label) => 3 * label + 2 * random.normal()));
  const folds = repeatedStratifiedFolds(labels, { folds: 4, repeats: 2, seed: 3 });
  const before = calibrateOutOfFold({ labels, folds, logits }, 1);
  const row = folds[0].test[0];
  const changed = labels.map((label, i) => (i === row ? 1 - label : label));
  const after = calibrateOutOfFold({ labels: changed, folds, logits }, 1);
  for (const repeat of [0, 1])
    expect(after.probabilities[repeat][row]).toBe(before.probabilities[repeat][row]);
  expect(after.probabilities[0]).not.toEqual(before.probabilities[0]);
  expect(before.mean.every((p) => p > 0 && p < 1)).toBe(true);
});

it("trains longer on few rows, in larger steps on many", () => {
  expect(trainOptions(ENSEMBLE, 800, 1)).toMatchObject({ batchSize: 64, maxEpochs: 60, restoreBest: false });
  expect(trainOptions(ENSEMBLE, 1_000_000, 1)).toMatchObject({ batchSize: 1024, maxEpochs: 8 });
  expect(trainOptions(ENSEMBLE, 100_000_000, 1).maxEpochs).toBe(3);
  expect(trainOptions(STUDY, 800, 1)).toMatchObject({ batchSize: 512, maxEpochs: 10_000, restoreBest: true });
});
