import { useSyncExternalStore } from "react";

/** The parts of the page. */
const PLACES = ["people", "files", "study", "forecasts"] as const;

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
  const address = useSyncExternalStore(subscribe, () => location.pathname + location.search);
  const [path, search = ""] = address.split("?");
  return parsePlace(path, search);
}

const CHANGED = "place";

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
