import { z } from "zod";
import { CLIP, clip, clipSql, robustScale } from "../aggregates.ts";
import { DUCKDB, double } from "../dialect.ts";
import type { FeatureKind } from "../feature.ts";
import { logInputs, logSumOnnx, logSumReader, logSumSql, logTerms } from "../logTerms.ts";
import { featureName } from "../profile.ts";

const params = z.strictObject({ terms: logTerms, output: featureName });
const fitted = z.strictObject({
  /** Median of the training rows; 0 where they know none. */
  center: z.number(),
  /** Their deviation, from the 10th to the 90th percentile; 1 where these are the same. */
  scale: z.number().positive(),
});

type Params = z.infer<typeof params>;
type Fitted = z.infer<typeof fitted>;

/**
 * A count, a ratio or a product of counts on a logarithmic scale: less the training median, divided by the deviation, clipped
 * at three deviations. Both come from quantiles, so that no single star moves them. Unknown is as the median: 0.
 */
export const logs: FeatureKind<Params, Fitted> = {
  kind: "logs",
  params,
  fitted,
  inputs: ({ terms }) => logInputs(terms),
  outputs: ({ output }) => [output],
  async fit(aggregate, relation, { terms }) {
    return robustScale(aggregate, relation, logSumSql(terms, DUCKDB));
  },
  sql({ terms }, { center, scale }, dialect) {
    const scaled = `(${logSumSql(terms, dialect)} - ${double(center)}) / ${double(scale)}`;
    return [clipSql(`coalesce(${scaled}, 0e0)`)];
  },
  onnx({ terms }, { center, scale }, graph) {
    const sum = graph.orElse(logSumOnnx(terms, graph), center);
    const centered = graph.node("Sub", sum, graph.constant(center));
    return graph.clip(graph.node("Div", centered, graph.constant(scale)), -CLIP, CLIP);
  },
  twin({ terms }, { center, scale }) {
    const read = logSumReader(terms);
    return (profile, into, at) => {
      const sum = read(profile);
      into[at] = Number.isNaN(sum) ? 0 : clip((sum - center) / scale);
    };
  },
};
