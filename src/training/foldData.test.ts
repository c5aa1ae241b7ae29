import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { connect } from "../../test/support/features/profiles.ts";
import { createPeople } from "../../test/support/training/people.ts";
import { PRESETS, withoutGroups } from "../features/presets.ts";
import { readProfiles } from "../profiles/read.ts";
import { writeSample } from "../sample/sample.ts";
import { resolveTarget } from "../targets/resolve.ts";
import { snapshotOf } from "../targets/snapshot.ts";
import { foldJobs, prepareFold } from "./foldData.ts";
import { ENSEMBLE } from "./recipe.ts";

it("learns nothing from the rows left out: neither features nor the target's norm", async () => {
  const folder = await mkdtemp(join(tmpdir(), "folds-"));
  const path = join(folder, "sample.csv");
  await writeSample(path, { rows: 300, seed: 5 });
  const profiles = await readProfiles(path);
  await rm(folder, { recursive: true });
  const { connection, table } = profiles;
  await connection.run(`CREATE TABLE people AS FROM ${table}`);
  const range = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, i) => from + i);
  const fold = { repeat: 0, fold: 0, train: range(0, 220), test: range(220, 300) };
  const source = {
    connection,
    relation: "people",
    definition: await resolveTarget("creator"),
    snapshot: await snapshotOf(connection, table),
    rows: Float64Array.from({ length: 300 }, (_, row) => row),
  };
  const prepare = async () => {
    const prepared = [];
    for (const preset of Object.values(PRESETS))
      prepared.push(await prepareFold({ ...source, preset }, fold));
    return prepared;
  };
  const before = await prepare();
  await connection.run(`UPDATE people SET followers = 7 * followers + 1, following = 3, likes = 99 * likes + 5, videos_count = 1,
    biography = 'model', bio_link = 'x', is_verified = true, created_at = '2016-01-01', like_engagement_rate = 9,
    comment_engagement_rate = 8, awg_engagement_rate = 17 WHERE "row" >= 220`);
  const after = await prepare();
  await profiles.close();
  before.forEach(({ testX, ...learnt }, i) => {
    const { testX: otherX, ...others } = after[i];
    expect(others).toEqual(learnt);
    expect(otherX).not.toEqual(testX);
    expect(new Set(learnt.labels).size).toBe(2);
  });
});

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
