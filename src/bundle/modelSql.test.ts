import { beforeAll, describe, expect, it } from "vitest";
import { someCreatorModel, someFlaggedModel } from "../../test/support/bundle/creatorModel.ts";
import { someModel } from "../../test/support/bundle/models.ts";
import { mixedProfiles, scoresOf } from "../../test/support/bundle/profiles.ts";
import { connect, createProfiles, NASTY_PROFILES } from "../../test/support/features/profiles.ts";
import type { Model } from "./model.ts";
import { modelSql } from "./modelSql.ts";
import { scoreProfiles } from "./score.ts";

const connection = await connect();
await createProfiles(connection, "mixed", mixedProfiles(500, 3));
await createProfiles(connection, "profiles", NASTY_PROFILES);

async function bySql(model: Model) {
  const reader = await connection.runAndReadAll(
    `SELECT probability, active, logit, features, "row" FROM (${modelSql(model, "duckdb")}) ORDER BY "row"`,
  );
  return reader.getRowObjectsJS();
}

describe.each([
  ["a network of the study's features", { preset: "original", hidden: [64, 64, 64] }],
  ["logistic regression", { preset: "original", hidden: [] }],
  [
    "networks of the recommended features, calibrated",
    { preset: "profile", hidden: [16, 8], networks: 3, calibration: "beta" },
  ],
  ["one network of logarithms, calibrated", { preset: "original-log", hidden: [9], calibration: "platt" }],
] as const)("%s as SQL", (_name, options) => {
  let model: Model;
  beforeAll(async () => {
    model = await someModel(connection, "profiles", options);
  });

  it("gives DuckDB the probabilities of the kernel", async () => {
    const { probabilities } = await scoreProfiles(connection, model, "profiles");
    const rows = await bySql(model);
    expect(rows).toHaveLength(NASTY_PROFILES.length);
    rows.forEach(({ probability, active }, i) => {
      expect(Math.abs((probability as number) - probabilities[i]), `row ${i}`).toBeLessThan(1e-6);
      expect(active).toBe(Number(probabilities[i] >= model.threshold));
    });
    expect(new Set(rows.map(({ probability }) => probability)).size).toBeGreaterThan(5);
  });

  it("is one readable query for either engine", () => {
    for (const engine of ["duckdb", "spark"] as const) {
      const sql = modelSql(model, engine);
      expect(sql).toMatch(/^-- (DuckDB|Spark SQL), /);
      expect(sql).toContain(`preset ${model.pipeline.preset}`);
      for (const name of model.pipeline.names) expect(sql).toContain(`features.${name}`);
      expect(sql.match(/\bAS \(/g)?.length).toBe(options.hidden.length + 6);
    }
  });
});

describe.each([
  ["by any flags", someFlaggedModel, 9],
  ["by posts, rate and profile", someCreatorModel, 6],
] as const)("the answers to two questions %s as SQL", async (_how, make, kinds) => {
  const model = await make(connection, "mixed");

  it("give DuckDB the kernel's numbers and evidence, row by row", async () => {
    const { probabilities, answers } = await scoresOf(connection, model, "mixed");
    const query = modelSql(model, "duckdb").replace("FROM profiles", "FROM mixed");
    const reader = await connection.runAndReadAll(`FROM (${query}) ORDER BY "row"`);
    const rows = reader.getRowObjectsJS();
    expect(rows).toHaveLength(500);
    rows.forEach((row, i) => {
      expect(Math.abs((row.probability as number) - probabilities[i]), `row ${i}`).toBeLessThan(1e-6);
      expect(Math.abs((row.still_posting as number) - answers!.still_posting[i])).toBeLessThan(1e-6);
      expect(Math.abs((row.well_answered as number) - answers!.well_answered[i])).toBeLessThan(1e-6);
      expect(row.evidence).toBe(answers!.evidence[i]);
      expect(row.active).toBe(Number(probabilities[i] >= model.threshold));
    });
    expect(new Set(answers?.evidence).size).toBe(kinds);
    // What the steps pass on stays inside.
    const columns = Object.keys(rows[0]).slice(-7);
    expect(columns.sort()).toEqual([
      "active",
      "evidence",
      "features",
      "logit",
      "probability",
      "still_posting",
      "well_answered",
    ]);
  });

  it("tell a reader of the query what it gives", () => {
    for (const engine of ["duckdb", "spark"] as const)
      expect(modelSql(model, engine)).toContain(
        "logit, probability, still_posting, well_answered, evidence and active.",
      );
    expect(modelSql(model, "spark").includes("maxIterations = 1000")).toBe(kinds === 6);
    expect(modelSql(model, "duckdb")).not.toContain("maxIterations");
  });
});
