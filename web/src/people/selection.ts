import type { Whom } from "./api.ts";

/** Who is selected: some people, or all whom a filter lets through, as many as it said, but for some. */
export type Selection =
  | { readonly people: ReadonlySet<number> }
  | {
      readonly filter: Readonly<Record<string, string>>;
      readonly count: number;
      readonly but: ReadonlySet<number>;
    };

/** Nobody. */
export const NOBODY: Selection = { people: new Set() };

/** All whom a filter lets through. */
export const everybody = (filter: Readonly<Record<string, string>>, count: number): Selection => ({
  ...{ filter, count },
  but: new Set(),
});

/** Whether all are selected whom a filter lets through. */
export const isAll = (selection: Selection): boolean => "filter" in selection && selection.but.size === 0;

/** Whether somebody is selected. */
export function isSelected(selection: Selection, person: number): boolean {
  return "filter" in selection ? !selection.but.has(person) : selection.people.has(person);
}

/** How many are selected. */
export function countSelected(selection: Selection): number {
  return "filter" in selection ? selection.count - selection.but.size : selection.people.size;
}

/** The selection with some people in it, or without them. */
export function withPeople(selection: Selection, some: readonly number[], wanted = true): Selection {
  const named = new Set("filter" in selection ? selection.but : selection.people);
  for (const person of some) {
    if (wanted === "people" in selection) named.add(person);
    else named.delete(person);
  }
  return "filter" in selection ? { ...selection, but: named } : { people: named };
}

/** The selection with somebody put in, or taken out where they are in. */
export const toggled = (selection: Selection, person: number): Selection =>
  withPeople(selection, [person], !isSelected(selection, person));

/** A selection as the API is told of it. */
export function whomOf(selection: Selection): Whom {
  if ("people" in selection) return { people: [...selection.people] };
  return { filter: { ...selection.filter, ...wordsOf(selection) } };
}

/** What a selection adds to the words of an address that asks for the list; nothing where it is all of it, or nobody. */
export function wordsOf(selection: Selection): Record<string, string> {
  const named = [...("filter" in selection ? selection.but : selection.people)].join(",");
  return named === "" ? {} : { ["filter" in selection ? "no_people" : "people"]: named };
}
