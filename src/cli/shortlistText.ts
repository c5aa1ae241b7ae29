import { chanceInWords, compactNumber, countInWords, countOfThings, NOTHING } from "../base/words.ts";
import { DEFAULT_LIST, type Filter, type NoMatch } from "../shortlist/filter.ts";
import type { Shortlist, ShortlistEntry, ShortlistOptions } from "../shortlist/shortlist.ts";
import { formatTable } from "./terminal.ts";

/** Parts of a filter as the options that ask for them. */
const OPTIONS: Readonly<Partial<Record<keyof Filter, string>>> = {
  min_followers: "--min-followers",
  max_followers: "--max-followers",
  tiers: "--tier",
  languages: "--language",
  regions: "--region",
  verified: "--verified",
  has_email: "--has-email",
  active_days: "--active-days",
  min_probability: "--min-probability",
  flags: "--flag",
  no_flags: "--no-flags",
};

/** A warning that a part of a filter leaves nobody. */
export function noMatchInWords({ name, missing }: NoMatch, file: string): string {
  const why = missing === null ? "no account is like that" : `the file has no ${missing}`;
  return `warning: ${OPTIONS[name] ?? name} leaves everybody out: ${why} (${file})\n`;
}

/** An account that posted nothing for so many days is worth a word: a model that reads profiles only does not see posts. */
const LONG_AGO = 90;

/** Accounts that are shown at once. */
const FIRST = 10;

/** The first accounts of a list, a line each: who, how likely, what each question is answered, how large, when last, and what sets it apart. */
function firstText({ entries, asked }: Shortlist): string {
  const known = (value: number | null, words: (value: number) => string) =>
    value === null ? NOTHING : words(value);
  const answers = asked ? ["goes on", "answered"] : [];
  const rows = entries
    .slice(0, FIRST)
    .map(({ rank, account, id, probability, still_posting, well_answered, followers, last_post, why }) => [
      String(rank),
      account ?? id ?? NOTHING,
      chanceInWords(probability),
      ...(asked ? [known(still_posting, chanceInWords), known(well_answered, chanceInWords)] : []),
      known(followers, compactNumber),
      last_post ?? NOTHING,
      why,
    ]);
  const head = ["", "account", "probability", ...answers, "followers", "last post", "why"];
  return formatTable([head, ...rows], [0, 2, 3, ...answers.map((_, i) => 4 + i)]);
}

/**
 * What `insights shortlist` prints: the first accounts, what came of the file, how old it is, where the list is.
 *
 * @param wanted what was asked for
 * @param age when the profiles were read, as a sentence
 */
export function listText(
  list: Shortlist,
  wanted: Pick<ShortlistOptions, "contacts" | "excluded" | "filter" | "all">,
  age: string,
  out: string,
): string {
  const { entries, considered, matching, preferred, excluded } = list;
  const left =
    wanted.excluded === undefined ? "" : `, ${countInWords(excluded)} left out as not wanted again`;
  const large =
    wanted.all === true || preferred === matching
      ? ""
      : `, ${countInWords(preferred)} of them ${preferredInWords(list, wanted.filter)} (--all lists everybody)`;
  const lines = [
    `${countOfThings(considered, "profile")}, ${countInWords(matching)} match${large}${left}`,
    `${countOfThings(entries.length, "account")} listed: ${listedInWords(list, wanted)}`,
    ...remarks(list, wanted),
    ...(list.absent.length === 0 ? [] : [absentInWords(list.absent)]),
    age,
    out,
  ];
  const first = entries.length === 0 ? "" : `${firstText(list)}\n\n`;
  return `${first}${lines.join("\n")}\n`;
}

/** What `preferredSql` asks for. */
function preferredInWords({ asked }: Shortlist, filter: Filter = {}): string {
  const { min_followers, max_followers, tiers, min_still_posting } = filter;
  const parts = [
    ...((min_followers ?? max_followers ?? tiers) === undefined
      ? [`of at least ${countInWords(DEFAULT_LIST.min_followers)} followers`]
      : []),
    ...(asked && min_still_posting === undefined ? ["likely still posting"] : []),
  ];
  return parts.join(" and ");
}

/** Names that are shown of those who are not in the file. */
const SHOWN_ABSENT = 5;

function absentInWords(absent: readonly string[]): string {
  const more = absent.length > SHOWN_ABSENT ? `, and ${countInWords(absent.length - SHOWN_ABSENT)} more` : "";
  const names = absent.slice(0, SHOWN_ABSENT).join(", ");
  return `${countOfThings(absent.length, "account")} of --only not in the file: ${names}${more}`;
}

/** From here on somebody is said to be likely. */
const LIKELY = 0.5;

function listedInWords(
  { entries, asked }: Pick<Shortlist, "entries" | "asked">,
  { contacts }: Pick<ShortlistOptions, "contacts">,
): string {
  const count = (test: (entry: ShortlistEntry) => boolean) => countInWords(entries.filter(test).length);
  const both = ({ still_posting: still, well_answered: well }: ShortlistEntry) =>
    (still ?? 0) >= LIKELY && (well ?? 0) >= LIKELY;
  return [
    ...(asked ? [`${count(both)} likely still posting and answered well`] : []),
    ...(contacts
      ? [`${count((entry) => entry.contacts.some(({ kind }) => kind === "email"))} with an e-mail address`]
      : []),
    `${count(({ flags }) => flags.length > 0)} to look at twice`,
  ].join(", ");
}

/** What is to be said of some accounts of a list, a line each. */
function remarks(
  { entries, beyond, out_of_fold: unseen }: Shortlist,
  { filter }: Pick<ShortlistOptions, "filter">,
): string[] {
  const silent = entries.filter(({ days_since_last_post: days }) => days !== null && days > LONG_AGO).length;
  return [
    ...(beyond === 0
      ? []
      : [`${countInWords(beyond)} of them are small or have probably stopped: there were too few others`]),
    ...(silent === 0 || filter?.active_days !== undefined
      ? []
      : [
          `${countInWords(silent)} of them posted nothing for ${LONG_AGO} days; --active-days ${LONG_AGO} leaves such out`,
        ]),
    ...(unseen === 0
      ? []
      : [
          `the model learnt from ${countInWords(unseen)} of them: their numbers are of networks that did not see them`,
        ]),
  ];
}
