import { cholesky, choleskySolve, crossEntropy, sigmoid } from "../base/statistics.ts";

/** logit p = coefficients . x + intercept. */
export interface LogisticRegression {
  /** One a column. */
  readonly coefficients: number[];
  readonly intercept: number;
}

/** How to fit. */
export interface LogisticOptions {
  /** How much each row counts, one a row, not below 0; 1 unless told. */
  readonly weights?: ArrayLike<number> | undefined;
  /**
   * Weight of half the squared coefficients beside the sum of the rows' losses: 1 / C of scikit-learn. At least
   * {@link LEAST_L2}, which is what holds unless told.
   */
  readonly l2?: number | undefined;
}

/** The intercept has this penalty always: it keeps rows that can be told apart, or are all alike, from running to infinity. */
export const LEAST_L2 = 1e-6;

/** Newton steps at most; a dozen is what a hard case takes. */
const MOST_STEPS = 100;

/**
 * Logistic regression with an L2 penalty, by Newton's method (iteratively reweighted least squares) with step halving. The
 * loss is convex, so that there is one answer; the same rows in the same order give the same bits. A column that others
 * explain does no harm.
 *
 * @param columns one array a column, a finite value a row
 * @param goals one a row, 0 to 1
 */
export function fitLogisticRegression(
  columns: readonly ArrayLike<number>[],
  goals: ArrayLike<number>,
  { weights, l2 = LEAST_L2 }: LogisticOptions = {},
): LogisticRegression {
  const rows = goals.length;
  // The intercept is the coefficient of a column of ones.
  const design = [...columns, new Float64Array(rows).fill(1)];
  const size = design.length;
  const penalties = design.map((_, i) => (i < columns.length ? Math.max(l2, LEAST_L2) : LEAST_L2));
  const logitOf = (at: readonly number[], row: number) => {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += at[i] * design[i][row];
    return sum;
  };
  const lossAt = (at: readonly number[]) => {
    let loss = at.reduce((sum, value, i) => sum + (penalties[i] / 2) * value * value, 0);
    for (let row = 0; row < rows; row++)
      loss += (weights?.[row] ?? 1) * crossEntropy(logitOf(at, row), goals[row]);
    return loss;
  };
  let found = penalties.map(() => 0);
  let loss = lossAt(found);
  for (let step = 0; step < MOST_STEPS; step++) {
    const gradient = found.map((value, i) => -penalties[i] * value);
    const hessian = new Float64Array(size * size);
    for (let i = 0; i < size; i++) hessian[i * size + i] = penalties[i];
    for (let row = 0; row < rows; row++) {
      const weight = weights?.[row] ?? 1;
      const p = sigmoid(logitOf(found, row));
      const error = weight * (goals[row] - p);
      const curvature = weight * p * (1 - p);
      for (let i = 0; i < size; i++) {
        const value = design[i][row];
        gradient[i] += error * value;
        for (let j = 0; j <= i; j++) hessian[i * size + j] += curvature * value * design[j][row];
      }
    }
    const move = choleskySolve(cholesky(hessian, size), gradient);
    let share = 1;
    let next = found;
    let nextLoss = Number.POSITIVE_INFINITY;
    while (share > 1e-6 && !(nextLoss <= loss)) {
      next = found.map((value, i) => value + share * move[i]);
      nextLoss = lossAt(next);
      share /= 2;
    }
    if (!(nextLoss < loss - 1e-12 * Math.abs(loss))) break;
    found = next;
    loss = nextLoss;
  }
  return { coefficients: found.slice(0, -1), intercept: found[size - 1] };
}
