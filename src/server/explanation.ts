import { z } from "@hono/zod-openapi";
import type { Explanation } from "../explain/explanation.ts";
import { REASONS, reasonsOf } from "../shortlist/reasons.ts";

/** An explanation, as the API tells it. */
export const explanationSchema = z
  .object({
    logit: z.number(),
    base: z.number(),
    probability: z.number(),
    base_probability: z.number(),
    threshold: z.number(),
    active: z.boolean(),
    method: z.enum(["exact", "sampled"]),
    contributions: z.array(
      z.object({
        group: z.string(),
        features: z.array(z.string()),
        /** A share of the logit: above 0 it speaks for "active". */
        value: z.number(),
        error: z.number(),
        words: z.string(),
      }),
    ),
    reasons: z.array(z.string()),
  })
  .openapi("Explanation");

/** An explanation in the API's words. */
export function explanationFacts(explanation: Explanation): z.infer<typeof explanationSchema> {
  const { baseProbability, contributions, ...rest } = explanation;
  return {
    ...rest,
    base_probability: baseProbability,
    contributions: contributions.map((one) => ({ ...one, features: [...one.features] })),
    reasons: reasonsOf(explanation, REASONS),
  };
}
