import { z } from "zod";
import { medians, moments, orElse } from "../aggregates.ts";
import { double } from "../dialect.ts";
import { symmetricEigen } from "../eigen.ts";
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
