import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { saveModel } from "../../src/bundle/save.ts";
import { scoreProfiles } from "../../src/bundle/score.ts";
import { someModel } from "../support/bundle/models.ts";
import { connect, createProfiles, NASTY_PROFILES } from "../support/features/profiles.ts";
import { runHere, scratchFolder } from "../support/harness.ts";

const folder = await scratchFolder();
const saved = join(folder, "model");
const connection = await connect();
await createProfiles(connection, "profiles", NASTY_PROFILES);
const model = await someModel(connection, "profiles", {
  preset: "original",
  hidden: [8],
  calibration: "platt",
});
beforeAll(() => saveModel(saved, model));

describe("insights export", () => {
  it("prints a query that DuckDB runs to the model's probabilities", async () => {
    const { code, stdout } = await runHere(["export", saved, "--format", "sql"]);
    expect(code).toBe(0);
    const reader = await connection.runAndReadAll(stdout);
    const { probabilities } = await scoreProfiles(connection, model, "profiles");
    const rows = reader.getRowObjectsJS();
    expect(rows).toHaveLength(probabilities.length);
    for (const { row, probability } of rows) {
      expect(Math.abs((probability as number) - probabilities[Number(row)])).toBeLessThan(1e-6);
    }
  });

  it("writes Spark's SQL to a file that is whole or not there", async () => {
    const out = join(folder, "model.sql");
    const words = ["export", saved, "--format", "sql", "--dialect", "spark", "--out", out];
    const { code, stdout } = await runHere(words);
    const sql = await readFile(out, "utf8");
    expect([code, stdout]).toEqual([0, `SQL for Spark, ${sql.length.toLocaleString("en")} bytes\n${out}\n`]);
    expect(sql).toMatch(/^-- Spark SQL, /);
    expect((await runHere(words)).stderr).toBe(
      `error: output file exists: ${out} (choose another --out, or replace it with --force)\n`,
    );
    expect((await runHere([...words, "--force"])).code).toBe(0);
  });

  it("writes the graph that stands in the model, byte for byte", async () => {
    const out = join(folder, "graph.onnx");
    const { code, stdout } = await runHere(["export", saved, "--format", "onnx", "--out", out]);
    expect([code, stdout.split(",")[0]]).toEqual([0, "ONNX graph"]);
    expect(await readFile(out)).toEqual(await readFile(join(saved, "model.onnx")));
  });

  it("says what is wrong with the command line or the model", async () => {
    const bare = await runHere(["export", saved, "--format", "onnx"]);
    expect([bare.code, bare.stderr]).toEqual([
      2,
      "error: a graph is no text: say where it shall go with --out\n",
    ]);
    expect((await runHere(["export", saved])).code).toBe(2);
    expect((await runHere(["export", saved, "--format", "pmml"])).code).toBe(2);
    expect((await runHere(["export", join(folder, "none"), "--format", "sql"])).stderr).toContain(
      "error: no such model: ",
    );
    await writeFile(join(saved, "MLmodel"), "{}");
    expect((await runHere(["export", saved, "--format", "sql"])).stderr).toBe(
      "error: damaged model: MLmodel does not match its checksum (copy or train the model anew)\n",
    );
  });
});
