import { setImmediate } from "node:timers/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import {
  type ColumnName,
  type ExportEntry,
  type Marked,
  USUAL_PEOPLE_COLUMNS,
} from "../shortlist/columns.ts";
import { formatEntries, type ShortlistFormat } from "../shortlist/format.ts";
import type { RankedRow } from "../shortlist/ranked.ts";
import { entryOf, numberOf } from "../shortlist/shortlist.ts";
import { type PeopleQuestion, type Person, readManyPersons, readOrder } from "./find.ts";
import { STATUS_WORDS } from "./marks.ts";
import type { Workspace } from "./open.ts";

/** Most people that one file is made of. */
export const MOST_EXPORTED = 1_000_000;

/** People that are read at a time, at least, and as a part of all: each time the table is read through once, and these are held in memory. */
const PAGE = { least: 5000, part: 1 / 50 };

/** People that are worked out before others are heard. */
const TURN = 50;

/** What to write, and how. */
export interface PeopleExport extends Pick<PeopleQuestion, "filter" | "sort"> {
  readonly format: ShortlistFormat;
  /** Whether there are contacts, and the texts that they are read from. */
  readonly contacts: boolean;
  /** How many at most, the first of the order. */
  readonly limit?: number | undefined;
  /** In this order; without them the usual ones, see `USUAL_PEOPLE_COLUMNS`. */
  readonly columns?: readonly ColumnName[] | undefined;
  /** Why somebody stands where they do, in words; see `createReasons`. */
  readonly reasons: (row: RankedRow) => readonly string[];
}

/**
 * Writes the people whom a filter lets through, in their order, as a file's contents: at most {@link MOST_EXPORTED}. Who they are is told once, at
 * the beginning; who is forgotten while the file is written is left out. Nothing of the workspace is held open while nobody reads.
 *
 * @param signal tells that nobody wants the file any more
 * @throws the signal's reason
 */
export function exportPeople(
  workspace: Pick<Workspace, "read">,
  { format, columns, ...wanted }: PeopleExport,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const chosen = columns ?? usualColumns(format);
  const entries = entriesOf(workspace, wanted, signal);
  return formatEntries(entries, format, { contacts: wanted.contacts, columns: chosen });
}

/** What is written where no columns are chosen: of Markdown what fits a page's width. */
function usualColumns(format: ShortlistFormat): readonly ColumnName[] | undefined {
  if (format === "markdown") return undefined;
  // From CSV a spreadsheet would show another account's id: see `formatEntries`.
  const rounded = format === "excel" || format === "csv-semicolon";
  return rounded ? USUAL_PEOPLE_COLUMNS.filter((name) => name !== "id") : USUAL_PEOPLE_COLUMNS;
}

async function* entriesOf(
  workspace: Pick<Workspace, "read">,
  { filter, sort, contacts, reasons, limit = MOST_EXPORTED }: Omit<PeopleExport, "format" | "columns">,
  signal: AbortSignal | undefined,
): AsyncGenerator<ExportEntry> {
  signal?.throwIfAborted();
  const question = { filter, sort, offset: 0, limit: Math.min(limit, MOST_EXPORTED) };
  const order = await workspace.read((connection) => readOrder(connection, question));
  const names = await workspace.read(importNames);
  const size = Math.max(PAGE.least, Math.ceil(PAGE.part * (await workspace.read(countPeople))));
  let rank = 0;
  for (let from = 0; from < order.length; from += size) {
    signal?.throwIfAborted();
    const page = order.slice(from, from + size);
    for (const person of await workspace.read((connection) => readManyPersons(connection, page))) {
      if (++rank % TURN === 0) {
        await setImmediate();
        signal?.throwIfAborted();
      }
      const row = person as unknown as RankedRow;
      yield Object.assign(entryOf(row, rank, { reasons, contacts }), { marked: markedOf(person, names) });
    }
  }
}

async function countPeople(connection: DuckDBConnection): Promise<number> {
  const reader = await connection.runAndReadAll("SELECT count(*) FROM people");
  return Number(reader.getRowsJS()[0][0]);
}

async function importNames(connection: DuckDBConnection): Promise<ReadonlyMap<number, string>> {
  const reader = await connection.runAndReadAll("SELECT import, name FROM imports");
  return new Map(reader.getRowsJS() as [number, string][]);
}

function markedOf(person: Person, names: ReadonlyMap<number, string>): Marked {
  const { observed_at, observed_known, imports } = person;
  return {
    status: STATUS_WORDS[person.status],
    note: person.note,
    owner: person.owner,
    tags: person.tags,
    biography: person.biography,
    bio_link: person.bio_link,
    likes: numberOf(person.likes),
    videos: numberOf(person.videos_count),
    following: numberOf(person.following),
    followers_growth: person.followers_growth,
    followers_growth_rate: person.followers_growth_rate,
    likes_growth: person.likes_growth,
    videos_growth: person.videos_growth,
    read_at: observed_known && observed_at !== null ? observed_at.toISOString().slice(0, 10) : null,
    imports: imports.map((number) => names.get(number) ?? String(number)),
  };
}
