import type { OpenAPIHono } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import { Problem } from "./problem.ts";

/** What a route is asked with: its path and the parameters of its address. */
interface Asked {
  readonly path: RegExp;
  readonly names: ReadonlySet<string>;
  /** Those of them that may be there any number of times. */
  readonly lists: ReadonlySet<string>;
}

interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly explode?: boolean;
  readonly schema?: { readonly type?: unknown; readonly pattern?: string };
}

/**
 * Refuses parameters that a route of the API does not know, and those that are there twice: what is misspelt would be left out in
 * silence. It knows the routes by the description of the API.
 */
export function knownParameters(app: OpenAPIHono): MiddlewareHandler {
  let routes: ReadonlyMap<string, readonly Asked[]> | undefined;
  return async (c, next) => {
    const query = c.req.queries();
    // Machines that watch the server may add a parameter of their own, so that no cache answers.
    if (Object.keys(query).length === 0 || !c.req.path.startsWith("/v1/")) return next();
    // Routes are all there once the first request comes.
    routes ??= routesOf(app);
    const method = c.req.method === "HEAD" ? "GET" : c.req.method;
    const route = routes.get(method)?.find(({ path }) => path.test(c.req.path));
    if (route === undefined) return next();
    const faults = Object.entries(query).flatMap(([path, values]) => {
      if (!route.names.has(path))
        return [{ path, message: `unknown parameter (expected ${list(route.names)})` }];
      return values.length > 1 && !route.lists.has(path) ? [{ path, message: "expected once" }] : [];
    });
    if (faults.length > 0) throw new Problem("invalid-request", "The request is not valid.", faults);
    await next();
  };
}

function list(names: ReadonlySet<string>): string {
  return names.size === 0 ? "none" : [...names].join(", ");
}

function routesOf(app: OpenAPIHono): Map<string, Asked[]> {
  const { paths = {} } = app.getOpenAPI31Document({ openapi: "3.1.0", info: { title: "", version: "" } });
  const routes = new Map<string, Asked[]>();
  for (const [template, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods ?? {})) {
      const { parameters = [] } = operation as { parameters?: readonly Parameter[] };
      const path = pathOf(template, parameters);
      const inQuery = parameters.filter((one) => one.in === "query");
      const lists = inQuery.filter(({ schema, explode }) => schema?.type === "array" && explode !== false);
      const [names, repeated] = [inQuery, lists].map((list) => new Set(list.map(({ name }) => name)));
      const of = method.toUpperCase();
      routes.set(of, [...(routes.get(of) ?? []), { path, names, lists: repeated }]);
    }
  }
  return routes;
}

/** The paths of a route: a number in a path is none of the words that stand in its place in others. */
function pathOf(template: string, parameters: readonly Parameter[]): RegExp {
  const text = template.replaceAll(/\{(\w+)\}/g, (_, named) => {
    const pattern = parameters.find((one) => one.in === "path" && one.name === named)?.schema?.pattern;
    return pattern === undefined ? "[^/]+" : `(?:${pattern.replaceAll(/^\^|\$$/g, "")})`;
  });
  return new RegExp(`^${text}$`);
}
