import { z } from "@hono/zod-openapi";
import { asksQuestions, ensembleOf } from "../bundle/answers.ts";
import type { Model } from "../bundle/model.ts";

/** What is known of a model, for whoever asks the server. */
export const modelSchema = z
  .object({
    target: z.object({ name: z.string(), wording: z.string() }),
    preset: z.string(),
    features: z.array(z.string()),
    /** Networks whose logits are averaged. */
    networks: z.number().int().min(1),
    calibrated: z.boolean(),
    threshold: z.number(),
    /** Whether it answers the two questions: still posting, answered well. */
    questions: z.boolean(),
    /** Days after the day of a profile that "still posting" is about; null where it asks for nothing to come. */
    horizon: z.number().int().nullable(),
    trained: z.object({ at: z.string(), file: z.string(), rows: z.number().int(), seed: z.number().int() }),
  })
  .openapi("Model");

/** What the API tells of a model. */
export function modelFacts(model: Model): z.infer<typeof modelSchema> {
  const { target, pipeline, answers, threshold, horizon, created_at, data, seed } = model;
  return {
    target: { name: target.name, wording: target.wording ?? target.name },
    preset: pipeline.preset,
    features: [...pipeline.names],
    networks: answers.reduce((sum, { network }) => sum + ensembleOf(network).networks.length, 0),
    calibrated: answers.some(({ calibration }) => calibration !== undefined),
    threshold,
    questions: asksQuestions(model),
    horizon: horizon ?? null,
    trained: { at: created_at, file: data.file, rows: data.rows, seed },
  };
}
