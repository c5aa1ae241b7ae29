import { cholesky, choleskySolve, crossEntropy, sigmoid } from "../base/statistics.ts";

/** Newton steps at most; a dozen is what a hard case takes. */
const MOST_STEPS = 100;

/** Weight of the squared coefficients, per fit: keeps a separable set of rows from running to infinity. */
const RIDGE = 1e-6;

/**
 * Logistic regression by Newton's method with step halving, without an intercept of its own: give a column of ones.
 *
 * @param columns one array a coefficient, a value a row
 * @param goals one a row, 0 to 1
 * @returns a coefficient a column
 */
export function fitLogistic(columns: readonly ArrayLike<number>[], goals: ArrayLike<number>): number[] {
  const n = columns.length;
  let coefficients = columns.map(() => 0);
  let loss = lossOf(columns, goals, coefficients);
  for (let step = 0; step < MOST_STEPS; step++) {
    const gradient = coefficients.map((value) => -RIDGE * value);
    const hessian = new Float64Array(n * n);
    for (let i = 0; i < n; i++) hessian[i * n + i] = RIDGE;
    for (let row = 0; row < goals.length; row++) {
      const p = sigmoid(sumAt(columns, coefficients, row));
      for (let i = 0; i < n; i++) {
        gradient[i] += (goals[row] - p) * columns[i][row];
        for (let j = 0; j < n; j++) hessian[i * n + j] += p * (1 - p) * columns[i][row] * columns[j][row];
      }
    }
    const move = choleskySolve(cholesky(hessian, n), gradient);
    let share = 1;
    let next = coefficients;
    let nextLoss = Number.POSITIVE_INFINITY;
    while (share > 1e-6 && !(nextLoss <= loss)) {
      next = coefficients.map((value, i) => value + share * move[i]);
      nextLoss = lossOf(columns, goals, next);
      share /= 2;
    }
    if (!(nextLoss < loss - 1e-12 * Math.abs(loss))) return coefficients;
    coefficients = next;
    loss = nextLoss;
  }
  return coefficients;
}

function sumAt(columns: readonly ArrayLike<number>[], coefficients: readonly number[], row: number): number {
  let sum = 0;
  for (let i = 0; i < columns.length; i++) sum += coefficients[i] * columns[i][row];
  return sum;
}

function lossOf(
  columns: readonly ArrayLike<number>[],
  goals: ArrayLike<number>,
  coefficients: number[],
): number {
  let loss = 0;
  for (const value of coefficients) loss += (RIDGE / 2) * value * value;
  for (let row = 0; row < goals.length; row++)
    loss += crossEntropy(sumAt(columns, coefficients, row), goals[row]);
  return loss;
}
