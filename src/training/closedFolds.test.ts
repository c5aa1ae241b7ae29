import { beforeAll, describe, expect, it } from "vitest";
import { connect } from "../../test/support/features/profiles.ts";
import { createPeople } from "../../test/support/training/people.ts";
import { Random } from "../base/random.ts";
import { applyCalibration, chooseCalibration } from "../evaluation/calibration.ts";
import { repeatedStratifiedFolds, stratifiedSplit } from "../evaluation/split.ts";
import { resolveTarget } from "../targets/resolve.ts";
import {
  type CrossValidateOptions,
  type CrossValidation,
  calibrateOutOfFold,
  crossValidate,
  meanOf,
} from "./crossValidate.ts";
import { type MemberJob, trainMember } from "./member.ts";
import { ENSEMBLE, type Recipe } from "./recipe.ts";

const ROWS = 120;
const quick: Recipe = { ...ENSEMBLE, networks: 2, hidden: [4], epochs: 3 };

describe("a fold", () => {
  const wild = `followers = 7 * followers + 1000, likes = 99 * likes + 5, videos_count = 3000, bio_link = 'x',
    is_verified = true, created_at = '2016-01-01'`;
  let before: CrossValidation;
  let after: CrossValidation;
  let held: Int32Array;

  beforeAll(async () => {
    const connection = await connect();
    await createPeople(connection, ROWS, 3);
    await connection.run("CREATE TABLE people AS FROM profiles");
    const options: CrossValidateOptions = {
      relation: "people",
      preset: "profile",
      // By a column that stays as it is, so that the folds do too.
      definition: await resolveTarget("following > 500"),
      recipe: quick,
      folds: 3,
      repeats: 2,
      seed: 1,
      workers: 1,
    };
    before = await crossValidate(connection, options);
    held = before.folds[0].test;
    await connection.run(`UPDATE people SET ${wild} WHERE "row" IN (${held.join(", ")})`);
    after = await crossValidate(connection, options);
  });

  it("trains the very same networks whatever the rows say that it leaves out", () => {
    expect(after.folds).toEqual(before.folds);
    expect(after.labels).toEqual(before.labels);
    expect(after.networks[0]).toEqual(before.networks[0]);
    const own = (found: CrossValidation) => Array.from(held, (row) => found.logits[0][row]);
    expect(own(after)).not.toEqual(own(before));
  });

  it("hears of them in all folds that do not leave them out", () => {
    for (const fold of [1, 2]) expect(after.networks[fold]).not.toEqual(before.networks[fold]);
  });
});

describe("the calibration of a fold", () => {
  const random = new Random(5);
  const labels = Uint8Array.from({ length: 150 }, (_, row) => (row % 3 === 0 ? 1 : 0));
  const logits = [1, 2, 3].map(() =>
    Float64Array.from(labels, (label) => 3 * label + 2 * random.normal() - 1),
  );
  const folds = repeatedStratifiedFolds(labels, { folds: 5, repeats: 3, seed: 3 });
  const found = calibrateOutOfFold({ labels, folds, logits }, 1);

  it("is fitted to the other folds of its own repeat", () => {
    for (const { repeat, train, test } of folds) {
      const fitted = chooseCalibration(
        Float64Array.from(train, (row) => logits[repeat][row]),
        Uint8Array.from(train, (row) => labels[row]),
        { seed: 1 },
      );
      const expected = applyCalibration(
        fitted,
        Float64Array.from(test, (row) => logits[repeat][row]),
      );
      expect(Array.from(test, (row) => found.probabilities[repeat][row])).toEqual([...expected]);
    }
  });

  it("does not hear of the rows that the fold leaves out", () => {
    const { repeat, test } = folds[7];
    const [kept, ...others] = test;
    const turned = labels.map((label, row) => (test.includes(row) ? 1 - label : label));
    const wild = logits.map((z) => z.map((value, row) => (others.includes(row) ? 40 - 9 * value : value)));
    const changed = calibrateOutOfFold({ labels: turned, folds, logits: wild }, 1);
    expect(changed.probabilities[repeat][kept]).toBe(found.probabilities[repeat][kept]);
    expect(changed.mean[kept]).not.toBe(found.mean[kept]);
  });

  it("is not that of the model, which is fitted to the mean logits of all repeats", () => {
    expect(found.calibration).toEqual(chooseCalibration(meanOf(logits), labels, { seed: 1 }));
    expect(found.calibration).not.toEqual(chooseCalibration(logits[0], labels, { seed: 1 }));
    expect(found.mean).toEqual(meanOf(found.probabilities));
  });
});

describe("early stopping", () => {
  const random = new Random(8);
  const columns = 3;
  const labels = Uint8Array.from({ length: 60 }, (_, row) => (row % 2 === 0 ? 1 : 0));
  const x = Float32Array.from({ length: 180 }, (_, i) => labels[Math.floor(i / 3)] + random.normal());
  const job: MemberJob = {
    recipe: { ...quick, earlyStopping: true, epochs: 1, batchSize: 8, withoutDates: 0.5 },
    seed: 4,
    columns,
    x,
    labels,
    goals: Float32Array.from(labels),
    testX: x.slice(0, 9),
    testRows: 3,
    snapshotColumns: [2],
  };
  const stop = stratifiedSplit(labels, { test: 0.2, valid: 0.2, seed: 4 }).test;
  /** The job with other features and the opposite goal for some rows. */
  const changed = (rows: Int32Array): MemberJob => ({
    ...job,
    x: x.map((value, i) => (rows.includes(Math.floor(i / columns)) ? 5 - 3 * value : value)),
    goals: job.goals.map((goal, row) => (rows.includes(row) ? 1 - goal : goal)),
  });

  it("does not learn from the rows that say when to stop", async () => {
    // One pass, so that they have nothing to say about when.
    const { network } = await trainMember(job);
    expect((await trainMember(changed(stop))).network).toEqual(network);
  });

  it("learns from all the others", async () => {
    const { network } = await trainMember(job);
    const others = Int32Array.from(labels.keys()).filter((row) => !stop.includes(row));
    expect(others).toHaveLength(48);
    for (const row of others)
      expect((await trainMember(changed(Int32Array.of(row)))).network, `row ${row}`).not.toEqual(network);
  });

  it("asks those rows when to stop", async () => {
    const long = { ...job, recipe: { ...job.recipe, epochs: 60, learningRate: 0.05, weightDecay: 0 } };
    const { network } = await trainMember(long);
    const { goals } = changed(stop);
    expect((await trainMember({ ...long, goals })).network).not.toEqual(network);
  });
});
