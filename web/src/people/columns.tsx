import { type ReactNode, useMemo } from "react";
import { capitalised } from "../../../src/base/words.ts";
import { standsOn } from "../../../src/report/shared/answers.ts";
import {
  age,
  chance,
  cut,
  dayOf,
  perWeek,
  postsExpected,
  share,
  shortCount,
  signedShare,
  yesNo,
} from "../format.ts";
import { Icon } from "../parts/Icon.tsx";
import { STATUS_WORDS } from "./Status.tsx";
import { chooseColumns, useSettings } from "./settings.ts";
import type { PersonRow } from "./types.ts";

/** A column of the table of people. */
export interface Column {
  readonly id: string;
  readonly title: string;
  /** What it holds, in plain words. */
  readonly tip: string;
  /** Least width in rem. */
  readonly width: number;
  /** Whether it takes what the others leave. */
  readonly grows?: boolean;
  readonly number?: boolean;
  /** The word that the API sorts by; undefined where it cannot be sorted. */
  readonly sort?: string;
  /** Whether a first press shows the smallest first. */
  readonly least?: boolean;
  readonly cell: (row: PersonRow) => ReactNode;
}

/** A probability as a bar and a number. @param words what is likely, where nothing beside it says so */
export function Meter({ value, title, words }: { value: number | null; title?: string; words?: ReactNode }) {
  if (value === null) return <span className="unknown">–</span>;
  return (
    <span className="meter-line" title={title}>
      <span className="track" aria-hidden="true">
        <span style={{ inlineSize: `${100 * value}%` }} />
      </span>
      <span className="percent">{chance(value)}</span>
      {words !== undefined && <span>{words}</span>}
    </span>
  );
}

/** How long before somebody was read something was: `3 days before it was read`; empty where that is unknown. */
export const beforeRead = (days: number | null): string =>
  days === null ? "" : days < 1 ? "less than a day before it was read" : `${age(days)} before it was read`;

const text = (value: string | null) => (value === null || value === "" ? "–" : <bdi>{cut(value, 60)}</bdi>);

const number = (
  id: string,
  title: string,
  tip: string,
  width: number,
  cell: (row: PersonRow) => ReactNode,
  more: Partial<Column> = {},
): Column => ({ id, title, tip, width, number: true, sort: id, cell, ...more });

const CONTACTS = [
  ["has_email", "mail", "e-mail"],
  ["has_phone", "phone", "phone"],
  ["has_link", "link", "link"],
] as const;

/** How somebody can be reached, as small pictures. @param none what stands there where they cannot */
export function Reach({ row, none = "–" }: { row: PersonRow; none?: string }) {
  const ways = CONTACTS.filter(([has]) => row[has]);
  const words = ways.map(([, , name]) => name).join(", ");
  if (ways.length === 0) return none === "" ? null : <span className="unknown">{none}</span>;
  return (
    <span className="reach" role="img" aria-label={words} title={words}>
      {ways.map(([has, icon]) => (
        <Icon key={has} name={icon} />
      ))}
    </span>
  );
}

/** What to look at twice, as a small flag; why is told to whoever points at it, and to whoever does not see it. */
export function FlagMark({ row: { flags } }: { row: PersonRow }) {
  if (flags.length === 0) return null;
  const words = flags.map((flag) => flag.words).join("; ");
  return (
    <span className="flag-mark" role="img" aria-label={`Look twice: ${words}`} title={words}>
      <Icon name="flag" />
      {flags.length > 1 && flags.length}
    </span>
  );
}

/** Why somebody stands where they do, as a sentence in which no line ends before a per cent sign. */
export const whyInWords = (why: string): string => capitalised(why).replaceAll(" %", "\u00a0%");

/** All columns beside the person's name, in their first order. */
export const COLUMNS: readonly Column[] = [
  {
    id: "why",
    title: "Why",
    tip: "What sets this person apart: the one or two things known of them that are least usual",
    width: 13.75,
    grows: true,
    cell: ({ why, reasons }) => <span title={reasons.join("; ") || why}>{whyInWords(why)}</span>,
  },
  {
    id: "still_posting",
    title: "Goes on posting",
    tip: "How likely the person posts again in the 30 days after the file was read",
    width: 6,
    sort: "still_posting",
    cell: (row) => <Meter value={row.still_posting} title={standsOn(row, "still_posting")} />,
  },
  {
    id: "well_answered",
    title: "Answered well",
    tip: "How likely the posts are liked and commented on more than is usual for an account of this size",
    width: 6,
    sort: "well_answered",
    cell: (row) => <Meter value={row.well_answered} title={standsOn(row, "well_answered")} />,
  },
  number("followers", "Followers", "How many follow the account", 4.75, ({ followers, tier }) => (
    <span title={tier ?? undefined}>{shortCount(followers)}</span>
  )),
  number(
    "growth",
    "Growth",
    "Change of the followers in 30 days, since the account was read before; a dash where it was read once",
    5,
    ({ growth }) => signedShare(growth?.followers_rate ?? null),
  ),
  number(
    "last_post",
    "Last post",
    "The day of the last post in the file",
    7,
    ({ last_post, days_since_last_post }) => (
      <span title={beforeRead(days_since_last_post)}>{last_post === null ? "–" : dayOf(last_post)}</span>
    ),
  ),
  {
    id: "contact",
    title: "Contact",
    tip: "Ways to reach the person that stand in the profile: e-mail, phone, link",
    width: 4,
    cell: (row) => <Reach row={row} />,
  },
  {
    id: "flags",
    title: "Flags",
    tip: "What to look at twice before you write",
    width: 3,
    cell: (row) => <FlagMark row={row} />,
  },
  number(
    "probability",
    "Overall",
    "How likely both come true: goes on posting and is answered well",
    6,
    (row) => <Meter value={row.probability} />,
    { number: false },
  ),
  {
    id: "status",
    title: "Status",
    tip: "How far you have come with the person",
    width: 7,
    sort: "status",
    least: true,
    cell: ({ status }) => STATUS_WORDS[status],
  },
  {
    id: "tags",
    title: "Tags",
    tip: "Your own words for the person",
    width: 9,
    cell: ({ tags }) => text(tags.join(", ")),
  },
  {
    id: "owner",
    title: "Owner",
    tip: "Who of you writes to the person",
    width: 7,
    cell: ({ owner }) => text(owner),
  },
  { id: "note", title: "Note", tip: "What you wrote down", width: 12, cell: ({ note }) => text(note) },
  {
    id: "niches",
    title: "About",
    tip: "What the person's words say they are about",
    width: 9,
    cell: ({ niches }) => text(niches.join(", ")),
  },
  number(
    "engagement_rate",
    "Engagement",
    "Likes and comments of a post, as a share of the followers",
    6.5,
    (row) => share(row.engagement_rate),
  ),
  number(
    "engagement_percentile",
    "Answered better than",
    "Share of accounts of the same size that are answered less well",
    6.5,
    (row) => share(row.engagement_percentile, 0),
  ),
  number("posts_per_week", "Posts a week", "How often the person posts", 6.5, (row) =>
    perWeek(row.posts_per_week),
  ),
  number(
    "expected_posts",
    "Posts to come",
    "How many posts are likely in 30 days: the mean, and where four of five lie",
    8,
    ({ expected_posts }) => postsExpected(expected_posts) ?? "–",
  ),
  {
    id: "tier",
    title: "Size",
    tip: "The name of the size: nano, micro, mid, macro, mega",
    width: 5,
    cell: ({ tier }) => text(tier),
  },
  number("likes", "Likes", "Likes over the whole life of the account", 6, ({ likes }) => shortCount(likes)),
  number("videos", "Videos", "Videos on the account", 6, ({ videos }) => shortCount(videos)),
  number("following", "Follows", "How many the person follows", 6, ({ following }) => shortCount(following)),
  number("account_age_days", "Account age", "How old the account is", 7, (row) => age(row.account_age_days)),
  {
    id: "language",
    title: "Language",
    tip: "The language of the account",
    width: 6,
    sort: "language",
    least: true,
    cell: ({ language }) => text(language),
  },
  {
    id: "region",
    title: "Country",
    tip: "Where the account is from",
    width: 6,
    sort: "region",
    least: true,
    cell: ({ region }) => text(region),
  },
  {
    id: "verified",
    title: "Verified",
    tip: "Whether TikTok has verified the account",
    width: 5.5,
    cell: ({ verified }) => yesNo(verified) ?? "–",
  },
];

/** Those that are shown until somebody chooses others. */
const FIRST = [
  "why",
  "still_posting",
  "well_answered",
  "followers",
  "growth",
  "last_post",
  "contact",
  "flags",
];

/** Least widths in rem of what stands before the columns: the tick, the status, the person. */
const BEFORE = [2.5, 2, 10];

/** How wide a row is at least, in rem. */
export const leastWidth = (columns: readonly Column[]): number =>
  [...BEFORE, ...columns.map(({ width }) => width)].reduce((sum, width) => sum + width);

/** The tracks of a CSS grid that holds a row. */
export function tracksOf(columns: readonly Column[]): string {
  const [tick, status, person] = BEFORE;
  const tracks = columns.map(({ width, grows }) => (grows ? `minmax(${width}rem, 3fr)` : `${width}rem`));
  return [`${tick}rem`, `${status}rem`, `minmax(${person}rem, 2fr)`, ...tracks].join(" ");
}

/** The columns that fit, in their order: one that has no room is left out, a narrower one after it may still fit. @param room in rem */
export function fitting(columns: readonly Column[], room: number): readonly Column[] {
  const fit: Column[] = [];
  for (const column of columns) if (leastWidth([...fit, column]) <= room) fit.push(column);
  return fit;
}

/** The names of columns that were kept, without those that nobody knows any more; those shown at first where none were chosen. */
export function keptColumns(kept: readonly string[] | null): readonly string[] {
  if (kept === null) return FIRST;
  const known = kept.filter((name) => COLUMNS.some(({ id }) => id === name));
  return [...new Set(known)];
}

/**
 * The columns that are shown, in their order, and what changes them; the same object until others are. The workspace keeps them.
 *
 * @param empty columns that have nothing to show now, in the same list as long as they are the same
 * @returns null until it is known which were chosen
 */
export function useColumns(empty: readonly string[]): ShownColumns | null {
  const settings = useSettings();
  return useMemo(() => {
    if (settings === null) return null;
    const ids = keptColumns(settings.columns);
    const shown = ids.filter((id) => !empty.includes(id));
    return {
      shown: shown.flatMap((id) => COLUMNS.find((column) => column.id === id) ?? []),
      set: (next) => chooseColumns([...next, ...ids.filter((id) => empty.includes(id))]),
    };
  }, [settings, empty]);
}

/** The columns that are shown, in their order, and what changes them. */
export interface ShownColumns {
  readonly shown: readonly Column[];
  readonly set: (ids: readonly string[]) => void;
}

/** A list of names with one moved by a place. */
export function moved(ids: readonly string[], id: string, by: 1 | -1): readonly string[] {
  const at = ids.indexOf(id);
  const to = at + by;
  if (at < 0 || to < 0 || to >= ids.length) return ids;
  const next = [...ids];
  [next[at], next[to]] = [next[to], next[at]];
  return next;
}
