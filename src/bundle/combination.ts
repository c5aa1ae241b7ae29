import { z } from "zod";
import { double } from "../features/dialect.ts";
import type { GraphBuilder } from "../onnx/graph.ts";

/** See {@link Combination}. */
export const combinationSchema = z.strictObject({
  still_posting: z.enum(["posts", "profile"]),
  well_answered: z.enum(["rate", "profile"]),
  intercept: z.number(),
  still: z.number(),
  well: z.number(),
});

/**
 * How the answers to the two questions become one probability, for one kind of evidence:
 * logit p = intercept + still logit(still_posting) + well logit(well_answered).
 */
export type Combination = Readonly<z.infer<typeof combinationSchema>>;

/**
 * The logit of the final probability.
 *
 * @param still logit of `still_posting`, calibrated
 * @param well logit of `well_answered`, calibrated
 */
export function combinedLogit(combination: Combination, still: number, well: number): number {
  return combination.intercept + combination.still * still + combination.well * well;
}

/** {@link combinedLogit} as an SQL expression of two columns. */
export function combinedSql(
  { intercept, still, well }: Combination,
  stillLogit: string,
  wellLogit: string,
): string {
  return `${double(intercept)} + ${double(still)} * ${stillLogit} + ${double(well)} * ${wellLogit}`;
}

/** {@link combinedLogit} as a tensor of two others. */
export function combinedOnnx(
  graph: GraphBuilder,
  { intercept, still, well }: Combination,
  stillLogit: string,
  wellLogit: string,
): string {
  const times = (factor: number, logit: string) =>
    graph.node("Mul", [graph.constant("double", [factor]), logit]);
  const sum = graph.node("Add", [graph.constant("double", [intercept]), times(still, stillLogit)]);
  return graph.node("Add", [sum, times(well, wellLogit)]);
}
