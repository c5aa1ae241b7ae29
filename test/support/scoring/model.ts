import { Random } from "../../../src/base/random.ts";
import { targetAnswer } from "../../../src/bundle/answers.ts";
import type { Model } from "../../../src/bundle/model.ts";
import { fitPipeline } from "../../../src/features/pipeline.ts";
import { initialise } from "../../../src/network/network.ts";
import { readProfiles } from "../../../src/profiles/read.ts";

/** A model with features fitted to a file and a network that has learnt nothing. */
export async function untrainedModel(file: string, preset = "original"): Promise<Model> {
  const profiles = await readProfiles(file);
  try {
    const pipeline = await fitPipeline(profiles.connection, preset, profiles.table);
    return {
      created_at: "2024-01-02T03:04:05Z",
      versions: { influencer_insights: "0.0.0", node: "20", duckdb: "1" },
      seed: 1,
      data: { file: "sample.csv", fingerprint: "0".repeat(64), rows: profiles.rows },
      target: { name: "engagement", expression: "awg_engagement_rate > 0.05" },
      threshold: 0.5,
      pipeline,
      answers: [
        targetAnswer(pipeline, initialise(pipeline.names.length, [8, 8], new Random(5)), {
          method: "platt",
          slope: 3,
          intercept: 0.1,
        }),
      ],
    };
  } finally {
    await profiles.close();
  }
}
