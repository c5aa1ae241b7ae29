import { z } from "zod";
import { NARROWEST, quantiles } from "../aggregates.ts";
import { type Dialect, DUCKDB, double } from "../dialect.ts";
import type { FeatureKind } from "../feature.ts";
import { type LogTerms, logInputs, logSumOnnx, logSumReader, logSumSql, logTerms } from "../logTerms.ts";
import { featureName } from "../profile.ts";

const params = z.strictObject({
  terms: logTerms,
  /** How many bins; each is a number, named after `output` and counted from 1. */
  bins: z.number().int().min(2).max(64),
  output: featureName,
});
const fitted = z.strictObject({
  /** The bins' edges, one more than bins, never falling: quantiles of the training rows at equal shares. */
  edges: z.array(z.number()).min(3),
  /** What an unknown value is taken to be: the training median, 0 where they know none. */
  center: z.number(),
});

type Params = z.infer<typeof params>;
type Fitted = z.infer<typeof fitted>;

/**
 * A count or ratio on a logarithmic scale, bin by bin: -1/2 below a bin, 1/2 above it, rising in a straight line inside
 * ("piecewise linear encoding": Gorishniy, Rubachev and Babenko, "On Embeddings for Numerical Features in Tabular Deep
 * Learning", 2022). With it a small network bends where the rows are, as trees do. An empty bin is 0 for every profile.
 */
export const logBins: FeatureKind<Params, Fitted> = {
  kind: "logBins",
  params,
  fitted,
  inputs: ({ terms }) => logInputs(terms),
  outputs: ({ output, bins }) => Array.from({ length: bins }, (_, i) => `${output}_${i + 1}`),
  async fit(aggregate, relation, { terms, bins }) {
    const shares = Array.from({ length: bins + 1 }, (_, i) => i / bins);
    const found = await quantiles(aggregate, relation, logSumSql(terms, DUCKDB), [0.5, ...shares]);
    const [center, ...edges] = found ?? [0, ...shares.map(() => 0)];
    return { center, edges };
  },
  sql: ({ terms }, { center, edges }, dialect) =>
    edges.slice(1).map((high, i) => binSql(terms, dialect, center, edges[i], high)),
  onnx({ terms }, { center, edges }, graph) {
    const sum = graph.orElse(logSumOnnx(terms, graph), center);
    const lows = edges.slice(0, -1);
    const spans = lows.map((low, i) => edges[i + 1] - low);
    const divisors = graph.row(spans.map((span) => (span > NARROWEST ? span : 1)));
    const shares = graph.clip(graph.node("Div", graph.node("Sub", sum, graph.row(lows)), divisors), 0, 1);
    const bins = graph.node("Sub", shares, graph.constant(0.5));
    if (spans.every((span) => span > NARROWEST)) return bins;
    return graph.node("Mul", bins, graph.row(spans.map((span) => (span > NARROWEST ? 1 : 0))));
  },
  twin({ terms }, { center, edges }) {
    const read = logSumReader(terms);
    return (profile, into, at) => {
      const known = read(profile);
      const sum = Number.isNaN(known) ? center : known;
      for (let i = 1; i < edges.length; i++) into[at + i - 1] = binOf(sum, edges[i - 1], edges[i]);
    };
  },
};

function binOf(sum: number, low: number, high: number): number {
  return high - low > NARROWEST ? Math.min(Math.max((sum - low) / (high - low), 0), 1) - 0.5 : 0;
}

function binSql(terms: LogTerms, dialect: Dialect, center: number, low: number, high: number): string {
  if (high - low <= NARROWEST) return double(0);
  const sum = `coalesce(${logSumSql(terms, dialect)}, ${double(center)})`;
  return `least(greatest((${sum} - ${double(low)}) / ${double(high - low)}, 0e0), 1e0) - 5e-1`;
}
