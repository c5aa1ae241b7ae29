import { describe, expect, it } from "vitest";
import { someServer } from "../../test/support/server/server.ts";
import { createApp } from "./app.ts";
import { createMetrics } from "./metrics.ts";

const TOKEN = "0123456789abcdef";

describe("the server", async () => {
  const { ask, app, drain } = await someServer();

  it("is well and ready until it is told to stop, and then keeps no connection", async () => {
    expect(await (await ask("/healthz")).json()).toEqual({ status: "ok" });
    const { ask: other, drain } = await someServer();
    expect((await other("/readyz")).status).toBe(200);
    drain();
    const stopping = await other("/readyz");
    expect(stopping.status).toBe(503);
    expect(stopping.headers.get("connection")).toBe("close");
    expect((await ask("/healthz")).headers.get("connection")).toBeNull();
  });

  it("keeps its pages to itself", async () => {
    const { headers } = await ask("/docs");
    expect(headers.get("content-security-policy")).toContain("default-src 'self'");
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(headers.get("content-security-policy")).not.toMatch(/script-src[^;]*unsafe/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect((await ask("/v1/imports")).headers.get("cache-control")).toBe("no-store");
    expect((await ask("/v1/imports")).headers.get("access-control-allow-origin")).toBeNull();
  });

  it("answers what is not there with a problem document", async () => {
    const answer = await ask("/v1/nothing?secret=1");
    expect(answer.status).toBe(404);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(await answer.json()).toEqual({
      type: "urn:influencer-insights:problem:not-found",
      title: "There is no such thing",
      status: 404,
      detail: "There is nothing at /v1/nothing.",
      instance: "/v1/nothing",
    });
    expect((await ask("/v1/score", { method: "POST", body: "{}" })).status).toBe(404);
    expect((await ask("/favicon.ico")).status).toBe(204);
  });

  it("tells which methods a path allows", async () => {
    const answer = await ask("/v1/imports", { method: "PUT" });
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")?.split(", ").sort()).toEqual(["GET", "HEAD", "POST"]);
    const options = await ask("/v1/jobs/x", { method: "OPTIONS" });
    expect([options.status, options.headers.get("allow")]).toEqual([204, "GET, HEAD, DELETE"]);
    const head = await ask("/healthz?at=1", { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect((await ask("/v1/jobs/", { method: "PUT" })).status).toBe(404);
  });

  it("describes itself to machines and to people, and counts", async () => {
    const { openapi, paths, info } = await (await ask("/openapi.json")).json();
    expect([openapi, info.version]).toEqual(["3.1.0", "1.2.3"]);
    expect(Object.keys(paths)).toContain("/v1/imports/{import}");
    const docs = await (await ask("/docs")).text();
    for (const path of Object.keys(paths)) expect(docs).toContain(path);
    expect(docs).not.toMatch(/https?:\/\//);
    const metrics = await ask("/metrics");
    expect(metrics.headers.get("content-type")).toContain("text/plain");
    expect(await metrics.text()).toMatch(
      /insights_request_duration_seconds_count\{method="GET",route="\/docs",status="200"\} \d+/,
    );
  });

  it("opens the page for every address of a state, or says how to build it", async () => {
    for (const path of ["/", "/people/3"]) {
      const answer = await ask(path);
      if (answer.status === 200) expect(await answer.text()).toContain("<html");
      else expect([path, answer.status]).toEqual([path, 404]);
    }
    expect((await ask("/assets/..%2f..%2f..%2fpackage.json")).status).toBe(404);
    expect(app.routes.length).toBeGreaterThan(0);
    expect(drain).toBeTypeOf("function");
  });
});

describe("a token", async () => {
  const { ask } = await someServer({ token: TOKEN });
  const statusWith = async (path: string, authorization?: string, method = "GET") =>
    (await ask(path, { method, headers: authorization === undefined ? {} : { authorization } })).status;

  it("is asked for by everything but the page's files and what machines ask", async () => {
    const { paths } = await (
      await ask("/openapi.json", { headers: { authorization: `Bearer ${TOKEN}` } })
    ).json();
    const guarded = [
      ...Object.keys(paths)
        .filter((path) => !/^\/(?:health|ready)z$/.test(path))
        .map((path) => path.replace(/\{\w+\}/g, "1")),
      "/v1/nothing",
      "/x",
    ];
    for (const path of guarded) {
      for (const method of ["GET", "POST", "DELETE"]) {
        expect([path, method, await statusWith(path, undefined, method)]).toEqual([path, method, 401]);
      }
    }
    for (const path of ["/healthz", "/readyz", "/favicon.ico"])
      expect(await statusWith(path)).toBeLessThan(300);
    for (const path of ["/", "/study/1", "/people", "/people/3", "/assets/x.js", "/licenses.md"])
      expect(await statusWith(path)).not.toBe(401);
    expect(await statusWith("/", undefined, "POST")).toBe(401);
  });

  it("is taken as it is, and no other", async () => {
    expect(await statusWith("/v1/imports", `Bearer ${TOKEN}`)).toBe(200);
    expect(await statusWith("/v1/imports", `bearer ${TOKEN}`)).toBe(200);
    for (const wrong of ["", "Bearer", `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, `Basic ${TOKEN}`]) {
      expect(await statusWith("/v1/imports", wrong)).toBe(401);
    }
    expect((await ask("/v1/imports")).headers.get("www-authenticate")).toBe("Bearer");
    const { security, components } = await (
      await ask("/openapi.json", { headers: { authorization: `Bearer ${TOKEN}` } })
    ).json();
    expect(security).toEqual([{ bearer: [] }]);
    expect(components.securitySchemes.bearer).toEqual({ type: "http", scheme: "bearer" });
  });
});

it("says at the start that no header can carry a token", async () => {
  await expect(someServer({ token: "with blanks and ä, long enough" })).rejects.toThrow(
    "invalid token: expected letters, digits and - . _ ~ + / only",
  );
});

describe("pages of other sites", async () => {
  const { ask } = await someServer({ hosts: () => new Set(["localhost:4321", "127.0.0.1:4321"]) });
  const status = async (headers: Record<string, string>, method = "GET") =>
    (await ask(method === "POST" ? "/v1/imports?sample=2" : "/v1/imports", { method, headers })).status;

  it("cannot come by another name", async () => {
    expect(await status({ host: "localhost:4321" })).toBe(200);
    expect(await status({ host: "LOCALHOST:4321" })).toBe(200);
    expect(await status({ host: "evil.example:4321" })).toBe(400);
    expect(await status({})).toBe(400);
  });

  it("cannot change anything", async () => {
    const host = "127.0.0.1:4321";
    for (const origin of ["https://evil.example", "null", "http://127.0.0.1:1", "::"]) {
      expect(await status({ host, origin }, "POST")).toBe(403);
      expect(await status({ host, origin }, "DELETE")).toBe(403);
    }
    expect(await status({ host, origin: `http://${host}` }, "DELETE")).toBe(405);
  });

  it("may lead here, and ask nothing themselves", async () => {
    const host = "127.0.0.1:4321";
    for (const site of ["cross-site", "same-site"]) {
      const from = { host, "sec-fetch-site": site };
      const link = { ...from, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
      expect((await ask("/healthz", { headers: link })).status).toBe(200);
      expect(await status(link)).toBe(403);
      for (const frame of ["iframe", "frame", "embed", "object"])
        expect((await ask("/healthz", { headers: { ...link, "sec-fetch-dest": frame } })).status).toBe(403);
      for (const mode of ["no-cors", "cors", "websocket"])
        expect(await status({ ...from, "sec-fetch-mode": mode })).toBe(403);
      expect(await status(link, "POST")).toBe(403);
      expect(await status(from, "POST")).toBe(403);
    }
    for (const site of ["same-origin", "none"])
      expect(await status({ host, "sec-fetch-site": site, "sec-fetch-mode": "cors" })).toBe(200);
    const refused = await ask("/v1/imports", { headers: { host, "sec-fetch-site": "cross-site" } });
    expect(refused.headers.get("content-type")).toBe("application/problem+json");
    expect(refused.headers.get("cache-control")).toBe("no-store");
  });
});

it("tells of its own faults to nobody but its owner", async () => {
  const reports: unknown[] = [];
  const metrics = createMetrics(() => 0);
  const app = createApp("1", undefined, metrics, (error) => reports.push(error));
  const fault = new Error("secret at /home/somebody");
  app.get("/broken", () => {
    throw fault;
  });
  const answer = await app.request("/broken");
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain("secret");
  expect(reports).toEqual([fault]);
});
