import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { SAMPLE_FILE } from "../../base/data.ts";
import { TABLES } from "../../profiles/source/foreign.ts";
import { jobSchema } from "../jobs.ts";
import { jsonResponses, Problem, problemResponse } from "../problem.ts";
import { uploadIn, uploadQuery } from "../uploadQuery.ts";
import type { Uploads } from "../uploads.ts";
import type { Asking } from "./asking.ts";
import type { Imports } from "./imports.ts";
import { numberInPath } from "./numberInPath.ts";
import { importDetailSchema, importSchema } from "./schemas.ts";
import type { Studies } from "./studies.ts";

const params = z.object({ import: numberInPath });

/** Adds the routes about the imports of the workspace. */
export function addImportRoutes(
  app: OpenAPIHono,
  { ask, tell, now, takesSample }: Asking,
  imports: Imports,
  studies: Studies,
  uploads: Uploads,
): void {
  app.openAPIRegistry.registerPath({
    method: "post",
    path: "/v1/imports",
    summary: "Add a file of profiles to the workspace",
    description:
      `The body is the file: ${TABLES}. ` +
      "`encoding`, `sheet`, `decimal` and `map` say how it is read; messages about the file name them so. With `sample=1` the made-up profiles that " +
      "ship with the program are added, where the workspace takes them. The answer comes at once; the job tells how far it is, and ends with the number of the import, " +
      "or with `same_as` where the same file is there already. Nothing of the file is in the workspace before its end; of a large one the job tells the first people meanwhile. The file itself is not kept.",
    request: {
      query: uploadQuery,
      body: { content: { "application/octet-stream": { schema: z.string().openapi({ format: "binary" }) } } },
    },
    responses: {
      202: {
        description: "It is being read",
        content: { "application/json": { schema: z.object({ job: jobSchema }) } },
      },
      default: problemResponse,
    },
  });
  app.post("/v1/imports", async (c) => {
    const { sample, name, reading } = uploadIn(c);
    if (sample && !takesSample)
      throw new Problem(
        "conflict",
        "Made-up people are kept apart from real ones: insights serve --sample shows them, and so does a workspace of their own.",
      );
    // Before gigabytes come that nobody has room for.
    const place = imports.reserve();
    try {
      const path = sample ? SAMPLE_FILE : await uploads.receive(c.req.raw, name);
      try {
        const job = place.add({ path, name, synthetic: sample, ours: !sample, reading });
        return c.json({ job }, 202);
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
      path: "/v1/imports",
      summary: "All imports, the first first",
      responses: jsonResponses("Imports", z.array(importSchema)),
    }),
    (c) => ask(c, { kind: "imports" }),
  );
  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/imports/{import}",
      summary: "An import, and what was found in its file",
      request: { params },
      responses: jsonResponses("The import", importDetailSchema),
    }),
    (c) => ask(c, { kind: "import", import: Number(c.req.valid("param").import) }),
  );
  app.openapi(
    createRoute({
      method: "delete",
      path: "/v1/imports/{import}",
      summary: "Delete an import, and people who are in no other and of whom nothing was noted",
      request: { params },
      responses: { 204: { description: "It is gone" }, default: problemResponse },
    }),
    async (c) => {
      await ask(c, { kind: "remove import", import: Number(c.req.valid("param").import), now: now() });
      return c.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      method: "post",
      path: "/v1/imports/{import}/study",
      summary: "Study an import: the original study and the recommended model",
      description:
        "The answer comes at once; the job tells how far it is. One that is under way already is answered. The study replaces an earlier one when it is whole.",
      request: { params },
      responses: {
        202: {
          description: "It is being studied, or waits for its turn",
          content: { "application/json": { schema: z.object({ job: jobSchema }) } },
        },
        default: problemResponse,
      },
    }),
    async (c) => {
      const number = Number(c.req.valid("param").import);
      // Tells where there is no such import.
      await tell(c, { kind: "import", import: number });
      return c.json({ job: studies.start(number) }, 202);
    },
  );
  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/imports/{import}/study",
      summary: "What the study of an import found",
      request: { params },
      responses: jsonResponses("Numbers and figures", z.any()),
    }),
    (c) => ask(c, { kind: "study", import: Number(c.req.valid("param").import) }),
  );
}
