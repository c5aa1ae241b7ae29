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

/** An order: the column, and whether its largest values come first. */
export interface Sort {
  readonly id: string;
  readonly desc: boolean;
}

/** The order that an address tells: `followers:desc`. */
export function sortOf(text: string): { id: string; desc: boolean } {
  const [id = "", direction] = text.split(":");
  return { id, desc: direction === "desc" };
}

/** An order for an address; undefined for the order of a list that nobody has sorted. */
export function sortQuery(sort: Sort | undefined): string | undefined {
  const text = sort === undefined ? FIRST_SORT : `${sort.id}:${sort.desc ? "desc" : "asc"}`;
  return text === FIRST_SORT ? undefined : text;
}

/** The words of a list parted by commas. */
export function wordsOf(list: string): string[] {
  return list.split(",").filter((word) => word !== "");
}

/** A list parted by commas with a word in it or not. */
export function withWord(list: string, word: string, wanted: boolean): string {
  const others = wordsOf(list).filter((other) => other !== word);
  return (wanted ? [...others, word] : others).join(",");
}

/**
 * What a download asks the API for: the selected rows, or the first of the list as it is filtered.
 *
 * @param rows selected rows
 * @param top how many of the list, where none are selected
 */
export function exportQuery(
  format: string,
  contacts: boolean,
  rows: readonly number[],
  filters: Readonly<Record<string, string>>,
  top: string,
): string {
  const which = rows.length > 0 ? { rows: rows.join(","), top: String(rows.length) } : { ...filters, top };
  return new URLSearchParams({ format, contacts: String(contacts), ...which }).toString();
}
