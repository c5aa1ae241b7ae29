import { beforeAll, describe, expect, it } from "vitest";
import { connect } from "../../test/support/features/profiles.ts";
import { createPeople } from "../../test/support/training/people.ts";
import { transform } from "../features/transform.ts";
import { createEnsemblePredictor } from "../network/predictor.ts";
import { resolveTarget } from "../targets/resolve.ts";
import { type CrossValidateOptions, crossValidate } from "./crossValidate.ts";
import { aucByFold, calibrateOutOfFold } from "./outOfFold.ts";
import { BEST_FEATURE, ENSEMBLE, LOGISTIC, MAJORITY, type Recipe, STUDY, trainOptions } from "./recipe.ts";
import { trainEnsemble } from "./trainEnsemble.ts";

const connection = await connect();
const quick: Recipe = { ...ENSEMBLE, networks: 2, hidden: [8], epochs: 10 };
let options: CrossValidateOptions;

beforeAll(async () => {
  await createPeople(connection, 300, 1);
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
});

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("cross-validation", () => {
  it("gives the same bits for any number of threads, and tells of its progress", async () => {
    const told: number[] = [];
    const alone = await crossValidate(connection, { ...options, onProgress: (done) => told.push(done) });
    const together = await crossValidate(connection, { ...options, workers: 3 });
    expect(together.logits).toEqual(alone.logits);
    expect(together.networks).toEqual(alone.networks);
    expect(told).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(alone.unknown).toBeGreaterThan(10);
    expect(alone.rows).toHaveLength(300 - alone.unknown);
    expect(alone.folds).toHaveLength(6);
    expect(mean(aucByFold(alone))).toBeGreaterThan(0.8);
    const other = await crossValidate(connection, { ...options, seed: 2 });
    expect(other.logits).not.toEqual(alone.logits);
  });

  it("learns nothing from labels that say nothing", async () => {
    const definition = await resolveTarget(`hash("row") % 2 = 0`).catch(() =>
      resolveTarget("following % 2 = 0"),
    );
    const found = await crossValidate(connection, { ...options, definition });
    expect(Math.abs(mean(aucByFold(found)) - 0.5)).toBeLessThan(0.12);
  });

  it("knows baselines", async () => {
    const auc = async (recipe: Recipe) =>
      mean(aucByFold(await crossValidate(connection, { ...options, recipe })));
    expect(await auc(MAJORITY)).toBe(0.5);
    const best = await auc(BEST_FEATURE);
    expect(best).toBeGreaterThan(0.7);
    expect(await auc({ ...LOGISTIC, epochs: 30 })).toBeGreaterThan(best - 0.05);
    expect(await auc({ ...STUDY, epochs: 60, hidden: [8] })).toBeGreaterThan(0.7);
  });

  it("stops when told to", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(crossValidate(connection, { ...options, signal })).rejects.toThrow("enough");
    const controller = new AbortController();
    const running = crossValidate(connection, {
      ...options,
      recipe: { ...quick, epochs: 100_000 },
      workers: 2,
      signal: controller.signal,
    });
    setTimeout(() => controller.abort(new Error("enough now")), 300);
    await expect(running).rejects.toThrow("enough now");
  });

  it("passes on what goes wrong in a thread", async () => {
    const recipe = { ...quick, dropout: 2 };
    await expect(crossValidate(connection, { ...options, recipe, workers: 2 })).rejects.toThrow(
      "invalid dropout: 2",
    );
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

describe("calibration out of fold", () => {
  it("uses no row for its own probability", async () => {
    const found = await crossValidate(connection, options);
    const before = calibrateOutOfFold(found, 1);
    const [{ test }] = found.folds;
    const row = test[0];
    const labels = found.labels.slice();
    labels[row] = 1 - labels[row];
    const after = calibrateOutOfFold({ ...found, labels }, 1);
    expect(after.probabilities[0][row]).toBe(before.probabilities[0][row]);
    expect(after.probabilities[0]).not.toEqual(before.probabilities[0]);
    const inside = before.mean.every((p) => p > 0 && p < 1);
    expect(inside).toBe(true);
  });
});

describe("an ensemble", () => {
  it("is the weighted mean of all fold networks", async () => {
    const { ensemble, pipeline, validation } = await trainEnsemble(connection, options);
    expect(ensemble.networks).toHaveLength(12);
    expect(ensemble.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    const { values, rows, columns } = await transform(connection, pipeline, "profiles");
    const logits = createEnsemblePredictor(ensemble).logits(values, rows.length);
    const first = Array.from(logits.subarray(0, 3));
    const alone = ensemble.networks.map((network) =>
      createEnsemblePredictor({ networks: [network], weights: [1] }).logits(
        values.subarray(0, 3 * columns),
        3,
      ),
    );
    first.forEach((z, row) => {
      const expected = alone.reduce((sum, one, i) => sum + ensemble.weights[i] * one[row], 0);
      expect(z).toBeCloseTo(expected, 9);
    });
    expect(validation.labels.length).toBeLessThan(rows.length);
  });

  it("refuses what is none", async () => {
    expect(() => createEnsemblePredictor({ networks: [], weights: [] })).toThrow(
      "invalid ensemble: no networks",
    );
    const { networks } = (await trainEnsemble(connection, { ...options, recipe: MAJORITY })).ensemble;
    expect(() => createEnsemblePredictor({ networks, weights: networks.map(() => 1) })).toThrow(
      "invalid ensemble",
    );
    const [{ layers, inputs }] = networks;
    const [layer] = layers;
    const narrow = { inputs: inputs - 1, layers: [{ ...layer, inputs: inputs - 1 }] };
    expect(() => createEnsemblePredictor({ networks: [networks[0], narrow], weights: [0.5, 0.5] })).toThrow(
      `networks of ${inputs} and of ${inputs - 1} features`,
    );
  });
});

it("trains longer on few rows, in larger steps on many", () => {
  expect(trainOptions(ENSEMBLE, 800, 1)).toMatchObject({ batchSize: 64, maxEpochs: 40, restoreBest: false });
  expect(trainOptions(ENSEMBLE, 1_000_000, 1)).toMatchObject({ batchSize: 1024, maxEpochs: 8 });
  expect(trainOptions(ENSEMBLE, 100_000_000, 1).maxEpochs).toBe(3);
  expect(trainOptions(STUDY, 800, 1)).toMatchObject({ batchSize: 512, maxEpochs: 10_000, restoreBest: true });
});
