import { beforeAll, describe, expect, it } from "vitest";
import { connect } from "../../test/support/features/profiles.ts";
import { createPeople } from "../../test/support/training/people.ts";
import { rocAuc } from "../evaluation/metrics.ts";
import { fitPipeline } from "../features/pipeline.ts";
import { transform } from "../features/transform.ts";
import { createEnsemblePredictor } from "../network/predictor.ts";
import { resolveTarget } from "../targets/resolve.ts";
import type { CrossValidateOptions } from "./crossValidate.ts";
import { ENSEMBLE } from "./recipe.ts";
import { type TrainedEnsemble, trainEnsemble } from "./trainEnsemble.ts";

const connection = await connect();
let options: CrossValidateOptions;
let trained: TrainedEnsemble;
const told: [number, number][] = [];

beforeAll(async () => {
  await createPeople(connection, 300, 1);
  options = {
    relation: "profiles",
    preset: "profile",
    definition: await resolveTarget("engagement"),
    recipe: { ...ENSEMBLE, networks: 2, hidden: [8], epochs: 15 },
    folds: 3,
    repeats: 2,
    seed: 1,
    workers: 1,
  };
  trained = await trainEnsemble(connection, {
    ...options,
    onProgress: (done, total) => told.push([done, total]),
  });
});

describe("a trained ensemble", () => {
  it("has as many networks as judged each row, of which no two are alike, and counts them all", () => {
    const { networks, weights } = trained.ensemble;
    expect(networks).toHaveLength(4);
    expect(weights).toEqual([0.25, 0.25, 0.25, 0.25]);
    const all = [...networks, ...trained.validation.networks.flat()];
    expect(new Set(all.map(({ layers }) => layers[0].weight.join()))).toHaveProperty("size", 16);
    expect(told).toEqual(Array.from({ length: 16 }, (_, i) => [i + 1, 16]));
  });

  it("has learnt from all labelled rows and from no other", async () => {
    const { pipeline, relation, ensemble, validation } = trained;
    expect(pipeline).toEqual(await fitPipeline(connection, "profile", relation));
    const { values, rows } = await transform(connection, pipeline, relation);
    expect(rows).toEqual(validation.rows);
    const known = createEnsemblePredictor(ensemble).logits(values, rows.length);
    const unseen = rocAuc(validation.labels, trained.outOfFold.mean);
    expect(rocAuc(validation.labels, known)).toBeGreaterThan(unseen);
    // Rows without a label change nothing.
    await connection.run(
      "CREATE OR REPLACE VIEW labelled_people AS SELECT * FROM profiles WHERE awg_engagement_rate IS NOT NULL",
    );
    const again = await trainEnsemble(connection, { ...options, relation: "labelled_people" });
    expect(again.ensemble).toEqual(trained.ensemble);
  });

  it("is the same for any number of threads", async () => {
    expect((await trainEnsemble(connection, { ...options, workers: 2 })).ensemble).toEqual(trained.ensemble);
  });
});
