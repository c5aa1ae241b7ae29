import { z } from "zod";
import { medians, orElse } from "../aggregates.ts";
import { double } from "../dialect.ts";
import type { FeatureKind } from "../feature.ts";
import { featureName, numberReader, numberSql, numericName } from "../profile.ts";

const params = z.strictObject({
  numerator: numericName,
  denominator: numericName,
  /** Added to the denominator, so that a count of 0 can be divided by. */
  epsilon: z.number().positive(),
  output: featureName,
});
const fitted = z.strictObject({
  /** What an unknown ratio is taken to be: the median of the training rows, 0 where they know none. */
  imputed: z.number(),
});

type Params = z.infer<typeof params>;

/**
 * numerator / (denominator + epsilon). Unknown where either column is, or where the denominator is negative (it would
 * meet -epsilon); unknown ratios are imputed with the training median.
 */
export const ratio: FeatureKind<Params, z.infer<typeof fitted>> = {
  kind: "ratio",
  params,
  fitted,
  inputs: ({ numerator, denominator }) => [numerator, denominator],
  outputs: ({ output }) => [output],
  async fit(aggregate, relation, params) {
    const [imputed] = await medians(aggregate, relation, [known(params)]);
    return { imputed };
  },
  sql: (params, { imputed }) => [orElse(known(params), imputed)],
  onnx({ numerator, denominator, epsilon }, { imputed }, graph) {
    const under = graph.number(denominator);
    const quotient = graph.node(
      "Div",
      graph.number(numerator),
      graph.node("Add", under, graph.constant(epsilon)),
    );
    const known = graph.node("GreaterOrEqual", under, graph.constant(0));
    return graph.orElse(graph.where(known, quotient, graph.constant(Number.NaN)), imputed);
  },
  twin({ numerator, denominator, epsilon }, { imputed }) {
    const [over, under] = [numberReader(numerator), numberReader(denominator)];
    return (profile, into, at) => {
      const divisor = under(profile);
      const quotient = divisor >= 0 ? over(profile) / (divisor + epsilon) : Number.NaN;
      into[at] = Number.isNaN(quotient) ? imputed : quotient;
    };
  },
};

function known({ numerator, denominator, epsilon }: Params): string {
  const under = numberSql(denominator);
  return `CASE WHEN ${denominator} >= 0 THEN ${numberSql(numerator)} / (${under} + ${double(epsilon)}) END`;
}
