import type { Context, MiddlewareHandler } from "hono";
import { bearerAuth } from "hono/bearer-auth";
import { InsightsError } from "../base/error.ts";
import { answerProblem, Problem } from "./problem.ts";

/** Hosts that only this machine reaches. */
const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);

/** Whether a host is reached from this machine only. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host) || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** Characters of a bearer token (RFC 6750). */
const TOKEN = /^[A-Za-z0-9._~+/-]+=*$/;

/**
 * Asks for a bearer token. Without the right one the answer is a problem document of status 401.
 *
 * @param open paths that can be read without a token
 * @throws InsightsError where the token holds characters that no header can carry
 */
export function requireToken(token: string, open: RegExp): MiddlewareHandler {
  if (!TOKEN.test(token)) {
    throw new InsightsError("invalid token: expected letters, digits and - . _ ~ + / only", { exitCode: 2 });
  }
  const message = (c: Context) => {
    const problem = new Problem("unauthorised", "Expected the header Authorization: Bearer TOKEN.");
    return answerProblem(c, problem, () => {}, { "www-authenticate": "Bearer" });
  };
  const check = bearerAuth({
    token,
    noAuthenticationHeader: { message },
    invalidAuthenticationHeader: { message },
    invalidToken: { message },
  });
  return (c, next) => (isRead(c) && open.test(c.req.path) ? next() : check(c, next));
}

const FOREIGN = "The request comes from a page of another site.";

/**
 * Refuses requests that pages of other sites send to a server on this machine:
 *
 * - to a host name that is not the server's own (DNS rebinding);
 * - that change something, from another origin;
 * - all others where the browser says that another site asks, except a link to the page that somebody follows. Otherwise the address of a
 *   picture, or a frame that shows the API, could ask for a long list a thousand times.
 *
 * Hono's `csrf` checks requests of forms only.
 *
 * @param hosts names under which the server answers, with their port; none allows any
 */
export function sameOrigin(hosts: () => ReadonlySet<string>): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header("host") ?? "";
    const allowed = hosts();
    if (allowed.size > 0 && !allowed.has(host.toLowerCase())) {
      throw new Problem("malformed-request", "The server does not go by that name.");
    }
    const origin = c.req.header("origin");
    if (origin !== undefined && !isRead(c)) {
      const from = URL.canParse(origin) ? new URL(origin).host : "";
      if (from !== host) throw new Problem("another-site", FOREIGN);
    }
    // Other ports of this machine are the same site, and another origin.
    const site = c.req.header("sec-fetch-site");
    if (site === "cross-site" || site === "same-site") {
      const followed =
        c.req.header("sec-fetch-mode") === "navigate" && c.req.header("sec-fetch-dest") === "document";
      if (!isRead(c) || !followed || c.req.path.startsWith("/v1/"))
        throw new Problem("another-site", FOREIGN);
    }
    await next();
  };
}

function isRead(c: Context): boolean {
  return c.req.method === "GET" || c.req.method === "HEAD";
}
