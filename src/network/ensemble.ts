import { InsightsError } from "../error.ts";
import type { Network } from "./network.ts";
import { createPredictor } from "./predictor.ts";

/** Networks over the same features whose logits are averaged. */
export interface Ensemble {
  /** At least one. */
  readonly networks: readonly Network[];
  /** How much each counts: as many, none below 0, adding up to 1. */
  readonly weights: readonly number[];
}

/** An ensemble ready to score. */
export interface EnsemblePredictor {
  /** Number of features a row. */
  readonly inputs: number;
  /** One logit a row: the mean of the networks'. `x` holds the features row by row. */
  logits(x: Float32Array, rows: number): Float64Array;
}

/**
 * Makes a predictor of an ensemble.
 *
 * @throws InsightsError where it is empty, or its networks take different numbers of features
 */
export function createEnsemblePredictor({ networks, weights }: Ensemble): EnsemblePredictor {
  if (networks.length === 0) throw new InsightsError("invalid ensemble: no networks");
  const [{ inputs }] = networks;
  const odd = networks.find((network) => network.inputs !== inputs);
  if (odd !== undefined) {
    throw new InsightsError(`invalid ensemble: networks of ${inputs} and of ${odd.inputs} features`);
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (
    weights.length !== networks.length ||
    !weights.every((weight) => weight >= 0) ||
    Math.abs(total - 1) > 1e-9
  ) {
    throw new InsightsError(
      `invalid ensemble: ${weights.length} weights of ${total} in all for ${networks.length} networks`,
    );
  }
  // Networks that do not count need not run.
  const counted = networks.flatMap((_, i) => (weights[i] > 0 ? [i] : []));
  const predictors = counted.map((i) => createPredictor(networks[i]));
  return {
    inputs,
    logits(x, rows) {
      const sum = new Float64Array(rows);
      predictors.forEach((predictor, i) => {
        const weight = weights[counted[i]];
        predictor.logits(x, rows).forEach((z, row) => {
          sum[row] += weight * z;
        });
      });
      return sum;
    },
  };
}
