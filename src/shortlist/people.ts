import { type DatabaseOptions, openDatabase } from "../base/duckdb.ts";
import { InsightsError } from "../base/error.ts";
import { quoteIdentifier } from "../base/quote.ts";
import { countInWords } from "../base/words.ts";
import { decisionsOf } from "../profiles/alerts.ts";
import type { CanonicalName } from "../profiles/canonical.ts";
import type { Proposal } from "../profiles/columns/propose.ts";
import { UnknownColumnsError } from "../profiles/columns/unknownColumnsError.ts";
import { mapColumns } from "../profiles/mapping.ts";
import type { ReadingOptions } from "../profiles/readingOptions.ts";
import { countReasons, sortReasons } from "../profiles/rejected.ts";
import { findFile, type SourceFile, type Watch } from "../profiles/source/file.ts";
import { accountNamed } from "../profiles/source/handles/account.ts";
import { query } from "../profiles/source/relation.ts";
import { openSource, type Source } from "../profiles/source/source.ts";
import { type Compression, openText, readText } from "../profiles/source/text.ts";
import { groupTitles, type ListRecord } from "./groupTitles.ts";

/** Names of columns that hold a handle, an address or an id, beside those that profiles are known by. */
const COLUMNS = new Set(
  "account account_id handle username uniqueid user id url profile_url profile".split(" "),
);

/** What says who somebody is, the plainest first. */
const IDENTITIES: readonly CanonicalName[] = ["account_id", "url", "id"];

/** Names of accounts, handles in lower case and ids, with the name by which each account is told: it may have several. */
export type People = ReadonlyMap<string, string>;

/** Whom a file names, and what in it names nobody. */
export interface PeopleFile {
  readonly people: People;
  /** Records that name nobody or could not be read: how many for each reason, most frequent first. `group_title` is no fault of the file. */
  readonly nameless: Readonly<Record<string, number>>;
  /** Column that the accounts were taken from where nothing says for sure that they stand there; else null. */
  readonly takenFrom: string | null;
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

/** What a file says: its records, equal ones once. */
interface Told extends Pick<PeopleFile, "decided" | "takenFrom"> {
  readonly records: readonly ListRecord[];
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
  const { records, unread, decided, takenFrom } = MARKDOWN.test(file.name)
    ? await addressesIn(file, options)
    : await identitiesIn(path, options);
  const { most = Number.POSITIVE_INFINITY } = options;
  if (records.length > most)
    throw new InsightsError(`more than ${countInWords(most)} different records in ${file.name}`);
  const people = new Map<string, string>();
  const nameless = new Map(unread);
  const count = (reason: string, times: number) => nameless.set(reason, (nameless.get(reason) ?? 0) + times);
  const isTitle = groupTitles(records);
  for (const record of records) {
    if (isTitle(record)) {
      count("group_title", record.times);
      continue;
    }
    const { handles, ids } = namesIn(record.cells.filter((cell) => cell !== null));
    // Whoever has a new handle is the same by the id.
    const told = ids.map((id) => people.get(id)).find((known) => known !== undefined) ?? handles[0] ?? ids[0];
    for (const name of [...handles, ...ids]) if (!people.has(name)) people.set(name, told);
    if (told === undefined) count("no_account", record.times);
  }
  if (people.size === 0) {
    throw new InsightsError(
      `no accounts in ${file.name} (expected a handle, an address or an id a line, or a column account)`,
    );
  }
  return { people, nameless: sortReasons(nameless), decided, takenFrom };
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
  const records = [...new Set(found)].map((cell) => ({ cells: [cell], times: 1, bare: false }));
  return { records, unread: new Map(), decided: [], takenFrom: null };
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
    const { columns, takenFrom } = identityColumns(source, reading);
    const others = source.columns.filter((column) => !columns.has(column)).map(isEmptySql);
    const bare = others.length === 0 ? "false" : others.join(" AND ");
    const cells = [...columns].map(quoteIdentifier).join(", ");
    const sql = `SELECT [${cells}]::JSON::VARCHAR AS cells, ${bare} AS bare, count(*)::DOUBLE AS times FROM ${source.relation} GROUP BY 1, 2 ORDER BY min(__row)${most === undefined ? "" : ` LIMIT ${most + 1}`}`;
    const records = (await query(connection, sql, signal)).map(({ cells, bare, times }) => ({
      cells: JSON.parse(String(cells)) as (string | null)[],
      bare: bare === true,
      times: Number(times),
    }));
    const decided = [
      ...decisionsOf(source.alerts),
      ...(takenFrom === null
        ? []
        : [`Accounts were taken from column ${JSON.stringify(takenFrom)}: no column is surely theirs.`]),
    ];
    return { records, unread: countReasons(source), decided, takenFrom };
  } finally {
    await source?.close();
    close();
  }
}

const isEmptySql = (column: string) => `coalesce(trim(${quoteIdentifier(column)}::VARCHAR), '') = ''`;

/** Columns that say who somebody is; where none surely does, the likeliest. */
function identityColumns(
  { columns, file, samples }: Source,
  reading: ReadingOptions | undefined,
): { readonly columns: ReadonlySet<string>; readonly takenFrom: string | null } {
  const named = columns.filter((column) => COLUMNS.has(column.toLowerCase()));
  try {
    const mapping = mapColumns(columns, file, { ...reading, samples });
    const { id = [], account_id = [], url = [] } = mapping.columns;
    return { columns: new Set([...named, ...account_id, ...id, ...url]), takenFrom: null };
  } catch (error) {
    // A list of people need not be a table of profiles.
    if (named.length > 0 && error instanceof InsightsError)
      return { columns: new Set(named), takenFrom: null };
    const takenFrom = error instanceof UnknownColumnsError ? likeliest(error.proposals) : undefined;
    if (takenFrom === undefined) throw error;
    return { columns: new Set([takenFrom]), takenFrom };
  }
}

/** The column that most likely says who somebody is. */
function likeliest(proposals: readonly Proposal[]): string | undefined {
  return IDENTITIES.flatMap((name) => proposals.filter(({ canonical }) => canonical === name))[0]?.column;
}
