import type { Model } from "../bundle/model.ts";
import { createScorer } from "../bundle/score.ts";
import { evaluatePipeline } from "../features/pipeline.ts";
import type { ScoreRows } from "./scoring.ts";

/** Makes what gives single profiles their probability: the same as a file's profiles get, without a database. */
export function createProfileScorer(model: Model): ScoreRows {
  const columns = model.pipeline.names.length;
  const score = createScorer(model);
  return (profiles) => {
    const x = new Float32Array(profiles.length * columns);
    profiles.forEach((profile, i) => {
      x.set(evaluatePipeline(model.pipeline, profile), i * columns);
    });
    return score(x, profiles.length);
  };
}
