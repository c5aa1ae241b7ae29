import type { DuckDBConnection } from "@duckdb/node-api";
import { InsightsError, unknownName } from "../base/error.ts";
import { quoteLiteral, timestampSql } from "../base/quote.ts";
import { type Change, nameList, type Stale } from "./changes.ts";
import type { Workspace } from "./open.ts";

/** A list of people that somebody named. */
export interface List {
  readonly list: number;
  readonly name: string;
  readonly people: number;
  readonly made_at: Date;
  /** The last change of it. */
  readonly version: number;
}

/** A search that somebody named. */
export interface Search {
  readonly search: number;
  readonly name: string;
  /** The words of the page's address. */
  readonly query: string;
  readonly version: number;
}

/** Longest name of a list or a search, in characters. */
export const LONGEST_NAME = 200;

/** What a name is like: not blank, and without control characters, of which those that are blanks are read as one. */
export const NAME =
  /^[^\x00-\x08\x0e-\x1f\x7f-\x9f]*[^\x00-\x1f\x7f-\x9f\s\ufeff][^\x00-\x08\x0e-\x1f\x7f-\x9f]*$/;

/** The lists that are there, by name. */
export async function readLists(connection: DuckDBConnection): Promise<List[]> {
  const reader = await connection.runAndReadAll(
    `SELECT list, name, (SELECT count(*) FROM listed WHERE listed.list = lists.list)::DOUBLE AS people, made_at, version::DOUBLE AS version
     FROM lists WHERE name IS NOT NULL ORDER BY lower(name), list`,
  );
  return reader.getRowObjectsJS() as unknown as List[];
}

/**
 * Makes an empty list.
 *
 * @throws InsightsError for a name that is empty, too long, or another list's
 */
export async function addList(workspace: Workspace, name: string, now: Date): Promise<List> {
  return workspace.write(async (connection) => {
    const own = await freeName(connection, name);
    const list = await next(connection, "lists", "list");
    await connection.run(`INSERT INTO lists VALUES (${list}, NULL, ${timestampSql(now)}, 0)`);
    const { change } = await nameList(connection, list, own, now, `new list "${own}"`);
    return { list, name: own, people: 0, made_at: now, version: change as number };
  });
}

/**
 * Renames a list, or takes it away where `name` is null. Both can be taken back.
 *
 * @param version of the list as it was looked at
 * @throws InsightsError `no such list: 7`, and as {@link addList} does
 */
export async function changeList(
  workspace: Workspace,
  list: number,
  name: string | null,
  { now, version }: { readonly now: Date; readonly version?: number | undefined },
): Promise<Change | Stale> {
  return workspace.write(async (connection) => {
    const found = (await readLists(connection)).find((one) => one.list === list);
    if (found === undefined) throw new InsightsError(`no such list: ${list}`);
    if (version !== undefined && version !== found.version) return { stale: found.version };
    const own = name === null ? null : await freeName(connection, name, list);
    const words =
      own === null ? `list "${found.name}" taken away` : `list "${found.name}" renamed to "${own}"`;
    return nameList(connection, list, own, now, words);
  });
}

async function freeName(connection: DuckDBConnection, name: string, but?: number): Promise<string> {
  const own = validName(name);
  const taken = (await readLists(connection)).some(
    (one) => one.list !== but && one.name.toLowerCase() === own.toLowerCase(),
  );
  if (taken) throw new InsightsError(`there is a list "${own}" already`);
  return own;
}

function validName(name: string): string {
  if (name.length > LONGEST_NAME || !NAME.test(name))
    throw new InsightsError(
      `invalid name: ${JSON.stringify(name.slice(0, 40))} (expected 1 to ${LONGEST_NAME} characters)`,
    );
  return name.trim().replace(/\s+/g, " ");
}

/** The saved searches, by name. */
export async function readSearches(connection: DuckDBConnection): Promise<Search[]> {
  const reader = await connection.runAndReadAll(
    "SELECT search, name, query, version::DOUBLE AS version FROM searches ORDER BY lower(name), search",
  );
  return reader.getRowObjectsJS() as unknown as Search[];
}

/** Keeps a search under a name. @throws InsightsError for a name that is empty or too long */
export async function addSearch(workspace: Workspace, name: string, query: string): Promise<Search> {
  return workspace.write(async (connection) => {
    const made = {
      search: await next(connection, "searches", "search"),
      name: validName(name),
      query,
      version: 1,
    };
    await connection.run(
      `INSERT INTO searches VALUES (${made.search}, ${quoteLiteral(made.name)}, ${quoteLiteral(query)}, 1)`,
    );
    return made;
  });
}

/**
 * Changes a search's name or words, or takes it away where `to` is null.
 *
 * @throws InsightsError `no such search: 7`
 */
export async function changeSearch(
  workspace: Workspace,
  search: number,
  to: { readonly name?: string | undefined; readonly query?: string | undefined } | null,
  version?: number,
): Promise<Search | null | Stale> {
  return workspace.write(async (connection) => {
    const searches = await readSearches(connection);
    const found = searches.find((one) => one.search === search);
    if (found === undefined)
      throw unknownName(
        "search",
        String(search),
        searches.map((one) => String(one.search)),
      );
    if (version !== undefined && version !== found.version) return { stale: found.version };
    await connection.run(`DELETE FROM searches WHERE search = ${search}`);
    if (to === null) return null;
    const made = {
      search,
      name: to.name === undefined ? found.name : validName(to.name),
      query: to.query ?? found.query,
      version: found.version + 1,
    };
    await connection.run(
      `INSERT INTO searches VALUES (${search}, ${quoteLiteral(made.name)}, ${quoteLiteral(made.query)}, ${made.version})`,
    );
    return made;
  });
}

/** A number that no row has had: rows of lists stay, and searches are known by theirs only while they are there. */
async function next(
  connection: DuckDBConnection,
  table: "lists" | "searches",
  column: string,
): Promise<number> {
  const reader = await connection.runAndReadAll(`SELECT coalesce(max(${column}), 0) + 1 FROM ${table}`);
  return Number(reader.getRowsJS()[0][0]);
}
