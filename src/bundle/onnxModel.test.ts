import { InferenceSession, Tensor } from "onnxruntime-node";
import { beforeAll, describe, expect, it } from "vitest";
import { someCreatorModel, someFlaggedModel } from "../../test/support/bundle/creatorModel.ts";
import { someModel } from "../../test/support/bundle/models.ts";
import { mixedProfiles, scoresOf } from "../../test/support/bundle/profiles.ts";
import { connect, createProfiles, NASTY_PROFILES } from "../../test/support/features/profiles.ts";
import { graphBytes } from "../onnx/bytes.ts";
import { checkGraph, graphInputs, madeUpProfiles } from "./checkGraph.ts";
import type { Model } from "./model.ts";
import { modelGraph } from "./onnxModel.ts";

const MADE_UP = madeUpProfiles();
const THOUSAND = mixedProfiles(1000, 3);

const connection = await connect();
await createProfiles(connection, "thousand", THOUSAND);
await createProfiles(connection, "training", [...NASTY_PROFILES.slice(0, 6), ...THOUSAND.slice(0, 200)]);

describe.each([
  ["the study's network", { preset: "original", hidden: [64, 64, 64] }],
  ["logistic regression", { preset: "original-log", hidden: [], calibration: "platt" }],
  [
    "networks of the recommended features",
    { preset: "profile", hidden: [64, 64], networks: 5, calibration: "beta" },
  ],
  ["the answers to two questions, by any flags", someFlaggedModel],
  ["the answers to two questions, by posts, rate and profile", someCreatorModel],
] as const)("the graph of %s", (_name, options) => {
  let model: Model;
  beforeAll(async () => {
    model = await (typeof options === "function"
      ? options(connection, "training")
      : someModel(connection, "training", options));
  });

  it("gives onnxruntime the probabilities of the kernel, from raw columns", async () => {
    const graph = modelGraph(model);
    const session = await InferenceSession.create(
      graphBytes(graph, { name: "model", producer: "test", producerVersion: "0" }),
    );
    const inputs = graphInputs(graph.inputs, THOUSAND);
    const feeds = Object.entries(inputs).map(([name, { type, shape, values }]) => {
      if (type === "string") return [name, new Tensor("string", values as string[], [...shape])];
      return [name, new Tensor("float64", Float64Array.from(values as number[]), [...shape])];
    });
    const given = await session.run(Object.fromEntries(feeds));
    const { probability, active, logit } = given;
    const { probabilities, answers } = await scoresOf(connection, model, "thousand");
    expect(probability.dims).toEqual([1000, 1]);
    let largest = 0;
    probabilities.forEach((wanted, i) => {
      largest = Math.max(largest, Math.abs((probability.data[i] as number) - wanted));
      expect(Number(active.data[i])).toBe(Number(wanted >= model.threshold));
      expect(Number.isFinite(logit.data[i] as number)).toBe(true);
    });
    expect(largest).toBeLessThan(1e-6);
    expect(new Set(probabilities).size).toBeGreaterThan(100);
    expect(Object.keys(given).length).toBe(answers === null ? 3 : 6);
    if (answers === null) return;
    expect(given.evidence.data).toEqual(answers.evidence);
    expect(new Set(answers.evidence).size).toBe(options === someFlaggedModel ? 9 : 6);
    for (const name of ["still_posting", "well_answered"] as const) {
      expect(given[name].dims).toEqual([1000, 1]);
      answers[name].forEach((wanted, i) => {
        expect(Math.abs((given[name].data[i] as number) - wanted)).toBeLessThan(1e-6);
      });
    }
  });

  it("passes its check, and fails it with anything in it changed", async () => {
    await checkGraph(modelGraph(model), model, MADE_UP);
    const calibration = { method: "platt", slope: 0.9, intercept: 0 } as const;
    const [last] = model.answers.slice(-1);
    const wrong = { ...model, answers: [...model.answers.slice(0, -1), { ...last, calibration }] };
    await expect(checkGraph(modelGraph(wrong), model, MADE_UP)).rejects.toThrow(/^invalid graph: it gives 0/);
  });
});
