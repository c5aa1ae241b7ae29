import { openDatabase } from "../base/duckdb.ts";
import { InsightsError } from "../base/error.ts";
import { quoteIdentifier } from "../base/quote.ts";
import { mapColumns } from "../profiles/mapping.ts";
import { findFile } from "../profiles/source/file.ts";
import { accountNamed } from "../profiles/source/handles/account.ts";
import { query } from "../profiles/source/relation.ts";
import { openSource, type Source } from "../profiles/source/source.ts";
import { openText, readText } from "../profiles/source/text.ts";

/** Names of columns that hold a handle, an address or an id, beside those that profiles are known by. */
const COLUMNS = new Set(
  "account account_id handle username uniqueid user id url profile_url profile".split(" "),
);

/** Accounts by handle in lower case or by id. */
export type People = ReadonlySet<string>;

/** Whether an account is one of them. */
export function isAmong(
  people: People,
  { id, account_id }: { readonly id: string | null; readonly account_id: string | null },
): boolean {
  return (id !== null && people.has(id)) || (account_id !== null && people.has(account_id.toLowerCase()));
}

/**
 * Reads who is in a file: in any file of profiles, in an earlier shortlist in any of its formats, in any table with a column for the
 * account, in a list of handles, addresses or ids.
 *
 * @throws InsightsError where it cannot be read, or holds no account
 */
export async function readPeople(path: string, signal?: AbortSignal): Promise<People> {
  const file = await findFile(path);
  const cells = /\.(?:md|markdown)$/i.test(file.name)
    ? await addressesIn(path, signal)
    : await identitiesIn(path, signal);
  const people = new Set<string>();
  for (const cell of cells) {
    const named = accountNamed(cell);
    if ("handle" in named) people.add(named.handle.toLowerCase());
    else if ("id" in named) people.add(named.id);
    // A file may hold handles of other kinds, from before their letters were bound.
    else if (named.wrong === "no_account" && /^[^\s/]+$/.test(cell.trim()))
      people.add(cell.trim().replace(/^'?@?/, "").toLowerCase());
  }
  if (people.size === 0) {
    throw new InsightsError(
      `no accounts in ${file.name} (expected a handle, an address or an id a line, or a column account)`,
    );
  }
  return people;
}

/** The addresses of profiles in a page of Markdown. */
async function addressesIn(path: string, signal: AbortSignal | undefined): Promise<string[]> {
  const watch = { signal };
  const blocks: Buffer[] = [];
  const text = await openText(await findFile(path), "none", watch);
  for await (const block of readText(text, watch)) blocks.push(Buffer.from(block));
  const page = Buffer.concat(blocks).toString("utf8");
  return page.match(/https?:\/\/[\w.-]*tiktok\.com\/@[^/?#\s<>()"|]+/gi) ?? [];
}

/** The values of the columns that tell who somebody is. */
async function identitiesIn(path: string, signal: AbortSignal | undefined): Promise<string[]> {
  const { connection, close } = await openDatabase({});
  let source: Source | undefined;
  try {
    source = await openSource(connection, path, { signal });
    const cells: string[] = [];
    for (const column of identityColumns(source)) {
      const name = quoteIdentifier(column);
      const sql = `SELECT DISTINCT ${name} AS cell FROM ${source.relation} WHERE ${name} IS NOT NULL`;
      for (const { cell } of await query(connection, sql, signal)) cells.push(cell as string);
    }
    return cells;
  } finally {
    await source?.close();
    close();
  }
}

function identityColumns({ columns, file, samples }: Source): Set<string> {
  const named = columns.filter((column) => COLUMNS.has(column.toLowerCase()));
  try {
    const { id = [], account_id = [], url = [] } = mapColumns(columns, file, { samples }).columns;
    return new Set([...named, ...account_id, ...id, ...url]);
  } catch (error) {
    // A list of people need not be a table of profiles.
    if (named.length > 0 && error instanceof InsightsError) return new Set(named);
    throw error;
  }
}
