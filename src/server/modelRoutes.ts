import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { asksQuestions, ensembleOf } from "../bundle/answers.ts";
import type { Model } from "../bundle/model.ts";
import { createExplainer, type Explainer } from "../explain/explainer.ts";
import { REASONS, reasonsOf } from "../shortlist/reasons.ts";
import { contentKind, type Limits, parseJson, readBytes, requireJson } from "./body.ts";
import { jsonResponses, Problem } from "./problem.ts";
import { createProfileReader, profileSchema } from "./profile.ts";

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

/** Reasons in words that an explanation tells. */

/** An explanation in the API's words. */
export function explanationFacts(
  explanation: ReturnType<Explainer["explain"]>,
): z.infer<typeof explanationSchema> {
  const { baseProbability, contributions, ...rest } = explanation;
  return {
    ...rest,
    base_probability: baseProbability,
    contributions: contributions.map((one) => ({ ...one, features: [...one.features] })),
    reasons: reasonsOf(explanation, REASONS),
  };
}

/** Adds `GET /v1/model` and `POST /v1/explain`. */
export function addModelRoutes(app: OpenAPIHono, model: Model, limits: Limits): void {
  const facts = modelFacts(model);
  const explainer = createExplainer(model);
  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/model",
      summary: "What the model is",
      responses: jsonResponses("The model", modelSchema),
    }),
    (c) => c.json(facts, 200),
  );

  const read = createProfileReader();
  app.openAPIRegistry.registerPath({
    method: "post",
    path: "/v1/explain",
    summary: "Why a profile gets its probability",
    request: { body: { required: true, content: { "application/json": { schema: profileSchema } } } },
    responses: jsonResponses("Shapley values of groups of features", explanationSchema),
  });
  app.post("/v1/explain", async (c) => {
    requireJson(contentKind(c));
    const { profile, faults } = read(parseJson(await readBytes(c.req.raw, limits, limits.lineBytes)));
    if (profile === undefined) throw new Problem("invalid-request", "The profile is not valid.", faults);
    return c.json(explanationFacts(explainer.explain(profile)));
  });
}
