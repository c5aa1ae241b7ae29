import { useSyncExternalStore } from "react";

/** The views of a dataset. */
export const VIEWS = ["data", "study", "shortlist"] as const;

/** See {@link VIEWS}. */
export type View = (typeof VIEWS)[number];

/** Where the page is: everything that an address tells. */
export interface Route {
  /** Null at the start, where a file is chosen. */
  readonly dataset: string | null;
  readonly view: View | "profile" | null;
  /** Of the account, in the view `profile`. */
  readonly row: number | null;
  /** What the view shows: filters, sort, threshold. */
  readonly query: URLSearchParams;
}

/** Reads an address; null where it tells nothing that there is. */
export function parseRoute(path: string, search: string): Route | null {
  const query = new URLSearchParams(search);
  const parts = path.split("/").filter((part) => part !== "");
  if (parts.length === 1 && parts[0] === "d") return { dataset: null, view: null, row: null, query };
  const [d, dataset, view = "shortlist", row] = parts.map(decodeURIComponent);
  if (d !== "d" || dataset === undefined || parts.length > 4) return null;
  if (view === "profile") {
    return row !== undefined && /^\d+$/.test(row) ? { dataset, view, row: Number(row), query } : null;
  }
  const known = VIEWS.find((name) => name === view);
  return known === undefined || row !== undefined ? null : { dataset, view: known, row: null, query };
}

/** The address of a view. */
export function addressOf(
  dataset: string,
  view: View | { readonly row: number },
  query: URLSearchParams | Readonly<Record<string, string>> = {},
): string {
  const text = new URLSearchParams(query as Record<string, string>).toString();
  const path = typeof view === "string" ? view : `profile/${view.row}`;
  return `/d/${encodeURIComponent(dataset)}/${path}${text === "" ? "" : `?${text}`}`;
}

/** The parts of the page, as its head names them. */
export const PLACES = ["people", "files", "study", "forecasts"] as const;

/** See {@link PLACES}. */
export type PlaceName = (typeof PLACES)[number];

/** A part of the page, and who or which file is shown there. */
export interface Place {
  readonly place: PlaceName;
  /** A person's number among the people, a file's elsewhere; null for none. */
  readonly number: number | null;
  readonly query: URLSearchParams;
}

/** Reads the address of a part of the page: `/people`, `/people/12`, `/files/3`; the people at `/`; null where it is none. */
export function parsePlace(path: string, search: string): Place | null {
  const [name = "people", number, ...more] = path.split("/").filter((part) => part !== "");
  const place = PLACES.find((one) => one === name);
  if (place === undefined || more.length > 0) return null;
  const query = new URLSearchParams(search);
  if (number === undefined) return { place, number: null, query };
  return place !== "forecasts" && /^\d{1,15}$/.test(number) ? { place, number: Number(number), query } : null;
}

/** The address of a part of the page. */
export function placeAddress(place: PlaceName, number: number | null = null, query = ""): string {
  return `/${place}${number === null ? "" : `/${number}`}${query}`;
}

/** The part of the page that the address names, kept up to date; null where it names none. */
export function usePlace(): Place | null {
  const [path, search = ""] = useAddress().split("?");
  return parsePlace(path, search);
}

const CHANGED = "route";

/** Goes to an address without loading the page anew. `replace` leaves no step to go back to. */
export function go(address: string, { replace = false }: { replace?: boolean } = {}): void {
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  dispatchEvent(new Event(CHANGED));
}

function subscribe(changed: () => void): () => void {
  addEventListener(CHANGED, changed);
  addEventListener("popstate", changed);
  return () => {
    removeEventListener(CHANGED, changed);
    removeEventListener("popstate", changed);
  };
}

/** The route, kept up to date. */
export function useRoute(): Route | null {
  const [path, search = ""] = useAddress().split("?");
  return parseRoute(path, search);
}

function useAddress(): string {
  return useSyncExternalStore(subscribe, () => location.pathname + location.search);
}

/** A query with some words changed: `?a=1`, or nothing where no word is left. A word that becomes empty goes. */
export function changedQuery(search: string, changes: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === "") query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

/** Changes some words of the address's query in place. */
export function changeQuery(
  changes: Readonly<Record<string, string | undefined>>,
  options?: { replace?: boolean },
): void {
  go(location.pathname + changedQuery(location.search, changes), options);
}
