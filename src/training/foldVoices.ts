import { createEnsemblePredictor, type EnsemblePredictor } from "../network/predictor.ts";
import type { TrainedEnsemble } from "./trainEnsemble.ts";

/** Predictors of the folds' networks, one a fold, in the order of the folds. */
export function foldVoices({ validation }: Pick<TrainedEnsemble, "validation">): EnsemblePredictor[] {
  return validation.networks.map((networks) =>
    createEnsemblePredictor({ networks, weights: networks.map(() => 1 / networks.length) }),
  );
}
