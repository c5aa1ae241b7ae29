import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { connect, createProfiles } from "../../test/support/features/profiles.ts";
import { moments } from "./aggregates.ts";
import { step } from "./feature.ts";
import { column } from "./kinds/column.ts";
import { principalComponents } from "./kinds/principalComponents.ts";
import { type FittedPipeline, fitPipeline, pipelineSql } from "./pipeline.ts";

/**
 * Made by scikit-learn:
 *
 *     two = np.exp(rng.multivariate_normal([8, 11], [[4, 3], [3, 6]], 60)).round()
 *     ss = StandardScaler().fit(two); pca = PCA().fit(ss.transform(two)); mm = MinMaxScaler().fit(two)
 */
const fixture: {
  x: [number, number][];
  mean: number[];
  scale: number[];
  components: number[][];
  explained_variance: number[];
  projected: number[][];
  min_max: number[][];
} = JSON.parse(readFileSync(new URL("../../test/fixtures/scaling.json", import.meta.url), "utf8"));

const connection = await connect();
await createProfiles(
  connection,
  "profiles",
  fixture.x.map(([followers, likes]) => ({ followers: BigInt(followers), likes: BigInt(likes) })),
);

/** Equal to one part in 10^9, or 10^-9 near zero. */
function expectNear(value: number, expected: number): void {
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
}

async function query(pipeline: FittedPipeline): Promise<number[][]> {
  const list = pipelineSql(pipeline).map(({ expression }) => expression);
  const reader = await connection.runAndReadAll(`SELECT ${list.join(", ")} FROM profiles ORDER BY "row"`);
  return reader.getRowsJS() as number[][];
}

it("standardises and finds components as scikit-learn does", async () => {
  const preset = {
    name: "two",
    about: "",
    steps: [step(principalComponents, { columns: ["followers", "likes"], outputs: ["pc1", "pc2"] })],
  };
  const pipeline = await fitPipeline(connection, preset, "profiles");
  const fitted = principalComponents.fitted.parse(pipeline.steps[0].fitted);
  fixture.mean.forEach((mean, i) => {
    expectNear(fitted.mean[i], mean);
    expectNear(fitted.scale[i], fixture.scale[i]);
    expectNear(fitted.explainedVariance[i], fixture.explained_variance[i]);
    fitted.components[i].forEach((weight, j) => {
      expectNear(weight, fixture.components[i][j]);
    });
  });
  fixture.x.forEach(([followers, likes], i) => {
    const projected = new Float64Array(2);
    const params = principalComponents.params.parse(pipeline.steps[0].params);
    const project = principalComponents.twin(params, fitted);
    project({ followers: BigInt(followers), likes: BigInt(likes) }, projected, 0);
    projected.forEach((value, j) => {
      expectNear(value, fixture.projected[i][j]);
    });
  });
  // Scaled, the components span 0..1 over the rows they were fitted to.
  const scaled = await query(pipeline);
  for (const j of [0, 1]) {
    expect(Math.min(...scaled.map((row) => row[j]))).toBe(0);
    expect(Math.max(...scaled.map((row) => row[j]))).toBe(1);
  }
});

it("scales to the range as scikit-learn does", async () => {
  const preset = {
    name: "two",
    about: "",
    steps: [step(column, { column: "followers" }), step(column, { column: "likes" })],
  };
  const scaled = await query(await fitPipeline(connection, preset, "profiles"));
  scaled.forEach((row, i) => {
    row.forEach((value, j) => {
      expectNear(value, fixture.min_max[i][j]);
    });
  });
});

const run = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJS();

it("keeps its digits where counts are huge and nearly equal", async () => {
  // A one-pass sum of squares loses these deviations altogether, and the mean, 10^15 + 1/3, is no DOUBLE.
  await connection.run(
    "CREATE TABLE huge AS SELECT 1e15 + (i % 3)//2 AS a, 1e15 - (i % 3)//2 AS b FROM range(300000) t(i)",
  );
  const { rows, covariance } = await moments(run, "huge", ["a", "b"]);
  expect(rows).toBe(300_000);
  expect(covariance[0][0]).toBeCloseTo(2 / 9, 12);
  expect(covariance[0][1]).toBeCloseTo(-2 / 9, 12);
});

it("keeps its digits where one row is far from all others", async () => {
  const n = 300_000;
  await connection.run(`CREATE TABLE outlier AS SELECT if(i = 0, 0, 1) AS a FROM range(${n}) t(i)`);
  const { covariance } = await moments(run, "outlier", ["a"]);
  expect(Math.abs((covariance[0][0] * n) / (1 - 1 / n) - 1)).toBeLessThan(1e-13);
});

it("gives the same moments to the last bit, however many threads add up", async () => {
  await connection.run("SELECT setseed(0.5)");
  await connection.run(
    "CREATE TABLE tails AS SELECT exp(20 * random()) AS a, random() AS b FROM range(500000)",
  );
  const first = await moments(run, "tails", ["a", "b"]);
  for (const order of ["a", "b DESC"]) {
    expect(await moments(run, `(FROM tails ORDER BY ${order})`, ["a", "b"])).toEqual(first);
  }
});
