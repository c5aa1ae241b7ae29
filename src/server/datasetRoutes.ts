import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { streamSSE } from "hono/streaming";
import { TABLES } from "../profiles/source/foreign.ts";
import { SAMPLE_FILE } from "../study/study.ts";
import type { Dataset } from "./dataset.ts";
import type { Datasets } from "./datasets.ts";
import { type JobFacts, type Jobs, jobSchema } from "./jobs.ts";
import { modelSchema } from "./modelFacts.ts";
import { jsonResponses, Problem, problemResponse } from "./problem.ts";
import { uploadIn, uploadQuery } from "./uploadQuery.ts";
import type { Uploads } from "./uploads.ts";

/** A dataset in an answer. */
export const datasetSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    made_at: z.string(),
    /** Which parts are there already. */
    ready: z.object({ data: z.boolean(), shortlist: z.boolean(), study: z.boolean() }),
    rows: z.number().int().nullable(),
    /** When the profiles were read, in Unix seconds: the first, the last; the newest date of the file; how many do not tell. */
    read: z
      .object({
        first: z.number().nullable(),
        last: z.number().nullable(),
        newest: z.number().nullable(),
        untold: z.number().int(),
      })
      .nullable(),
    model: z.union([modelSchema, z.null()]),
    /** Why a part is missing, in words. */
    without: z.string().nullable(),
  })
  .openapi("Dataset");

/** What the API tells of a dataset in a list. */
export function datasetFacts(dataset: Dataset): z.infer<typeof datasetSchema> {
  const { id, name, made_at, rows, summary, read, model, study, without } = dataset;
  return {
    id,
    name,
    made_at,
    ready: { data: summary !== null, shortlist: model !== null, study: study !== null },
    ...{ rows, read, model, without },
  };
}

const idParam = z.object({ id: z.string().max(100) });

/** Adds the routes under `/v1/datasets` and `/v1/jobs`. */
export function addDatasetRoutes(app: OpenAPIHono, datasets: Datasets, jobs: Jobs, uploads: Uploads): void {
  app.openAPIRegistry.registerPath({
    method: "post",
    path: "/v1/datasets",
    summary: "Read a file of profiles",
    description:
      `The body is the file: ${TABLES}. ` +
      "`encoding`, `sheet`, " +
      "`decimal` and `map` say how it is read; messages about the file name them so. With `sample=1` the made-up profiles that " +
      "ship with the program are read. The answer comes at once; the job tells how far it is.",
    request: {
      query: uploadQuery,
      body: { content: { "application/octet-stream": { schema: z.string().openapi({ format: "binary" }) } } },
    },
    responses: {
      202: {
        description: "It is being read",
        content: { "application/json": { schema: z.object({ dataset: datasetSchema, job: jobSchema }) } },
      },
      default: problemResponse,
    },
  });
  app.post("/v1/datasets", async (c) => {
    const { sample, name, reading } = uploadIn(c);
    // Before gigabytes come that nobody has room for.
    const place = datasets.reserve();
    try {
      const path = sample ? SAMPLE_FILE : await uploads.receive(c.req.raw, name);
      try {
        const { dataset, job } = place.add({ path, name, synthetic: sample, ours: !sample, reading });
        return c.json({ dataset: datasetFacts(dataset), job }, 202);
      } catch (error) {
        if (!sample) await uploads.remove(path);
        throw error;
      }
    } finally {
      place.release();
    }
  });

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/datasets",
      summary: "All datasets",
      responses: jsonResponses("Datasets", z.array(datasetSchema)),
    }),
    (c) => c.json(datasets.all().map(datasetFacts), 200),
  );
  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/datasets/{id}",
      summary: "What a dataset holds",
      request: { params: idParam },
      responses: jsonResponses(
        "The dataset; `summary` is null until it is there",
        datasetSchema.extend({ job: z.union([jobSchema, z.null()]), summary: z.any() }),
      ),
    }),
    (c) => {
      const dataset = datasets.find(c.req.valid("param").id);
      return c.json(
        { ...datasetFacts(dataset), job: datasets.jobOf(dataset.id), summary: dataset.summary },
        200,
      );
    },
  );
  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/datasets/{id}/study",
      summary: "The original study and the recommended model",
      request: { params: idParam },
      responses: jsonResponses("Numbers and figures", z.any()),
    }),
    (c) => {
      const { id, study } = datasets.find(c.req.valid("param").id);
      if (study === null) throw datasets.missing(id, "The study");
      return c.json(study, 200);
    },
  );
  app.openapi(
    createRoute({
      method: "delete",
      path: "/v1/datasets/{id}",
      summary: "Forget a dataset",
      request: { params: idParam },
      responses: { 204: { description: "It is gone" }, default: problemResponse },
    }),
    async (c) => {
      await datasets.remove(c.req.valid("param").id);
      return c.body(null, 204);
    },
  );

  const found = (facts: JobFacts | undefined) => {
    if (facts === undefined) throw new Problem("not-found", "There is no such job.");
    return facts;
  };
  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/jobs/{id}",
      summary: "How far a job is",
      request: { params: idParam },
      responses: jsonResponses("The job", jobSchema),
    }),
    (c) => c.json(found(jobs.find(c.req.valid("param").id)), 200),
  );
  app.openapi(
    createRoute({
      method: "delete",
      path: "/v1/jobs/{id}",
      summary: "Cancel a job",
      request: { params: idParam },
      responses: jsonResponses("The job", jobSchema),
    }),
    async (c) => c.json(found(await jobs.cancel(c.req.valid("param").id)), 200),
  );
  app.openAPIRegistry.registerPath({
    method: "get",
    path: "/v1/jobs/{id}/events",
    summary: "How far a job is, as it goes",
    request: { params: idParam },
    responses: {
      200: {
        description: "Server-sent events, each a job",
        content: { "text/event-stream": { schema: z.string() } },
      },
      default: problemResponse,
    },
  });
  app.get("/v1/jobs/:id/events", (c) => {
    const { id } = found(jobs.find(c.req.param("id")));
    return streamSSE(c, async (stream) => {
      const gone = new AbortController();
      stream.onAbort(() => gone.abort());
      for await (const facts of jobs.watch(id, gone.signal))
        await stream.writeSSE({ data: JSON.stringify(facts) });
    });
  });
}
