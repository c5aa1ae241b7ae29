import { z } from "zod";
import { medians, moments, orElse } from "../aggregates.ts";
import { double } from "../dialect.ts";
import type { FeatureKind } from "../feature.ts";
import { featureName, numberReader, numberSql, numericName } from "../profile.ts";

const params = z
  .strictObject({
    columns: z.array(numericName).min(2),
    /** A name for each component, the one of most variance first. */
    outputs: z.array(featureName),
  })
  .refine(({ columns, outputs }) => columns.length === outputs.length, "expected one output a column");

const fitted = z.strictObject({
  /** What an unknown value of each column is taken to be: the median of the training rows, 0 where they know none. */
  imputed: z.array(z.number()),
  mean: z.array(z.number()),
  /** Population standard deviations; 1 for a constant column, as in scikit-learn. */
  scale: z.array(z.number()),
  /** One component a row, a weight for each column. */
  components: z.array(z.array(z.number())),
  /** Variance of each component over the training rows, divided by rows - 1, as scikit-learn's PCA gives it. */
  explainedVariance: z.array(z.number()),
});

type Params = z.infer<typeof params>;
type Fitted = z.infer<typeof fitted>;

/**
 * Principal components of standardised columns: the eigenvectors of their correlation matrix. Each column is imputed
 * with its training median, less its mean, divided by its population deviation.
 *
 * A component's sign is arbitrary. Here its largest weight is positive, the first of them where several are equal
 * (`symmetricEigen`); another program may give the mirror image, which after min-max scaling is 1 - x.
 */
export const principalComponents: FeatureKind<Params, Fitted> = {
  kind: "principalComponents",
  params,
  fitted,
  inputs: ({ columns }) => columns,
  outputs: ({ outputs }) => outputs,
  async fit(aggregate, relation, { columns }) {
    const raw = columns.map(numberSql);
    const imputed = await medians(aggregate, relation, raw);
    const known = raw.map((expression, i) => orElse(expression, imputed[i]));
    const { rows, mean, covariance } = await moments(aggregate, relation, known);
    const scale = covariance.map((row, i) => Math.sqrt(Math.max(row[i], 0)) || 1);
    const correlation = covariance.map((row, i) => row.map((value, j) => value / (scale[i] * scale[j])));
    const { values, vectors } = symmetricEigen(correlation);
    const explainedVariance = values.map((value) => (Math.max(value, 0) * rows) / Math.max(rows - 1, 1));
    return { imputed, mean, scale, components: vectors, explainedVariance };
  },
  sql({ columns }, { imputed, mean, scale, components }) {
    const standardised = columns.map(
      (column, i) => `(${orElse(numberSql(column), imputed[i])} - ${double(mean[i])}) / ${double(scale[i])}`,
    );
    return components.map((weights) =>
      weights.map((weight, i) => `${double(weight)} * (${standardised[i]})`).join(" + "),
    );
  },
  onnx({ columns }, { imputed, mean, scale, components }, graph) {
    const standardised = columns.map((column, i) => {
      const deviation = graph.node(
        "Sub",
        graph.orElse(graph.number(column), imputed[i]),
        graph.constant(mean[i]),
      );
      return graph.node("Div", deviation, graph.constant(scale[i]));
    });
    return graph.beside(
      components.map((weights) =>
        graph.sum(weights.map((weight, i) => graph.node("Mul", graph.constant(weight), standardised[i]))),
      ),
    );
  },
  twin({ columns }, { imputed, mean, scale, components }) {
    const read = columns.map(numberReader);
    const standardised = new Float64Array(columns.length);
    return (profile, into, at) => {
      for (let i = 0; i < read.length; i++) {
        const value = read[i](profile);
        standardised[i] = ((Number.isNaN(value) ? imputed[i] : value) - mean[i]) / scale[i];
      }
      components.forEach((weights, component) => {
        let sum = 0;
        for (let i = 0; i < weights.length; i++) sum += weights[i] * standardised[i];
        into[at + component] = sum;
      });
    };
  },
};

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
