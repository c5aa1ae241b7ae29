import { OpenAPIHono, z } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";
import { secureHeaders } from "hono/secure-headers";
import { requireToken } from "./auth.ts";
import type { Metrics } from "./metrics.ts";
import { knownParameters } from "./parameters.ts";
import { answerProblem, faultsOf, Problem, problemResponse, type Report } from "./problem.ts";

/** Paths that need no token: those for machines, and the files of the page, which asks for the token itself. */
const OPEN =
  /^\/(?:healthz|readyz|favicon\.ico|licenses\.md|assets\/.*|(?:d|people|files|study|forecasts)(?:\/.*)?)?$/;

/** The path whose answers carry their headers from the start: to add headers to a finished answer costs a tenth of scoring one profile. */
export const SCORE_PATH = "/v1/score";

/** Headers that keep a page to itself. There is no TLS to insist on. */
const secure = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    // Charts and the page set styles of elements as they draw; scripts come from files only.
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", "data:", "blob:"],
    connectSrc: ["'self'"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: "DENY",
  strictTransportSecurity: false,
});

/** Adds headers to answers. Rows are people, so no cache keeps answers of the API. */
const guarded: MiddlewareHandler = async (c, next) => {
  if (c.req.path === SCORE_PATH) return next();
  await secure(c, next);
  if (c.req.path.startsWith("/v1/")) c.header("cache-control", "no-store");
};

/**
 * An application without routes of its own subject: headers that keep a page to itself, a token where one is wanted, counted requests, and
 * problem documents for whatever goes wrong.
 *
 * @param version the program's, for the description of the API
 * @param token the bearer token that requests need, where there is one
 * @param before runs before everything else, in this order
 */
export function createApp(
  version: string,
  token: string | undefined,
  metrics: Metrics,
  report: Report,
  before: readonly MiddlewareHandler[] = [],
): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success)
        throw new Problem("invalid-request", "The request is not valid.", faultsOf(result.error));
    },
  });
  app.use(metrics.measure);
  app.use(guarded);
  for (const handler of before) app.use(handler);
  if (token !== undefined) app.use(requireToken(token, OPEN));
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        const allow = methods.join(", ");
        if (c.req.method === "OPTIONS") return c.body(null, 204, { allow });
        const problem = new Problem("method-not-allowed", `Expected ${methods.join(" or ")}.`);
        return answerProblem(c, problem, report, { allow });
      },
    }),
  );
  app.use(knownParameters(app));
  app.onError((error, c) => answerProblem(c, error, report));
  app.notFound((c) => {
    const problem = new Problem("not-found", `There is nothing at ${c.req.path.slice(0, 200)}.`);
    return answerProblem(c, problem, report);
  });
  app.get("/favicon.ico", (c) => c.body(null, 204));
  describeMachines(app);
  app.get("/healthz", (c) => c.json({ status: "ok" }));
  app.get("/metrics", async (c) =>
    c.body(await metrics.text(), 200, { "content-type": metrics.contentType }),
  );
  if (token !== undefined)
    app.openAPIRegistry.registerComponent("securitySchemes", "bearer", { type: "http", scheme: "bearer" });
  app.doc31("/openapi.json", {
    openapi: "3.1.0",
    info: {
      title: "Influencer Insights",
      version,
      description: "Which TikTok accounts are active content creators, how sure it is, and why.",
    },
    ...(token === undefined ? {} : { security: [{ bearer: [] }] }),
  });
  return app;
}

const statusSchema = z.object({ status: z.enum(["ok", "ready", "stopping"]) });

/** Describes the paths for machines that watch the server, and the descriptions of the API themselves. */
function describeMachines(app: OpenAPIHono): void {
  const say = (
    path: string,
    summary: string,
    content: Readonly<Record<string, { readonly schema: z.ZodType }>>,
    security?: [],
    others = {},
  ) =>
    app.openAPIRegistry.registerPath({
      method: "get",
      path,
      summary,
      responses: { 200: { description: summary, content }, ...others, default: problemResponse },
      ...(security && { security }),
    });
  const status = { "application/json": { schema: statusSchema } };
  say("/healthz", "Whether the server lives", status, []);
  const stopping = { 503: { description: "The server is told to stop", content: status } };
  say("/readyz", "Whether the server takes requests", status, [], stopping);
  say("/metrics", "Counts and times for Prometheus", { "text/plain": { schema: z.string() } });
  say("/openapi.json", "This description", { "application/json": { schema: z.object({}) } });
  say("/docs", "This description for people", { "text/html": { schema: z.string() } });
}
