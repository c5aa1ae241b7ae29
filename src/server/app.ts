import { OpenAPIHono } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import { requireToken } from "./auth.ts";
import type { Metrics } from "./metrics.ts";
import { answerProblem, faultsOf, Problem } from "./problem.ts";

/** What every route stands on. */
export interface AppOptions {
  /** The program's version, for the description of the API. */
  readonly version: string;
  /** Without it nobody is asked for one. */
  readonly token?: string | undefined;
  readonly metrics: Metrics;
  /** Milliseconds of a clock that never jumps. */
  readonly elapsed: () => number;
  /** Told of what is the server's fault. */
  readonly report: (error: unknown) => void;
  /** What looks at every request first. */
  readonly before?: readonly MiddlewareHandler[];
}

/** What tells nothing of anybody: what machines ask, and the files of the page, which asks for the token itself. */
const OPEN = /^\/(?:healthz|readyz|favicon\.ico|assets\/.*|d\/.*)?$/;

/** What keeps a page to itself. There is no TLS to insist on. */
const HEADERS = [
  [
    "content-security-policy",
    [
      "default-src 'self'",
      // Charts and the page set styles of elements as they draw; scripts come from files only.
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "connect-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join("; "),
  ],
  ["cross-origin-opener-policy", "same-origin"],
  ["cross-origin-resource-policy", "same-origin"],
  ["origin-agent-cluster", "?1"],
  ["referrer-policy", "no-referrer"],
  ["x-content-type-options", "nosniff"],
  ["x-dns-prefetch-control", "off"],
  ["x-frame-options", "DENY"],
  ["x-permitted-cross-domain-policies", "none"],
] as const;

/**
 * An application without routes: headers that keep a page to itself, a token where one is wanted, counted requests, and problem
 * documents for whatever goes wrong.
 */
export function createApp({
  version,
  token,
  metrics,
  elapsed,
  report,
  before = [],
}: AppOptions): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success)
        throw new Problem("invalid-request", "The request is not valid.", faultsOf(result.error));
    },
  });
  app.use(measured(metrics, elapsed));
  app.use(async (c, next) => {
    // Before the answer is made: to change one that is there costs more than scoring does.
    for (const [name, value] of HEADERS) c.header(name, value);
    await next();
  });
  // Rows are people: no cache keeps them.
  app.use("/v1/*", async (c, next) => {
    c.header("cache-control", "no-store");
    await next();
  });
  for (const handler of before) app.use(handler);
  if (token !== undefined) app.use(requireToken(token, OPEN));
  app.onError((error, c) => answerProblem(c, error, report));
  app.notFound((c) => {
    const allowed = methodsAt(app, c.req.path);
    // A route may find nothing at an address of its kind.
    if (allowed.length === 0 || allowed.includes(c.req.method)) {
      const problem = new Problem("not-found", `There is nothing at ${c.req.path.slice(0, 200)}.`);
      return answerProblem(c, problem, report);
    }
    if (c.req.method === "OPTIONS") return c.body(null, 204, { allow: allowed.join(", ") });
    const detail = `Expected ${allowed.join(" or ")}.`;
    return answerProblem(c, new Problem("method-not-allowed", detail, undefined, allowed), report);
  });
  app.get("/favicon.ico", (c) => c.body(null, 204));
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

/** Methods that a path answers to. */
function methodsAt({ routes }: OpenAPIHono, path: string): string[] {
  const methods = routes
    .filter(({ method, path: pattern }) => method !== "ALL" && isAt(pattern, path))
    .map(({ method }) => method);
  return [...new Set(methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])))];
}

function isAt(pattern: string, path: string): boolean {
  const [parts, given] = [pattern.split("/"), path.split("/")];
  const open = parts.at(-1) === "*";
  if (open ? given.length < parts.length : given.length !== parts.length) return false;
  return parts.every(
    (part, i) => part === "*" || (part.startsWith(":") && given[i] !== "") || part === given[i],
  );
}

/** Counts requests by route and status, and how long they took. */
function measured(metrics: Metrics, elapsed: () => number): MiddlewareHandler {
  return async (c, next) => {
    const started = elapsed();
    await next();
    metrics.request(c.req.method, c.req.routePath, c.res.status, (elapsed() - started) / 1000);
  };
}
