import { describe, expect, it } from "vitest";
import { connect } from "../../test/support/features/profiles.ts";
import { createPeople } from "../../test/support/training/people.ts";
import { InsightsError } from "../base/error.ts";
import { percentile, sigmoid } from "../base/statistics.ts";
import { targetAnswer } from "../bundle/answers.ts";
import type { Model } from "../bundle/model.ts";
import { probabilitiesOf } from "../bundle/score.ts";
import { decisionMetrics, rankingMetrics } from "../evaluation/metrics.ts";
import type { Fold } from "../evaluation/split.ts";
import { transform } from "../features/transform.ts";
import { resolveTarget } from "../targets/resolve.ts";
import { aucByFold, type CrossValidation, meanOf, outOfFoldLogits } from "./crossValidate.ts";
import { type FoldData, foldJobs } from "./foldData.ts";
import { groupImportance } from "./groupImportance.ts";
import { measure } from "./measures.ts";
import type { MemberJob } from "./member.ts";
import { dependences } from "./partialDependence.ts";
import { trainMembers } from "./pool.ts";
import { ENSEMBLE, trainOptions } from "./recipe.ts";
import { type FoldPredictor, foldPredictors, trainEnsemble } from "./trainEnsemble.ts";

const fold = (repeat: number, test: number[], train: number[]): Fold => ({
  repeat,
  fold: 0,
  train: Int32Array.from(train),
  test: Int32Array.from(test),
});

describe("out-of-fold numbers, by hand", () => {
  const folds = [
    fold(0, [0, 2], [1, 3]),
    fold(0, [1, 3], [0, 2]),
    fold(1, [0, 3], [1, 2]),
    fold(1, [1, 2], [0, 3]),
  ];

  it("are the means of a fold's networks, at the places of the rows it left out", () => {
    const members = [
      [Float32Array.of(1, 2), Float32Array.of(3, 6)],
      [Float32Array.of(5, 7), Float32Array.of(5, 9)],
      [Float32Array.of(0, 1), Float32Array.of(1, 1)],
      [Float32Array.of(-1, -3), Float32Array.of(-1, -5)],
    ];
    const logits = outOfFoldLogits(folds, members, 4);
    expect(logits.map((one) => [...one])).toEqual([
      [2, 5, 4, 8],
      [0.5, -1, -4, 1],
    ]);
    expect([...meanOf(logits)]).toEqual([1.25, 2, 0, 4.5]);
  });

  it("rank within each fold's own rows", () => {
    const labels = Uint8Array.of(0, 1, 1, 0);
    // Right in the first two folds' pairs (0, 2) and (1, 3) once each way; equal in (0, 3); one class in (1, 2) is not asked.
    const logits = [Float64Array.of(1, 5, 9, 7), Float64Array.of(2, 0, 0, 2)];
    const found = { labels, folds: folds.slice(0, 2), logits } as unknown as CrossValidation;
    expect(aucByFold(found)).toEqual([1, 0]);
  });
});

describe("the jobs of a fold", () => {
  const data = {
    fold: fold(0, [3], [0, 1, 2]),
    pipeline: { steps: [] },
    columns: 1,
    x: Float32Array.of(1, 2, 3),
    labels: Uint8Array.of(1, 0, 1),
    degrees: Float64Array.of(0.6, 0.2, Number.NaN),
    testX: Float32Array.of(9),
    snapshotColumns: [0],
  } as unknown as FoldData;

  it("move labels towards the degree by the recipe's share, and keep them where none is known", () => {
    const goals = (degreeShare: number, degrees = data.degrees) =>
      [
        ...foldJobs({ ...data, degrees }, { recipe: { ...ENSEMBLE, degreeShare }, place: 0, seed: 1 })[0]
          .goals,
      ].map((goal) => Math.round(1000 * goal) / 1000);
    expect(goals(0.5)).toEqual([0.8, 0.1, 1]);
    expect(goals(0.25)).toEqual([0.9, 0.05, 1]);
    expect(goals(0)).toEqual([1, 0, 1]);
    expect(goals(0.5, null)).toEqual([1, 0, 1]);
  });

  it("are as many as the recipe has networks, with the rows of the fold and seeds of their own", () => {
    const seeds = new Set<number>();
    for (const seed of [1, 2])
      for (let place = 0; place < 15; place++) {
        const jobs = foldJobs(data, { recipe: { ...ENSEMBLE, networks: 6 }, place, seed });
        expect(jobs).toHaveLength(6);
        for (const job of jobs) {
          seeds.add(job.seed);
          expect(job).toMatchObject({ columns: 1, testRows: 1, snapshotColumns: [0] });
          expect([job.x, job.labels, job.testX]).toEqual([data.x, data.labels, data.testX]);
        }
      }
    expect(seeds.size).toBe(2 * 15 * 6);
  });
});

it("takes larger steps and fewer passes from where rows are many", () => {
  const at = (rows: number) => {
    const { batchSize, maxEpochs } = trainOptions({ ...ENSEMBLE, batchSize: 64, epochs: 40 }, rows, 1);
    return [batchSize, maxEpochs];
  };
  expect(at(16 * 128 - 1)).toEqual([64, 40]);
  expect(at(16 * 128)).toEqual([128, 40]);
  expect(at(16 * 1024)).toEqual([1024, 40]);
  expect(at(200_000)).toEqual([1024, 40]);
  expect(at(205_129)).toEqual([1024, 38]);
  expect(at(2_000_000)).toEqual([1024, 4]);
  expect(at(2_700_000)).toEqual([1024, 3]);
});

describe("networks trained one after the other", () => {
  const job = (hidden: number[]): MemberJob => ({
    recipe: { ...ENSEMBLE, hidden, epochs: 1 },
    seed: 1,
    columns: 1,
    x: Float32Array.of(1, 2, 3, 4),
    labels: Uint8Array.of(0, 1, 0, 1),
    goals: Float32Array.of(0, 1, 0, 1),
    testX: Float32Array.of(9),
    testRows: 1,
    snapshotColumns: [],
  });
  async function* jobs() {
    yield job([2]);
    yield { ...job([3]), recipe: { ...job([3]).recipe, dropout: 2 } };
    yield job([4]);
  }

  it("leave a hole where one cannot be and the others are to go on, each at its place", async () => {
    const told: [number, number, boolean][] = [];
    const members = await trainMembers(jobs(), {
      workers: 1,
      goOn: true,
      onDone: (done, place, member) => told.push([done, place, member instanceof InsightsError]),
    });
    expect(told).toEqual([
      [1, 0, false],
      [2, 1, true],
      [3, 2, false],
    ]);
    expect(members.map((member) => member?.network.layers[0].outputs)).toEqual([2, undefined, 4]);
    expect(1 in members).toBe(false);
    await expect(trainMembers(jobs(), { workers: 1 })).rejects.toThrow("invalid dropout");
  });
});

it("measures with the plain bootstrap what one model judged, with the widened one what is out of fold", () => {
  const labels = Uint8Array.from({ length: 60 }, (_, i) => i % 2);
  const scores = (shift: number) =>
    Float64Array.from(labels, (label, i) => (label + ((i * 7 + shift) % 11)) / 12);
  const repeats = [scores(0), scores(3)];
  const mean = meanOf(repeats);
  const plain = measure(labels, mean, 0.5, 3);
  const wide = measure(labels, mean, 0.5, 3, { folds: 5, probabilities: repeats });
  const { intervals: _, ...numbers } = plain;
  expect(numbers).toEqual({ ...decisionMetrics(labels, mean, 0.5), ...rankingMetrics(labels, mean) });
  expect(wide).toMatchObject(numbers);
  for (const name of ["roc_auc", "brier", "log_loss", "f1", "accuracy"] as const) {
    const [narrow, wider] = [plain.intervals[name]!, wide.intervals[name]!];
    expect(wider.low).toBeLessThan(narrow.low);
    expect(wider.high).toBeGreaterThan(narrow.high);
    expect(narrow.low <= plain[name] && plain[name] <= narrow.high).toBe(true);
  }
});

describe("what the networks rely on", () => {
  it("is asked of the rows that each fold left out, by that fold's networks; dependence of the model", async () => {
    const connection = await connect();
    await createPeople(connection, 90, 4);
    const trained = await trainEnsemble(connection, {
      relation: "profiles",
      preset: "profile",
      definition: await resolveTarget("following > 500"),
      recipe: { ...ENSEMBLE, networks: 1, hidden: [4], epochs: 8 },
      folds: 3,
      repeats: 1,
      seed: 1,
      workers: 1,
    });
    const { pipeline, validation, relation } = trained;
    const { values, columns, rows } = await transform(connection, pipeline, relation);
    const asked: Float32Array[][] = validation.folds.map(() => []);
    const own = foldPredictors(trained);
    const noting = own.map(
      (predictor, i): FoldPredictor => ({
        ...predictor,
        logits: (features, count) => {
          asked[i].push(features);
          return predictor.logits(features, count);
        },
      }),
    );
    const { groups } = await groupImportance(connection, trained, noting, { seed: 1 });
    validation.folds.forEach(({ test }, i) => {
      const expected = [...test].flatMap((at) => [...values.subarray(at * columns, (at + 1) * columns)]);
      // As they are, then each group shuffled twice.
      expect([...asked[i][0]]).toEqual(expected);
      expect(asked[i]).toHaveLength(1 + 2 * groups.length);
      for (const shuffled of asked[i]) expect([...shuffled].sort()).toEqual([...expected].sort());
    });
    expect(groups.find(({ group }) => group === "following")?.mean).toBeGreaterThan(0.02);

    const model = {
      pipeline,
      answers: [targetAnswer(pipeline, trained.ensemble, trained.calibration)],
    } as unknown as Model;
    const found = await dependences(connection, model, relation, own, { seed: 1 });
    const following = found.find(({ column }) => column === "following")!;
    expect([following.rows, following.known]).toEqual([rows.length, rows.length]);
    for (const { value, probability, low, high } of following.points) {
      await connection.run(
        `CREATE OR REPLACE TEMP VIEW all_same AS SELECT * REPLACE (${value} AS following) FROM ${relation}`,
      );
      const { values: x } = await transform(connection, pipeline, "all_same");
      const mean = (p: Float64Array) => p.reduce((sum, one) => sum + one, 0) / rows.length;
      expect(probability).toBeCloseTo(mean(probabilitiesOf(model, x, rows.length)), 9);
      const byFold = own.map((one) => mean(one.logits(x, rows.length).map(sigmoid))).sort((a, b) => a - b);
      expect(low).toBeCloseTo(percentile(byFold, 0.1), 9);
      expect(high).toBeCloseTo(percentile(byFold, 0.9), 9);
    }
  });
});
