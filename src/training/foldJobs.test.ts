import { expect, it } from "vitest";
import { connect } from "../../test/support/features/profiles.ts";
import { createPeople } from "../../test/support/training/people.ts";
import { PRESETS, withoutGroups } from "../features/presets.ts";
import { resolveTarget } from "../targets/resolve.ts";
import { prepareFold } from "./foldData.ts";
import { foldJobs } from "./foldJobs.ts";
import { ENSEMBLE } from "./recipe.ts";

it("gives the same jobs whether groups are left out before or after the features are fitted", async () => {
  const connection = await connect();
  await createPeople(connection, 80, 2);
  const { profile } = PRESETS;
  const fold = {
    repeat: 0,
    fold: 0,
    train: Int32Array.from({ length: 40 }, (_, i) => i),
    test: Int32Array.of(40, 41),
  };
  const source = {
    connection,
    relation: "profiles",
    definition: await resolveTarget("followers > 20"),
    snapshot: { profiles: 80, observed: 0, newest: null },
    rows: Float64Array.from({ length: 80 }, (_, i) => i),
  };
  const recipe = { ...ENSEMBLE, networks: 3, without: ["age", "ratios"] as const };
  const whole = await prepareFold({ ...source, preset: profile }, fold);
  const part = await prepareFold({ ...source, preset: withoutGroups(profile, recipe.without) }, fold);
  const jobs = foldJobs(whole, { recipe, place: 4, seed: 9 });
  expect(jobs).toHaveLength(3);
  expect(jobs[0].columns).toBeLessThan(whole.columns);
  // Threads share what was not picked; the numbers are what counts.
  const plain = (list: typeof jobs) =>
    list.map((job) => ({ ...job, x: Array.from(job.x), testX: Array.from(job.testX) }));
  expect(plain(jobs)).toEqual(plain(foldJobs(part, { recipe, place: 4, seed: 9 })));
  const [{ seed }] = foldJobs(whole, { recipe: ENSEMBLE, place: 5, seed: 9 });
  expect(new Set([...jobs.map((job) => job.seed), seed]).size).toBe(4);
});
