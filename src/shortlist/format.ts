import { formatCsvLine } from "../base/quote.ts";
import { chanceInWords, countInWords, shareInWords } from "../base/words.ts";
import { beaten } from "../explain/sentences.ts";
import type { Contact } from "./contacts/contact.ts";
import type { Flag } from "./flags.ts";
import { REASONS } from "./reasons.ts";
import type { ShortlistEntry } from "./shortlist.ts";

/** How a shortlist can be written. */
export const SHORTLIST_FORMATS = ["csv", "excel", "ndjson", "markdown"] as const;

/** See {@link SHORTLIST_FORMATS}: `excel` is CSV that opens in a spreadsheet as it should. */
export type ShortlistFormat = (typeof SHORTLIST_FORMATS)[number];

/** What a list holds. */
export interface FormatOptions {
  /** Whether contacts have columns. */
  readonly contacts: boolean;
}

type Cell = string | number | null;

const ofKind = (contacts: readonly Contact[], kind: Contact["kind"]) =>
  contacts
    .filter((contact) => contact.kind === kind)
    .map(({ platform, value }) => (platform === null ? value : `${platform}: ${value}`))
    .join("; ");

/** The columns of a table, each with its cells. Shares and rates are fractions, days and paces rounded for people. */
function columnsOf({ contacts }: FormatOptions): [name: string, cell: (entry: ShortlistEntry) => Cell][] {
  const contactColumns: [string, (entry: ShortlistEntry) => Cell][] = [
    ["emails", (entry) => ofKind(entry.contacts, "email")],
    ["handles", (entry) => ofKind(entry.contacts, "handle")],
    ["links", (entry) => ofKind(entry.contacts, "link")],
    ["phones", (entry) => ofKind(entry.contacts, "phone")],
  ];
  return [
    ["rank", ({ rank }) => rank],
    ["account", ({ account }) => account],
    ["name", ({ name }) => name],
    ["url", ({ url }) => url],
    ["probability", ({ probability }) => rounded(probability, 4)],
    ["still_posting", ({ still_posting }) => rounded(still_posting, 4)],
    ["well_answered", ({ well_answered }) => rounded(well_answered, 4)],
    ["evidence", ({ evidence }) => evidence],
    ...Array.from({ length: REASONS }, (_, i): [string, (entry: ShortlistEntry) => Cell] => [
      `reason_${i + 1}`,
      ({ reasons }) => reasons[i] ?? null,
    ]),
    ["look_twice", ({ flags }) => flagsInWords(flags)],
    ["tier", ({ tier }) => tier],
    ["followers", ({ followers }) => followers],
    ["engagement_rate", ({ engagement_rate: rate }) => rounded(rate, 5)],
    ["engagement_percentile", ({ engagement_percentile: share }) => rounded(share, 3)],
    ["last_post", ({ last_post }) => last_post],
    ["days_since_last_post", ({ days_since_last_post: days }) => rounded(days, 0)],
    ["posts_per_week", ({ posts_per_week: pace }) => rounded(pace, 2)],
    ["posts_last_30_days", ({ posts_last_30_days: posts }) => posts],
    ["expected_posts", ({ expected_posts: posts }) => rounded(posts, 1)],
    ["expected_low", ({ expected_low: posts }) => posts],
    ["expected_high", ({ expected_high: posts }) => posts],
    ["account_age_days", ({ account_age_days: days }) => rounded(days, 0)],
    ["language", ({ language }) => language],
    ["region", ({ region }) => region],
    ["verified", ({ verified }) => (verified === null ? null : verified ? "yes" : "no")],
    ...(contacts ? contactColumns : []),
    ["niche", ({ niches }) => niches[0]?.name ?? null],
    ["niche_words", ({ niches }) => niches[0]?.words.join("; ") ?? ""],
  ];
}

const flagsInWords = (flags: readonly Flag[]) =>
  flags.map(({ name, words }) => `${name}: ${words}`).join("; ");

function rounded(value: number | null, digits: number): number | null {
  return value === null ? null : Number(value.toFixed(digits));
}

/** A cell of a table, on one line. */
const inOneLine = (cell: Cell) => (typeof cell === "string" ? cell.replace(/\r\n?|\n/g, " ") : cell);

/** A shortlist as a file's contents. */
export function formatShortlist(
  entries: readonly ShortlistEntry[],
  format: ShortlistFormat,
  options: FormatOptions,
): string {
  if (format === "ndjson")
    return entries.map((entry) => `${JSON.stringify(record(entry, options))}\n`).join("");
  if (format === "markdown") return markdown(entries, options);
  const columns = columnsOf(options);
  // A spreadsheet keeps 15 digits of a number and an id has 19: it would show another account's.
  if (format === "csv") columns.push(["id", ({ id }) => id]);
  const lines = [
    columns.map(([name]) => name),
    ...entries.map((entry) => columns.map(([, cell]) => inOneLine(cell(entry)))),
  ].map(formatCsvLine);
  // With the mark of UTF-8 a spreadsheet reads names in every script.
  return format === "excel" ? `\uFEFF${lines.join("\r\n")}\r\n` : `${lines.join("\n")}\n`;
}

function record(entry: ShortlistEntry, { contacts }: FormatOptions): object {
  if (contacts) return entry;
  const { contacts: _left, ...rest } = entry;
  return rest;
}

/** A table for people: what fits a page's width. */
function markdown(entries: readonly ShortlistEntry[], { contacts }: FormatOptions): string {
  const head = [
    "",
    "account",
    "probability",
    "followers",
    "engagement",
    "last post",
    "why",
    "look twice",
    ...(contacts ? ["contact"] : []),
  ];
  const rows = entries.map((entry) => [
    String(entry.rank),
    link(entry.account ?? entry.id ?? "", entry.url),
    chanceInWords(entry.probability),
    entry.followers === null ? "" : countInWords(entry.followers),
    engagementInWords(entry),
    entry.last_post ?? "",
    escaped(entry.reasons.slice(0, REASONS).join("; ")),
    escaped(flagsInWords(entry.flags)),
    ...(contacts ? [escaped(firstContacts(entry.contacts))] : []),
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return `${[line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n")}\n`;
}

function engagementInWords({ engagement_rate: rate, engagement_percentile: share }: ShortlistEntry): string {
  if (rate === null) return "";
  return share === null ? shareInWords(rate) : `${shareInWords(rate)}, above ${beaten(share)} of its size`;
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
