/** Eigenvalues, largest first, and the eigenvector (length 1) of each. */
export interface Eigen {
  readonly values: number[];
  readonly vectors: number[][];
}

const MOST_SWEEPS = 64;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's method: rotate each pair of axes until nothing is left
 * off the diagonal (Golub and Van Loan, "Matrix Computations", algorithm 8.5.2). Small, exact to the last digits, and the
 * same on every machine, which is what a handful of columns asks for.
 *
 * An eigenvector's sign is arbitrary. Here the entry of largest size is positive; of entries within one part in 10^6 of
 * the largest, the first one. Equal eigenvalues keep the order of their axes.
 *
 * @param matrix square and symmetric, finite
 */
export function symmetricEigen(matrix: readonly (readonly number[])[]): Eigen {
  const n = matrix.length;
  const a = matrix.map((row) => [...row]);
  const v = a.map((_, i) => a.map((__, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let rotated = false;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) rotated = rotate(a, v, p, q) || rotated;
    }
    if (!rotated) break;
  }
  const order = a.map((_, i) => i).sort((i, j) => a[j][j] - a[i][i] || i - j);
  return {
    values: order.map((i) => a[i][i]),
    vectors: order.map((i) => signed(v.map((row) => row[i]))),
  };
}

/** Turns axes p and q so that a[p][q] becomes 0. False when it already is, to the precision of the diagonal. */
function rotate(a: number[][], v: number[][], p: number, q: number): boolean {
  const off = a[p][q];
  if (Math.abs(off) <= Number.EPSILON * 2 ** -10 * Math.sqrt(Math.abs(a[p][p] * a[q][q]))) return false;
  const theta = (a[q][q] - a[p][p]) / (2 * off);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (const row of a) turn(row, p, q, c, s);
  const rowP = a[p];
  const rowQ = a[q];
  for (let k = 0; k < a.length; k++) {
    const [left, right] = [rowP[k], rowQ[k]];
    rowP[k] = c * left - s * right;
    rowQ[k] = s * left + c * right;
  }
  a[p][q] = 0;
  a[q][p] = 0;
  for (const row of v) turn(row, p, q, c, s);
  return true;
}

function turn(row: number[], p: number, q: number, c: number, s: number): void {
  const [left, right] = [row[p], row[q]];
  row[p] = c * left - s * right;
  row[q] = s * left + c * right;
}

function signed(vector: number[]): number[] {
  const largest = Math.max(...vector.map(Math.abs));
  const first = vector.find((entry) => Math.abs(entry) >= largest * (1 - 1e-6)) ?? 1;
  return first < 0 ? vector.map((entry) => -entry) : vector;
}
