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
  "min_still_posting",
  "flags",
  "no_flags",
  "rows",
] as const;

/** See {@link FILTERS}. */
export type FilterName = (typeof FILTERS)[number];

/** What of a file is listed. */
export interface Choice {
  /** The filters, for the API. */
  readonly filters: Readonly<Record<string, string>>;
  /** Whether it is the short list: accounts worth a look, the first 200; else everybody whom the filters let through. */
  readonly short: boolean;
  /** Exactly so many, the most likely first; undefined for as many as there are. */
  readonly top: string | undefined;
}

/** What an address asks for: the short list, unless it says `all`, or which rows. */
export function choiceOf(query: URLSearchParams): Choice {
  const filters = filtersOf(query);
  const top = query.get("top") ?? undefined;
  return { filters, short: query.get("all") !== "1" && filters.rows === undefined, top };
}

/** A choice in the words of the API. */
export function choiceWords({ filters, short, top }: Choice): Record<string, string> {
  return { ...filters, ...(short ? { short: "true" } : {}), ...(top === undefined ? {} : { top }) };
}

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
  [...FILTERS, "all", "top"].map((name) => [name, undefined]),
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
 * What a download asks the API for: the selected rows, or the list as it is filtered.
 *
 * @param rows selected rows
 * @param top how many of the list, where none are selected; undefined for as many as it holds
 */
export function exportQuery(
  format: string,
  contacts: boolean,
  rows: readonly number[],
  choice: Choice,
  top: string | undefined,
): string {
  const which =
    rows.length > 0 ? { rows: rows.join(","), top: String(rows.length) } : choiceWords({ ...choice, top });
  return new URLSearchParams({ format, contacts: String(contacts), ...which }).toString();
}
