import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { WITHOUT_NUL } from "../../base/quote.ts";
import { LONGEST_NAME, NAME } from "../../workspace/lists.ts";
import { jsonResponses } from "../problem.ts";
import type { PeopleQuestion } from "./answers.ts";
import type { Asking } from "./asking.ts";
import { numberInPath, numberOf } from "./numberInPath.ts";
import { jsonBody } from "./peopleRoutes.ts";
import { changeSchema, listSchema, searchSchema } from "./schemas.ts";
import { versionQuery, versionSchema } from "./version.ts";

/** Longest query of a saved search, in characters. */
const LONGEST_QUERY = 10_000;

// What is no name is refused in the words of the workspace.
const name = z.string().openapi({ maxLength: LONGEST_NAME, pattern: NAME.source });
const query = z.string().max(LONGEST_QUERY).regex(WITHOUT_NUL, "holds a NUL");

const newList = z.strictObject({ name });
const listChange = z.strictObject({ name, version: versionSchema });
const newSearch = z.strictObject({ name, query });
const searchChange = z
  .strictObject({ name: name.optional(), query: query.optional(), version: versionSchema })
  .refine((asked) => asked.name !== undefined || asked.query !== undefined, "says nothing to change")
  .openapi({ anyOf: [{ required: ["name"] }, { required: ["query"] }] });

const params = { list: z.object({ list: numberInPath }), search: z.object({ search: numberInPath }) };

/** Adds the routes about lists of people and saved searches. */
export function addListRoutes(app: OpenAPIHono, { ask, bodyOf, now }: Asking): void {
  const say = (
    method: "get" | "post" | "patch",
    path: string,
    summary: string,
    answer: z.ZodType,
    body?: z.ZodType,
    of?: keyof typeof params,
  ) =>
    app.openAPIRegistry.registerPath({
      ...{ method, path, summary },
      request: { ...(of && { params: params[of] }), ...(body && { body: jsonBody(body) }) },
      responses: jsonResponses(summary, answer),
    });
  const remove = (
    path: "/v1/lists/{list}" | "/v1/searches/{search}",
    summary: string,
    of: keyof typeof params,
  ) =>
    app.openapi(
      createRoute({
        method: "delete",
        path,
        summary,
        request: {
          params: params[of] as z.ZodObject<Record<string, typeof numberInPath>>,
          query: versionQuery,
        },
        responses: jsonResponses(
          "What was done; a list can be had back by undoing it",
          z.union([changeSchema, z.null()]),
        ),
      }),
      (c) => {
        const number = Number(c.req.valid("param")[of]);
        const told = { version: c.req.valid("query").version as number | undefined, now: now() };
        const question: PeopleQuestion =
          of === "list"
            ? { kind: "remove list", list: number, ...told }
            : { kind: "change search", search: number, to: null, ...told };
        return ask(c, question);
      },
    );

  say("get", "/v1/lists", "All lists, by name", z.array(listSchema));
  app.get("/v1/lists", (c) => ask(c, { kind: "lists" }));
  say("post", "/v1/lists", "Make an empty list", listSchema, newList);
  app.post("/v1/lists", async (c) => ask(c, { kind: "add list", ...(await bodyOf(c, newList)), now: now() }));
  say("get", "/v1/lists/{list}", "A list", listSchema, undefined, "list");
  app.get("/v1/lists/:list", (c) => ask(c, { kind: "list", list: numberOf(c.req.param("list")) }));
  say("patch", "/v1/lists/{list}", "Rename a list", listSchema, listChange, "list");
  app.patch("/v1/lists/:list", async (c) => {
    const list = numberOf(c.req.param("list"));
    return ask(c, { kind: "name list", list, ...(await bodyOf(c, listChange)), now: now() });
  });
  remove("/v1/lists/{list}", "Take a list away", "list");

  say("get", "/v1/searches", "All saved searches, by name", z.array(searchSchema));
  app.get("/v1/searches", (c) => ask(c, { kind: "searches" }));
  say("post", "/v1/searches", "Save a search", searchSchema, newSearch);
  app.post("/v1/searches", async (c) =>
    ask(c, { kind: "add search", ...(await bodyOf(c, newSearch)), now: now() }),
  );
  say("patch", "/v1/searches/{search}", "Change a saved search", searchSchema, searchChange, "search");
  app.patch("/v1/searches/:search", async (c) => {
    const search = numberOf(c.req.param("search"));
    const { version: seen, ...to } = await bodyOf(c, searchChange);
    return ask(c, { kind: "change search", search, to, version: seen, now: now() });
  });
  remove("/v1/searches/{search}", "Take a saved search away", "search");
}
