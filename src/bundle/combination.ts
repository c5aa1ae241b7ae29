import { z } from "zod";
import { double } from "../features/dialect.ts";
import type { GraphBuilder } from "../onnx/graph.ts";

/** See {@link Combination}. */
export const combinationSchema = z.strictObject({
  still_posting: z.enum(["posts", "profile"]),
  well_answered: z.enum(["rate", "profile"]),
  intercept: z.number(),
  slope: z.number(),
});

/**
 * How the answers to the two questions become one probability, for one kind of evidence: Platt's scaling of their product,
 * logit p = intercept + slope logit(still_posting x well_answered).
 */
export type Combination = Readonly<z.infer<typeof combinationSchema>>;

/**
 * The logit of the product of two probabilities, of their logits a and b: -ln(e^-a + e^-b + e^-(a+b)), without overflow.
 *
 * @returns below both
 */
export function bothLogit(a: number, b: number): number {
  const most = Math.max(-a, -b, -a - b);
  return -(most + Math.log(Math.exp(-a - most) + Math.exp(-b - most) + Math.exp(-a - b - most)));
}

/**
 * The logit of the final probability.
 *
 * @param still logit of `still_posting`, calibrated
 * @param well logit of `well_answered`, calibrated
 */
export function combinedLogit({ intercept, slope }: Combination, still: number, well: number): number {
  return intercept + slope * bothLogit(still, well);
}

/** The largest of the terms of {@link bothLogit} as an SQL expression of two columns: the first of its two steps. */
export function bothMostSql(a: string, b: string): string {
  return `greatest(-${a}, -${b}, -${a} - ${b})`;
}

/** {@link bothLogit} as an SQL expression of two columns and of {@link bothMostSql}. */
export function bothSql(a: string, b: string, most: string): string {
  return `-(${most} + ln(exp(-${a} - ${most}) + exp(-${b} - ${most}) + exp(-${a} - ${b} - ${most})))`;
}

/** The logit of the final probability as an SQL expression of that of the product. */
export function combinedSql({ intercept, slope }: Combination, both: string): string {
  return `${double(intercept)} + ${double(slope)} * ${both}`;
}

/** {@link bothLogit} as a tensor of two others. */
export function bothOnnx(graph: GraphBuilder, a: string, b: string): string {
  const [minusA, minusB] = [a, b].map((logit) => graph.node("Neg", [logit]));
  const terms = [minusA, minusB, graph.node("Sub", [minusA, b])];
  const most = graph.node("Max", terms);
  const powers = terms.map((term) => graph.node("Exp", [graph.node("Sub", [term, most])]));
  const sum = powers.reduce((one, other) => graph.node("Add", [one, other]));
  return graph.node("Neg", [graph.node("Add", [most, graph.node("Log", [sum])])]);
}

/** The logit of the final probability as a tensor of that of the product. */
export function combinedOnnx(graph: GraphBuilder, { intercept, slope }: Combination, both: string): string {
  const times = graph.node("Mul", [graph.constant("double", [slope]), both]);
  return graph.node("Add", [graph.constant("double", [intercept]), times]);
}
