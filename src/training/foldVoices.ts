import { createEnsemblePredictor, type EnsemblePredictor } from "../network/predictor.ts";
import type { TrainedEnsemble } from "./trainEnsemble.ts";

/** Predictors of the folds' networks, one a fold, in the order of the folds; each counts as it does among all of them. */
export function foldVoices({
  ensemble,
  validation,
}: Pick<TrainedEnsemble, "ensemble" | "validation">): EnsemblePredictor[] {
  let from = 0;
  return validation.networks.map((networks) => {
    const weights = ensemble.weights.slice(from, from + networks.length);
    from += networks.length;
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return createEnsemblePredictor({ networks, weights: weights.map((weight) => weight / total) });
  });
}
