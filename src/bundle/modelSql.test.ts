import { beforeAll, describe, expect, it } from "vitest";
import { someModel } from "../../test/support/bundle/models.ts";
import { connect, createProfiles, NASTY_PROFILES } from "../../test/support/features/profiles.ts";
import type { Model } from "./model.ts";
import { modelSql } from "./modelSql.ts";
import { scoreProfiles } from "./score.ts";

const connection = await connect();
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
