import { useState } from "react";
import type { DatasetFacts, ListedRow } from "../types.ts";

const KEPT = "insights-lists";

/** An account of a list. */
export interface KeptAccount {
  readonly row: number;
  readonly id: string | null;
  readonly account: string | null;
}

/** A named list, kept in the browser. */
export interface KeptList {
  readonly name: string;
  /** The file that its rows are of. */
  readonly file: string;
  readonly rows: number | null;
  readonly accounts: readonly KeptAccount[];
}

function isList(value: unknown): value is KeptList {
  const list = value as Partial<KeptList> | null;
  return (
    typeof list === "object" &&
    typeof list?.name === "string" &&
    typeof list.file === "string" &&
    Array.isArray(list.accounts) &&
    list.accounts.every((one) => Number.isSafeInteger(one?.row) && one.row >= 0)
  );
}

/** The lists in a text that the browser kept; what is no list is left out. */
export function listsOf(text: string | null): readonly KeptList[] {
  const value = parsed(text);
  return Array.isArray(value) ? value.filter(isList) : [];
}

/** Lists without one: a list is known by its name and its file. */
export function withoutList(lists: readonly KeptList[], list: KeptList): readonly KeptList[] {
  return lists.filter(({ name, file }) => name !== list.name || file !== list.file);
}

/** Which columns are shown: those of a text that the browser kept, else those that are shown at first. */
export function visibleColumns(
  text: string | null,
  first: Readonly<Record<string, boolean>>,
): Record<string, boolean> {
  const own = Object.entries(parsed(text) ?? {}).filter(([, shown]) => typeof shown === "boolean");
  return { ...first, ...Object.fromEntries(own) };
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}

const read = () => listsOf(localStorage.getItem(KEPT));

/** The lists of this browser, and what can be done with them. */
export function useKept(): {
  readonly lists: readonly KeptList[];
  /** Puts a list in, in place of one of the same name and file. Tells whether the browser kept it. */
  readonly put: (list: KeptList) => boolean;
  readonly rename: (list: KeptList, name: string) => void;
  readonly remove: (list: KeptList) => void;
} {
  const [lists, setLists] = useState(read);
  const write = (next: readonly KeptList[]): boolean => {
    try {
      localStorage.setItem(KEPT, JSON.stringify(next));
    } catch {
      return false;
    }
    setLists(next);
    return true;
  };
  // Another tab may have changed them since, so they are read again.
  return {
    lists,
    put: (list) => write([...withoutList(read(), list), list]),
    rename: (list, name) => void write([...withoutList(read(), list), { ...list, name }]),
    remove: (list) => void write(withoutList(read(), list)),
  };
}

/** A list of accounts of a dataset. */
export function listOf(name: string, dataset: DatasetFacts, accounts: Iterable<ListedRow>): KeptList {
  return {
    name,
    file: dataset.name,
    rows: dataset.rows,
    accounts: Array.from(accounts, ({ row, id, account }) => ({ row, id, account })),
  };
}
