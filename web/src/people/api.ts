import { ApiError, ask } from "../api.ts";
import { tell, tellTrouble } from "../parts/Toast.tsx";
import { createShared, useShared } from "../shared.ts";
import { filterInBody } from "./filter.ts";
import type { Changed, ListFacts, PersonRow, Setting } from "./types.ts";

/** Who is meant: some people, or all whom a filter lets through, in the words of an address. */
export type Whom = { readonly people: readonly number[] } | { readonly filter: Record<string, string> };

/** What happened to people: those that are known as they are now; null where too many changed to tell. */
type News = readonly PersonRow[] | null;

const watchers = new Set<(news: News) => void>();

/** Calls back whenever people were changed from this tab. Gives what ends it. */
export function watchPeople(changed: (news: News) => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

function spread(news: News): void {
  for (const changed of watchers) changed(news);
}

/** Tells all views that people came or went. */
export const peopleGone = (): void => spread(null);

let last: { readonly change: number; readonly words: string } | null = null;

/** Versions that this tab's own changes have left, by person. Whoever goes on before an answer is there knows the version before it. */
const own = new Map<number, number>();

let earlier: Promise<unknown> = Promise.resolve();

/** Does what changes people one after the other, so that each knows what came of the one before. `work` does not fail. */
function inTurn<Done>(work: () => Promise<Done>): Promise<Done> {
  const done = earlier.then(work);
  earlier = done;
  return done;
}

/**
 * Notes something about people, says so with a way to take it back, and tells all views. Changes are made in the order in which they are asked for.
 *
 * @param version of the one person that is changed, as far as the page knows them
 * @returns whether it was done; where not, why was told, and where somebody else was faster the person is shown as they are now
 */
export function changePeople(whom: Whom, set: Setting, version?: number): Promise<boolean> {
  return inTurn(async () => {
    try {
      const meant = "filter" in whom ? { filter: filterInBody(whom.filter) } : whom;
      const known =
        version === undefined || "filter" in whom
          ? {}
          : { version: Math.max(version, ...whom.people.map((person) => own.get(person) ?? 0)) };
      noted(await send("/v1/people/changes", { ...meant, set, ...known }));
      return true;
    } catch (error) {
      failed(error);
      return false;
    }
  });
}

/** Says what was done to people, with a way to take it back, and tells all views. */
export function noted({ change, words, rows }: Changed): void {
  if (change === null) return;
  last = { change, words };
  spreadOwn(rows);
  tell(capitalised(words), { undo: () => void undo() });
}

function spreadOwn(rows: Changed["rows"]): void {
  for (const { person, version } of rows ?? []) own.set(person, version);
  spread(rows ?? null);
}

/** Takes the last change of this tab back. */
export function undo(): Promise<void> {
  return inTurn(async () => {
    if (last === null) {
      tell("There is nothing to take back.");
      return;
    }
    const { change, words } = last;
    last = null;
    try {
      spreadOwn((await send(`/v1/changes/${change}/undo`)).rows);
      tell(`Taken back: ${words}`);
    } catch (error) {
      failed(error);
    }
  });
}

const capitalised = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

function failed(error: unknown): void {
  const present = error instanceof ApiError ? (error.body.present as PersonRow | undefined) : undefined;
  if (present === undefined) {
    tellTrouble(error instanceof Error ? error.message : String(error));
    return;
  }
  spread([present]);
  tellTrouble(
    "Somebody changed this person a moment ago. What is there now is shown; nothing was overwritten.",
  );
}

function send(path: string, body?: unknown): Promise<Changed> {
  return ask<Changed>(path, {
    method: "POST",
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
}

const lists = createShared<readonly ListFacts[]>("/v1/lists");
// How many a list holds changes with the people.
watchPeople(lists.again);

/** Tells all views that lists were made, renamed or removed. */
export const listsChanged = lists.again;

/** The lists of the workspace; null until they are there. */
export const useLists = (): readonly ListFacts[] | null => useShared(lists).answer;

/** Makes a list; gives its number. */
export async function makeList(name: string): Promise<number> {
  try {
    const { list } = await ask<ListFacts>("/v1/lists", {
      method: "POST",
      body: JSON.stringify({ name }),
      headers: { "content-type": "application/json" },
    });
    return list;
  } finally {
    // Where it was refused, another tab may have made one of that name.
    listsChanged();
  }
}
