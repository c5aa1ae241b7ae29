import { type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Setting } from "../../workspace/marks.ts";
import type { Limits } from "../body.ts";
import { faultsOf, jsonResponses, Problem } from "../problem.ts";
import { uploadIn, uploadQuery } from "../uploadQuery.ts";
import type { Uploads } from "../uploads.ts";
import type { Asking } from "./asking.ts";
import { toldToSender } from "./imports.ts";
import { jsonBody, settingSchema } from "./peopleRoutes.ts";
import { foundSchema, markedSchema } from "./schemas.ts";

/** Most names that are looked for at once, and characters of one. */
const MOST_NAMES = 10_000;
const LONGEST_NAME = 1000;
/** Most bytes of a list of people, packed or not. */
const MOST_BYTES = 256 << 20;

const namesBody = z
  .strictObject({ names: z.array(z.string().min(1).max(LONGEST_NAME)).min(1).max(MOST_NAMES) })
  .openapi("Names");

/** What is noted, in an address. */
const SET = {
  name: "set",
  in: "query",
  required: true,
  description: 'What to note about them, as JSON: {"status":"never"}',
  content: { "application/json": { schema: { $ref: "#/components/schemas/Setting" } } },
} as const;

/** What the routes need beside the desk: where files are received, and the folder that messages do not name. */
export interface NameRoutesOptions {
  readonly uploads: Uploads;
  readonly folder: string;
  readonly limits: Limits;
}

/** Adds the routes that find people of the workspace by handles, ids and addresses. */
export function addNameRoutes(
  app: OpenAPIHono,
  { ask, bodyOf, now }: Asking,
  { uploads, folder, limits }: NameRoutesOptions,
): void {
  app.openAPIRegistry.registerPath({
    method: "post",
    path: "/v1/people/find",
    summary: "Find people by handles, ids or addresses of profiles",
    description:
      "A handle is whoever was last seen with it, in capitals or not. `people` are in the order of the names, each once.",
    request: { body: jsonBody(namesBody) },
    responses: jsonResponses("Who they are, and the names that nobody has", foundSchema),
  });
  app.post("/v1/people/find", async (c) => ask(c, { kind: "find", ...(await bodyOf(c, namesBody)) }));
  app.openAPIRegistry.registerPath({
    method: "post",
    path: "/v1/people/marks",
    summary: "Note something about the people in a file",
    description:
      "The body is the file: any file of profiles, a shortlist in any of its formats, a table with a column for the account, or handles, ids or addresses one a line. " +
      "`set` says what is noted, as in `POST /v1/people/changes`. Nobody is added, and the file is not kept. It is one change, which can be taken back.",
    parameters: [SET],
    request: {
      query: uploadQuery.omit({ sample: true }),
      body: { content: { "application/octet-stream": { schema: z.string().openapi({ format: "binary" }) } } },
    },
    responses: jsonResponses("What was changed, and the names that nobody has", markedSchema),
  });
  app.post("/v1/people/marks", async (c) => {
    const { name, reading } = uploadIn(c);
    const set = settingOf(c.req.query("set"));
    const path = await uploads.receive(c.req.raw, name, Math.min(MOST_BYTES, limits.fileBytes));
    try {
      const unpackedBytes = Math.min(MOST_BYTES, limits.unpackedBytes);
      const file = { path, reading, limits: { unpackedBytes, unpackedTimes: limits.unpackedTimes } };
      return await ask(c, { kind: "mark file", ...file, set, now: now() });
    } catch (error) {
      throw toldToSender(error, { path, name, ours: true }, folder);
    } finally {
      await uploads.remove(path);
    }
  });
}

/** What an address says is to be noted. @throws Problem `invalid-request` */
function settingOf(text: string | undefined): Setting {
  const { data, error } = z.object({ set: settingSchema }).safeParse({ set: parsed(text) });
  if (error !== undefined) throw new Problem("invalid-request", "The request is not valid.", faultsOf(error));
  return data.set;
}

/** JSON; undefined where it is none. */
function parsed(text = ""): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
