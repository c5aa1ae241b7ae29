import { normalProbability } from "./arithmetic.ts";
import type { Draw } from "./draw.ts";
import { CORRELATIONS } from "./population.ts";

/** The lower triangular L with L L' = matrix, by Cholesky's method: independent normal numbers times L are correlated. */
function lowerTriangle(matrix: readonly (readonly number[])[]): number[][] {
  const lower: number[][] = [];
  for (let i = 0; i < matrix.length; i++) {
    lower.push([]);
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i][j];
      for (let k = 0; k < j; k++) rest -= lower[i][k] * lower[j][k];
      lower[i].push(i === j ? Math.sqrt(rest) : rest / lower[j][j]);
    }
  }
  return lower;
}

const LOWER = lowerTriangle(CORRELATIONS);
const independent = new Float64Array(LOWER.length);
const probabilities = new Float64Array(LOWER.length);

/**
 * Draws the probabilities at which a profile stands in its nine conditional tables: a Gaussian copula with the measured
 * correlations.
 *
 * @returns nine numbers in 0..1 in the order of `CORRELATIONS`; the array is overwritten by the next call
 */
export function drawProbabilities(draw: Draw): Float64Array {
  for (let i = 0; i < LOWER.length; i++) {
    independent[i] = draw.normal();
    let z = 0;
    for (let j = 0; j <= i; j++) z += LOWER[i][j] * independent[j];
    probabilities[i] = normalProbability(z);
  }
  return probabilities;
}
