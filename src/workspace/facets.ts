import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier, quoteLiteral } from "../base/quote.ts";
import type { CanonicalName } from "../profiles/canonical.ts";
import {
  CONTACT_KINDS,
  factsSql,
  MARKED,
  type PeopleFilter,
  type PeoplePage,
  statusesOf,
  statusSql,
} from "./find.ts";
import { NEWS_SQL } from "./growth.ts";

/** What can be chosen, each with the part of the filter that asks for it, and its value as SQL over `counted`. Lists of values count a person for each. */
interface Facet {
  readonly part: keyof PeopleFilter;
  readonly value: string;
}

const FACETS = {
  status: { part: "statuses", value: "status" },
  tier: { part: "tiers", value: "tier" },
  language: { part: "languages", value: "predicted_lang" },
  region: { part: "regions", value: "region" },
  verified: { part: "verified", value: "is_verified::VARCHAR" },
  news: { part: "news", value: "news" },
  owner: { part: "owner", value: "owner" },
  niche: { part: "niches", value: "unnest(niches)" },
  flag: { part: "flags", value: "unnest(flags)" },
  tag: { part: "tags", value: "unnest(tags)" },
  contact: {
    part: "contacts",
    value: `unnest(list_filter([${CONTACT_KINDS.map((kind) => `CASE WHEN has_${kind} THEN '${kind}' END`).join(", ")}], lambda kind: kind IS NOT NULL))`,
  },
  import: { part: "imports", value: "unnest(imports)::VARCHAR" },
  list: { part: "lists", value: "unnest(lists)::VARCHAR" },
} as const satisfies Record<string, Facet>;

/** See {@link readFacets}. */
export type FacetName = keyof typeof FACETS;

/** Names of all facets. */
export const FACET_NAMES = Object.keys(FACETS) as FacetName[];

/** The lists that each person is on who is on one, as SQL after FROM. */
const LISTS =
  "(SELECT person, list(list ORDER BY list) AS lists FROM listed SEMI JOIN (FROM lists WHERE name IS NOT NULL) USING (list) GROUP BY person)";

/** What people are counted by, with who is new, as SQL after FROM. */
const TOLD_COMBINATIONS = `(SELECT * REPLACE (${NEWS_SQL} AS news) FROM combinations)`;

/** Values of a facet that are told, the most frequent first. */
const MOST_VALUES = 200;

/**
 * How many people each choice would show, all other parts of the filter being as they are.
 *
 * Everybody whom the parts without a facet let through is counted once, by their combination, marks and lists. Of each of these few it is asked which
 * of the other parts let it through; then each facet is summed over those that all but its own part do.
 */
export async function readFacets(
  connection: DuckDBConnection,
  filter: PeopleFilter,
): Promise<Record<FacetName, { readonly value: string; readonly people: number }[]>> {
  const facets = Object.entries(FACETS) as [FacetName, Facet][];
  // Beside a status stands how many have it, also of those that are left out at first.
  const asked = facets.flatMap(([name, { part }]): { readonly name: FacetName; readonly sql: string }[] => {
    if (name === "status") return [{ name, sql: statusSql(filter) }];
    return filter[part] === undefined ? [] : [{ name, sql: factsSql({ [part]: filter[part] }) }];
  });
  const others = Object.fromEntries(
    Object.entries(filter).filter(([part]) => !facets.some(([, facet]) => facet.part === part)),
  );
  /** Which parts let through, of those that are asked of each person, or of the others. */
  const lets = (ofPersons: boolean) =>
    asked
      .filter(({ name }) => (name === "list") === ofPersons)
      .map(({ name, sql }) => `, coalesce(${sql}, false) AS lets_${name}`)
      .join("");
  const counts = facets.map(([facet, { value }]) => {
    const through = asked.filter(({ name }) => name !== facet).map(({ name }) => `lets_${name}`);
    return `SELECT ${quoteLiteral(facet)} AS facet, value, sum(people)::DOUBLE AS people FROM (
      SELECT ${value} AS value, people FROM counted WHERE ${["true", ...through].join(" AND ")}
    ) WHERE value IS NOT NULL GROUP BY value`;
  });
  const reader = await connection.runAndReadAll(
    `WITH matching AS (
       SELECT combination, status, owner, tags, lists${lets(true)}, count(*) AS people
       FROM ${MARKED} LEFT JOIN ${LISTS} USING (person) WHERE ${factsSql(others)} GROUP BY ALL
     ), counted AS MATERIALIZED (SELECT *${lets(false)} FROM matching JOIN ${TOLD_COMBINATIONS} USING (combination))
     SELECT facet, value, people FROM (${counts.join(" UNION ALL ")})
     QUALIFY row_number() OVER (PARTITION BY facet ORDER BY people DESC, value) <= ${MOST_VALUES} ORDER BY people DESC, value`,
  );
  const rows = reader.getRowsJS() as [FacetName, string, number][];
  const of = (facet: FacetName) =>
    rows.filter(([name]) => name === facet).map(([, value, people]) => ({ value, people }));
  return Object.fromEntries(FACET_NAMES.map((name) => [name, of(name)])) as Awaited<
    ReturnType<typeof readFacets>
  >;
}

/**
 * What {@link readPeople} tells of a filter beside the rows, told from counts that were read.
 *
 * @param byStatus counts beside each status, of {@link readFacets}
 */
export async function countPeople(
  connection: DuckDBConnection,
  filter: PeopleFilter,
  byStatus: readonly { readonly value: string; readonly people: number }[],
): Promise<PeoplePage> {
  const [[of]] = (await connection.runAndReadAll("SELECT count(*)::DOUBLE FROM people")).getRowsJS();
  const shown: readonly string[] = statusesOf(filter);
  const counts = { total: 0, hidden: 0 };
  for (const { value, people } of byStatus) {
    if (shown.includes(value)) counts.total += people;
    else if (filter.statuses === undefined) counts.hidden += people;
  }
  return { ...counts, of: of as number, rows: [] };
}

/** Facts that filters ask for, and not every file tells. */
const ASKED = [
  ...([
    "followers",
    "predicted_lang",
    "region",
    "is_verified",
    "biography",
    "awg_engagement_rate",
  ] satisfies CanonicalName[]),
  ...[
    "last_post",
    "posts_per_week",
    "still_posting",
    "well_answered",
    "engagement_percentile",
    "followers_growth_rate",
  ],
];

/** Of how many people each fact is known that a filter may ask for. */
export async function readKnown(connection: DuckDBConnection): Promise<Record<string, number>> {
  const counts = ASKED.map((column) => `count(${column})::DOUBLE AS ${quoteIdentifier(column)}`);
  const reader = await connection.runAndReadAll(`SELECT ${counts.join(", ")} FROM people`);
  return reader.getRowObjectsJS()[0] as Record<string, number>;
}
