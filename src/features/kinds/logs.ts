import { z } from "zod";
import { DUCKDB, double } from "../dialect.ts";
import type { FeatureKind } from "../feature.ts";
import { logInputs, logSumOf, logSumOnnx, logSumSql, logTerms } from "../logTerms.ts";
import { featureName } from "../profile.ts";
import { NARROWEST, quantiles } from "../quantiles.ts";

const params = z.strictObject({ terms: logTerms, output: featureName });
const fitted = z.strictObject({
  /** Median of the training rows; 0 where they know none. */
  center: z.number(),
  /** Their deviation, from the 10th to the 90th percentile; 1 where these are the same. */
  scale: z.number().positive(),
});

type Params = z.infer<typeof params>;
type Fitted = z.infer<typeof fitted>;

/** Deviations at which a value is clipped: beyond it, how far does not matter. */
const CLIP = 3;

/** From the 10th to the 90th percentile of a normal distribution, in deviations: 2 x 1.2816. */
const NORMAL_SPREAD = 2.563_103_131_089_201;

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
    const found = await quantiles(aggregate, relation, logSumSql(terms, DUCKDB), [0.5, 0.1, 0.9]);
    const [center, low, high] = found ?? [0, 0, 0];
    return { center, scale: high - low > NARROWEST ? (high - low) / NORMAL_SPREAD : 1 };
  },
  sql({ terms }, { center, scale }, dialect) {
    const scaled = `(${logSumSql(terms, dialect)} - ${double(center)}) / ${double(scale)}`;
    return [`least(greatest(coalesce(${scaled}, 0e0), ${double(-CLIP)}), ${double(CLIP)})`];
  },
  onnx({ terms }, { center, scale }, graph) {
    const sum = graph.orElse(logSumOnnx(terms, graph), center);
    const centered = graph.node("Sub", sum, graph.constant(center));
    return graph.clip(graph.node("Div", centered, graph.constant(scale)), -CLIP, CLIP);
  },
  evaluate({ terms }, { center, scale }, profile) {
    const sum = logSumOf(terms, profile) ?? center;
    return [Math.min(Math.max((sum - center) / scale, -CLIP), CLIP)];
  },
};
