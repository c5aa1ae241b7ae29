import { z } from "zod";
import { double } from "./dialect.ts";
import type { FeatureGraph } from "./featureGraph.ts";

/** Where the middle of a number is over the training rows, and how far it spreads. */
export const standard = z.strictObject({
  /** Median of the training rows; 0 where they know none. */
  center: z.number(),
  /** Their deviation, from the 10th to the 90th percentile; 1 where these are the same. */
  scale: z.number().positive(),
});

/** A middle and a spread. */
export type Standard = z.infer<typeof standard>;

/** From the 10th to the 90th percentile of a normal distribution, in deviations: 2 x 1.2816. */
const NORMAL_SPREAD = 2.563_103_131_089_201;

/**
 * Logarithms closer together than this are as good as the same: a thousandth more or less of a count. Dividing by less would
 * blow up the last digits, in which engines differ.
 */
const NARROWEST = 1e-3;

/** Deviations at which a standardised number is clipped: beyond it, how far does not matter. */
const CLIP = 3;

/** The aggregate of an expression that {@link standardOf} takes. */
export function quantilesSql(expression: string): string {
  return `quantile_cont(${expression}, [0.1, 0.5, 0.9])`;
}

/** What is learnt from the quantiles of some rows; from null where none of them knows the number. */
export function standardOf(quantiles: unknown): Standard {
  const [low = 0, median = 0, high = 0] = ((quantiles ?? []) as unknown[]).map(Number);
  const spread = high - low;
  return { center: median, scale: spread > NARROWEST ? spread / NORMAL_SPREAD : 1 };
}

/**
 * A number less the training median, divided by the deviation, clipped at three deviations. Both come from quantiles, so that no
 * single star moves them. Unknown is as the median: 0.
 *
 * @param number an expression of DOUBLE, NULL where unknown
 */
export function standardSql(number: string, { center, scale }: Standard): string {
  const scaled = `(${number} - ${double(center)}) / ${double(scale)}`;
  return `least(greatest(coalesce(${scaled}, 0e0), ${double(-CLIP)}), ${double(CLIP)})`;
}

/** The same of a tensor, NaN where unknown. */
export function standardOnnx(number: string, { center, scale }: Standard, graph: FeatureGraph): string {
  const centered = graph.node("Sub", graph.orElse(number, center), graph.constant(center));
  return graph.clip(graph.node("Div", centered, graph.constant(scale)), -CLIP, CLIP);
}

/** The same of one number, NaN where unknown. */
export function standardised(number: number, { center, scale }: Standard): number {
  return Number.isNaN(number) ? 0 : Math.min(Math.max((number - center) / scale, -CLIP), CLIP);
}
