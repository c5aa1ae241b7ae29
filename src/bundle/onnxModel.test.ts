import { InferenceSession, Tensor } from "onnxruntime-node";
import { beforeAll, describe, expect, it } from "vitest";
import { someModel } from "../../test/support/bundle/models.ts";
import { connect, createProfiles, NASTY_PROFILES } from "../../test/support/features/profiles.ts";
import { Random } from "../base/random.ts";
import { graphBytes } from "../onnx/bytes.ts";
import { checkGraph, graphInputs, madeUpProfiles } from "./checkGraph.ts";
import type { Model } from "./model.ts";
import { modelGraph } from "./onnxModel.ts";
import { scoreProfiles } from "./score.ts";

const MADE_UP = madeUpProfiles();
const FOUND = [...NASTY_PROFILES, ...MADE_UP];
const random = new Random(3);
/** A thousand profiles, each with the columns of several others: unknown, empty, huge, of many scripts. */
const THOUSAND = Array.from({ length: 1000 }, () => {
  const names = [...new Set(FOUND.flatMap((profile) => Object.keys(profile)))];
  const pick = () => FOUND[Math.floor(random.uniform() * FOUND.length)];
  return Object.fromEntries(
    names.map((name) => [name, pick()[name as keyof (typeof FOUND)[number]] ?? null]),
  );
});

const connection = await connect();
// DuckDB takes counts as bigint.
const COUNTS = ["followers", "following", "likes", "videos_count"];
const typed = THOUSAND.map((profile) =>
  Object.fromEntries(
    Object.entries(profile).map(([name, value]) => [
      name,
      COUNTS.includes(name) && typeof value === "number" ? BigInt(value) : value,
    ]),
  ),
);
await createProfiles(connection, "thousand", typed);
await createProfiles(connection, "training", [...NASTY_PROFILES.slice(0, 6), ...typed.slice(0, 200)]);

describe.each([
  ["the study's network", { preset: "original", hidden: [64, 64, 64] }],
  ["logistic regression", { preset: "original-log", hidden: [], calibration: "platt" }],
  [
    "networks of the recommended features",
    { preset: "profile", hidden: [64, 64], networks: 5, calibration: "beta" },
  ],
] as const)("the graph of %s", (_name, options) => {
  let model: Model;
  beforeAll(async () => {
    model = await someModel(connection, "training", options);
  });

  it("gives onnxruntime the probabilities of the kernel, from raw columns", async () => {
    const graph = modelGraph(model);
    const session = await InferenceSession.create(
      graphBytes(graph, { name: "model", producer: "test", producerVersion: "0" }),
    );
    const inputs = graphInputs(graph.inputs, typed);
    const feeds = Object.entries(inputs).map(([name, { type, shape, values }]) => {
      if (type === "string") return [name, new Tensor("string", values as string[], [...shape])];
      return [name, new Tensor("float64", Float64Array.from(values as number[]), [...shape])];
    });
    const { probability, active, logit } = await session.run(Object.fromEntries(feeds));
    const { probabilities } = await scoreProfiles(connection, model, "thousand");
    expect(probability.dims).toEqual([1000, 1]);
    let largest = 0;
    probabilities.forEach((wanted, i) => {
      largest = Math.max(largest, Math.abs((probability.data[i] as number) - wanted));
      expect(Number(active.data[i])).toBe(Number(wanted >= model.threshold));
      expect(Number.isFinite(logit.data[i] as number)).toBe(true);
    });
    expect(largest).toBeLessThan(1e-6);
    expect(new Set(probabilities).size).toBeGreaterThan(100);
  });

  it("passes its check, and fails it with anything in it changed", async () => {
    await checkGraph(modelGraph(model), model, MADE_UP);
    const { threshold: _, ...rest } = model;
    const wrong = {
      ...rest,
      threshold: 0.5,
      calibration: { method: "platt", slope: 0.9, intercept: 0 },
    } as const;
    await expect(checkGraph(modelGraph(wrong), model, MADE_UP)).rejects.toThrow(/^invalid graph: it gives 0/);
  });
});
