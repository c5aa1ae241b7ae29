import { createHash, timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { Problem } from "./problem.ts";

/** Hosts that only this machine reaches. */
const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);

/** Whether a host is reached from this machine only. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host) || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/**
 * Asks for a bearer token.
 *
 * @param open paths that can be read without one
 */
export function requireToken(token: string, open: RegExp): MiddlewareHandler {
  const wanted = digest(token);
  return async (c, next) => {
    const reads = c.req.method === "GET" || c.req.method === "HEAD";
    if (!(reads && open.test(c.req.path))) {
      const given = /^Bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1] ?? "";
      // Of digests, so that neither length nor time tells anything.
      if (!timingSafeEqual(digest(given), wanted)) {
        throw new Problem("unauthorised", "Expected the header Authorization: Bearer TOKEN.");
      }
    }
    await next();
  };
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

const FOREIGN = "The request comes from a page of another site.";

/**
 * Refuses what pages of other sites send to a server on this machine: a name that is not the server's own (DNS rebinding), requests
 * that change something from another origin, and, where the browser tells, everything but links to it that somebody follows:
 * a picture's address can ask for a long list a thousand times.
 *
 * @param hosts names under which the server answers, with their port
 */
export function sameOrigin(hosts: () => ReadonlySet<string>): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header("host") ?? "";
    const allowed = hosts();
    if (allowed.size > 0 && !allowed.has(host.toLowerCase())) {
      throw new Problem("malformed-request", "The server does not go by that name.");
    }
    const origin = c.req.header("origin");
    const reads = c.req.method === "GET" || c.req.method === "HEAD";
    if (origin !== undefined && !reads) {
      const from = URL.canParse(origin) ? new URL(origin).host : "";
      if (from !== host) throw new Problem("another-site", FOREIGN);
    }
    // Of this machine are other ports too: they are the same site, and not the same origin.
    const site = c.req.header("sec-fetch-site");
    if (site === "cross-site" || site === "same-site") {
      if (!reads || c.req.header("sec-fetch-mode") !== "navigate") throw new Problem("another-site", FOREIGN);
    }
    await next();
  };
}
