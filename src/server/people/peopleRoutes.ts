import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { peopleFilterSchema } from "../../workspace/find.ts";
import { settingSchema as notedSchema } from "../../workspace/marks.ts";
import { jsonResponses, problemResponse } from "../problem.ts";
import { flagInQuery, numberInQuery, numbersInQuery } from "../query.ts";
import type { Asking } from "./asking.ts";
import { filterOf, filterQuery, sortQuery } from "./filterQuery.ts";
import { numberInPath, numberOf, ONLY_NUMBER } from "./numberInPath.ts";
import {
  alikeSchema,
  changeSchema,
  changesSchema,
  forecastsSchema,
  peopleSchema,
  personDetailSchema,
  workspaceSchema,
} from "./schemas.ts";
import { versionIn, versionQuery, versionSchema } from "./version.ts";

/** Most rows of one page, and people whom one change names. */
const MOST_ROWS = 500;
const MOST_NAMED = 10_000;
/** People whom others are to be like. */
const MOST_SOUGHT = 50;

const named = z.array(z.int().min(1).max(Number.MAX_SAFE_INTEGER)).min(1).max(MOST_NAMED);

const NEVER = { not: {} };

/** What to note about people. */
export const settingSchema = notedSchema.openapi("Setting", { minProperties: 1 });

/** The people of a change, by number or by what they have in common; and what to note about them. */
const changeBody = z
  .strictObject({
    people: named.optional(),
    filter: peopleFilterSchema.optional(),
    set: settingSchema,
    /** Of the one person that is named, as it was looked at. */
    version: versionSchema,
  })
  .refine(
    ({ people, filter }) => (people === undefined) !== (filter === undefined),
    "expected people or filter",
  )
  .refine(
    ({ people, version }) => version === undefined || people?.length === 1,
    "a version is of one person who is named",
  )
  .openapi("PeopleChange", {
    anyOf: [
      { required: ["filter"], properties: { people: NEVER, version: NEVER } },
      { required: ["people"], properties: { filter: NEVER, version: NEVER } },
      { required: ["people", "version"], properties: { filter: NEVER, people: { maxItems: 1 } } },
    ],
  });

/** A body of JSON that a route needs. */
export const jsonBody = (schema: z.ZodType) =>
  ({ required: true, content: { "application/json": { schema } } }) as const;

/** Adds the routes about the people of the workspace, what is noted about them, and its history. */
export function addPeopleRoutes(app: OpenAPIHono, { ask, bodyOf, now, takesSample }: Asking): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/people",
      summary: "People: filter, sort, page, count",
      description:
        "Lists are parted by commas. Without `statuses`, people who were written to or are never to be are left out, as `hidden` counts; `statuses=all` leaves nobody out. " +
        "`best` puts first whom a shortlist prefers, the most likely before.",
      request: {
        query: z.object({
          offset: numberInQuery(z.int().min(0).max(1_000_000_000)).default(0),
          limit: numberInQuery(z.int().min(0).max(MOST_ROWS)).default(100),
          sort: sortQuery,
          facets: flagInQuery.default(false),
          ...filterQuery,
        }),
      },
      responses: jsonResponses("A page of people", peopleSchema),
    }),
    (c) => {
      const { offset, limit, sort, facets, ...asked } = c.req.valid("query");
      const page = { offset: offset as number, limit: limit as number, sort, facets };
      return ask(c, { kind: "people", ...page, filter: filterOf(asked) });
    },
  );
  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/people/alike",
      summary: "People like all of some, and in what",
      request: {
        query: z.object({
          people: numbersInQuery("people", MOST_SOUGHT),
          limit: numberInQuery(z.int().min(1).max(100)).default(20),
        }),
      },
      responses: jsonResponses("People, the most alike first", alikeSchema),
    }),
    (c) => {
      const { limit, ...asked } = c.req.valid("query");
      const people = asked.people.split(",").map(Number);
      return ask(c, { kind: "alike", people, limit: limit as number });
    },
  );
  const path = "/v1/people/{person}";
  const params = z.object({ person: numberInPath });
  app.openAPIRegistry.registerPath({
    method: "delete",
    path,
    summary: "Forget a person, everything about them included",
    request: { params, query: versionQuery },
    responses: { 204: { description: "They are gone" }, default: problemResponse },
  });
  app.delete(`/v1/people/:person${ONLY_NUMBER}`, async (c) => {
    const person = numberOf(c.req.param("person"));
    await ask(c, { kind: "forget", person, version: versionIn(c), now: now() });
    return c.body(null, 204);
  });
  app.openAPIRegistry.registerPath({
    method: "get",
    path,
    request: { params },
    summary: "All about a person: facts, why, contacts, each reading, forecasts, history, people like them",
    responses: jsonResponses("The person", personDetailSchema),
  });
  app.get(`/v1/people/:person${ONLY_NUMBER}`, (c) =>
    ask(c, { kind: "person", person: numberOf(c.req.param("person")) }),
  );
  app.openAPIRegistry.registerPath({
    method: "post",
    path: "/v1/people/changes",
    summary: "Note something about people",
    description:
      "`people` or `filter` says about whom, `set` what: `status`, `note`, `owner`, `add_tags`, `remove_tags`, `add_to` and `remove_from` (numbers of lists). " +
      "With the `version` of the one person that is named, a change of somebody who was changed meanwhile is refused, and the problem document holds them as `present`.",
    request: { body: jsonBody(changeBody) },
    responses: jsonResponses("What was changed", changeSchema),
  });
  app.post("/v1/people/changes", async (c) => {
    const { people, filter, set, version } = await bodyOf(c, changeBody);
    const whom = people === undefined ? { filter: filter ?? {} } : { people };
    return ask(c, { kind: "change", whom, set, version, now: now() });
  });
  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/changes",
      summary: "What was noted, the newest first",
      request: { query: z.object({ limit: numberInQuery(z.int().min(1).max(1000)).default(50) }) },
      responses: jsonResponses("Changes", changesSchema),
    }),
    (c) => ask(c, { kind: "changes", limit: c.req.valid("query").limit as number }),
  );
  app.openapi(
    createRoute({
      method: "post",
      path: "/v1/changes/{change}/undo",
      summary: "Take a change back, which is a change too",
      request: { params: z.object({ change: numberInPath }) },
      responses: jsonResponses("What was changed", changeSchema),
    }),
    (c) => ask(c, { kind: "undo", change: Number(c.req.valid("param").change), now: now() }),
  );
  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/workspace",
      summary: "What the workspace holds",
      responses: jsonResponses("The workspace", workspaceSchema),
    }),
    (c) => ask(c, { kind: "workspace", takesSample }),
  );
  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/workspace/forecasts",
      summary: "How the forecasts of each model did",
      responses: jsonResponses("A report card for each model", forecastsSchema),
    }),
    (c) => ask(c, { kind: "forecasts" }),
  );
}
