import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { someCreatorModel } from "../../test/support/bundle/creatorModel.ts";
import { untrainedModel } from "../../test/support/scoring/model.ts";
import { graphInputs } from "../bundle/checkGraph.ts";
import type { Model } from "../bundle/model.ts";
import { modelSql } from "../bundle/modelSql.ts";
import { modelGraph } from "../bundle/onnxModel.ts";
import { createProfileScorer } from "../bundle/score.ts";
import { evaluateGraph } from "../onnx/evaluate.ts";
import { readProfiles } from "../profiles/read.ts";
import { writeSample } from "../sample/sample.ts";
import { scoreFiles } from "./scoreFiles.ts";

const folder = await mkdtemp(join(tmpdir(), "threshold-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
await writeSample(at("a.csv"), { rows: 40, seed: 2 });
const { connection, table } = await readProfiles(at("a.csv"));

describe.each([
  ["one question", async () => untrainedModel(at("a.csv"), "profile")],
  ["two questions", async () => someCreatorModel(connection, table)],
])("whose probability is the threshold itself is active, by a model of %s", async (_what, make) => {
  const model = await make();
  /** The same model with a threshold. */
  const from = (threshold: number): Model => ({ ...model, threshold });

  it("in files, in the rows and in the count", async () => {
    const score = async (threshold: number) => {
      const { active } = await scoreFiles(from(threshold), [at("a.csv")], { out: at("o.csv"), force: true });
      const lines = (await readFile(at("o.csv"), "utf8")).trimEnd().split("\n").slice(1);
      const rows = lines.map((line) => line.split(","));
      expect(rows.filter((row) => row[2] === "1")).toHaveLength(active);
      return { active, probabilities: rows.map((row) => Number(row[1])) };
    };
    const { probabilities } = await score(0.5);
    const [highest, second] = [...new Set(probabilities)].sort((a, b) => b - a);
    expect((await score(highest)).active).toBe(probabilities.filter((p) => p === highest).length);
    expect((await score(second)).active).toBe(probabilities.filter((p) => p >= second).length);
  });

  it("in SQL", async () => {
    const rows = async (threshold: number) => {
      const reader = await connection.runAndReadAll(
        `SELECT probability, active FROM (${modelSql(from(threshold), "duckdb").replace("FROM profiles", `FROM ${table}`)})`,
      );
      return reader.getRows() as [number, number][];
    };
    const highest = Math.max(...(await rows(0.5)).map(([p]) => p));
    expect((await rows(highest)).some(([p, active]) => p === highest && active === 1)).toBe(true);
  });

  it("in the graph", async () => {
    const run = async (threshold: number) => {
      const graph = modelGraph(from(threshold));
      const profile = { followers: 900, likes: 4000, videos_count: 12 };
      return evaluateGraph(graph, graphInputs(graph.inputs, [profile]), async (texts) =>
        texts.map(() => false),
      );
    };
    const p = Number((await run(0.5)).probability.values[0]);
    expect(Number((await run(p)).active.values[0])).toBe(1);
    expect(
      createProfileScorer(model)([{ followers: 900, likes: 4000, videos_count: 12 }]).probabilities[0],
    ).toBeCloseTo(p, 6);
  });
});
