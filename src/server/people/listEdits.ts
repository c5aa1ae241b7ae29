import type { DuckDBConnection } from "@duckdb/node-api";
import type { Change, Stale } from "../../workspace/changes.ts";
import {
  addList,
  addSearch,
  changeList,
  changeSearch,
  type List,
  readLists,
  readSearches,
  type Search,
} from "../../workspace/lists.ts";
import { changeSettings, readSettings, type Settings } from "../../workspace/settings.ts";
import { Problem } from "../problem.ts";
import type { PeopleDesk } from "./peopleDesk.ts";
import type { ListFacts } from "./schemas.ts";

/** What can be done with lists, saved searches and settings. `version` is what whoever asks has looked at. */
export type ListEdit = { readonly now: Date } & (
  | { readonly kind: "add list"; readonly name: string }
  | {
      readonly kind: "name list";
      readonly list: number;
      readonly name: string;
      readonly version?: number | undefined;
    }
  | { readonly kind: "remove list"; readonly list: number; readonly version?: number | undefined }
  | { readonly kind: "add search"; readonly name: string; readonly query: string }
  | {
      readonly kind: "change search";
      readonly search: number;
      readonly to: { readonly name?: string | undefined; readonly query?: string | undefined } | null;
      readonly version?: number | undefined;
    }
  | {
      readonly kind: "change settings";
      readonly columns: readonly string[] | null;
      readonly version?: number | undefined;
    }
);

type Asked<Kind extends ListEdit["kind"]> = Extract<ListEdit, { readonly kind: Kind }>;

/** Edits of lists, saved searches and settings, by their kinds. */
export const LIST_EDITS = {
  "add list": async ({ workspace }: PeopleDesk, { name, now }: Asked<"add list">): Promise<ListFacts> =>
    listFacts(await addList(workspace, name, now)),
  "name list": async (
    desk: PeopleDesk,
    { list, name, version, now }: Asked<"name list">,
  ): Promise<ListFacts> => {
    await requireFresh(desk, list, await changeList(desk.workspace, list, name, { now, version }));
    return desk.workspace.read((connection) => listIn(connection, list));
  },
  "remove list": async (desk: PeopleDesk, { list, version, now }: Asked<"remove list">): Promise<Change> =>
    requireFresh(desk, list, await changeList(desk.workspace, list, null, { now, version })),
  "add search": ({ workspace }: PeopleDesk, { name, query }: Asked<"add search">): Promise<Search> =>
    addSearch(workspace, name, query),
  "change search": async ({ workspace }: PeopleDesk, { search, to, version }: Asked<"change search">) => {
    const made = await changeSearch(workspace, search, to, version);
    if (made === null || !("stale" in made)) return made;
    const searches = await workspace.read(readSearches);
    throw stale(searches.find((one) => one.search === search));
  },
  "change settings": async (
    { workspace }: PeopleDesk,
    { columns, version }: Asked<"change settings">,
  ): Promise<Settings> => {
    const made = await changeSettings(workspace, { columns }, version);
    if (!("stale" in made)) return made;
    throw stale(await workspace.read(readSettings));
  },
};

/** A list. @throws Problem `not-found` */
export async function listIn(connection: DuckDBConnection, list: number): Promise<ListFacts> {
  const found = (await readLists(connection)).find((one) => one.list === list);
  if (found === undefined) throw new Problem("not-found", `no such list: ${list}`);
  return listFacts(found);
}

/** All lists, by name. */
export async function listsIn(connection: DuckDBConnection): Promise<ListFacts[]> {
  return (await readLists(connection)).map(listFacts);
}

function listFacts({ made_at, ...list }: List): ListFacts {
  return { ...list, made_at: made_at.toISOString() };
}

async function requireFresh({ workspace }: PeopleDesk, list: number, made: Change | Stale): Promise<Change> {
  if (!("stale" in made)) return made;
  throw stale(await workspace.read((connection) => listIn(connection, list)));
}

const stale = (present: unknown) =>
  new Problem(
    "stale",
    "It was changed meanwhile: look at what is there now, and change it again.",
    undefined,
    {
      present,
    },
  );
