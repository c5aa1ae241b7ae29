import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import type { Model } from "../bundle/model.ts";
import { contentKind, type Limits, requireJson, withBytes } from "./body.ts";
import { explanationSchema } from "./explanation.ts";
import type { Gate } from "./gate.ts";
import { modelFacts, modelSchema } from "./modelFacts.ts";
import { jsonResponses } from "./problem.ts";
import { describeProfile, PROFILE_REF } from "./profileDescription.ts";
import type { ScoreThreads } from "./scoreThreads.ts";

/** Adds `GET /v1/model` and `POST /v1/explain`. */
export function addModelRoutes(
  app: OpenAPIHono,
  model: Model,
  threads: ScoreThreads,
  limits: Limits,
  gate: Gate,
): void {
  describeProfile(app);
  const facts = modelFacts(model);
  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/model",
      summary: "What the model is",
      responses: jsonResponses("The model", modelSchema),
    }),
    (c) => c.json(facts, 200),
  );

  app.openAPIRegistry.registerPath({
    method: "post",
    path: "/v1/explain",
    summary: "Why a profile gets its probability",
    request: { body: { required: true, content: { "application/json": { schema: PROFILE_REF } } } },
    responses: jsonResponses("Shapley values of groups of features", explanationSchema),
  });
  app.post("/v1/explain", (c) => {
    requireJson(contentKind(c));
    const { raw } = c.req;
    return withBytes(raw, limits, gate, limits.lineBytes, async (bytes) => {
      const answer = await gate.work("scoring", raw.signal, () => threads.score({ kind: "explain", bytes }));
      return c.body(answer.bytes, 200, { "content-type": "application/json" });
    });
  });
}
