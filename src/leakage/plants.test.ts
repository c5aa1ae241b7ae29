import { describe, expect, it } from "vitest";
import { PLANTS } from "../../test/support/leakage/plants.ts";
import { population } from "../../test/support/leakage/population.ts";
import { Random } from "../base/random.ts";
import { auditLeakage } from "./audit.ts";
import { takeOut } from "./finding.ts";

describe("a leak planted among clean columns is found, and nothing else", () => {
  it.each(PLANTS.map((plant, i) => ({ ...plant, seed: 100 + i })))("$name", async (plant) => {
    const clean = population(plant.seed, { rows: 1000, features: 12, correlation: 0.6 });
    const { findings } = await auditLeakage(plant.plant(clean, new Random(plant.seed)), { seed: 1 });
    const alarms = findings.filter(({ severity }) => severity !== "info");
    const found = alarms.filter(({ code }) => plant.codes.includes(code));
    expect(found.map(({ severity }) => severity)).toContain(plant.severity);
    for (const { message } of found) expect(message).toMatch(/^\S.*\.$/);
    const named = new Set(alarms.flatMap(({ features }) => features));
    expect([...named].sort()).toEqual([...plant.features].sort());
    const { features, sentences } = takeOut(findings, { allowLeakage: false });
    expect([...features].sort()).toEqual(plant.severity === "severe" ? [...plant.features].sort() : []);
    expect(sentences).toHaveLength(features.length);
  });
});
