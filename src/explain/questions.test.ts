import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { someCreatorModel } from "../../test/support/bundle/creatorModel.ts";
import { ROOT } from "../../test/support/harness.ts";
import type { Model } from "../bundle/model.ts";
import { createProfileScorer } from "../bundle/score.ts";
import type { CanonicalProfile } from "../features/profile.ts";
import { transform } from "../features/transform.ts";
import { CANONICAL_NAMES } from "../profiles/canonical.ts";
import { type Profiles, readProfiles } from "../profiles/read.ts";
import { createExplainer } from "./explainer.ts";

describe("an explainer of a model of two questions", () => {
  let profiles: Profiles;
  let model: Model;
  let columns: number;
  let values: Float32Array;
  let someone: CanonicalProfile;

  beforeAll(async () => {
    profiles = await readProfiles(join(ROOT, "examples/profiles.csv"));
    const { connection, table } = profiles;
    const made = await someCreatorModel(connection, table);
    ({ values, columns } = await transform(connection, made.pipeline, table));
    model = { ...made, background: { rows: 48, values: values.slice(0, 48 * columns) } };
    const reader = await connection.runAndReadAll(
      `SELECT ${CANONICAL_NAMES.join(", ")} FROM ${table} WHERE len(posted_at) > 20 AND awg_engagement_rate > 0.05
       AND id > '65' ORDER BY "row" LIMIT 1`,
    );
    [someone] = reader.getRowObjectsJS() as unknown as CanonicalProfile[];
  });
  afterAll(() => profiles.close());

  it.each<[string, Partial<CanonicalProfile>, string[]]>([
    ["posts+rate", {}, ["engagement for the size", "posts"]],
    ["posts+profile", { awg_engagement_rate: null }, ["followers", "likes per video", "posts"]],
    ["profile+rate", { posted_at: null }, ["engagement for the size", "followers", "likes per video"]],
    ["profile+profile", { posted_at: null, awg_engagement_rate: null }, ["followers", "likes per video"]],
    // What stands in where there is nothing is explained like the rest.
    ["none+none", Object.fromEntries(CANONICAL_NAMES.map((name) => [name, null])), ["followers"]],
  ])("of %s plays with the features of the answers that are used", (evidence, unknown, groups) => {
    const profile = { ...someone, ...unknown };
    const scored = createProfileScorer(model)([profile]);
    expect(scored.answers?.evidence).toEqual([evidence]);
    const found = createExplainer(model).explain(profile);
    const names = found.contributions.map(({ group }) => group);
    expect(names).toEqual(expect.arrayContaining(groups));
    expect(names.includes("posts")).toBe(evidence.startsWith("posts"));
    expect(names.includes("engagement for the size")).toBe(evidence.endsWith("rate"));
    if (evidence === "posts+rate") expect(names).toHaveLength(2);
    // The flags that tell evidence apart are no features of anybody.
    expect(
      found.contributions.flatMap(({ features }) => features).filter((name) => /_known$/.test(name)),
    ).toEqual([]);
    const total = found.contributions.reduce((sum, { value }) => sum + value, found.base);
    expect(total).toBeCloseTo(found.logit, 5);
    expect(found.probability).toBeCloseTo(scored.probabilities[0], 6);
  });

  it("compares with rows that have the same evidence", () => {
    const known = model.pipeline.names.indexOf("posts_known");
    // Only the first row of this background has posts.
    const { rows, values: kept } = model.background as NonNullable<Model["background"]>;
    const changed = kept.slice();
    for (let row = 1; row < rows; row++) changed[row * columns + known] = 0;
    const base = (background: Model["background"]) =>
      createExplainer({ ...model, background } as Model).explain(someone).base;
    expect(base({ rows, values: changed })).toBe(base({ rows: 1, values: kept.slice(0, columns) }));
    expect(base({ rows, values: changed })).not.toBe(base({ rows, values: kept }));
    // Where no row has it, with all.
    changed[known] = 0;
    expect(base({ rows, values: changed })).toBe(base({ rows, values: kept }));
  });

  it("tells posts and rates in sentences", () => {
    const observed = someone.observed_at as Date;
    const posted_at = [2, 4, 6, 8].map((days) => new Date(observed.getTime() - days * 86_400_000));
    const words = (profile: Partial<CanonicalProfile>) =>
      createExplainer(model)
        .explain({ ...someone, posted_at, ...profile })
        .contributions.map((one) => one.words);
    expect(words({ awg_engagement_rate: 60 })).toEqual(
      expect.arrayContaining([
        "posted 2 days ago, about 3 a week",
        "answered better than 99 % of accounts of this size",
      ]),
    );
  });
});
