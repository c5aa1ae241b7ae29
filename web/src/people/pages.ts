import { ApiError, ask } from "../api.ts";
import type { PeoplePage, PersonRow } from "./types.ts";

/** Rows of a page. */
const PAGE = 100;
/** Pages that are kept: those looked at last. */
const MOST_PAGES = 12;
/** Pages that are asked for at a time: whoever scrolls past many gets the one where the scrolling ends, not all on the way. */
const MOST_COMING = 2;

/** Milliseconds that a place has to be looked at after a jump before it is fetched: whoever drags past thousands reads none of them. */
const REST = 80;

/** The address of a page of a list, from 0. @param words of the address of `GET /v1/people`, all but offset and limit */
export function pageAddress(words: URLSearchParams, page: number): string {
  return `/v1/people?${words}&limit=${PAGE}&offset=${page * PAGE}`;
}

/** What a list is, for whoever shows it. */
export interface Listed {
  /** How many match; null until the first page is there. */
  readonly total: number | null;
  /** Everybody in the workspace. */
  readonly of: number | null;
  /** How many are left out for their status. */
  readonly hidden: number;
  readonly error: ApiError | null;
  /** Rows of all pages that are kept. Another array when one of them changes. */
  readonly rows: readonly PersonRow[];
}

/** A long list of which only the pages that are looked at, and those beside them, are here. */
export interface Pages {
  /** For `useSyncExternalStore`. */
  readonly subscribe: (changed: () => void) => () => void;
  readonly listed: () => Listed;
  /** The row at a place of the list; undefined where it is not here. */
  readonly at: (index: number) => PersonRow | undefined;
  /** The place of a person; undefined where they are not here. */
  readonly placeOf: (person: number) => number | undefined;
  /** Says which places are looked at: their pages are fetched, those in the middle first. */
  readonly look: (first: number, last: number) => void;
  /** Fetches anew what failed. */
  readonly again: () => void;
  /** Puts people as they are now in the places where they stand. Nobody moves while the list is worked on. */
  readonly patch: (rows: readonly PersonRow[]) => void;
  /** Fetches all pages anew; what is here stays until then. */
  readonly reload: () => void;
}

/**
 * Makes a list.
 *
 * @param words of the address of `GET /v1/people`, all but offset and limit
 */
export function createPages(words: URLSearchParams): Pages {
  const kept = new Map<number, readonly PersonRow[]>();
  const stale = new Set<number>();
  const coming = new Set<number>();
  const watchers = new Set<() => void>();
  let listed: Listed = { total: null, of: null, hidden: 0, error: null, rows: [] };
  let wanted: readonly number[] = [0];
  let looked = 0;
  let turn = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tell = (change: Partial<Listed>) => {
    listed = { ...listed, ...change };
    for (const changed of watchers) changed();
  };

  async function fetchPage(page: number): Promise<void> {
    coming.add(page);
    const asked = turn;
    try {
      const { total, of, hidden, rows } = await ask<PeoplePage>(pageAddress(words, page));
      if (asked === turn) {
        stale.delete(page);
        kept.set(page, rows);
        for (const old of kept.keys()) {
          if (kept.size > MOST_PAGES && !wanted.includes(old)) kept.delete(old);
        }
        tell({ total, of, hidden, error: null, rows: [...kept.values()].flat() });
      }
    } catch (error) {
      tell({ error: error instanceof ApiError ? error : new ApiError(0, String(error)) });
    } finally {
      coming.delete(page);
    }
    if (listed.error === null) fetchWanted();
  }

  function fetchWanted(): void {
    for (const page of wanted) {
      const rows = kept.get(page);
      if (rows !== undefined) {
        // Looked at again: the last to go.
        kept.delete(page);
        kept.set(page, rows);
      }
      if ((rows === undefined || stale.has(page)) && !coming.has(page) && coming.size < MOST_COMING)
        void fetchPage(page);
    }
  }

  function rested(): void {
    timer = undefined;
    if (listed.error === null) fetchWanted();
  }

  return {
    subscribe: (changed) => {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    listed: () => listed,
    at: (index) => kept.get(Math.floor(index / PAGE))?.[index % PAGE],
    placeOf: (person) => {
      for (const [page, rows] of kept) {
        const i = rows.findIndex((row) => row.person === person);
        if (i >= 0) return page * PAGE + i;
      }
      return undefined;
    },
    look: (first, last) => {
      const from = Math.max(0, Math.floor((first - PAGE / 2) / PAGE));
      const end = listed.total === null ? 0 : Math.max(0, Math.ceil(listed.total / PAGE) - 1);
      const to = Math.min(end, Math.floor((last + PAGE / 2) / PAGE));
      const middle = Math.floor((first + last) / 2 / PAGE);
      wanted = Array.from({ length: Math.max(1, to - from + 1) }, (_, i) => from + i).sort(
        (a, b) => Math.abs(a - middle) - Math.abs(b - middle),
      );
      const jumped = Math.abs(middle - looked) > 1 || timer !== undefined;
      looked = middle;
      clearTimeout(timer);
      timer = undefined;
      if (jumped) timer = setTimeout(rested, REST);
      else if (listed.error === null) fetchWanted();
    },
    again: () => {
      tell({ error: null });
      fetchWanted();
    },
    patch: (rows) => {
      const now = new Map(rows.map((row) => [row.person, row]));
      for (const [page, old] of kept) {
        if (old.some(({ person }) => now.has(person)))
          kept.set(
            page,
            old.map((row) => now.get(row.person) ?? row),
          );
      }
      tell({ rows: [...kept.values()].flat() });
    },
    reload: () => {
      turn++;
      for (const page of kept.keys()) stale.add(page);
      listed = { ...listed, error: null };
      fetchWanted();
    },
  };
}

/** A list that is shown, and the place in it. */
export interface Shown {
  readonly pages: Pages;
  /** How far it is scrolled, in pixels. */
  offset: number;
  /** The row that keys work on. */
  active: number;
}

const PLACE = "insights-people-place";

let last: (Shown & { readonly words: string }) | null = null;

/** The list for words of an address: the one that was shown last, where it is the same, with its place, also after the page was loaded anew. */
export function pagesFor(words: URLSearchParams): Shown {
  const text = words.toString();
  if (last?.words !== text) {
    const { offset, active } = last === null ? keptPlace(text) : TOP;
    last = { words: text, pages: createPages(words), offset, active };
  }
  return last;
}

/** Keeps the place for when this tab is loaded anew. */
export function keepPlace(): void {
  if (last === null) return;
  const { words, offset, active } = last;
  sessionStorage.setItem(PLACE, JSON.stringify({ words, offset, active }));
}

const TOP = { offset: 0, active: 0 };

function keptPlace(words: string): typeof TOP {
  const kept = JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
  return kept?.words === words ? kept : TOP;
}
