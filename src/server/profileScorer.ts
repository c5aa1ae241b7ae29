import type { Model } from "../bundle/model.ts";
import { createScorer } from "../bundle/score.ts";
import { createEvaluator } from "../features/evaluator.ts";
import type { ScoreRows } from "./scoring.ts";

/** Makes what gives single profiles their probability: the same as a file's profiles get, without a database. */
export function createProfileScorer(model: Pick<Model, "pipeline" | "network" | "calibration">): ScoreRows {
  const columns = model.pipeline.names.length;
  const evaluate = createEvaluator(model.pipeline);
  const score = createScorer(model);
  let x = new Float32Array(columns);
  return (profiles) => {
    if (profiles.length * columns > x.length) x = new Float32Array(profiles.length * columns);
    profiles.forEach((profile, i) => {
      evaluate(profile, x, i * columns);
    });
    return score(x, profiles.length);
  };
}
