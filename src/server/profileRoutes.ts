import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { CANONICAL_NAMES } from "../profiles/canonical.ts";
import { contactsOf } from "../shortlist/contacts/contacts.ts";
import { filterSchema, filterSql } from "../shortlist/filter.ts";
import { formatShortlist, SHORTLIST_FORMATS } from "../shortlist/format.ts";
import { nichesOf } from "../shortlist/niches.ts";
import { RANKED, RANKED_COLUMNS, type RankedRow, readRanked } from "../shortlist/ranked.ts";
import { createReasons, reasonsFromFacts } from "../shortlist/reasons.ts";
import { flagsOfRow, makeShortlist, profileAddress } from "../shortlist/shortlist.ts";
import type { Dataset } from "./dataset.ts";
import type { Datasets } from "./datasets.ts";
import { explanationFacts } from "./modelRoutes.ts";
import { faultsOf, jsonResponses, Problem, problemResponse } from "./problem.ts";

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
const rowSchema = z
  .object({
    row: z.number().int(),
    rank: z.number().int(),
    id: z.string().nullable(),
    account: z.string().nullable(),
    name: z.string().nullable(),
    url: z.string().nullable(),
    probability: z.number(),
    active: z.boolean(),
    /** Probability that a post comes within the model's horizon; null where the model asks something else. */
    still_posting: z.number().nullable(),
    /** Probability that the engagement is above what is usual for the size; null as above. */
    well_answered: z.number().nullable(),
    /** What the two stand on, still posting first: `posts+rate`, `profile+profile`; null as above. */
    evidence: z.string().nullable(),
    /** Why it stands where it does, in sentences. */
    reasons: z.array(z.string()),
    /** Reasons to look twice, and what was seen. */
    flags: z.array(z.object({ name: z.string(), words: z.string() })),
    /** Posts in the days that the model looks ahead, with an interval; null where no post is dated or nothing is forecast. */
    expected_posts: z.object({ mean: z.number(), low: z.number(), high: z.number() }).nullable(),
    tier: z.string().nullable(),
    followers: z.number().nullable(),
    following: z.number().nullable(),
    likes: z.number().nullable(),
    videos: z.number().nullable(),
    engagement_rate: z.number().nullable(),
    engagement_percentile: z.number().nullable(),
    last_post: z.string().nullable(),
    days_since_last_post: z.number().nullable(),
    posts_per_week: z.number().nullable(),
    account_age_days: z.number().nullable(),
    language: z.string().nullable(),
    region: z.string().nullable(),
    verified: z.boolean().nullable(),
    has_email: z.boolean(),
  })
  .openapi("Row");

const tierSchema = z
  .object({
    tier: z.string().nullable(),
    accounts: z.number().int(),
    /** The sum of the probabilities. */
    creators: z.number(),
    median_engagement_rate: z.number().nullable(),
  })
  .openapi("Tier");

/** A row of the list, as the API tells it. */
export type ListedRow = z.infer<typeof rowSchema>;

function toldOf(row: RankedRow): ListedRow {
  const whole = (value: bigint | number | null) => (value === null ? null : Number(value));
  return {
    row: Number(row.row),
    rank: row.rank,
    id: row.id,
    account: row.account_id,
    name: row.nickname,
    url: profileAddress(row),
    probability: row.probability,
    active: row.active,
    still_posting: row.still_posting,
    well_answered: row.well_answered,
    evidence: row.evidence,
    // A model of another question has reasons of its own, which cost time: behind "why".
    reasons: row.evidence === null ? [] : reasonsFromFacts(row),
    flags: flagsOfRow(row),
    expected_posts: expectedOf(row),
    tier: row.tier,
    followers: whole(row.followers),
    following: whole(row.following),
    likes: whole(row.likes),
    videos: whole(row.videos_count),
    engagement_rate: row.awg_engagement_rate,
    engagement_percentile: row.engagement_percentile,
    last_post: row.last_post?.toISOString() ?? null,
    days_since_last_post: row.days_since_last_post,
    posts_per_week: row.posts_per_week,
    account_age_days: row.account_age_days,
    language: row.predicted_lang,
    region: row.region,
    verified: row.is_verified,
    has_email: row.has_email,
  };
}

function expectedOf({ expected_posts: mean, expected_low: low, expected_high: high }: RankedRow) {
  return mean === null || low === null || high === null ? null : { mean, low, high };
}

/** Rows by number, parted by commas. */
const rowList = z
  .string()
  .regex(/^\d{1,15}(?:,\d{1,15})*$/)
  .max(50_000)
  .optional()
  .openapi({ description: "Only these rows, parted by commas" });
const rowsSql = (rows: string | undefined) => (rows === undefined ? undefined : `"row" IN (${rows})`);

/** What a download holds, in an address. */
const downloadQuery = z.object({
  format: z.enum(SHORTLIST_FORMATS).default("csv"),
  top: number(z.int().min(1).max(MOST_LISTED)).default(200),
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
          /** Only the most likely of those that the filters let through, however they are sorted. */
          top: number(z.int().min(1).max(1_000_000)).optional(),
          rows: rowList,
          ...filterQuery,
        }),
      },
      responses: jsonResponses(
        "Rows, how many there are in all, and how many the filters let through (more than `total` where `top` cuts them)",
        z.object({ total: z.number().int(), matching: z.number().int(), rows: z.array(rowSchema) }),
      ),
    }),
    async (c) => {
      const { dataset: id, offset, limit, sort, top, rows: only, ...filter } = c.req.valid("query");
      return datasets.use(id, async (dataset) => {
        const { connection } = ranked(dataset);
        const where = filterSql(filterSchema.parse(filter), rowsSql(only));
        const [column, direction] = sort.split(":");
        const [[matching]] = (
          await connection.runAndReadAll(`SELECT count(*)::DOUBLE FROM ${RANKED} WHERE ${where}`)
        ).getRowsJS() as [[number]];
        const total = Math.min(matching, (top as number | undefined) ?? matching);
        const first = `(SELECT * FROM ${RANKED} WHERE ${where} ORDER BY rank LIMIT ${total})`;
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
        return c.json({ total, matching, rows: rows.map(toldOf) }, 200);
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
            ...toldOf(account),
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
              return one === undefined ? [] : [{ ...toldOf(one), distance }];
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
    const { format, top, contacts, rows, ...filter } = parsed.data;
    return datasets.use(c.req.param("id"), async (dataset) => {
      const { connection, model } = ranked(dataset);
      const reasons = createReasons(model);
      const { entries } = await makeShortlist(connection, {
        ...{ top: Number(top), all: true, contacts },
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
