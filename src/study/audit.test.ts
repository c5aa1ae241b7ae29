import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SAMPLE_FILE } from "../base/data.ts";
import { featureColumns } from "../features/pipeline.ts";
import { auditStudy } from "./analyse.ts";
import { fitFeatures, read, type StudyData, type StudyFeatures } from "./read.ts";

const hooks = { progress: () => {} };
let data: StudyData;
let features: StudyFeatures;
beforeAll(async () => {
  const now = new Date("2026-01-01");
  data = (await read(SAMPLE_FILE, { preset: "original", seed: 1, now, ...hooks })).result;
  features = (await fitFeatures(data, "original")).result;
});
afterAll(() => data.profiles.close());

describe("the audit of a study", () => {
  it("knows what each feature is made of", () => {
    const made = featureColumns(features.pipeline);
    const of = (name: string) => made[features.pipeline.names.indexOf(name)];
    expect(made).toHaveLength(features.pipeline.names.length);
    expect(of("likes_followers_pc2")).toEqual(["likes", "followers"]);
    expect(of("like_engagement_rate")).toEqual(["like_engagement_rate"]);
  });

  it("finds the two rates that the label was cut from, on the sample", async () => {
    const { result, message } = await auditStudy(data, features, 1, hooks);
    const combination = result.findings.find(({ code }) => code === "combination");
    expect(combination).toMatchObject({
      severity: "severe",
      features: ["comment_engagement_rate", "like_engagement_rate"],
      measure: "r_squared",
    });
    expect(result.findings[0].severity).toBe("severe");
    expect(message).toMatch(/^\d+ findings?, \d severe$/);
    expect(result.rows).toBe(data.labelled.rows.length);
    expect(result.remaining_roc_auc).toBeGreaterThan(0.5);
    expect(result.remaining_roc_auc).toBeLessThan(0.95);
    // Of everything the audit can look at, only rows to score are missing.
    expect(result.limits).toEqual([expect.stringContaining("rows to score")]);
  });

  it("finds an account on both sides of the split", async () => {
    const positions = Int32Array.from(data.labelled.positions);
    const rows = Float64Array.from(data.labelled.rows);
    // Each test profile's id and features are those of a training profile.
    data.split.test.forEach((test, i) => {
      positions[test] = positions[data.split.train[i]];
      rows[test] = rows[data.split.train[i]];
    });
    const twice = { ...data, labelled: { ...data.labelled, positions, rows } };
    const { result } = await auditStudy(twice, features, 1, hooks);
    expect(result.findings).toContainEqual(
      expect.objectContaining({ code: "repeated_id", severity: "severe" }),
    );
  });

  it("looks for no combination where the target is cut from several numbers", async () => {
    const target = { ...data.target, inputs: ["followers", "likes"] as const };
    const { result } = await auditStudy({ ...data, target }, features, 1, hooks);
    expect(result.limits.join(" ")).toContain("Combinations were not looked for");
    expect(result.findings.map(({ code }) => code)).toContain("target_column");
  });

  it("stops when it is told to", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(auditStudy(data, features, 1, { ...hooks, signal })).rejects.toThrow("enough");
  });
});
