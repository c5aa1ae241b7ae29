import { beforeAll, describe, expect, it } from "vitest";
import { connect } from "../../test/support/features/profiles.ts";
import { createPeople } from "../../test/support/training/people.ts";
import { pipelineInputs } from "../features/pipeline.ts";
import { transform } from "../features/transform.ts";
import { hiddenUnits } from "../network/network.ts";
import { createEnsemblePredictor, createPredictor } from "../network/predictor.ts";
import { resolveTarget } from "../targets/resolve.ts";
import { type DistilInput, distil, SYNTHETIC, synthesise } from "./distil.ts";
import { ENSEMBLE } from "./recipe.ts";
import { trainEnsemble } from "./trainEnsemble.ts";

const connection = await connect();
let input: DistilInput;

beforeAll(async () => {
  await createPeople(connection, 300, 1);
  const trained = await trainEnsemble(connection, {
    relation: "profiles",
    preset: "original-log",
    definition: await resolveTarget("engagement"),
    recipe: { ...ENSEMBLE, networks: 2, hidden: [8], epochs: 10 },
    folds: 3,
    repeats: 1,
    seed: 1,
    workers: 1,
  });
  input = { ...trained, labels: trained.validation.labels, seed: 1 };
});

describe("distil", () => {
  it("makes one network of the same shape that answers like all of them, and says how near", async () => {
    const { network, distilled } = await distil(connection, input);
    expect(hiddenUnits(network)).toEqual([8]);
    const { values, rows } = await transform(connection, input.pipeline, input.relation);
    const wanted = createEnsemblePredictor(input.ensemble).logits(values, rows.length);
    const given = createPredictor(network).logits(values, rows.length);
    const spread = Math.max(...wanted) - Math.min(...wanted);
    const error = wanted.reduce((sum, z, i) => sum + Math.abs(z - given[i]), 0) / rows.length;
    expect(error / spread).toBeLessThan(0.03);
    expect(distilled).toMatchObject({ practice_profiles: 16_000, compared_profiles: rows.length });
    expect(distilled.mean_difference).toBeGreaterThan(0);
    expect(distilled.mean_difference).toBeLessThan(0.02);
    expect(distilled.largest_difference).toBeGreaterThanOrEqual(distilled.mean_difference);
    expect(Math.abs(distilled.roc_auc_difference)).toBeLessThan(0.02);
  });

  it("stops when it is told to", async () => {
    const stop = new AbortController();
    stop.abort(new Error("stopped"));
    await expect(distil(connection, { ...input, signal: stop.signal })).rejects.toThrow("stopped");
  });
});

describe("synthetic profiles", () => {
  it("mix accounts and change their numbers, none coming as it is, the same for a seed", async () => {
    const make = async (seed: number) => {
      await synthesise(connection, input.relation, pipelineInputs(input.pipeline), seed);
      return (await connection.runAndReadAll(`FROM ${SYNTHETIC} ORDER BY "row" LIMIT 400`)).getRowsJson();
    };
    expect(await make(4)).not.toEqual(await make(3));
    const first = await make(3);
    expect(await make(3)).toEqual(first);
    const known = await connection.runAndReadAll(
      `SELECT count(*), count(*) FILTER (followers IS NULL), count(*) FILTER (followers > 20 AND (followers, likes) IN
       (SELECT (followers, likes) FROM profiles)), min(followers), stddev(ln(followers)),
       (SELECT stddev(ln(followers)) FROM profiles WHERE followers > 20) FROM ${SYNTHETIC} WHERE followers IS NULL OR followers > 20`,
    );
    const [rows, unknown, same, least, spread, spreadBefore] = known.getRows()[0].map(Number);
    expect(unknown / 16_000).toBeGreaterThan(0.05);
    expect(unknown / 16_000).toBeLessThan(0.07);
    expect(same / rows).toBeLessThan(0.01);
    expect(least).toBeGreaterThanOrEqual(0);
    expect(spread / spreadBefore).toBeGreaterThan(0.9);
    expect(spread / spreadBefore).toBeLessThan(1.2);
  });
});
