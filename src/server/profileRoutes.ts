import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { CANONICAL_NAMES } from "../profiles/canonical.ts";
import { filterSchema } from "../shortlist/filter.ts";
import { FLAG_NAMES } from "../shortlist/flags.ts";
import { FORMAT_FILES, SHORTLIST_FORMATS } from "../shortlist/format.ts";
import { RANKED_COLUMNS } from "../shortlist/ranked.ts";
import type { Datasets } from "./datasets.ts";
import type { Gate } from "./gate.ts";
import type { Question } from "./listings.ts";
import { faultsOf, jsonResponses, Problem, problemResponse } from "./problem.ts";
import { flagInQuery, listDescription, listInQuery, numberInQuery, numbersInQuery } from "./query.ts";
import { rowSchema } from "./row.ts";

/** Most rows of one page, and of a download. */
const MOST_ROWS = 500;
const MOST_LISTED = 5000;

/** Columns that rows can be sorted by: all but those that hold texts or lists. */
const SORTABLE = [
  ...Object.keys(RANKED_COLUMNS),
  ...CANONICAL_NAMES.filter((name) => !["biography", "bio_link", "posted_at", "url"].includes(name)),
];

const number = numberInQuery;
const list = listInQuery(filterSchema.shape.tiers);
const flag = flagInQuery;

const words = list.optional().openapi(listDescription({ type: "string", minLength: 1, maxLength: 40 }));

/** The filter's fields in an address: lists are parted by commas. */
const filterQuery = {
  min_followers: number(filterSchema.shape.min_followers).optional(),
  max_followers: number(filterSchema.shape.max_followers).optional(),
  tiers: words,
  languages: words,
  regions: words,
  verified: flag.optional(),
  has_email: flag.optional(),
  active_days: number(filterSchema.shape.active_days).optional(),
  min_probability: number(filterSchema.shape.min_probability).optional(),
  min_still_posting: number(filterSchema.shape.min_still_posting).optional(),
  flags: list
    .pipe(filterSchema.shape.flags)
    .optional()
    .openapi(listDescription({ type: "string", enum: [...FLAG_NAMES] })),
  no_flags: z
    .literal("true")
    .transform(() => true as const)
    .optional(),
  active: flag.optional(),
  search: filterSchema.shape.search,
};

const dataset = z.string().max(100);
const tierSchema = z
  .object({
    tier: z.string().nullable(),
    accounts: z.number().int(),
    /** The sum of the probabilities. */
    creators: z.number(),
    median_engagement_rate: z.number().nullable(),
  })
  .openapi("Tier");

const rowList = numbersInQuery("rows").optional();

/**
 * How many of a list, the most likely first, and whether it is the short list: accounts that a list prefers, 200 at the most. With
 * `top` it holds exactly so many, as far as there are so many, those that it prefers first.
 */
const listQuery = (most: number) => ({
  top: number(z.int().min(1).max(most)).optional(),
  short: flag.default(false),
});

/** What a download holds, in an address. */
const downloadQuery = z.object({
  format: z.enum(SHORTLIST_FORMATS).default("csv"),
  ...listQuery(MOST_LISTED),
  contacts: flag.default(true),
  rows: rowList,
  ...filterQuery,
});

/** Adds the routes about the accounts of a dataset. */
export function addProfileRoutes(app: OpenAPIHono, datasets: Datasets, gate: Gate): void {
  const ask = (c: Context, id: string, question: Question) => {
    const lane = question.kind === "shortlist" ? "long" : "listing";
    return gate.work(lane, c.req.raw.signal, (signal) => datasets.ask(id, question, signal));
  };
  const json = async (c: Context, id: string, question: Question) =>
    c.body(await ask(c, id, question), 200, { "content-type": "application/json" }) as never;
  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/profiles",
      summary: "Accounts of a dataset: filter, sort, page",
      request: {
        query: z.object({
          dataset,
          offset: number(z.int().min(0).max(1_000_000_000)).default(0),
          limit: number(z.int().min(1).max(MOST_ROWS)).default(100),
          /** `column:asc` or `column:desc`. */
          sort: z
            .string()
            .regex(new RegExp(`^(?:${SORTABLE.join("|")}):(?:asc|desc)$`))
            .default("rank:asc"),
          ...listQuery(1_000_000),
          rows: rowList,
          ...filterQuery,
        }),
      },
      responses: jsonResponses(
        "Rows, how many there are in all, and how many there would be if none were cut by `top` or the short list's 200",
        z.object({ total: z.number().int(), matching: z.number().int(), rows: z.array(rowSchema) }),
      ),
    }),
    (c) => {
      const { dataset: id, offset, limit, sort, top, short, rows, ...asked } = c.req.valid("query");
      const [column, direction] = sort.split(":");
      const listing = { ...listingOf({ top, short, rows }), filter: filterSchema.parse(asked) };
      return json(c, id, {
        kind: "rows",
        offset: offset as number,
        limit: limit as number,
        column,
        direction,
        ...listing,
      });
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/profiles/{row}",
      summary: "All about an account: facts, posts, why, contacts, accounts like it",
      request: { params: z.object({ row: z.string().regex(/^\d{1,15}$/) }), query: z.object({ dataset }) },
      responses: jsonResponses("The account", z.any()),
    }),
    (c) => json(c, c.req.valid("query").dataset, { kind: "account", row: Number(c.req.valid("param").row) }),
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/datasets/{id}/tiers",
      summary: "Accounts by follower tier",
      request: { params: z.object({ id: dataset }) },
      responses: jsonResponses("Tiers, the smallest first", z.array(tierSchema)),
    }),
    (c) => json(c, c.req.valid("param").id, { kind: "tiers" }),
  );

  app.openAPIRegistry.registerPath({
    method: "get",
    path: "/v1/datasets/{id}/shortlist",
    summary: "A shortlist to keep",
    request: {
      params: z.object({ id: dataset }),
      query: downloadQuery,
    },
    responses: { 200: { description: "A file" }, default: problemResponse },
  });
  app.get("/v1/datasets/:id/shortlist", async (c) => {
    const parsed = downloadQuery.safeParse(c.req.query());
    if (!parsed.success)
      throw new Problem("invalid-request", "The request is not valid.", faultsOf(parsed.error));
    const { format, top, short, contacts, rows, ...filter } = parsed.data;
    const listing = { ...listingOf({ top, short, rows }), filter: filterSchema.parse(filter) };
    const file = await ask(c, c.req.param("id"), { kind: "shortlist", format, contacts, ...listing });
    const { type, ending } = FORMAT_FILES[format];
    return c.body(file, 200, {
      "content-type": type,
      "content-disposition": `attachment; filename="shortlist${ending}"`,
    });
  });
}

/** What a list's address says of its length. */
const listingOf = ({ top, short, rows }: { top?: unknown; short: boolean; rows?: string | undefined }) => ({
  top: top as number | undefined,
  short,
  only: rows?.split(",").map(Number),
});
