import { type DatabaseOptions, openDatabase } from "../base/duckdb.ts";
import { InsightsError } from "../base/error.ts";
import { quoteIdentifier } from "../base/quote.ts";
import { countInWords } from "../base/words.ts";
import { decisionsOf } from "../profiles/alerts.ts";
import { mapColumns } from "../profiles/mapping.ts";
import type { ReadingOptions } from "../profiles/readingOptions.ts";
import { countReasons, sortReasons } from "../profiles/rejected.ts";
import { findFile, type SourceFile, type Watch } from "../profiles/source/file.ts";
import { accountNamed } from "../profiles/source/handles/account.ts";
import { query } from "../profiles/source/relation.ts";
import { openSource, type Source } from "../profiles/source/source.ts";
import { type Compression, openText, readText } from "../profiles/source/text.ts";

/** Names of columns that hold a handle, an address or an id, beside those that profiles are known by. */
const COLUMNS = new Set(
  "account account_id handle username uniqueid user id url profile_url profile".split(" "),
);

/** Names of accounts, handles in lower case and ids, with the name by which each account is told: it may have several. */
export type People = ReadonlyMap<string, string>;

/** Whom a file names, and what in it names nobody. */
export interface PeopleFile {
  readonly people: People;
  /** Records that name nobody or could not be read: how many for each reason, most frequent first. */
  readonly nameless: Readonly<Record<string, number>>;
  /** What was decided about the file, in sentences. */
  readonly decided: readonly string[];
}

/** How to read such a file. */
export interface PeopleOptions extends Pick<Watch, "signal" | "limits"> {
  readonly reading?: ReadingOptions | undefined;
  /** Of the database that a table is read in. */
  readonly database?: DatabaseOptions | undefined;
  /** Most different records; any number unless said otherwise. */
  readonly most?: number | undefined;
}

/** Whether an account is one of them. */
export function isAmong(
  people: People,
  { id, account_id }: { readonly id: string | null; readonly account_id: string | null },
): boolean {
  return (id !== null && people.has(id)) || (account_id !== null && people.has(account_id.toLowerCase()));
}

/** What a file says: records of cells that may name an account, equal ones once, with how often they stand there. */
interface Told extends Pick<PeopleFile, "decided"> {
  readonly records: readonly { readonly cells: readonly string[]; readonly times: number }[];
  /** Records that could not be read, by reason. */
  readonly unread: ReadonlyMap<string, number>;
}

const MARKDOWN = /\.(?:md|markdown)(?:\.(gz|zst))?$/i;

/**
 * Reads who is in a file: in any file of profiles, in an earlier shortlist in any of its formats, in any table with a column for the
 * account, in a list of handles, addresses or ids.
 *
 * @throws InsightsError where it cannot be read, holds no account, or more records than wanted
 */
export async function readPeople(path: string, options: PeopleOptions = {}): Promise<PeopleFile> {
  const file = await findFile(path);
  const { records, unread, decided } = MARKDOWN.test(file.name)
    ? await addressesIn(file, options)
    : await identitiesIn(path, options);
  const { most = Number.POSITIVE_INFINITY } = options;
  if (records.length > most)
    throw new InsightsError(`more than ${countInWords(most)} different records in ${file.name}`);
  const people = new Map<string, string>();
  const nameless = new Map(unread);
  for (const { cells, times } of records) {
    const { handles, ids } = namesIn(cells);
    // Whoever has a new handle is the same by the id.
    const told = ids.map((id) => people.get(id)).find((known) => known !== undefined) ?? handles[0] ?? ids[0];
    for (const name of [...handles, ...ids]) if (!people.has(name)) people.set(name, told);
    if (told === undefined) nameless.set("no_account", (nameless.get("no_account") ?? 0) + times);
  }
  if (people.size === 0) {
    throw new InsightsError(
      `no accounts in ${file.name} (expected a handle, an address or an id a line, or a column account)`,
    );
  }
  return { people, nameless: sortReasons(nameless), decided };
}

/** Whom cells name: handles in lower case, and ids. */
export function namesIn(cells: readonly string[]): { readonly handles: string[]; readonly ids: string[] } {
  const handles: string[] = [];
  const ids: string[] = [];
  for (const cell of cells) {
    const named = accountNamed(cell);
    if ("handle" in named) handles.push(named.handle.toLowerCase());
    else if ("id" in named) ids.push(named.id);
    // Old accounts have handles with signs that TikTok no longer allows.
    else if (named.wrong === "no_account" && /^[^\s/]+$/.test(cell.trim()))
      handles.push(cell.trim().replace(/^'?@?/, "").toLowerCase());
  }
  return { handles, ids };
}

/** The addresses of profiles in a page of Markdown. */
async function addressesIn(file: SourceFile, { signal, limits }: PeopleOptions): Promise<Told> {
  const watch = { signal, limits };
  const ending = MARKDOWN.exec(file.name)?.[1]?.toLowerCase();
  const compression: Compression = ending === undefined ? "none" : ending === "gz" ? "gzip" : "zstd";
  const blocks: Buffer[] = [];
  const text = await openText(file, compression, watch);
  for await (const block of readText(text, watch)) blocks.push(Buffer.from(block));
  const page = Buffer.concat(blocks).toString("utf8");
  const found = page.match(/https?:\/\/[\w.-]*tiktok\.com\/@[^/?#\s<>()"|]+/gi) ?? [];
  const records = [...new Set(found)].map((cell) => ({ cells: [cell], times: 1 }));
  return { records, unread: new Map(), decided: [] };
}

/** The values of the columns that tell who somebody is. */
async function identitiesIn(
  path: string,
  { reading, signal, limits, database = {}, most }: PeopleOptions,
): Promise<Told> {
  const { connection, close } = await openDatabase(database);
  let source: Source | undefined;
  try {
    source = await openSource(connection, path, {
      reading,
      signal,
      limits,
      temporaryDirectory: database.temporaryDirectory,
    });
    const columns = [...identityColumns(source, reading)].map(quoteIdentifier).join(", ");
    const sql = `SELECT list_filter([${columns}], lambda cell: cell IS NOT NULL)::JSON::VARCHAR AS cells, count(*)::DOUBLE AS times FROM ${source.relation} GROUP BY 1 ORDER BY min(__row)${most === undefined ? "" : ` LIMIT ${most + 1}`}`;
    const records = (await query(connection, sql, signal)).map(({ cells, times }) => ({
      cells: JSON.parse(String(cells)) as string[],
      times: Number(times),
    }));
    return { records, unread: countReasons(source), decided: decisionsOf(source.alerts) };
  } finally {
    await source?.close();
    close();
  }
}

function identityColumns(
  { columns, file, samples }: Source,
  reading: ReadingOptions | undefined,
): Set<string> {
  const named = columns.filter((column) => COLUMNS.has(column.toLowerCase()));
  try {
    const mapping = mapColumns(columns, file, { ...reading, samples });
    const { id = [], account_id = [], url = [] } = mapping.columns;
    return new Set([...named, ...account_id, ...id, ...url]);
  } catch (error) {
    // A list of people need not be a table of profiles.
    if (named.length > 0 && error instanceof InsightsError) return new Set(named);
    throw error;
  }
}
