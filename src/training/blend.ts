import { applyCalibration, fitPlatt } from "../evaluation/calibration.ts";
import { rankingMetrics } from "../evaluation/metrics.ts";

/** Shares that are tried. Few, so that rows are not learnt by heart through the choice. */
const SHARES = [0, 0.25, 0.5, 0.75, 1];

/**
 * How much the networks that see texts are to count, those that do not having the rest: the share with the lowest log loss
 * once calibrated. For some targets what a biography says matters, for others it is noise.
 *
 * @param seeing mean logits of the networks that see texts, a row each; of rows left out of their training
 * @param blind those of the networks that do not
 * @param labels 0 or 1, both present
 */
export function chooseTextShare(seeing: Float64Array, blind: Float64Array, labels: Uint8Array): number {
  const losses = SHARES.map((share) => {
    const logits = blended(seeing, blind, share);
    return rankingMetrics(labels, applyCalibration(fitPlatt(logits, labels), logits)).log_loss;
  });
  return SHARES[losses.indexOf(Math.min(...losses))];
}

/** Logits of both, by the share of those that see texts. */
export function blended(seeing: Float64Array, blind: Float64Array, share: number): Float64Array {
  return seeing.map((z, row) => share * z + (1 - share) * blind[row]);
}
