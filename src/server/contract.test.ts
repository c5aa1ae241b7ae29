import { expect, it } from "vitest";
import { z } from "zod";
import { fileWithoutRates } from "../../test/support/server/file.ts";
import { PROFILE, serverModel, someServer } from "../../test/support/server/server.ts";

const { ask, post, reports } = await someServer({ model: await serverModel() });
const document = await (await ask("/openapi.json")).json();

interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly {
    in: string;
    name: string;
    required?: boolean;
    schema?: unknown;
    content?: unknown;
  }[];
  readonly requestBody?: { readonly content: object };
  readonly responses: Readonly<Record<string, { description?: string }>>;
}

type Schema = Parameters<typeof z.fromJSONSchema>[0];

/** The schema of an answer in the document, as something that checks. */
function checker(path: string, method: string, status: string, type: string): z.ZodType {
  const { responses } = document.paths[path][method];
  const { schema } = (responses[status] ?? responses.default).content[type];
  const text = JSON.stringify({ ...schema, $defs: document.components.schemas });
  return z.fromJSONSchema(JSON.parse(text.replaceAll("#/components/schemas/", "#/$defs/")) as Schema);
}

/** All objects inside of a value, itself first. */
function* objectsIn(value: unknown): Generator<Record<string, unknown>> {
  if (value === null || typeof value !== "object") return;
  if (!Array.isArray(value)) yield value as Record<string, unknown>;
  for (const part of Object.values(value)) yield* objectsIn(part);
}

it("is described in a document that holds together", () => {
  expect(document.openapi).toMatch(/^3\.1\.\d$/);
  expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
  for (const [path, methods] of Object.entries<Record<string, Operation>>(document.paths)) {
    expect(path).toMatch(/^\/(?:[a-z0-9_.-]+|\{\w+\})(?:\/(?:[a-z0-9_-]+|\{\w+\}))*$/);
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    for (const [method, { parameters = [], responses, requestBody, summary }] of Object.entries(methods)) {
      expect(["get", "post", "patch", "delete"]).toContain(method);
      expect(summary).toMatch(/\w/);
      const keys = parameters.map(({ in: where, name }) => `${where} ${name}`);
      expect(new Set(keys).size).toBe(keys.length);
      const inPath = parameters.filter(({ in: where }) => where === "path");
      expect(inPath.map(({ name }) => name).sort()).toEqual([...named].sort());
      for (const { required } of inPath) expect([path, required]).toEqual([path, true]);
      for (const { schema, content } of parameters) expect(schema ?? content).toBeTypeOf("object");
      if (requestBody !== undefined) expect(Object.keys(requestBody.content).length).toBeGreaterThan(0);
      expect(Object.keys(responses)).toContain("default");
      for (const [status, { description }] of Object.entries(responses)) {
        expect(status).toMatch(/^(?:[1-5]\d\d|default)$/);
        expect(description).toBeTypeOf("string");
      }
    }
  }
  const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
  const named = [...objectsIn(document)].flatMap(({ $ref }) => (typeof $ref === "string" ? [$ref] : []));
  expect(named.length).toBeGreaterThan(10);
  for (const one of named) expect(known).toContain(one);
  // 3.1 writes it as a type; 3.0's word means nothing there.
  for (const one of objectsIn(document)) expect(one).not.toHaveProperty("nullable");
});

it("answers as it says it does, on every route", async () => {
  const added = await post("/v1/imports?name=a.csv", fileWithoutRates(30));
  const told = await added.clone().json();
  await (await ask(`/v1/jobs/${told.job.id}/events`)).text();
  const get = (path: string) => ask(path);
  const patch = (path: string, body: unknown) =>
    ask(path, {
      method: "PATCH",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    });
  const answers: Record<string, () => Promise<Response>[]> = {
    "get /healthz": () => [get("/healthz")],
    "get /readyz": () => [get("/readyz")],
    "get /openapi.json": () => [get("/openapi.json")],
    "get /metrics": () => [get("/metrics?at=1")],
    "get /docs": () => [get("/docs?at=1")],
    "get /v1/model": () => [get("/v1/model"), get("/v1/model?x=1")],
    "post /v1/score": () => [
      post("/v1/score", PROFILE),
      post("/v1/score", [PROFILE, 1, { id: "1", followers: "x" }]),
      post("/v1/score", {}),
    ],
    "post /v1/explain": () => [post("/v1/explain", PROFILE), post("/v1/explain", 1)],
    "get /v1/jobs": () => [get("/v1/jobs"), get("/v1/jobs?x=1")],
    "get /v1/jobs/{id}": () => [get(`/v1/jobs/${told.job.id}`), get("/v1/jobs/x")],
    "get /v1/jobs/{id}/events": () => [get("/v1/jobs/x/events")],
    "delete /v1/jobs/{id}": () => [ask(`/v1/jobs/${told.job.id}`, { method: "DELETE" })],
    "post /v1/imports": () => [
      Promise.resolve(added),
      post("/v1/imports", ""),
      post("/v1/imports?sample=0", ""),
    ],
    "get /v1/imports": () => [get("/v1/imports"), get("/v1/imports?x=1")],
    "get /v1/imports/{import}": () => [get("/v1/imports/1"), get("/v1/imports/9"), get("/v1/imports/x")],
    "post /v1/imports/{import}/study": () => [
      post("/v1/imports/1/study", ""),
      post("/v1/imports/9/study", ""),
      post("/v1/imports/x/study", ""),
    ],
    "get /v1/imports/{import}/study": () => [get("/v1/imports/1/study"), get("/v1/imports/9/study")],
    "get /v1/people": () => [get("/v1/people?facets=true"), get("/v1/people?sort=x")],
    "get /v1/people/{person}": () => [get("/v1/people/1"), get("/v1/people/999")],
    "post /v1/people/changes": () => [
      post("/v1/people/changes", { people: [1], set: { status: "never" } }),
      post("/v1/people/changes", { filter: {}, set: { note: "x" } }),
      post("/v1/people/changes", { people: [1], set: { note: "y" }, version: 999 }),
      post("/v1/people/changes", {}),
    ],
    "post /v1/people/find": () => [
      post("/v1/people/find", { names: ["nobody.at.all"] }),
      post("/v1/people/find", { names: [] }),
    ],
    "post /v1/people/marks": () => [
      post(
        `/v1/people/marks?name=a.csv&set=${encodeURIComponent('{"status":"never"}')}`,
        fileWithoutRates(3),
      ),
      post("/v1/people/marks?name=a.csv", "@ann"),
    ],
    "get /v1/changes": () => [get("/v1/changes"), get("/v1/changes?limit=0")],
    "post /v1/changes/{change}/undo": () => [post("/v1/changes/99/undo", "")],
    "get /v1/people/export": () => [get("/v1/people/export?limit=2"), get("/v1/people/export?format=pdf")],
    "get /v1/people/alike": () => [get("/v1/people/alike?people=1,2&limit=3"), get("/v1/people/alike")],
    "delete /v1/people/{person}": () => [ask("/v1/people/999", { method: "DELETE" })],
    "get /v1/lists": () => [get("/v1/lists")],
    "post /v1/lists": () => [post("/v1/lists", { name: "Spring" }), post("/v1/lists", {})],
    "get /v1/lists/{list}": () => [get("/v1/lists/9"), get("/v1/lists/x")],
    "patch /v1/lists/{list}": () => [patch("/v1/lists/9", { name: "x" })],
    "delete /v1/lists/{list}": () => [ask("/v1/lists/9", { method: "DELETE" })],
    "get /v1/searches": () => [get("/v1/searches")],
    "post /v1/searches": () => [post("/v1/searches", { name: "big", query: "sort=best" })],
    "patch /v1/searches/{search}": () => [patch("/v1/searches/9", { name: "x" })],
    "delete /v1/searches/{search}": () => [ask("/v1/searches/9", { method: "DELETE" })],
    "get /v1/settings": () => [get("/v1/settings")],
    "patch /v1/settings": () => [
      patch("/v1/settings", { columns: ["why"] }),
      patch("/v1/settings", { columns: null, version: 999 }),
      patch("/v1/settings", { columns: ["Why?"] }),
    ],
    "get /v1/workspace": () => [get("/v1/workspace")],
    "get /v1/workspace/forecasts": () => [get("/v1/workspace/forecasts")],
    "delete /v1/imports/{import}": () => [ask("/v1/imports/9", { method: "DELETE" })],
  };
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods as object).map((method) => `${method} ${path}`),
  );
  expect(Object.keys(answers).sort()).toEqual(routes.sort());
  for (const [route, asked] of Object.entries(answers)) {
    const [method, path] = route.split(" ");
    for (const answer of await Promise.all(asked())) {
      const type = (answer.headers.get("content-type") ?? "").split(";")[0];
      const schema = checker(path, method, String(answer.status), type);
      const checked = schema.safeParse(await (type.includes("json") ? answer.json() : answer.text()));
      expect([route, answer.status, checked.error?.message]).toEqual([route, answer.status, undefined]);
      expect(answer.status).not.toBe(500);
    }
  }
  expect(checker("/v1/score", "post", "200", "application/json").safeParse({ id: 1 }).success).toBe(false);
  for (const wrong of ["0x1", "1e0", "-1", "%20", "1".repeat(16)])
    expect((await get(`/v1/imports/${wrong}`)).status).toBe(422);
  expect((await post("/v1/imports?sample=0", "")).status).toBe(422);
  expect(reports).toEqual([]);
});
