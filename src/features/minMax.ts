import { z } from "zod";
import { double } from "./dialect.ts";
import type { FeatureGraph } from "./featureGraph.ts";

/** Smallest and largest value of each feature over the training rows. */
export const minMaxSchema = z.strictObject({ min: z.array(z.number()), max: z.array(z.number()) });

/**
 * Bound of a scaled value, far outside anything real. A feature that hardly varied in training can put a new profile
 * beyond what the network's 32-bit numbers hold; infinity there would end as "not a number".
 */
export const LARGEST_SCALED = 1e30;

/**
 * Min-max scaling: the training range becomes 0..1. Values outside it are not clipped (scikit-learn's default, and the
 * study's). A feature that was constant in training says nothing and is 0 for every profile.
 *
 * @param expression a DOUBLE expression, never NULL
 */
export function minMaxSql(expression: string, min: number, max: number): string {
  if (max <= min) return double(0);
  const scaled = `((${expression}) - ${double(min)}) / ${double(max - min)}`;
  return `least(greatest(${scaled}, ${double(-LARGEST_SCALED)}), ${double(LARGEST_SCALED)})`;
}

/**
 * The same of a tensor.
 *
 * @param features of shape [rows, features], never NaN
 */
export function minMaxOnnx(
  features: string,
  min: readonly number[],
  max: readonly number[],
  graph: FeatureGraph,
): string {
  const spans = max.map((high, i) => high - min[i]);
  const divisors = graph.row(spans.map((span) => (span > 0 ? span : 1)));
  const scaled = graph.node("Div", graph.node("Sub", features, graph.row(min)), divisors);
  const clipped = graph.clip(scaled, -LARGEST_SCALED, LARGEST_SCALED);
  if (spans.every((span) => span > 0)) return clipped;
  return graph.node("Mul", clipped, graph.row(spans.map((span) => (span > 0 ? 1 : 0))));
}

/** What `minMaxSql` gives, of one value in TypeScript. */
export function minMax(value: number, min: number, max: number): number {
  if (max <= min) return 0;
  return Math.min(Math.max((value - min) / (max - min), -LARGEST_SCALED), LARGEST_SCALED);
}
