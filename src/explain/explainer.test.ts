import { beforeAll, describe, expect, it } from "vitest";
import { someFlaggedModel } from "../../test/support/bundle/creatorModel.ts";
import { connect } from "../../test/support/features/profiles.ts";
import { createPeople } from "../../test/support/training/people.ts";
import { Random } from "../base/random.ts";
import { targetAnswer } from "../bundle/answers.ts";
import { probabilitiesOf } from "../bundle/score.ts";
import { evaluatePipeline, fitPipeline } from "../features/pipeline.ts";
import type { CanonicalProfile } from "../features/profile.ts";
import { transform } from "../features/transform.ts";
import { initialise } from "../network/network.ts";
import { createExplainer } from "./explainer.ts";
import type { Explanation } from "./explanation.ts";
import { isNegligible, reasonsInWords } from "./explanation.ts";

const connection = await connect();
const profile: Partial<CanonicalProfile> = {
  followers: 1755n,
  following: 1443n,
  likes: 7196n,
  videos_count: 312n,
  is_verified: false,
  biography: "dancer, write to someone@example.org",
  created_at: new Date("2022-01-01"),
  observed_at: new Date("2024-01-02"),
};

async function modelOf(preset: string, networks: number) {
  await createPeople(connection, 200, 5);
  // Rates that this made-up table does not have are unknown in all rows.
  const pipeline = await fitPipeline(connection, preset, "profiles");
  const { values, columns } = await transform(connection, pipeline, "profiles");
  const random = new Random(3);
  const several = Array.from({ length: networks }, () => initialise(columns, [16], random));
  const weights = several.map((_, i) => (i === 0 ? 0 : 1 / (networks - 1)));
  const network = networks === 1 ? several[0] : { networks: several, weights };
  const calibration = { method: "beta", rise: 1.2, fall: 0.8, intercept: -0.3 } as const;
  return {
    pipeline,
    answers: [targetAnswer(pipeline, network, calibration)],
    background: { rows: 32, values: values.slice(0, 32 * columns) },
    threshold: 0.4,
  };
}

let model: Awaited<ReturnType<typeof modelOf>>;
let found: Explanation;
beforeAll(async () => {
  model = await modelOf("profile", 5);
  found = createExplainer(model).explain(profile);
});

const total = ({ base, contributions }: Explanation) =>
  contributions.reduce((sum, { value }) => sum + value, base);

describe("an explainer", () => {
  it("shares the whole logit out, and gives the probability that scoring gives", () => {
    expect(found.method).toBe("sampled");
    expect(total(found)).toBeCloseTo(found.logit, 9);
    const x = Float32Array.from(evaluatePipeline(model.pipeline, profile));
    expect(found.probability).toBe(probabilitiesOf(model, x, 1)[0]);
    expect(found.active).toBe(found.probability >= 0.4);
    const bare = createExplainer({
      ...model,
      answers: [{ ...model.answers[0], calibration: undefined }],
    } as never).explain(profile);
    expect(bare.probability).toBeCloseTo(1 / (1 + Math.exp(-bare.logit)), 9);
    expect(bare.baseProbability).toBeCloseTo(1 / (1 + Math.exp(-bare.base)), 9);
    expect(bare.contributions).toEqual(found.contributions);
  });

  it("puts the weightiest first, and tells what the profile shows", () => {
    const sizes = found.contributions.map(({ value }) => Math.abs(value));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    expect(found.contributions.flatMap(({ features }) => features).sort()).toEqual(
      [...model.pipeline.names].sort(),
    );
    const words = Object.fromEntries(found.contributions.map((one) => [one.group, one.words]));
    expect(words).toMatchObject({
      followers: "1,755 followers",
      "likes per follower": "4.1 likes per follower",
      "videos per day": "312 videos in 2 years",
      verified: "not verified",
    });
  });

  it("explains the same profile the same way, and comes near what much more work gives", () => {
    expect(createExplainer(model).explain(profile)).toEqual(found);
    const long = createExplainer(model, { sampleBudget: 400_000 }).explain(profile);
    expect(long.logit).toBe(found.logit);
    for (const { group, value, error } of found.contributions) {
      const other = long.contributions.find((one) => one.group === group);
      expect(Math.abs(value - (other?.value ?? Number.NaN))).toBeLessThan(4 * error + 1e-3);
    }
  });

  it("asks every coalition where groups and networks are few", async () => {
    const few = await modelOf("original", 1);
    const exact = createExplainer(few).explain(profile);
    expect(exact.method).toBe("exact");
    expect(exact.contributions.every(({ error }) => error === 0)).toBe(true);
    expect(total(exact)).toBeCloseTo(exact.logit, 9);
    const drawn = createExplainer(few, { exactBudget: 0 }).explain(profile);
    expect(drawn.method).toBe("sampled");
    for (const { group, value } of drawn.contributions) {
      expect(exact.contributions.find((one) => one.group === group)?.value).toBeCloseTo(value, 1);
    }
  });

  it("shares out the final logit of a model of two questions", async () => {
    const questions = await someFlaggedModel(connection, "profiles");
    const { values, columns } = await transform(connection, questions.pipeline, "profiles");
    const background = { rows: 8, values: values.slice(0, 8 * columns) };
    const explained = createExplainer({ ...questions, background }).explain(profile);
    const x = Float32Array.from(evaluatePipeline(questions.pipeline, profile));
    expect(total(explained)).toBeCloseTo(explained.logit, 5);
    expect(explained.probability).toBeCloseTo(probabilitiesOf(questions, x, 1)[0], 6);
  });

  it("calls a profile active whose probability is the threshold itself", () => {
    const active = (threshold: number) => createExplainer({ ...model, threshold }).explain(profile).active;
    expect([active(found.probability), active(found.probability + 1e-12)]).toEqual([true, false]);
  });

  it("cannot do without a background", () => {
    const { background: _, ...without } = model;
    expect(() => createExplainer(without)).toThrow("no background: the model was saved without");
  });
});

describe("reasons", () => {
  const one = (value: number, words: string, error = 0) => ({
    group: words,
    features: [],
    value,
    error,
    words,
  });

  it("are the weightiest that count, with the way they speak", () => {
    const contributions = [
      one(0.9, "312 videos in 2 years"),
      one(-0.5, "not verified", 0.3),
      one(-0.4, "no link", 0.01),
      one(0.3, "4.1 likes per follower"),
      one(0.04, "no biography"),
    ];
    const explanation = { ...found, contributions };
    expect(reasonsInWords(explanation, 2)).toEqual(["for: 312 videos in 2 years", "against: no link"]);
    expect(reasonsInWords(explanation, 9)).toHaveLength(3);
    expect(contributions.map(isNegligible)).toEqual([false, true, false, false, true]);
  });
});
