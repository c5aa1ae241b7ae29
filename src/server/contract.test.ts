import { expect, it } from "vitest";
import { z } from "zod";
import { fileWithoutRates } from "./testing/file.ts";
import { PROFILE, serverModel, someServer } from "./testing/server.ts";

const { ask, post, reports } = await someServer({ model: await serverModel() });
const document = await (await ask("/openapi.json")).json();

type Schema = Parameters<typeof z.fromJSONSchema>[0];

/** The schema of an answer in the document, as something that checks. */
function checker(path: string, method: string, status: string, type: string): z.ZodType {
  const { responses } = document.paths[path][method];
  const { schema } = (responses[status] ?? responses.default).content[type];
  const text = JSON.stringify({ ...schema, $defs: document.components.schemas });
  return z.fromJSONSchema(JSON.parse(text.replaceAll("#/components/schemas/", "#/$defs/")) as Schema);
}

it("answers as it says it does, on every route", async () => {
  const upload = await post("/v1/datasets?name=a.csv", fileWithoutRates(30));
  const told = await upload.clone().json();
  const id = told.dataset.id;
  await (await ask(`/v1/jobs/${told.job.id}/events`)).text();
  const [row] = (await (await ask(`/v1/profiles?dataset=${id}`)).json()).rows;
  const get = (path: string) => ask(path);
  const answers: Record<string, () => Promise<Response>[]> = {
    "get /v1/model": () => [get("/v1/model")],
    "post /v1/score": () => [
      post("/v1/score", PROFILE),
      post("/v1/score", [PROFILE, 1, { id: "1", followers: "x" }]),
      post("/v1/score", {}),
    ],
    "post /v1/explain": () => [post("/v1/explain", PROFILE), post("/v1/explain", 1)],
    "post /v1/datasets": () => [Promise.resolve(upload), post("/v1/datasets", "")],
    "get /v1/datasets": () => [get("/v1/datasets")],
    "get /v1/datasets/{id}": () => [get(`/v1/datasets/${id}`), get("/v1/datasets/x")],
    "get /v1/datasets/{id}/study": () => [get(`/v1/datasets/${id}/study`)],
    "get /v1/datasets/{id}/tiers": () => [get(`/v1/datasets/${id}/tiers`)],
    "get /v1/datasets/{id}/shortlist": () => [get(`/v1/datasets/${id}/shortlist?top=0`)],
    "get /v1/jobs/{id}": () => [get(`/v1/jobs/${told.job.id}`), get("/v1/jobs/x")],
    "get /v1/jobs/{id}/events": () => [get("/v1/jobs/x/events")],
    "get /v1/profiles": () => [get(`/v1/profiles?dataset=${id}`), get("/v1/profiles")],
    "get /v1/profiles/{row}": () => [get(`/v1/profiles/${row.row}?dataset=${id}`)],
    "delete /v1/jobs/{id}": () => [ask(`/v1/jobs/${told.job.id}`, { method: "DELETE" })],
    "delete /v1/datasets/{id}": () => [ask("/v1/datasets/x", { method: "DELETE" })],
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
      const checked = schema.safeParse(await answer.json());
      expect([route, answer.status, checked.error?.message]).toEqual([route, answer.status, undefined]);
      expect(answer.status).not.toBe(500);
    }
  }
  expect(checker("/v1/score", "post", "200", "application/json").safeParse({ id: 1 }).success).toBe(false);
  expect(reports).toEqual([]);
});
