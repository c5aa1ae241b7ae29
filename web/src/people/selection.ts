import type { Whom } from "./api.ts";

/** Who is selected: some people, or all whom a filter lets through, as many as it said. */
export type Selection =
  | { readonly people: ReadonlySet<number> }
  | { readonly filter: Readonly<Record<string, string>>; readonly count: number };

/** Nobody. */
export const NOBODY: Selection = { people: new Set() };

/** Whether somebody is selected. */
export function isSelected(selection: Selection, person: number): boolean {
  return "filter" in selection || selection.people.has(person);
}

/** How many are selected. */
export function countSelected(selection: Selection): number {
  return "filter" in selection ? selection.count : selection.people.size;
}

/**
 * The selection with somebody put in, or taken out where they are in. Of all that match, whoever is taken out leaves those that are listed.
 *
 * @param listed people whom the page knows
 */
export function toggled(selection: Selection, person: number, listed: readonly number[]): Selection {
  const people = new Set("filter" in selection ? listed : selection.people);
  if (!people.delete(person)) people.add(person);
  return { people };
}

/** The selection with more people in it. */
export function withPeople(selection: Selection, more: readonly number[]): Selection {
  return "filter" in selection ? selection : { people: new Set([...selection.people, ...more]) };
}

/** A selection as the API is told of it. */
export function whomOf(selection: Selection): Whom {
  return "filter" in selection ? { filter: { ...selection.filter } } : { people: [...selection.people] };
}
