import { beforeAll, describe, expect, it } from "vitest";
import { connect } from "../../test/support/features/profiles.ts";
import { createPeople } from "../../test/support/training/people.ts";
import { targetAnswer } from "../bundle/answers.ts";
import type { Model } from "../bundle/model.ts";
import { columnsOf } from "../features/requireColumns.ts";
import { resolveTarget } from "../targets/resolve.ts";
import { type GroupImportance, groupImportance, importanceSchema } from "./groupImportance.ts";
import { type Dependence, dependenceSchema, dependences } from "./partialDependence.ts";
import { ENSEMBLE } from "./recipe.ts";
import { foldPredictors, type TrainedEnsemble, trainEnsemble } from "./trainEnsemble.ts";
import { dependenceCurves } from "./trainingFigures.ts";

const connection = await connect();
let trained: TrainedEnsemble;
let model: Model;
let importance: GroupImportance;
let dependence: Dependence[];

async function look(signal?: AbortSignal) {
  const predictors = foldPredictors(trained);
  return {
    importance: await groupImportance(connection, trained, predictors, { seed: 1, signal }),
    dependence: await dependences(connection, model, trained.relation, predictors, { seed: 1, signal }),
  };
}

beforeAll(async () => {
  await createPeople(connection, 400, 1);
  trained = await trainEnsemble(connection, {
    relation: "profiles",
    preset: "profile",
    definition: await resolveTarget("engagement"),
    recipe: { ...ENSEMBLE, networks: 2, hidden: [8], epochs: 15 },
    folds: 3,
    repeats: 2,
    seed: 1,
    workers: 1,
  });
  const { pipeline, ensemble, calibration } = trained;
  model = { pipeline, answers: [targetAnswer(pipeline, ensemble, calibration)] } as unknown as Model;
  ({ importance, dependence } = await look());
});

describe("what a model relies on", () => {
  it("is told by groups of features, the weightiest first", () => {
    const { groups, rows, repeats } = importanceSchema.parse(importance);
    expect([rows, repeats]).toEqual([trained.validation.rows.length, 2]);
    const falls = groups.map(({ mean }) => mean);
    expect(falls).toEqual([...falls].sort((a, b) => b - a));
    expect(groups.flatMap(({ features }) => features).sort()).toEqual([...trained.pipeline.names].sort());
    const fallOf = (name: string) => groups.find(({ group }) => group === name)?.mean ?? Number.NaN;
    // Engagement is made of likes, videos and followers; an account's following was drawn without looking.
    expect(fallOf("likes per video and follower")).toBeGreaterThan(0.01);
    expect(Math.abs(fallOf("following"))).toBeLessThan(0.02);
    // Nobody is verified here: a shuffle changes nothing.
    expect(groups.find(({ group }) => group === "verified")).toMatchObject({ mean: 0, low: 0, high: 0 });
    for (const { mean, low, high } of groups) expect(low <= mean && mean <= high).toBe(true);
  });

  it("and how: the number itself is varied, and all features made of it with it", () => {
    const found = dependence.map((one) => dependenceSchema.parse(one));
    const columns = found.map(({ column }) => column);
    expect(columns).toEqual(["followers", "following", "likes", "videos_count"]);
    const followers = found[0];
    const { points, density } = followers;
    expect(points.map(({ value }) => value)).toEqual(
      points.map(({ value }) => Math.round(value)).sort((a, b) => a - b),
    );
    // Who has the same likes of more followers has a lower rate.
    expect(points[0].probability).toBeGreaterThan(points[points.length - 1].probability + 0.2);
    const likes = found[2].points;
    expect(likes[likes.length - 1].probability).toBeGreaterThan(likes[0].probability + 0.2);
    for (const { probability, low, high } of points) {
      expect(low).toBeLessThanOrEqual(high);
      expect(probability > 0 && probability < 1).toBe(true);
    }
    expect(density.edges).toHaveLength(density.counts.length + 1);
    const most = density.counts.reduce((sum, count) => sum + count, 0);
    expect(most).toBeGreaterThan(0.9 * followers.known);
    expect(most).toBeLessThanOrEqual(followers.known);
  });

  it("is the same for the same seed, and stops when told", async () => {
    expect(await look()).toEqual({ importance, dependence });
    const signal = AbortSignal.abort(new Error("stopped"));
    await expect(look(signal)).rejects.toThrow("stopped");
    expect((await columnsOf(connection, "profiles")).has("place")).toBe(false);
  });

  it("is drawn in years, and flags as yes and no", () => {
    const one = { known: 1, rows: 1, density: { edges: [0, 730.5], counts: [1] } };
    const point = { probability: 0.5, low: 0.4, high: 0.6 };
    const curves = dependenceCurves([
      { ...one, column: "account_age", points: [{ value: 365.25, ...point }] },
      { ...one, column: "is_verified", points: [{ value: 1, ...point }] },
    ]);
    expect(curves[0]).toMatchObject({ label: "account age in years", flag: false, points: [{ value: 1 }] });
    expect(curves[0].density.edges).toEqual([0, 2]);
    expect(curves[1]).toMatchObject({ label: "verified", flag: true, points: [{ value: 1 }] });
  });
});
