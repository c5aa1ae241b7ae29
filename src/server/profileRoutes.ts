import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { CANONICAL_NAMES } from "../profiles/canonical.ts";
import { contactsOf } from "../shortlist/contacts/contacts.ts";
import { DEFAULT_LIST, filterSchema, filterSql, preferredSql } from "../shortlist/filter.ts";
import { formatShortlist, SHORTLIST_FORMATS } from "../shortlist/format.ts";
import { nichesOf } from "../shortlist/niches.ts";
import { RANKED, RANKED_COLUMNS, readRanked } from "../shortlist/ranked.ts";
import { createReasons } from "../shortlist/reasons.ts";
import { makeShortlist } from "../shortlist/shortlist.ts";
import type { Dataset } from "./dataset.ts";
import type { Datasets } from "./datasets.ts";
import { explanationFacts } from "./modelRoutes.ts";
import { faultsOf, jsonResponses, Problem, problemResponse } from "./problem.ts";
import { rowFacts, rowSchema } from "./row.ts";

/** Most rows of one page, of a download, accounts like one, and posts that are told. */
const MOST_ROWS = 500;
const MOST_LISTED = 5000;
const MOST_LIKE = 10;

/** Columns that rows can be sorted by: all but those that hold texts or lists. */
const SORTABLE = [
  ...Object.keys(RANKED_COLUMNS),
  ...CANONICAL_NAMES.filter((name) => !["biography", "bio_link", "posted_at", "url"].includes(name)),
];

const number = (schema: z.ZodType) =>
  z.preprocess((text) => (text === "" ? undefined : Number(text)), schema);
const list = z.preprocess(
  (text) =>
    typeof text === "string"
      ? text
          .split(",")
          .map((word) => word.trim())
          .filter((word) => word !== "")
      : text,
  filterSchema.shape.tiers,
);
const flag = z.enum(["true", "false"]).transform((text) => text === "true");

/** The filter's fields in an address: lists are parted by commas. */
const filterQuery = {
  min_followers: number(filterSchema.shape.min_followers).optional(),
  max_followers: number(filterSchema.shape.max_followers).optional(),
  tiers: list.optional(),
  languages: list.optional(),
  regions: list.optional(),
  verified: flag.optional(),
  has_email: flag.optional(),
  active_days: number(filterSchema.shape.active_days).optional(),
  min_probability: number(filterSchema.shape.min_probability).optional(),
  min_still_posting: number(filterSchema.shape.min_still_posting).optional(),
  flags: list.pipe(filterSchema.shape.flags).optional(),
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

/** Rows by number, parted by commas. */
const rowList = z
  .string()
  .regex(/^\d{1,15}(?:,\d{1,15})*$/)
  .max(50_000)
  .optional()
  .openapi({ description: "Only these rows, parted by commas" });
const rowsSql = (rows: string | undefined) => (rows === undefined ? undefined : `"row" IN (${rows})`);

/**
 * How many of a list, the most likely first, and whether it is the short list: accounts that a list prefers, 200 at the most. With
 * `top` it holds exactly so many, as far as there are so many, those that it prefers first.
 */
const listQuery = { top: number(z.int().min(1).max(1_000_000)).optional(), short: flag.default(false) };

/** What a download holds, in an address. */
const downloadQuery = z.object({
  format: z.enum(SHORTLIST_FORMATS).default("csv"),
  ...listQuery,
  top: number(z.int().min(1).max(MOST_LISTED)).optional(),
  contacts: flag.default(true),
  rows: rowList,
  ...filterQuery,
});

/** Adds the routes about the accounts of a dataset. */
export function addProfileRoutes(app: OpenAPIHono, datasets: Datasets): void {
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
          ...listQuery,
          rows: rowList,
          ...filterQuery,
        }),
      },
      responses: jsonResponses(
        "Rows, how many there are in all, and how many there would be if none were cut by `top` or the short list's 200",
        z.object({ total: z.number().int(), matching: z.number().int(), rows: z.array(rowSchema) }),
      ),
    }),
    async (c) => {
      const { dataset: id, offset, limit, sort, top, short, rows: only, ...asked } = c.req.valid("query");
      return datasets.use(id, async (dataset) => {
        const { connection } = ranked(dataset);
        const filter = filterSchema.parse(asked);
        const matches = filterSql(filter, rowsSql(only));
        const preferred = short ? `(${preferredSql(filter)})` : "true";
        // Who asks for so many gets so many, those that a list does not prefer last.
        const where = top === undefined ? `(${matches}) AND ${preferred}` : matches;
        const [column, direction] = sort.split(":");
        const [[matching]] = (
          await connection.runAndReadAll(`SELECT count(*)::DOUBLE FROM ${RANKED} WHERE ${where}`)
        ).getRowsJS() as [[number]];
        const most = (top as number | undefined) ?? (short ? DEFAULT_LIST.top : matching);
        const total = Math.min(matching, most);
        const first = `(SELECT * FROM ${RANKED} WHERE ${where} ORDER BY ${preferred} DESC, rank LIMIT ${total})`;
        // First which rows, then what is in them: texts and dates of all accounts need not be sorted for a page.
        const page = await connection.runAndReadAll(
          `SELECT "row" FROM ${total < matching ? first : `${RANKED} WHERE ${where}`}
         ORDER BY ${column} ${direction} NULLS LAST, rank LIMIT ${limit} OFFSET ${offset}`,
        );
        const order = page.getRowsJS().map(([row]) => Number(row));
        const found =
          order.length === 0 ? [] : await readRanked(connection, `WHERE ${rowsSql(order.join(","))}`);
        const byRow = new Map(found.map((one) => [Number(one.row), one]));
        const rows = order.flatMap((row) => byRow.get(row) ?? []);
        return c.json({ total, matching, rows: rows.map(rowFacts) }, 200);
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
    (c) =>
      datasets.use(c.req.valid("query").dataset, async (found) => {
        const { connection } = ranked(found);
        const row = Number(c.req.valid("param").row);
        const [account] = await readRanked(connection, `WHERE "row" = ${row}`);
        if (account === undefined) throw new Problem("not-found", "There is no such account.");
        const near = found.neighbours?.(row, MOST_LIKE) ?? [];
        const others =
          near.length === 0
            ? []
            : await readRanked(connection, `WHERE "row" IN (${near.map((one) => one.row).join(", ")})`);
        const byRow = new Map(others.map((other) => [Number(other.row), other]));
        return c.json(
          {
            ...rowFacts(account),
            biography: account.biography,
            bio_link: account.bio_link,
            private: account.is_private,
            created_at: account.created_at?.toISOString() ?? null,
            observed_at: account.observed_at?.toISOString() ?? null,
            posted_at: (account.posted_at ?? []).map((post) => post.toISOString()),
            contacts: contactsOf(account),
            niches: nichesOf(account.biography),
            explanation: found.explainer === null ? null : explanationFacts(found.explainer.explain(account)),
            like_this: near.flatMap(({ row: other, distance }) => {
              const one = byRow.get(other);
              return one === undefined ? [] : [{ ...rowFacts(one), distance }];
            }),
          },
          200,
        );
      }),
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/datasets/{id}/tiers",
      summary: "Accounts by follower tier",
      request: { params: z.object({ id: dataset }) },
      responses: jsonResponses("Tiers, the smallest first", z.array(tierSchema)),
    }),
    (c) =>
      datasets.use(c.req.valid("param").id, async (dataset) => {
        const { connection } = ranked(dataset);
        const reader = await connection.runAndReadAll(
          `SELECT tier, count(*)::DOUBLE AS accounts, sum(probability) AS creators,
           median(awg_engagement_rate) AS median_engagement_rate
         FROM ${RANKED} GROUP BY tier ORDER BY min(followers) NULLS LAST`,
        );
        return c.json(reader.getRowObjectsJS() as z.infer<typeof tierSchema>[], 200);
      }),
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
    return datasets.use(c.req.param("id"), async (dataset) => {
      const { connection, model } = ranked(dataset);
      const reasons = createReasons(model);
      const { entries } = await makeShortlist(connection, {
        // A list of everybody is for a file of one's own: insights shortlist.
        top: (top as number | undefined) ?? (short ? undefined : DEFAULT_LIST.top),
        all: !short,
        contacts,
        filter: filterSchema.parse(filter),
        condition: rowsSql(rows),
        reasons: (row) => {
          if (c.req.raw.signal.aborted) throw new Problem("conflict", "The request was given up.");
          return reasons(row);
        },
      });
      const { type, ending } = FILES[format];
      return c.body(formatShortlist(entries, format, { contacts }), 200, {
        "content-type": type,
        "content-disposition": `attachment; filename="shortlist${ending}"`,
      });
    });
  });
}

const FILES = {
  csv: { type: "text/csv; charset=utf-8", ending: ".csv" },
  excel: { type: "text/csv; charset=utf-8", ending: ".csv" },
  ndjson: { type: "application/x-ndjson", ending: ".ndjson" },
  markdown: { type: "text/markdown; charset=utf-8", ending: ".md" },
} as const;

/** The database of a dataset that has been ranked. */
function ranked({ profiles, model, without }: Dataset) {
  if (profiles === null || model === null)
    throw new Problem("not-ready", without ?? "The accounts are not ranked yet.");
  return { connection: profiles.connection, model };
}
