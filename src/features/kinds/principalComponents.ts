import { z } from "zod";
import { type Dialect, DUCKDB, double } from "../dialect.ts";
import { symmetricEigen } from "../eigen.ts";
import type { Aggregate, FeatureKind } from "../feature.ts";
import type { FeatureGraph } from "../featureGraph.ts";
import { ln1p, logSumOf, logSumOnnx, logSumSql } from "../logTerms.ts";
import { medians, orElse } from "../median.ts";
import { moments } from "../moments.ts";
import { numberOf, numberSql } from "../number.ts";
import { type CanonicalProfile, featureName, type NumericName, numericName } from "../profile.ts";
import { CLIP, clip, clipSql, robustScale } from "../quantiles.ts";

const params = z
  .strictObject({
    columns: z.array(numericName).min(2),
    /**
     * Of ln(1 + count) instead of the counts themselves, and robustly: standardised by quantiles, and clipped with what comes
     * of it at three deviations. The components are then scaled to a variance of 1.
     */
    logarithms: z.literal(true).optional(),
    /** A name for each component, the one of most variance first. */
    outputs: z.array(featureName),
  })
  .refine(({ columns, outputs }) => columns.length === outputs.length, "expected one output a column");

const fitted = z.strictObject({
  /** What an unknown value of each column is taken to be: the median of the training rows, 0 where they know none. */
  imputed: z.array(z.number()),
  /** Means; of logarithms, medians. */
  mean: z.array(z.number()),
  /** Population standard deviations; 1 for a constant column, as in scikit-learn. Of logarithms, by quantiles. */
  scale: z.array(z.number()),
  /** One component a row, a weight for each column. */
  components: z.array(z.array(z.number())),
  /** Variance of each component over the training rows, divided by rows - 1, as scikit-learn's PCA gives it. */
  explainedVariance: z.array(z.number()),
});

type Params = z.infer<typeof params>;
type Fitted = z.infer<typeof fitted>;
type Standards = Pick<Fitted, "imputed" | "mean" | "scale">;

/** A component of less variance than this is left as it is: it would be made of nothing but the last digits. */
const LEAST_VARIANCE = 1e-6;

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
  fit: (aggregate, relation, params) =>
    params.logarithms ? fitLogarithms(aggregate, relation, params) : fitColumns(aggregate, relation, params),
  sql({ columns, logarithms }, fitted, dialect) {
    const standardised = columns.map((column, i) => standardisedSql(column, i, logarithms, fitted, dialect));
    return fitted.components.map((weights) => {
      const sum = weights.map((weight, i) => `${double(weight)} * (${standardised[i]})`).join(" + ");
      return logarithms ? clipSql(sum) : sum;
    });
  },
  onnx({ columns, logarithms }, fitted, graph) {
    const standardised = columns.map((column, i) => standardisedOnnx(column, i, logarithms, fitted, graph));
    return graph.beside(
      fitted.components.map((weights) => {
        const terms = weights.map((weight, i) => graph.node("Mul", graph.constant(weight), standardised[i]));
        return logarithms ? graph.clip(graph.sum(terms), -CLIP, CLIP) : graph.sum(terms);
      }),
    );
  },
  ofLogs({ columns, logarithms }, { imputed, mean, scale, components }, placeOf) {
    if (!logarithms) return undefined;
    const places = columns.map((column) => placeOf([ln1p(column)]));
    const standardised = new Float64Array(columns.length);
    return (sums, into, at) => {
      for (let i = 0; i < places.length; i++) {
        const sum = sums[places[i]];
        standardised[i] = clip(((Number.isNaN(sum) ? imputed[i] : sum) - mean[i]) / scale[i]);
      }
      for (let i = 0; i < components.length; i++) into[at + i] = clip(weighted(components[i], standardised));
    };
  },
  evaluate({ columns, logarithms }, fitted, profile) {
    const standardised = columns.map((column, i) => standardisedOf(column, i, logarithms, fitted, profile));
    return fitted.components.map((weights) => {
      const sum = weighted(weights, standardised);
      return logarithms ? clip(sum) : sum;
    });
  },
};

async function fitColumns(aggregate: Aggregate, relation: string, { columns }: Params): Promise<Fitted> {
  const raw = columns.map(numberSql);
  const imputed = await medians(aggregate, relation, raw);
  const { rows, mean, covariance } = await moments(
    aggregate,
    relation,
    raw.map((expression, i) => orElse(expression, imputed[i])),
  );
  const scale = covariance.map((row, i) => Math.sqrt(Math.max(row[i], 0)) || 1);
  const correlation = covariance.map((row, i) => row.map((value, j) => value / (scale[i] * scale[j])));
  const { values, vectors } = symmetricEigen(correlation);
  return {
    imputed,
    mean,
    scale,
    components: vectors,
    explainedVariance: unbiased(values, rows),
  };
}

async function fitLogarithms(aggregate: Aggregate, relation: string, { columns }: Params): Promise<Fitted> {
  const found = [];
  for (const column of columns) {
    found.push(await robustScale(aggregate, relation, logSumSql([ln1p(column)], DUCKDB)));
  }
  const center = found.map((one) => one.center);
  const standards = { imputed: center, mean: center, scale: found.map(({ scale }) => scale) };
  const standardised = columns.map((column, i) => standardisedSql(column, i, true, standards, DUCKDB));
  const { rows, covariance } = await moments(aggregate, relation, standardised);
  const { values, vectors } = symmetricEigen(covariance);
  const components = vectors.map((weights, i) => {
    const deviation = values[i] > LEAST_VARIANCE ? Math.sqrt(values[i]) : 1;
    return weights.map((weight) => weight / deviation);
  });
  return { ...standards, components, explainedVariance: unbiased(values, rows) };
}

function unbiased(variances: readonly number[], rows: number): number[] {
  return variances.map((value) => (Math.max(value, 0) * rows) / Math.max(rows - 1, 1));
}

function weighted(weights: readonly number[], values: ArrayLike<number>): number {
  let sum = weights[0] * values[0];
  for (let i = 1; i < weights.length; i++) sum += weights[i] * values[i];
  return sum;
}

function standardisedSql(
  column: NumericName,
  i: number,
  logarithms: true | undefined,
  { imputed, mean, scale }: Standards,
  dialect: Dialect,
): string {
  const raw = logarithms ? logSumSql([ln1p(column)], dialect) : numberSql(column);
  const value = `(${orElse(raw, imputed[i])} - ${double(mean[i])}) / ${double(scale[i])}`;
  return logarithms ? clipSql(value) : value;
}

function standardisedOnnx(
  column: NumericName,
  i: number,
  logarithms: true | undefined,
  { imputed, mean, scale }: Standards,
  graph: FeatureGraph,
): string {
  const raw = logarithms ? logSumOnnx([ln1p(column)], graph) : graph.number(column);
  const deviation = graph.node("Sub", graph.orElse(raw, imputed[i]), graph.constant(mean[i]));
  const value = graph.node("Div", deviation, graph.constant(scale[i]));
  return logarithms ? graph.clip(value, -CLIP, CLIP) : value;
}

function standardisedOf(
  column: NumericName,
  i: number,
  logarithms: true | undefined,
  { imputed, mean, scale }: Standards,
  profile: Partial<CanonicalProfile>,
): number {
  const raw = logarithms ? logSumOf([ln1p(column)], profile) : numberOf(column, profile);
  const value = ((raw ?? imputed[i]) - mean[i]) / scale[i];
  return logarithms ? clip(value) : value;
}
