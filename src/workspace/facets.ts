import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier, quoteLiteral } from "../base/quote.ts";
import type { CanonicalName } from "../profiles/canonical.ts";
import { CONTACT_KINDS, factsSql, MARKED, type PeopleFilter, statusSql } from "./find.ts";

/** What can be chosen, each with the part of the filter that asks for it, and its value as SQL over `from`. Lists of values count a person for each. */
interface Facet {
  readonly part: keyof PeopleFilter;
  readonly value: string;
  /** A relation of {@link readFacets}; those with their combinations counted unless said otherwise. */
  readonly from?: string;
}

const FACETS = {
  status: { part: "statuses", value: "status" },
  tier: { part: "tiers", value: "tier" },
  language: { part: "languages", value: "predicted_lang" },
  region: { part: "regions", value: "region" },
  verified: { part: "verified", value: "is_verified::VARCHAR" },
  news: { part: "news", value: "news" },
  owner: { part: "owner", value: "owner" },
  // There are too many combinations of niches for them to be counted along with others.
  niche: { part: "niches", value: "unnest(niches)", from: "matching" },
  flag: { part: "flags", value: "unnest(flags)" },
  tag: { part: "tags", value: "unnest(tags)" },
  contact: {
    part: "contacts",
    value: `unnest(list_filter([${CONTACT_KINDS.map((kind) => `CASE WHEN has_${kind} THEN '${kind}' END`).join(", ")}], lambda kind: kind IS NOT NULL))`,
  },
  import: { part: "imports", value: "unnest(imports)::VARCHAR" },
  list: {
    part: "lists",
    value: "list::VARCHAR",
    from: "matching JOIN listed USING (person) JOIN (FROM lists WHERE name IS NOT NULL) USING (list)",
  },
} as const satisfies Record<string, Facet>;

/** See {@link readFacets}. */
export type FacetName = keyof typeof FACETS;

/** Names of all facets. */
export const FACET_NAMES = Object.keys(FACETS) as FacetName[];

/** Columns of which few combinations occur. */
const COMBINED = [
  ...["status", "tier", "predicted_lang", "region", "is_verified", "news", "owner", "flags", "tags"],
  ...CONTACT_KINDS.map((kind) => `has_${kind}`),
  "imports",
];

/** Values of a facet that are told, the most frequent first. */
const MOST_VALUES = 200;

/**
 * How many people each choice would show, all other parts of the filter being as they are.
 *
 * Of everybody whom the parts without a facet let through, it is written down once which of the other parts do; then each facet is counted over those
 * whom all but its own part let through.
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
  const lets = asked.map(({ name, sql }) => `coalesce(${sql}, false) AS lets_${name}`).join(", ");
  const counts = facets.map(([facet, { value, from = "combinations" }]) => {
    const through = asked.filter(({ name }) => name !== facet).map(({ name }) => `lets_${name}`);
    return `SELECT ${quoteLiteral(facet)} AS facet, value, sum(people)::DOUBLE AS people FROM (
      SELECT ${value} AS value, people FROM ${from} WHERE ${["true", ...through].join(" AND ")}
    ) WHERE value IS NOT NULL GROUP BY value`;
  });
  const reader = await connection.runAndReadAll(
    `WITH matching AS MATERIALIZED (
       SELECT person, niches, ${COMBINED.join(", ")}, ${lets}, 1 AS people FROM ${MARKED} WHERE ${factsSql(others)}
     ), combinations AS MATERIALIZED (SELECT * EXCLUDE (person, niches, people), count(*) AS people FROM matching GROUP BY ALL)
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
