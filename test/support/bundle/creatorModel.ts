import type { DuckDBConnection } from "@duckdb/node-api";
import { Random } from "../../../src/base/random.ts";
import type { Answer, Question } from "../../../src/bundle/answers.ts";
import type { Model } from "../../../src/bundle/model.ts";
import { type Step, step } from "../../../src/features/feature.ts";
import { missing } from "../../../src/features/kinds/missing.ts";
import { fitPipeline } from "../../../src/features/pipeline.ts";
import { presetNamed } from "../../../src/features/presets.ts";
import { initialise } from "../../../src/network/network.ts";
import { CALIBRATIONS, someModel } from "./models.ts";

const COMBINATIONS = [
  { still_posting: "posts", well_answered: "rate", intercept: 0.1, slope: 1.2 },
  { still_posting: "posts", well_answered: "profile", intercept: -0.4, slope: 1.1 },
  { still_posting: "profile", well_answered: "rate", intercept: 0.3, slope: 0.6 },
  { still_posting: "profile", well_answered: "profile", intercept: -1, slope: 0.5 },
] as const;

/** What an answer of {@link questionsModel} is made of. */
type Made = readonly [Question, Answer["evidence"], needs: string, features: readonly string[]];

/** A model of random weights that answers the two questions, over a table: its networks differ in shape, number and calibration. */
async function questionsModel(
  connection: DuckDBConnection,
  table: string,
  steps: readonly Step[],
  answersOf: (names: readonly string[]) => readonly Made[],
): Promise<Model> {
  const base = await someModel(connection, table, { preset: "profile", hidden: [] });
  const preset = { name: "questions", about: "", scaling: "none" as const, steps };
  const pipeline = await fitPipeline(connection, preset, table);
  const calibrations = [undefined, CALIBRATIONS.platt, CALIBRATIONS.beta, undefined];
  const answers = answersOf(pipeline.names).map(([question, evidence, needs, features], i): Answer => {
    const network = (seed: number, hidden: number[]) => initialise(features.length, hidden, new Random(seed));
    return {
      question,
      evidence,
      needs,
      features,
      network:
        i === 2
          ? { networks: [network(3, [6]), network(9, [6])], weights: [0.25, 0.75] }
          : network(i + 1, i % 2 === 0 ? [6] : []),
      calibration: calibrations[i],
    };
  });
  const target = { name: "creator", expression: "true" };
  return { ...base, target, horizon: 30, pipeline, answers, combinations: COMBINATIONS };
}

/** A model of random weights over the preset `creator`: by posts, by rate, and by the profile page. */
export async function someCreatorModel(connection: DuckDBConnection, table: string): Promise<Model> {
  return questionsModel(connection, table, presetNamed("creator").steps, (names) => {
    const posts = names.filter((name) => name.startsWith("posts_") && name !== "posts_known");
    const profile = names.slice(0, presetNamed("profile").steps.length);
    return [
      ["still_posting", "posts", "posts_known", posts],
      ["well_answered", "rate", "rate_known", ["rate_z"]],
      ["still_posting", "profile", "profile_known", profile],
      ["well_answered", "profile", "profile_known", profile],
    ];
  });
}

/**
 * The same over the preset `profile` and four flags, so that a row's evidence depends on what is unknown of it, and all nine kinds of
 * evidence occur where bio_link, following, awg_engagement_rate and created_at are unknown here and there.
 */
export async function someFlaggedModel(connection: DuckDBConnection, table: string): Promise<Model> {
  const flags = (["bio_link", "following", "awg_engagement_rate", "created_at"] as const).map((column) =>
    step(missing, { column, output: `${column}_unknown` }),
  );
  return questionsModel(connection, table, [...presetNamed("profile").steps, ...flags], (names) => [
    ["still_posting", "posts", "bio_link_unknown", ["likes", "account_age", "followers"]],
    ["well_answered", "rate", "awg_engagement_rate_unknown", ["likes_per_follower"]],
    ["still_posting", "profile", "following_unknown", names],
    ["well_answered", "profile", "created_at_unknown", ["videos", "is_verified"]],
  ]);
}
