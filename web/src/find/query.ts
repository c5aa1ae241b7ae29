import { PEOPLE_WORDS } from "../people/filter.ts";
import { type Changes, NO_FILTERS } from "./words.ts";

/** Words of an address that a saved search keeps: who is wanted, and the order. */
const KEPT: readonly string[] = [...PEOPLE_WORDS, "sort"];

/** What an address asks for as a saved search keeps it: the same for the same filters in whatever order they came. */
export function keptQuery(query: URLSearchParams): string {
  const kept = new URLSearchParams();
  for (const name of KEPT) {
    const value = query.get(name);
    if (value !== null && value !== "") kept.set(name, value);
  }
  return kept.toString();
}

/** Changes to an address that make it ask for a saved search; words that nobody knows any more are left out. */
export function openQuery(kept: string, search: number): Changes {
  const words = [...new URLSearchParams(kept)].filter(([name]) => KEPT.includes(name));
  return { ...NO_FILTERS, sort: undefined, ...Object.fromEntries(words), saved: String(search) };
}

/** Changes to an address that make it show a list: all who are on it, whatever their status. */
export const openList = (list: number): Changes => ({
  ...{ ...NO_FILTERS, saved: undefined },
  ...{ lists: String(list), statuses: "all" },
});

/** Columns of the page whose names in a file differ; those that stand for several. */
const IN_FILES: Readonly<Record<string, readonly string[]>> = {
  growth: ["followers_growth_rate"],
  contact: ["emails", "phones", "links"],
  flags: ["look_twice"],
  niches: ["niche"],
};

/** Columns that say who somebody is; every file has them. */
const WHO = ["account", "name", "url"];

/** Columns for letters that are merged. */
const MERGE = ["first_name", "handle", "why", "link", "email"];

/** What is taken along of the list. */
export interface Taken {
  readonly format: string;
  /** Ids of the columns as they stand in the page; null for all. */
  readonly columns: readonly string[] | null;
  /** Whether columns for letters stand first. */
  readonly merge: boolean;
  readonly contacts: boolean;
  /** The first so many; null for everybody. */
  readonly most: number | null;
}

/** Names of the columns of a file; undefined for the usual ones. */
export function fileColumns({
  columns,
  merge,
  contacts,
}: Omit<Taken, "format" | "most">): readonly string[] | undefined {
  if (columns === null && !merge) return undefined;
  const shown = (columns ?? []).flatMap((id) => IN_FILES[id] ?? [id]);
  const contact = contacts ? shown : shown.filter((name) => !IN_FILES.contact.includes(name));
  return [...new Set([...(merge ? MERGE : WHO), ...contact])].filter((name) => contacts || name !== "email");
}

/** The address of a file of what is on screen: its filters, its order, its columns. */
export function exportAddress(query: URLSearchParams, taken: Taken): string {
  const words = new URLSearchParams(keptQuery(query));
  words.set("format", taken.format);
  words.set("with_contacts", String(taken.contacts));
  const columns = fileColumns(taken);
  if (columns !== undefined) words.set("columns", columns.join(","));
  if (taken.most !== null) words.set("limit", String(taken.most));
  return `/v1/people/export?${words}`;
}

/** Whether the browser's language parts decimals with a comma: there a spreadsheet parts the columns of CSV with semicolons. */
export function partsWithSemicolons(language?: string): boolean {
  return new Intl.NumberFormat(language).format(1.5).includes(",");
}
