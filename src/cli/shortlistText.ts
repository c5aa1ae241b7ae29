import { compactNumber, countInWords, countOfThings, NOTHING, shareInWords } from "../base/words.ts";
import type { Filter, NoMatch } from "../shortlist/filter.ts";
import type { Shortlist, ShortlistOptions } from "../shortlist/shortlist.ts";
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

/** The first accounts of a list, a line each: who, how likely, how large, when last, and the weightiest reason. */
function firstText(entries: Shortlist["entries"]): string {
  const head = ["", "account", "probability", "followers", "last post", "why"];
  const rows = entries
    .slice(0, FIRST)
    .map(({ rank, account, id, probability, followers, last_post, reasons }) => [
      String(rank),
      account ?? id ?? NOTHING,
      shareInWords(probability),
      followers === null ? NOTHING : compactNumber(followers),
      last_post ?? NOTHING,
      reasons[0] ?? "",
    ]);
  return formatTable([head, ...rows], [0, 2, 3]);
}

/**
 * What `insights shortlist` prints: the first accounts, what came of the file, how old it is, where the list is.
 *
 * @param wanted what was asked for
 * @param age when the profiles were read, as a sentence
 */
export function listText(
  { entries, considered, matching, excluded }: Shortlist,
  { contacts, excluded: unwanted, filter }: Pick<ShortlistOptions, "contacts" | "excluded" | "filter">,
  age: string,
  out: string,
): string {
  const active = entries.filter((entry) => entry.active).length;
  const reachable = entries.filter((entry) => entry.contacts.some(({ kind }) => kind === "email")).length;
  const left = unwanted === undefined ? "" : `, ${countInWords(excluded)} left out as not wanted again`;
  const mail = contacts ? `, ${countInWords(reachable)} with an e-mail address` : "";
  const silent = entries.filter(({ days_since_last_post: days }) => days !== null && days > LONG_AGO).length;
  const stale =
    silent === 0 || filter?.active_days !== undefined
      ? ""
      : `${countInWords(silent)} of them posted nothing for ${LONG_AGO} days; --active-days ${LONG_AGO} leaves such out\n`;
  const first = entries.length === 0 ? "" : `${firstText(entries)}\n\n`;
  return `${first}${countOfThings(considered, "profile")}, ${countInWords(matching)} match${left}
${countOfThings(entries.length, "account")} listed: ${countInWords(active)} called active${mail}
${stale}${age}
${out}
`;
}
