import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { JSDuckDBValueConverter } from "../base/duckdb.ts";
import { listSql, quoteLiteral, WITHOUT_NUL } from "../base/quote.ts";
import { filterSchema, filterSql, preferredSql } from "../shortlist/filter.ts";
import type { RankedRow } from "../shortlist/ranked.ts";
import { NEWS_SQL } from "./growth.ts";
import { SETTLED, STATUSES, type Status } from "./marks.ts";

/** What changed with a person since the file before: first seen, fell silent, posts again. */
export const NEWS = ["new", "silent", "woke"] as const;

/** Ways to reach a person that a profile can show. */
export const CONTACT_KINDS = ["email", "phone", "link"] as const;

const share = z.number().min(0).max(1);
const text = (most: number) => z.string().min(1).max(most).regex(WITHOUT_NUL, "holds a NUL");
const names = z.array(text(100)).min(1).max(200);
const numbers = z.array(z.int().min(0).max(Number.MAX_SAFE_INTEGER)).min(1).max(10_000);

/** Which people are wanted. All parts have to match; a person is left out where a part asks for what is unknown of them. */
export const peopleFilterSchema = filterSchema.omit({ active: true, has_email: true }).extend({
  min_well_answered: share.optional(),
  /** Rates as fractions of the followers. */
  min_engagement: z.number().min(0).optional(),
  max_engagement: z.number().min(0).optional(),
  /** Share of accounts of the same size that are answered less well. */
  min_percentile: share.optional(),
  /** Posts a week. */
  min_pace: z.number().min(0).optional(),
  max_pace: z.number().min(0).optional(),
  /** Change of the followers in 30 days, as a share. */
  min_growth: z.number().min(-1).optional(),
  max_growth: z.number().min(-1).optional(),
  /** What they say they are about, one of these. */
  niches: names.optional(),
  /** All of these ways to reach them. */
  contacts: z.array(z.enum(CONTACT_KINDS)).min(1).optional(),
  /** Without it, those who were written to or are never to be are left out; `all` leaves nobody out. */
  statuses: z
    .array(z.enum([...STATUSES, "all"]))
    .min(1)
    .optional(),
  /** One of these tags, none of those. */
  tags: names.optional(),
  no_tags: names.optional(),
  /** In one of these lists. */
  lists: numbers.optional(),
  owner: text(200).optional(),
  /** Seen in one of these imports. */
  imports: numbers.optional(),
  news: z.array(z.enum(NEWS)).min(1).optional(),
  /** Only these people, none of those. */
  people: numbers.optional(),
  no_people: numbers.optional(),
});

/** See {@link peopleFilterSchema}. */
export type PeopleFilter = z.infer<typeof peopleFilterSchema>;

/** A row of `people` with its marks. */
export type Person = Omit<RankedRow, "row" | "rank" | "probability" | "active"> & {
  readonly person: number;
  readonly import: number;
  readonly imports: readonly number[];
  readonly probability: number | null;
  readonly active: boolean | null;
  readonly has_phone: boolean;
  readonly has_link: boolean;
  readonly niches: readonly string[];
  readonly observed_known: boolean;
  readonly first_seen: Date | null;
  readonly before: Date | null;
  readonly followers_growth: number | null;
  readonly likes_growth: number | null;
  readonly videos_growth: number | null;
  readonly followers_growth_rate: number | null;
  readonly rate_change: number | null;
  readonly news: (typeof NEWS)[number] | null;
  readonly status: Status;
  readonly note: string | null;
  readonly owner: string | null;
  readonly tags: readonly string[];
  readonly version: number;
  readonly changed_at: Date | null;
};

const markedSql = (
  people: string,
) => `(SELECT p.* REPLACE (${NEWS_SQL} AS news), coalesce(m.status, 'new') AS status, m.note, m.owner, coalesce(m.tags, []) AS tags,
  coalesce(m.version, 0) AS version, m.changed_at FROM ${people} p LEFT JOIN marks m USING (person))`;

/** People with their marks, as SQL after FROM. */
export const MARKED = markedSql("people");

/** A list that holds one of some values. DuckDB asks for a few of them sooner one by one, and cannot read a condition of thousands of parts. */
const hasAny = (column: string, values: readonly string[], type = "") =>
  values.length <= 10
    ? `(${values.map((value) => `list_contains(${column}, ${value})`).join(" OR ")})`
    : `list_has_any(${column}, [${values.join(", ")}]${type})`;
const atLeast = (column: string) => (value: number) => `${column} >= ${value}`;
const atMost = (column: string) => (value: number) => `${column} <= ${value}`;

/** The parts that the filter of a file does not know, as SQL over {@link MARKED}. */
const PARTS: { readonly [Part in keyof PeopleFilter]?: (value: NonNullable<PeopleFilter[Part]>) => string } =
  {
    search: (text) => `contains(sought, lower(${quoteLiteral(text.trim())}))`,
    // As the days of the list are told, which were worked out when the file was read.
    active_days: atMost("days_since_last_post"),
    min_well_answered: atLeast("well_answered"),
    min_engagement: atLeast("awg_engagement_rate"),
    max_engagement: atMost("awg_engagement_rate"),
    min_percentile: atLeast("engagement_percentile"),
    min_pace: atLeast("posts_per_week"),
    max_pace: atMost("posts_per_week"),
    min_growth: atLeast("followers_growth_rate"),
    max_growth: atMost("followers_growth_rate"),
    niches: (niches) => hasAny("niches", niches.map(quoteLiteral)),
    contacts: (kinds) => kinds.map((kind) => `has_${kind}`).join(" AND "),
    tags: (tags) => hasAny("tags", tags.map(quoteLiteral)),
    no_tags: (tags) => `NOT ${hasAny("tags", tags.map(quoteLiteral))}`,
    lists: (lists) => `person IN (SELECT person FROM listed WHERE list IN (${lists.join(", ")}))`,
    owner: (owner) => `lower(owner) = ${quoteLiteral(owner.toLowerCase())}`,
    imports: (imports) => hasAny("imports", imports.map(String), "::INTEGER[]"),
    news: (news) => `news IN (${news.map(quoteLiteral).join(", ")})`,
    people: (people) => `person IN (${people.join(", ")})`,
    no_people: (people) => `person NOT IN (${people.join(", ")})`,
  };

/** A filter without what it says about statuses, as an SQL condition over {@link MARKED}. */
export function factsSql(filter: PeopleFilter): string {
  const { statuses: _statuses, ...facts } = filter;
  const own = Object.keys(PARTS) as (keyof typeof PARTS)[];
  const parts = own.flatMap((part) => {
    const value = facts[part as keyof typeof facts];
    return value === undefined ? [] : [`(${(PARTS[part] as (value: unknown) => string)(value)})`];
  });
  const shared = Object.fromEntries(Object.entries(facts).filter(([part]) => !Object.hasOwn(PARTS, part)));
  return [filterSql(filterSchema.parse(shared)), ...parts].join(" AND ");
}

/** The statuses that a filter lets through. */
export function statusesOf({ statuses, people }: PeopleFilter): readonly Status[] {
  // Who names people wants just them.
  if (statuses === undefined && people === undefined)
    return STATUSES.filter((status) => !SETTLED.includes(status));
  return STATUSES.filter((status) => statuses?.some((one) => one === status || one === "all") ?? true);
}

/** What a filter says about statuses, as SQL over {@link MARKED}. */
export function statusSql(filter: PeopleFilter): string {
  const statuses = statusesOf(filter);
  return statuses.length === STATUSES.length
    ? "true"
    : `status IN (${statuses.map(quoteLiteral).join(", ")})`;
}

/** The people whom a filter lets through, as a query with the column `person`. */
export function peopleSql(filter: PeopleFilter): string {
  return `SELECT person FROM ${MARKED} WHERE ${factsSql(filter)} AND ${statusSql(filter)}`;
}

/** Orders that a list can have, beside `best`, each as SQL over {@link MARKED}. */
const ORDERS = {
  name: "lower(coalesce(nickname, account_id))",
  status: `list_position(${listSql(STATUSES)}, status)`,
  ...{ probability: "probability", still_posting: "still_posting", well_answered: "well_answered" },
  ...{ followers: "followers", following: "following", likes: "likes", videos: "videos_count" },
  ...{ engagement_rate: "awg_engagement_rate", engagement_percentile: "engagement_percentile" },
  ...{ last_post: "last_post", posts_per_week: "posts_per_week", expected_posts: "expected_posts" },
  ...{ account_age_days: "account_age_days", language: "predicted_lang", region: "region" },
  ...{ growth: "followers_growth_rate", followers_growth: "followers_growth", likes_growth: "likes_growth" },
  ...{ videos_growth: "videos_growth", rate_change: "rate_change" },
  ...{ read_at: "observed_at", changed_at: "changed_at", owner: "lower(owner)" },
} as const;

/** Orders of a list of people, see {@link readPeople}. */
export const PEOPLE_ORDERS = ["best", ...Object.keys(ORDERS)] as const;

/** Which people to read. */
export interface PeopleQuestion {
  readonly filter: PeopleFilter;
  /** One of {@link PEOPLE_ORDERS} and the direction: `followers:desc`. `best` puts first whom a list prefers, the most likely before. */
  readonly sort: string;
  readonly offset: number;
  readonly limit: number;
}

/** A page of people. */
export interface PeoplePage {
  /** People whom the filter lets through. */
  readonly total: number;
  /** Everybody in the workspace. */
  readonly of: number;
  /** People left out only because they were written to or are never to be. */
  readonly hidden: number;
  readonly rows: readonly Person[];
}

/** A page of the people whom a filter lets through. */
export async function readPeople(
  connection: DuckDBConnection,
  { filter, sort, offset, limit }: PeopleQuestion,
): Promise<PeoplePage> {
  const { value, order } = sortSql(sort, filter);
  // What is asked of texts is dear: it is asked once, for the page and for both counts.
  const reader = await connection.runAndReadAll(
    `WITH matching AS MATERIALIZED (
       SELECT person, probability, followers, ${value} AS place, ${statusSql(filter)} AS shown FROM ${MARKED} WHERE ${factsSql(filter)}
     )
     SELECT (SELECT count(*) FROM people)::DOUBLE, count(*)::DOUBLE, count(*) FILTER (shown)::DOUBLE,
       (SELECT list(person::DOUBLE) FROM (SELECT person FROM matching WHERE shown ORDER BY place ${order} LIMIT ${limit} OFFSET ${offset}))
     FROM matching`,
  );
  const [[of, matching, total, people]] = reader.getRowsJS() as [[number, number, number, number[] | null]];
  // First who, then what is known of them: texts and dates of all people need not be sorted for a page.
  const rows = await readPersons(connection, people ?? []);
  return { total, of, hidden: filter.statuses === undefined ? matching - total : 0, rows };
}

/** Numbers of the people whom a filter lets through, in their order. */
export async function readOrder(
  connection: DuckDBConnection,
  { filter, sort, offset, limit }: PeopleQuestion,
): Promise<number[]> {
  const { value, order } = sortSql(sort, filter);
  const reader = await connection.runAndReadAll(
    `SELECT person::DOUBLE FROM ${MARKED} WHERE ${factsSql(filter)} AND ${statusSql(filter)}
     ORDER BY ${value} ${order} LIMIT ${limit} OFFSET ${offset}`,
  );
  return reader.getRowsJS().map(([person]) => person as number);
}

/** What a list is sorted by first, as SQL over {@link MARKED}, and what stands behind it in ORDER BY. */
function sortSql(sort: string, filter: PeopleFilter): { readonly value: string; readonly order: string } {
  const [name, direction = "desc"] = sort.split(":");
  const rest = "NULLS LAST, probability DESC NULLS LAST, followers DESC NULLS LAST, person";
  if (name === "best") return { value: `(${preferredSql(filter)})`, order: `DESC ${rest}` };
  return {
    value: ORDERS[name as keyof typeof ORDERS],
    order: `${direction === "asc" ? "ASC" : "DESC"} ${rest}`,
  };
}

/** People who are looked up one by one; to find more of them, the table is read through once. */
const FEW_PEOPLE = 500;

/** People by their numbers, in that order; who is not there is left out. */
export async function readPersons(
  connection: DuckDBConnection,
  people: readonly number[],
): Promise<Person[]> {
  return [...(await readManyPersons(connection, people))];
}

/**
 * People as {@link readPersons} gives them, to be gone through once. Columns become people only as they are come to: those of tens of thousands would
 * take hundreds of megabytes.
 */
export async function readManyPersons(
  connection: DuckDBConnection,
  people: readonly number[],
): Promise<Iterable<Person>> {
  if (people.length === 0) return [];
  const wanted = `(SELECT unnest(${listSql(people, "BIGINT")}) AS person, unnest(range(${people.length})) AS place)`;
  const found =
    people.length <= FEW_PEOPLE
      ? `(FROM people WHERE person IN (${people.join(", ")}))`
      : `(FROM people SEMI JOIN ${wanted} USING (person))`;
  // A list of numbers becomes objects in a tenth of the time that one of moments takes.
  const result = await connection.stream(
    `SELECT * EXCLUDE (sought, place) REPLACE (person::DOUBLE AS person, version::DOUBLE AS version,
       list_transform(posted_at, lambda post: epoch_ms(post)::DOUBLE) AS posted_at)
     FROM ${markedSql(found)} JOIN ${wanted} USING (person) ORDER BY place`,
  );
  const parts: unknown[][][] = [];
  for await (const chunk of result) parts.push(chunk.convertColumns(JSDuckDBValueConverter));
  return personsIn(parts, result.deduplicatedColumnNames());
}

/** @param parts lists of columns, which are let go of one after the other */
function* personsIn(parts: unknown[][][], names: readonly string[]): Iterable<Person> {
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
    for (let row = 0; row < part[0].length; row++) {
      const person: Record<string, unknown> = {};
      for (let i = 0; i < names.length; i++) person[names[i]] = part[i][row];
      const posts = person.posted_at as number[] | null;
      person.posted_at = posts?.map((post) => new Date(post)) ?? null;
      yield person as unknown as Person;
    }
  }
}
