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
import { type PeopleQuestion, type Person, readOrder, readPersons } from "./find.ts";
import { STATUS_WORDS } from "./marks.ts";
import type { Workspace } from "./open.ts";

/** Most people that one file is made of. */
export const MOST_EXPORTED = 1_000_000;

/** People that are read at a time: each time the table is read through once, and these are held in memory. */
const PAGE = 2000;

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
  const read = wanted.contacts && (chosen === undefined || chosen.some((name) => READ.has(name)));
  const entries = entriesOf(workspace, { ...wanted, contacts: read }, signal);
  return formatEntries(entries, format, { contacts: wanted.contacts, columns: chosen });
}

/** Columns for which contacts have to be read out of texts, which takes its time. */
const READ = new Set<ColumnName>(["emails", "handles", "links", "phones", "email"]);

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
  let rank = 0;
  for (let from = 0; from < order.length; from += PAGE) {
    signal?.throwIfAborted();
    const page = order.slice(from, from + PAGE);
    for (const person of await workspace.read((connection) => readPersons(connection, page))) {
      if (++rank % TURN === 0) {
        await setImmediate();
        signal?.throwIfAborted();
      }
      const row = person as unknown as RankedRow;
      yield { ...entryOf(row, rank, { reasons, contacts }), marked: markedOf(person, names) };
    }
  }
}

async function importNames(connection: DuckDBConnection): Promise<ReadonlyMap<number, string>> {
  const reader = await connection.runAndReadAll("SELECT import, name FROM imports");
  return new Map(reader.getRowsJS() as [number, string][]);
}

function markedOf(person: Person, names: ReadonlyMap<number, string>): Marked {
  const { status, note, owner, tags, biography, bio_link, observed_at, observed_known, imports } = person;
  const { followers_growth, followers_growth_rate, likes_growth, videos_growth } = person;
  return {
    ...{ status: STATUS_WORDS[status], note, owner, tags, biography, bio_link },
    ...{
      likes: numberOf(person.likes),
      videos: numberOf(person.videos_count),
      following: numberOf(person.following),
    },
    ...{ followers_growth, followers_growth_rate, likes_growth, videos_growth },
    read_at: observed_known && observed_at !== null ? observed_at.toISOString().slice(0, 10) : null,
    imports: imports.map((number) => names.get(number) ?? String(number)),
  };
}
