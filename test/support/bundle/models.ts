import type { DuckDBConnection } from "@duckdb/node-api";
import { Random } from "../../../src/base/random.ts";
import { type Answer, type Question, targetAnswer } from "../../../src/bundle/answers.ts";
import type { Model } from "../../../src/bundle/model.ts";
import type { Calibration } from "../../../src/evaluation/calibration.ts";
import { step } from "../../../src/features/feature.ts";
import { missing } from "../../../src/features/kinds/missing.ts";
import { fitPipeline } from "../../../src/features/pipeline.ts";
import { presetNamed } from "../../../src/features/presets.ts";
import { initialise } from "../../../src/network/network.ts";
import { engagement } from "../../../src/targets/named.ts";

const CALIBRATIONS: Record<Calibration["method"], Calibration> = {
  platt: { method: "platt", slope: 1.3, intercept: -0.2 },
  beta: { method: "beta", rise: 1.1, fall: 0.7, intercept: 0.1 + 0.2 },
};

/** A model of random weights over a preset that is fitted to a table. */
export async function someModel(
  connection: DuckDBConnection,
  table: string,
  options: {
    readonly preset: string;
    readonly hidden: readonly number[];
    /** An ensemble of so many; without it, one network by itself. */
    readonly networks?: number;
    readonly calibration?: Calibration["method"];
  },
): Promise<Model> {
  const { preset, hidden, networks: count, calibration } = options;
  const pipeline = await fitPipeline(connection, preset, table);
  const networks = Array.from({ length: count ?? 1 }, (_, i) =>
    initialise(pipeline.names.length, hidden, new Random(i + 1)),
  );
  // 1/2, 1/4, ... and the last of them once more.
  const weights = networks.map((_, i) => 0.5 ** Math.min(i + 1, networks.length - 1));
  return {
    created_at: "2024-01-02T03:04:05.000Z",
    versions: { influencer_insights: "0.1.0", node: "20.19.0", duckdb: "v1.5.6" },
    seed: 7,
    data: { file: "profiles.csv", fingerprint: "ab".repeat(32), rows: 5 },
    target: { name: engagement.name, expression: engagement.expression },
    threshold: 0.5,
    pipeline,
    answers: [
      targetAnswer(
        pipeline,
        count === undefined ? networks[0] : { networks, weights },
        calibration && CALIBRATIONS[calibration],
      ),
    ],
  };
}

/** Flags for {@link someCreatorModel}: whether a row has what an answer needs. */
const FLAGS = ["bio_link", "following", "awg_engagement_rate", "created_at"] as const;

/**
 * A model of random weights that answers the two questions: over the preset `profile` and four flags, so that a row's evidence depends on
 * what is unknown of it. All nine kinds of evidence occur where bio_link, following, awg_engagement_rate and created_at are unknown here and there.
 */
export async function someCreatorModel(connection: DuckDBConnection, table: string): Promise<Model> {
  const steps = FLAGS.map((column) => step(missing, { column, output: `${column}_unknown` }));
  const preset = {
    ...presetNamed("profile"),
    name: "questions",
    steps: [...presetNamed("profile").steps, ...steps],
  };
  const base = await someModel(connection, table, { preset: "profile", hidden: [] });
  const pipeline = await fitPipeline(connection, preset, table);
  const answer = (
    question: Question,
    evidence: Answer["evidence"],
    needs: (typeof FLAGS)[number],
    features: readonly string[],
    seed: number,
  ): Answer => {
    const network = initialise(features.length, seed % 2 === 0 ? [] : [6], new Random(seed));
    const calibrations = [undefined, CALIBRATIONS.platt, CALIBRATIONS.beta, undefined];
    return {
      question,
      evidence,
      needs: `${needs}_unknown`,
      features,
      network:
        seed === 3
          ? { networks: [network, initialise(features.length, [6], new Random(9))], weights: [0.25, 0.75] }
          : network,
      calibration: calibrations[seed % 4],
    };
  };
  return {
    ...base,
    target: { name: "creator", expression: "true" },
    horizon: 30,
    pipeline,
    answers: [
      answer("still_posting", "posts", "bio_link", ["likes", "account_age", "followers"], 1),
      answer("well_answered", "rate", "awg_engagement_rate", ["likes_per_follower"], 2),
      answer("still_posting", "profile", "following", pipeline.names, 3),
      answer("well_answered", "profile", "created_at", ["videos", "is_verified"], 4),
    ],
    combinations: [
      { still_posting: "posts", well_answered: "rate", intercept: 0.1, slope: 1.2 },
      { still_posting: "posts", well_answered: "profile", intercept: -0.4, slope: 1.1 },
      { still_posting: "profile", well_answered: "rate", intercept: 0.3, slope: 0.6 },
      { still_posting: "profile", well_answered: "profile", intercept: -1, slope: 0.5 },
    ],
  };
}
