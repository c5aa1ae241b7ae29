import { formatCsvLine, formatSemicolonLine } from "../base/quote.ts";
import { chanceInWords, countInWords, shareInWords } from "../base/words.ts";
import { inChunks, type SheetRow, writeWorkbook } from "../base/workbook.ts";
import { beaten } from "../explain/sentences.ts";
import {
  type Cell,
  type Column,
  type ColumnName,
  columnsNamed,
  type ExportEntry,
  USUAL_COLUMNS,
} from "./columns.ts";
import type { Contact } from "./contacts/contact.ts";
import { flagsInWords } from "./flags.ts";
import { REASONS } from "./reasons.ts";

/** How a list can be written. */
export const SHORTLIST_FORMATS = ["csv", "excel", "csv-semicolon", "xlsx", "ndjson", "markdown"] as const;

/**
 * See {@link SHORTLIST_FORMATS}: `excel` is CSV that opens in a spreadsheet as it should, `csv-semicolon` the same for countries that write a decimal
 * comma, `xlsx` a workbook.
 */
export type ShortlistFormat = (typeof SHORTLIST_FORMATS)[number];

const CSV = { type: "text/csv; charset=utf-8", ending: ".csv" } as const;

/** What a file of each format is sent as, and how its name ends. */
export const FORMAT_FILES: Readonly<
  Record<ShortlistFormat, { readonly type: string; readonly ending: string }>
> = {
  ...{ csv: CSV, excel: CSV, "csv-semicolon": CSV },
  xlsx: { type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ending: ".xlsx" },
  ndjson: { type: "application/x-ndjson", ending: ".ndjson" },
  markdown: { type: "text/markdown; charset=utf-8", ending: ".md" },
};

/** What a list holds. */
export interface FormatOptions {
  /** Whether there are contacts, and columns of the texts that they are read from. */
  readonly contacts: boolean;
  /** In this order. Without them CSV and a workbook have the usual ones, NDJSON all that is known, Markdown what fits a page's width. */
  readonly columns?: readonly ColumnName[] | undefined;
}

type Columns = ReturnType<typeof columnsNamed>;
type Entries = AsyncIterable<ExportEntry> | Iterable<ExportEntry>;

/**
 * A list as a file's contents, as its accounts come.
 *
 * @throws InsightsError for more accounts than a workbook can hold; what `entries` throws
 */
export function formatEntries(
  entries: Entries,
  format: ShortlistFormat,
  options: FormatOptions,
): AsyncGenerator<Uint8Array, void> {
  const { contacts, columns: chosen } = options;
  // A spreadsheet keeps 15 digits of a number and an id has 19: from CSV it would show another account's.
  const numbered = format === "excel" || format === "csv-semicolon";
  const usual = numbered ? USUAL_COLUMNS.filter((name) => name !== "id") : USUAL_COLUMNS;
  const columns = columnsNamed(chosen ?? usual, contacts);
  if (format === "xlsx") return workbook(entries, columns);
  if (format === "ndjson")
    return inChunks(chosen === undefined ? records(entries, contacts) : records(entries, contacts, columns));
  if (format === "markdown")
    return inChunks(chosen === undefined ? page(entries, contacts) : table(entries, columns));
  return inChunks(CSV_WRITERS[format](entries, columns));
}

/** A text on one line. */
const inOneLine = <T extends Cell>(cell: T) =>
  typeof cell === "string" ? cell.replace(/\r\n?|\n/g, " ") : cell;

const CSV_WRITERS = {
  csv: (entries: Entries, columns: Columns) => csv(entries, columns, formatCsvLine, "\n"),
  // With the mark of UTF-8 a spreadsheet reads names in every script.
  excel: (entries: Entries, columns: Columns) => csv(entries, columns, formatCsvLine, "\r\n", "\uFEFF"),
  "csv-semicolon": (entries: Entries, columns: Columns) =>
    csv(entries, columns, formatSemicolonLine, "\r\n", "\uFEFF"),
};

async function* csv(
  entries: Entries,
  columns: Columns,
  line: (cells: readonly Cell[]) => string,
  end: string,
  mark = "",
): AsyncGenerator<string> {
  yield `${mark}${line(columns.map(({ name }) => name))}${end}`;
  for await (const entry of entries) yield `${line(columns.map(({ of }) => inOneLine(of(entry))))}${end}`;
}

/** The first of these columns leads to the profile's page. */
const LINKED: readonly ColumnName[] = ["url", "link", "handle", "account", "name"];

/** Where a link of a workbook may lead to. */
const PAGE = /^https:\/\/(?:[a-z0-9-]+\.)*tiktok\.com\/[\x21-\x7e]*$/i;

function workbook(entries: Entries, columns: Columns): AsyncGenerator<Uint8Array, void> {
  const linked = LINKED.map((link) => columns.findIndex(({ name }) => name === link)).find((i) => i >= 0);
  async function* rows(): AsyncGenerator<SheetRow> {
    for await (const entry of entries)
      yield {
        cells: columns.map(({ of }) => inOneLine(of(entry))),
        href: entry.url !== null && PAGE.test(entry.url) ? entry.url : null,
      };
  }
  return writeWorkbook(rows(), { name: "people", columns, linked: linked ?? -1 });
}

async function* records(entries: Entries, contacts: boolean, columns?: Columns): AsyncGenerator<string> {
  for await (const entry of entries) {
    const { contacts: found, ...rest } = entry;
    const chosen = columns && Object.fromEntries(columns.map(({ name, of }) => [name, of(entry)]));
    yield `${JSON.stringify(chosen ?? (contacts ? { ...rest, contacts: found } : rest))}\n`;
  }
}

const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;

/** Chosen columns as a table of Markdown. */
async function* table(entries: Entries, columns: Columns): AsyncGenerator<string> {
  yield line(columns.map(({ name }) => escaped(name)));
  yield line(columns.map(({ kind }) => (/text|date/.test(kind) ? "---" : "---:")));
  for await (const entry of entries) {
    yield line(
      columns.map(({ name, kind, of }) => {
        const cell = of(entry);
        return LINKED.includes(name) && cell !== null
          ? link(String(cell), entry.url)
          : escaped(cellInWords(cell, kind));
      }),
    );
  }
}

function cellInWords(cell: Cell, kind: Column["kind"]): string {
  if (typeof cell !== "number") return cell ?? "";
  if (kind === "share") return shareInWords(cell);
  return kind === "count" ? countInWords(cell) : String(cell);
}

/** A table for people: what fits a page's width. */
async function* page(entries: Entries, contacts: boolean): AsyncGenerator<string> {
  const head = [
    ...["", "account", "probability", "followers", "engagement", "last post", "why", "look twice"],
    ...(contacts ? ["contact"] : []),
  ];
  yield line(head) + line(head.map(() => "---"));
  for await (const entry of entries)
    yield line([
      String(entry.rank),
      link(entry.account ?? entry.id ?? "", entry.url),
      entry.probability === null ? "" : chanceInWords(entry.probability),
      entry.followers === null ? "" : countInWords(entry.followers),
      engagementInWords(entry),
      entry.last_post ?? "",
      escaped(entry.reasons.slice(0, REASONS).join("; ")),
      escaped(flagsInWords(entry.flags)),
      ...(contacts ? [escaped(firstContacts(entry.contacts))] : []),
    ]);
}

function engagementInWords({ engagement_rate: rate, engagement_percentile: share }: ExportEntry): string {
  if (rate === null) return "";
  return share === null
    ? shareInWords(rate)
    : `${shareInWords(rate)}, above ${beaten(share)} of accounts of its size`;
}

/** Addresses first, then two other ways at most. */
function firstContacts(contacts: readonly Contact[]): string {
  const emails = contacts.filter(({ kind }) => kind === "email");
  const others = contacts.filter(({ kind }) => kind !== "email").slice(0, 2);
  return [...emails, ...others]
    .map(({ platform, value }) => (platform === null ? value : `${platform}: ${value}`))
    .join(", ");
}

function link(text: string, url: string | null): string {
  return url === null
    ? escaped(text)
    : `[${escaped(text)}](<${url.replace(/[<>\s|]/g, encodeURIComponent)}>)`;
}

/** A text that Markdown and the HTML made of it show as it is, in one cell. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|~]/g, "\\$&").replace(/\s+/g, " ");
}
