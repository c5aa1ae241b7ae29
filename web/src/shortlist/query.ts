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
  "min_well_answered",
  "rows",
] as const;

/** See {@link FILTERS}. */
export type FilterName = (typeof FILTERS)[number];

/** Whom the list shows where nobody asked for anything: the first so many of accounts like these. */
export const SHORT: Readonly<Record<string, string>> = { min_followers: "1000", min_still_posting: "0.5" };
/** See {@link SHORT}. */
const FIRST = "200";

/** What of a file is listed. */
export interface Choice {
  /** The filters, for the API. */
  readonly filters: Readonly<Record<string, string>>;
  /** The most likely of them only; undefined for all. */
  readonly top: string | undefined;
  /** Whether nobody asked for anything. */
  readonly short: boolean;
}

/**
 * What an address asks for: what its filters say, everybody where it says `all`, else the short list.
 *
 * @param questions whether the model answers the two questions; of another, nobody knows who is still posting
 */
export function choiceOf(query: URLSearchParams, questions: boolean): Choice {
  const filters = filtersOf(query);
  const top = query.get("top") ?? undefined;
  if (query.get("all") === "1" || Object.keys(filters).length > 0) return { filters, top, short: false };
  const { min_still_posting: likely = "", ...rest } = SHORT;
  const short = questions ? { ...rest, min_still_posting: likely } : rest;
  return { filters: short, top: top ?? FIRST, short: true };
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
