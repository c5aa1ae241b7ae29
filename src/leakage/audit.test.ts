import { describe, expect, it } from "vitest";
import { population, withFeatures } from "../../test/support/leakage/population.ts";
import { Random } from "../base/random.ts";
import { auditLeakage } from "./audit.ts";
import { targetEncodingFindings } from "./targetEncoding.ts";

const clean = population(7, { rows: 400, features: 8, correlation: 0.6 });

describe("auditLeakage", () => {
  it("gives the same for the same seed, as plain JSON", async () => {
    const { input } = withFeatures(clean, { leak: clean.input.labels });
    const audit = await auditLeakage(input, { seed: 3 });
    expect(await auditLeakage(input, { seed: 3 })).toEqual(audit);
    expect(JSON.parse(JSON.stringify(audit))).toEqual(audit);
    expect(audit).toMatchObject({ rows: 400, audited_rows: 400 });
    expect(audit.findings[0]).toMatchObject({
      severity: "severe",
      code: "single_feature",
      features: ["leak"],
      columns: ["leak_column"],
      measure: "roc_auc",
      value: 1,
      message: "leak alone ranks the rows with an AUC of 1.000.",
    });
    // What is left tells what honest features tell.
    expect(audit.remaining_roc_auc).toBeGreaterThan(0.5);
    expect(audit.remaining_roc_auc).toBeLessThan(0.9);
  });

  it("says what it could not look at", async () => {
    const { features, madeOf, labels } = clean.input;
    const target = { name: "column:mine", inputs: ["mine"] };
    const { limits } = await auditLeakage({ features, madeOf, labels, target }, { seed: 1 });
    expect(limits).toEqual([
      "Combinations were not looked for: the target was not cut from one number.",
      "Repeats across a split were not looked for: there is no split.",
      "Rows to learn from were not compared with rows to score: there are none yet.",
    ]);
    const parts = clean.input.parts;
    const split = await auditLeakage({ features, madeOf, labels, target, parts }, { seed: 1 });
    expect(split.limits).toContain("Repeated ids were not looked for: the rows have none.");
  });

  it("samples many rows, seeded, and says so, and still finds the leak", async () => {
    const { input } = withFeatures(clean, { leak: clean.input.labels });
    const audit = await auditLeakage(input, { seed: 1, mostRows: 250 });
    expect(audit.audited_rows).toBe(250);
    expect(audit.limits[0]).toBe(
      "The features were audited on 250 rows drawn from 400; ids and repeated rows on all.",
    );
    expect(audit.findings[0].features).toEqual(["leak"]);
  });

  it("holds nothing against the label where a class is too small", async () => {
    const labels = new Uint8Array(400).fill(1, 0, 5);
    const { findings, limits, remaining_roc_auc } = await auditLeakage(
      { ...withFeatures(clean, { leak: labels }).input, labels },
      { seed: 1 },
    );
    expect(remaining_roc_auc).toBeNull();
    expect(findings.filter(({ severity }) => severity !== "info")).toEqual([]);
    expect(limits).toContain("Features were not held against the label: 5 rows of one class are too few.");
  });

  it("tells that all features together know too much, where none does alone", async () => {
    const random = new Random(1);
    const parts = Array.from({ length: 6 }, () =>
      Float64Array.from(clean.input.labels, () => random.uniform()),
    );
    const sum = Float64Array.from(clean.input.labels, (_, row) =>
      parts.reduce((all, part) => all + part[row], 0),
    );
    const { input } = withFeatures(clean, Object.fromEntries(parts.map((part, i) => [`part_${i}`, part])));
    const labels = Uint8Array.from(sum, (value) => (value > 3 ? 1 : 0));
    const { findings } = await auditLeakage({ ...input, labels, source: undefined }, { seed: 1 });
    expect(findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual(["warn all_features"]);
    // With the number the label was cut from, the parts are named.
    const named = await auditLeakage({ ...input, labels, source: { name: "sum", values: sum } }, { seed: 1 });
    expect(named.findings[0]).toMatchObject({ code: "combination", severity: "severe" });
    expect([...named.findings[0].features].sort()).toEqual(parts.map((_, i) => `part_${i}`));
    expect(named.findings[0].message).toBe(
      "sum, which the target was cut from, is a weighted sum of part_0, part_1, part_2, part_3, part_4 and part_5, exact but for rounding.",
    );
  });

  it("finds a second copy of the source beside the first", async () => {
    const source = clean.input.source?.values ?? new Float64Array(0);
    const { input } = withFeatures(clean, { one: source, other: source.map((value) => 5 - 2 * value) });
    const { findings } = await auditLeakage(input, { seed: 1 });
    const combinations = findings.filter(({ code }) => code === "combination");
    expect(combinations.flatMap(({ features }) => features).sort()).toEqual(["one", "other"]);
  });

  it("tells a feature that is known in one of the two sets of rows only", async () => {
    const random = new Random(2);
    const { input } = withFeatures(clean, { age: clean.input.labels.map(() => 1 + random.integer(99)) });
    const { names, values } = input.features;
    const score = { names, values: values.map((value, i) => ((i + 1) % names.length ? value : Number.NaN)) };
    const { findings } = await auditLeakage({ ...input, score }, { seed: 1 });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      severity: "severe",
      code: "score_shift",
      features: ["age"],
      value: 1,
    });
  });

  it("refuses parts that do not fit together, one class, and stops when told", async () => {
    const { input } = clean;
    const audit = (change: object) => auditLeakage({ ...input, ...change }, { seed: 1 });
    await expect(audit({ labels: input.labels.subarray(1) })).rejects.toThrow(
      "invalid audit: 399 labels (expected 400)",
    );
    await expect(audit({ madeOf: [] })).rejects.toThrow("invalid audit: 0 lists of columns (expected 8)");
    await expect(audit({ ids: ["a"] })).rejects.toThrow("invalid audit: 1 ids");
    await expect(audit({ parts: new Int32Array(1) })).rejects.toThrow("invalid audit: 1 parts");
    await expect(audit({ source: { name: "s", values: new Float64Array(2) } })).rejects.toThrow(
      "invalid audit",
    );
    await expect(audit({ score: { names: ["x"], values: new Float32Array(3) } })).rejects.toThrow(
      "invalid audit: the rows to score have other features",
    );
    await expect(audit({ labels: new Uint8Array(400) })).rejects.toThrow("only one class");
    const signal = AbortSignal.abort(new Error("stopped"));
    await expect(auditLeakage(input, { seed: 1, signal })).rejects.toThrow("stopped");
  });

  it("leaves a pure procedure alone", async () => {
    const random = new Random(9);
    const procedure = () =>
      Float64Array.from({ length: 400 }, (_, i) => (i % 50 ? random.uniform() : Number.NaN));
    const { findings } = await auditLeakage({ ...clean.input, procedure }, { seed: 1, shuffles: 10 });
    expect(findings.filter(({ code }) => code === "shuffled_labels")).toEqual([]);
  });
});

describe("targetEncodingFindings", () => {
  const random = new Random(3);
  const groups = Array.from({ length: 600 }, () => random.integer(12));
  const labels = Uint8Array.from(groups, (group) => (random.uniform() < 0.2 + 0.05 * group ? 1 : 0));
  const mean = groups.map((group) => {
    const own = [...labels].filter((_, row) => groups[row] === group);
    return own.reduce((sum, label) => sum + label, 0) / own.length;
  });
  const find = (values: ArrayLike<number>) =>
    targetEncodingFindings({ names: ["x"], values: Float32Array.from(values) }, [["region"]], labels);

  it("knows the mean of the labels of a group, on any scale", () => {
    expect(find(mean)[0]).toMatchObject({ severity: "severe", features: ["x"], columns: ["region"] });
    expect(find(mean.map((value) => 4 - 7 * value))).toHaveLength(1);
  });

  it("leaves honest groups alone, however telling", () => {
    expect(find(groups)).toEqual([]);
    expect(find(groups.map((group) => 0.2 + 0.05 * group))).toEqual([]);
    expect(find(labels)).toEqual([]);
    expect(find(groups.map(() => 1))).toEqual([]);
    expect(find(groups.map((_, row) => row))).toEqual([]);
    expect(find(mean.map((value, row) => (row ? value : Number.NaN)))).toEqual([]);
  });
});
