import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyProfile } from "../../test/support/features/anyProfile.ts";
import { onnxFeatures } from "../../test/support/features/onnx.ts";
import { connect, createProfiles, NASTY_PROFILES } from "../../test/support/features/profiles.ts";
import { kindNamed } from "./kinds.ts";
import { createEvaluator, evaluatePipeline, fitPipeline, pipelineOnnx } from "./pipeline.ts";
import { groupsOf, PRESETS, placesOf, presetInputs, withoutGroups } from "./presets.ts";
import { transform } from "./transform.ts";

const connection = await connect();
await createProfiles(connection, "nasty", NASTY_PROFILES);

/** The largest difference, in units of the number or of 1, whichever is more. */
function farthest(numbers: readonly number[][], others: readonly ArrayLike<number>[]): number {
  return Math.max(
    ...numbers.flatMap((row, i) => {
      expect(others[i]).toHaveLength(row.length);
      return row.map((value, j) => Math.abs(value - others[i][j]) / Math.max(1, Math.abs(value)));
    }),
  );
}

describe.each(Object.keys(PRESETS))("preset %s", async (name) => {
  const pipeline = await fitPipeline(connection, name, "nasty");
  const features = await onnxFeatures(pipeline.names.length, (graph) => pipelineOnnx(pipeline, graph));

  it("gives the same numbers by ONNX and by its twin, for any profiles", async () => {
    const same = async (profiles: Parameters<typeof features>[0]) => {
      const twin = profiles.map((profile) => evaluatePipeline(pipeline, profile));
      expect(farthest(await features(profiles), twin)).toBeLessThanOrEqual(1e-9);
    };
    await same(NASTY_PROFILES);
    await fc.assert(fc.asyncProperty(fc.array(anyProfile, { minLength: 1, maxLength: 40 }), same), {
      numRuns: 25,
    });
  });

  it("gives the same numbers by ONNX and by SQL, to the 32 bits that a network takes", async () => {
    const profiles = [...NASTY_PROFILES, ...fc.sample(anyProfile, { numRuns: 300, seed: 7 })];
    await createProfiles(connection, "some", profiles);
    const { values } = await transform(connection, pipeline, "some");
    const columns = pipeline.names.length;
    const sql = profiles.map((_, row) => values.subarray(row * columns, (row + 1) * columns));
    expect(farthest(await features(profiles), sql)).toBeLessThanOrEqual(2 ** -23);
  });

  it("is evaluated at any place of a table, one profile after the other", () => {
    const evaluate = createEvaluator(pipeline);
    const columns = pipeline.names.length;
    const into = new Float64Array(NASTY_PROFILES.length * columns);
    NASTY_PROFILES.forEach((profile, i) => {
      evaluate(profile, into, i * columns);
    });
    expect([...into]).toEqual(NASTY_PROFILES.flatMap((profile) => [...evaluatePipeline(pipeline, profile)]));
  });
});

describe("preset profile", async () => {
  const pipeline = await fitPipeline(connection, "profile", "nasty");
  const featureOf = (name: string, one: Parameters<typeof evaluatePipeline>[1]) =>
    evaluatePipeline(pipeline, one)[pipeline.names.indexOf(name)];

  it("reads what a profile page shows, and nothing of posts, rates or texts", () => {
    expect(presetInputs(PRESETS.profile).sort()).toEqual([
      "bio_link",
      "created_at",
      "followers",
      "following",
      "is_verified",
      "likes",
      "observed_at",
      "videos_count",
    ]);
  });

  it("gives numbers of a few deviations for any profile", async () => {
    const { values } = await transform(connection, pipeline, "nasty");
    expect(values.every((value) => Math.abs(value) <= 3)).toBe(true);
  });

  it("knows an account's age by its snapshot only: another year, the same age", () => {
    const at = (year: number) => ({
      videos_count: 9n,
      created_at: new Date(`${year - 2}-05-01T00:00:00Z`),
      observed_at: new Date(`${year}-05-01T00:00:00Z`),
    });
    expect(featureOf("account_age", at(2023))).toBeCloseTo(featureOf("account_age", at(2027)), 2);
    expect(featureOf("videos_per_day", at(2023))).toBeCloseTo(featureOf("videos_per_day", at(2027)), 2);
  });

  it("takes an account without dates for one of middling age", () => {
    for (const one of [{}, { created_at: new Date("2020-01-01T00:00:00Z") }, { observed_at: new Date() }]) {
      expect(featureOf("account_age", one)).toBe(0);
      expect(featureOf("videos_per_day", { ...one, videos_count: 5n })).toBe(0);
    }
  });
});

describe("groups of steps", () => {
  const { profile, original } = PRESETS;
  const names = ({ steps }: typeof profile) =>
    steps.flatMap(({ kind, params }) => kindNamed(kind).outputs(kindNamed(kind).params.parse(params)));
  const ages = profile.steps.filter(({ kind, params }) =>
    kindNamed(kind).inputs(params).includes("created_at"),
  );

  it("are known of a preset", () => {
    expect(groupsOf(profile)).toEqual(["age", "ratios"]);
    expect(groupsOf(original)).toEqual(["ratios"]);
    expect(groupsOf({ steps: ages })).toEqual([]);
  });

  it("are left out, and nothing else", () => {
    const out = names(profile).filter((name) => !names(withoutGroups(profile, ["age"])).includes(name));
    expect(out).toEqual(["account_age", "videos_per_day"]);
    expect(names(withoutGroups(profile, ["ratios"]))).not.toContain("likes_per_follower");
    expect(withoutGroups(profile, [])).toBe(profile);
    expect(() => withoutGroups({ ...profile, steps: ages }, ["age"])).toThrow(
      "no features left: the preset profile without age",
    );
  });

  it("have places among all numbers", () => {
    const all = names(profile);
    const places = placesOf(profile.steps, ["ratios"]);
    expect(all.filter((_, place) => !places.includes(place))).toEqual(
      names(withoutGroups(profile, ["ratios"])),
    );
  });
});
