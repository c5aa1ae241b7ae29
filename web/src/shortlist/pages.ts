import { ApiError, ask } from "../api.ts";
import type { ListedRow } from "../types.ts";

/** Rows of a page. */
const PAGE = 200;
/** Pages that are kept: those looked at last. */
const MOST_PAGES = 6;
/** Pages that are asked for at a time: whoever scrolls past many gets the one where the scrolling ends, not all on the way. */
const MOST_COMING = 2;

/** Milliseconds that a place has to be looked at after a jump before it is fetched: whoever drags past thousands reads none of them. */
const REST = 80;

/** What a list is, for whoever shows it. */
export interface Listed {
  /** Rows in all; null until the first page is there. */
  readonly total: number | null;
  /** Rows that the filters let through, of which those are the first. */
  readonly matching: number | null;
  readonly error: ApiError | null;
  /** Rows of all pages that are kept. Another array when a page comes. */
  readonly rows: readonly ListedRow[];
}

/** A long list of which only the pages that are looked at, and those beside them, are here. */
export interface Pages {
  /** For `useSyncExternalStore`. */
  readonly subscribe: (changed: () => void) => () => void;
  readonly listed: () => Listed;
  /** The row at a place of the list; undefined where it is not here. */
  readonly at: (index: number) => ListedRow | undefined;
  /** Says which places are looked at: their pages are fetched, those in the middle first. */
  readonly look: (first: number, last: number) => void;
  /** Fetches anew what failed. */
  readonly again: () => void;
  /** Rows beside one in the list, where they are here. */
  readonly beside: (row: number) => { previous: ListedRow | undefined; next: ListedRow | undefined };
}

/**
 * Makes a list.
 *
 * @param words of the address of `GET /v1/profiles`, all but offset and limit
 */
export function createPages(words: URLSearchParams): Pages {
  const kept = new Map<number, readonly ListedRow[]>();
  const coming = new Set<number>();
  const watchers = new Set<() => void>();
  let listed: Listed = { total: null, matching: null, error: null, rows: [] };
  let wanted: readonly number[] = [0];
  let looked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tell = (change: Partial<Listed>) => {
    listed = { ...listed, ...change };
    for (const changed of watchers) changed();
  };

  async function fetchPage(page: number): Promise<void> {
    coming.add(page);
    try {
      const answer = await ask<{ total: number; matching: number; rows: ListedRow[] }>(
        `/v1/profiles?${words}&limit=${PAGE}&offset=${page * PAGE}`,
      );
      kept.set(page, answer.rows);
      for (const old of kept.keys()) {
        if (kept.size > MOST_PAGES && !wanted.includes(old)) kept.delete(old);
      }
      tell({ total: answer.total, matching: answer.matching, error: null, rows: [...kept.values()].flat() });
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
      } else if (!coming.has(page) && coming.size < MOST_COMING) void fetchPage(page);
    }
  }

  function rested(): void {
    timer = undefined;
    if (listed.error === null) fetchWanted();
  }

  const at = (index: number) => kept.get(Math.floor(index / PAGE))?.[index % PAGE];
  return {
    subscribe: (changed) => {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    listed: () => listed,
    at,
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
    beside: (row) => {
      for (const [page, rows] of kept) {
        const i = rows.findIndex((one) => one.row === row);
        if (i >= 0) return { previous: at(page * PAGE + i - 1), next: at(page * PAGE + i + 1) };
      }
      return { previous: undefined, next: undefined };
    },
  };
}

let last: { readonly words: string; readonly pages: Pages; offset: number } | null = null;

/** The list for words of an address: the one that was shown last, where it is the same, with its place. */
export function pagesFor(words: URLSearchParams): { readonly pages: Pages; offset: number } {
  const text = words.toString();
  if (last === null || last.words !== text) last = { words: text, pages: createPages(words), offset: 0 };
  return last;
}

/** Accounts beside one in the list that was shown last, where it is of the same dataset. */
export function besideInList(dataset: string, row: number): ReturnType<Pages["beside"]> {
  const same = last !== null && new URLSearchParams(last.words).get("dataset") === dataset;
  return same && last !== null ? last.pages.beside(row) : { previous: undefined, next: undefined };
}
