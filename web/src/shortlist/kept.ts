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

function read(): readonly KeptList[] {
  try {
    const said: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(said) ? said.filter(isList) : [];
  } catch {
    return [];
  }
}

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
  // Another tab may have changed them since.
  const without = (list: KeptList) =>
    read().filter(({ name, file }) => name !== list.name || file !== list.file);
  return {
    lists,
    put: (list) => write([...without(list), list]),
    rename: (list, name) => void write([...without(list), { ...list, name }]),
    remove: (list) => void write(without(list)),
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
