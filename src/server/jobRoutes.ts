import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { streamSSE } from "hono/streaming";
import { type JobFacts, type Jobs, jobSchema } from "./jobs.ts";
import { jsonResponses, Problem, problemResponse } from "./problem.ts";

const idParam = z.object({ id: z.string().max(100) });

/** Adds the routes under `/v1/jobs`. */
export function addJobRoutes(app: OpenAPIHono, jobs: Jobs): void {
  const found = (facts: JobFacts | undefined) => {
    if (facts === undefined) throw new Problem("not-found", "There is no such job.");
    return facts;
  };
  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/jobs",
      summary: "Jobs that have not ended, and the last that have; the first begun first",
      responses: jsonResponses("Jobs", z.array(jobSchema)),
    }),
    (c) => c.json([...jobs.all()], 200),
  );
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
        description:
          "Server-sent events, each a job; `first` stands in those only in which it is another than before",
        content: { "text/event-stream": { schema: z.looseObject({ data: z.string() }) } },
      },
      default: problemResponse,
    },
  });
  app.get("/v1/jobs/:id/events", (c) => {
    const { id } = found(jobs.find(c.req.param("id")));
    return streamSSE(c, async (stream) => {
      const gone = new AbortController();
      stream.onAbort(() => gone.abort());
      let told: JobFacts["first"] | undefined;
      for await (const { first, ...facts } of jobs.watch(id, gone.signal)) {
        // Twenty people with all that is said of them are a hundred times what else changes.
        const data = JSON.stringify(first === told ? facts : { ...facts, first });
        told = first;
        await stream.writeSSE({ data });
      }
    });
  });
}
