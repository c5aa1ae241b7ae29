/** Words of the address that say which accounts are wanted; the API knows them by the same names. */
export const FILTERS = [
  "search",
  "tiers",
  "languages",
  "regions",
  "min_followers",
  "max_followers",
  "verified",
  "has_email",
  "active_days",
  "min_probability",
  "active",
  "rows",
] as const;

/** See {@link FILTERS}. */
export type FilterName = (typeof FILTERS)[number];

/** How the list is sorted where nobody asked for anything. */
export const FIRST_SORT = "rank:asc";

/** The filters of an address, for the API. */
export function filtersOf(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries(
    FILTERS.flatMap((name) => {
      const value = query.get(name);
      return value === null || value === "" ? [] : [[name, value]];
    }),
  );
}

/** Changes to an address's words that take all filters away. */
export const NO_FILTERS: Readonly<Record<string, undefined>> = Object.fromEntries(
  FILTERS.map((name) => [name, undefined]),
);
