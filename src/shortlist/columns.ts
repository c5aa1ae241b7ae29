import { unknownName } from "../base/error.ts";
import { capitalised } from "../base/words.ts";
import type { CellKind } from "../base/workbook.ts";
import type { Contact } from "./contacts/contact.ts";
import { firstNameOf } from "./firstName.ts";
import { flagsInWords } from "./flags.ts";
import type { ShortlistEntry } from "./shortlist.ts";

/** What is known of a person beside the profile, where people are kept; see `src/workspace/`. */
export interface Marked {
  readonly status: string;
  readonly note: string | null;
  readonly owner: string | null;
  readonly tags: readonly string[];
  /** Over the whole life of the account. */
  readonly likes: number | null;
  readonly videos: number | null;
  /** How many the account follows. */
  readonly following: number | null;
  /** Change in 30 days. */
  readonly followers_growth: number | null;
  /** As a share of the followers. */
  readonly followers_growth_rate: number | null;
  readonly likes_growth: number | null;
  readonly videos_growth: number | null;
  /** When the profile was read, `2024-01-31`. */
  readonly read_at: string | null;
  /** Names of the files that hold the person. */
  readonly imports: readonly string[];
  /** What the account says of itself. */
  readonly biography: string | null;
  readonly bio_link: string | null;
}

/** An account of a list that is written to a file. */
export interface ExportEntry extends Omit<ShortlistEntry, "probability"> {
  readonly probability: number | null;
  readonly marked?: Marked;
}

/** What a column holds of an account. */
export type Cell = string | number | null;

/** A column that a list can have. */
export interface Column {
  readonly kind: CellKind;
  /** In a workbook, in characters. */
  readonly width: number;
  readonly of: (entry: ExportEntry) => Cell;
  /** Whether it holds contacts, or the texts that they are read from. */
  readonly contact?: true;
}

type Of = Column["of"];
const column = (kind: CellKind) => (width: number, of: Of) => ({ kind, width, of });
const [text, count, decimal] = [column("text"), column("count"), column("decimal")];
const [share, date] = [column("share"), column("date")];
const contact = (width: number, of: Of) => ({ ...text(width, of), contact: true as const });
const rounded = (value: number | null, digits: number) =>
  value === null ? null : Number(value.toFixed(digits));

const ofKind = (contacts: readonly Contact[], kind: Contact["kind"]) =>
  contacts
    .filter((one) => one.kind === kind)
    .map(({ platform, value }) => (platform === null ? value : `${platform}: ${value}`))
    .join("; ");

/** All columns by name. Shares and rates are fractions, days and paces rounded for people. */
const COLUMNS = {
  rank: count(7, ({ rank }) => rank),
  account: text(22, ({ account }) => account),
  name: text(24, ({ name }) => name),
  url: text(38, ({ url }) => url),
  probability: share(11, ({ probability }) => rounded(probability, 4)),
  still_posting: share(13, ({ still_posting }) => rounded(still_posting, 4)),
  well_answered: share(14, ({ well_answered }) => rounded(well_answered, 4)),
  evidence: text(14, ({ evidence }) => evidence),
  reason_1: text(40, ({ reasons }) => reasons[0] ?? null),
  reason_2: text(40, ({ reasons }) => reasons[1] ?? null),
  reason_3: text(40, ({ reasons }) => reasons[2] ?? null),
  look_twice: text(30, ({ flags }) => flagsInWords(flags)),
  tier: text(9, ({ tier }) => tier),
  followers: count(12, ({ followers }) => followers),
  engagement_rate: share(15, ({ engagement_rate }) => rounded(engagement_rate, 5)),
  engagement_percentile: share(20, ({ engagement_percentile }) => rounded(engagement_percentile, 3)),
  last_post: date(12, ({ last_post }) => last_post),
  days_since_last_post: count(20, ({ days_since_last_post }) => rounded(days_since_last_post, 0)),
  posts_per_week: decimal(14, ({ posts_per_week }) => rounded(posts_per_week, 2)),
  posts_last_30_days: count(18, ({ posts_last_30_days }) => posts_last_30_days),
  expected_posts: decimal(14, ({ expected_posts }) => rounded(expected_posts, 1)),
  expected_low: count(12, ({ expected_low }) => expected_low),
  expected_high: count(13, ({ expected_high }) => expected_high),
  account_age_days: count(16, ({ account_age_days }) => rounded(account_age_days, 0)),
  language: text(10, ({ language }) => language),
  region: text(8, ({ region }) => region),
  verified: text(9, ({ verified }) => (verified === null ? null : verified ? "yes" : "no")),
  emails: contact(30, ({ contacts }) => ofKind(contacts, "email")),
  handles: contact(30, ({ contacts }) => ofKind(contacts, "handle")),
  links: contact(30, ({ contacts }) => ofKind(contacts, "link")),
  phones: contact(20, ({ contacts }) => ofKind(contacts, "phone")),
  niche: text(14, ({ niches }) => niches[0]?.name ?? null),
  niche_words: text(24, ({ niches }) => niches[0]?.words.join("; ") ?? ""),
  id: text(22, ({ id }) => id),
  // To merge into letters.
  first_name: text(14, ({ name, language }) => firstNameOf(name, language)),
  handle: text(22, ({ account }) => (account === null ? null : `@${account}`)),
  why: text(50, ({ why }) => (why === "" ? null : `${capitalised(why)}.`)),
  link: text(38, ({ url }) => url),
  email: contact(30, ({ contacts }) => contacts.find(({ kind }) => kind === "email")?.value ?? null),
  // Of people that are kept.
  status: text(12, ({ marked }) => marked?.status ?? null),
  note: text(40, ({ marked }) => marked?.note ?? null),
  owner: text(14, ({ marked }) => marked?.owner ?? null),
  tags: text(20, ({ marked }) => marked?.tags.join("; ") ?? null),
  likes: count(12, ({ marked }) => marked?.likes ?? null),
  videos: count(9, ({ marked }) => marked?.videos ?? null),
  following: count(11, ({ marked }) => marked?.following ?? null),
  followers_growth: count(16, ({ marked }) => rounded(marked?.followers_growth ?? null, 0)),
  followers_growth_rate: share(20, ({ marked }) => rounded(marked?.followers_growth_rate ?? null, 4)),
  likes_growth: count(13, ({ marked }) => rounded(marked?.likes_growth ?? null, 0)),
  videos_growth: decimal(14, ({ marked }) => rounded(marked?.videos_growth ?? null, 1)),
  read_at: date(12, ({ marked }) => marked?.read_at ?? null),
  imports: text(24, ({ marked }) => marked?.imports.join("; ") ?? null),
  biography: contact(50, ({ marked }) => marked?.biography ?? null),
  bio_link: contact(30, ({ marked }) => marked?.bio_link ?? null),
} as const satisfies Record<string, Column>;

/** Name of a column. */
export type ColumnName = keyof typeof COLUMNS;

/** Columns of people that are kept; see {@link Marked}. */
const MARKED: readonly ColumnName[] = [
  ...(["status", "note", "owner", "tags", "likes", "videos", "following"] as const),
  ...(["followers_growth", "followers_growth_rate", "likes_growth", "videos_growth"] as const),
  ...(["read_at", "imports", "biography", "bio_link"] as const),
];

/** All columns that a list of people can have, those of the profile first. */
export const PEOPLE_COLUMNS = Object.keys(COLUMNS) as ColumnName[];

/** Columns that the list of a file can have. */
export const FILE_COLUMNS: readonly ColumnName[] = PEOPLE_COLUMNS.filter((name) => !MARKED.includes(name));

const MERGE: readonly ColumnName[] = ["first_name", "handle", "why", "link", "email"];

/** Columns of the list of a file, where none are chosen. */
export const USUAL_COLUMNS: readonly ColumnName[] = FILE_COLUMNS.filter((name) => !MERGE.includes(name));

/** Columns of a list of people, where none are chosen: what somebody noted comes first. */
export const USUAL_PEOPLE_COLUMNS: readonly ColumnName[] = [
  ...(["account", "name", "url", "status", "tags", "owner", "note", "why"] as const),
  ...USUAL_COLUMNS.filter(
    (name) => !/^(?:rank|account|name|url|reason_.|evidence|niche_words|id)$/.test(name),
  ),
  ...(["followers_growth", "followers_growth_rate", "likes_growth", "videos_growth"] as const),
  ...(["read_at", "imports", "id"] as const),
];

/**
 * Columns by name.
 *
 * @param contacts whether those with contacts are among them
 */
export function columnsNamed(
  names: readonly ColumnName[],
  contacts: boolean,
): (Column & { readonly name: ColumnName })[] {
  const all = names.map((name): Column & { readonly name: ColumnName } => ({ name, ...COLUMNS[name] }));
  return all.filter((one) => contacts || one.contact !== true);
}

/**
 * Names of columns that somebody asks for, each once.
 *
 * @throws InsightsError for a name that is none of those there are
 */
export function parseColumns(names: readonly string[], there: readonly ColumnName[]): ColumnName[] {
  const unknown = names.find((name) => !(there as readonly string[]).includes(name));
  if (unknown !== undefined) throw unknownName("column", unknown, there);
  return [...new Set(names)] as ColumnName[];
}
