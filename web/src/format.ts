import {
  chanceInWords,
  compactNumber,
  countInWords,
  daysInWords,
  NOTHING,
  scoreInWords,
  unbroken,
} from "../../src/base/words.ts";

/** What turns a value into words; what is unknown is a dash. */
function known(words: (value: number) => string): (value: number | null) => string {
  return (value) => (value === null ? NOTHING : words(value));
}

/** A count in little room: `1.2M`, `340K`, `999`. */
export const shortCount = known(compactNumber);

/** A whole count: `26,558`. */
export const wholeCount = known(countInWords);

/** Posts a week: `2.5`, `3.0`. */
export const perWeek = known((value) => scoreInWords(value, 1));

/** A length of time in days: `5 days`, `3 months`, `2.4 years`. */
export const age = known((days) => unbroken(daysInWords(days)));

/** How long ago something was, in days: `today`, `5 days ago`. */
export const daysAgo = known((days) => (days < 1 ? "today" : unbroken(`${daysInWords(days)} ago`)));

/** A probability: `93 %`, and a dash where it is unknown. */
export const chance = known((value) => unbroken(chanceInWords(value)));

/** How many posts are expected in days to come, with the interval; null where it is unknown: `12 (5 to 20)`. */
export function postsExpected(expected: { mean: number; low: number; high: number } | null): string | null {
  if (expected === null) return null;
  const { mean, low, high } = expected;
  return unbroken(`${countInWords(mean)} (${countInWords(low)} to ${countInWords(high)})`);
}

/** A share, with as many digits in each so that a column of them is read easily: `4.3 %`, `6.0 %`. */
export function share(value: number | null, digits = 1): string {
  return known((part) => unbroken(`${scoreInWords(100 * part, digits)} %`))(value);
}

/** A day for people: `31 Jan 2024`. @param time ISO 8601, or milliseconds since 1970 */
export function dayOf(time: string | number): string {
  return new Date(time).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
}

/** A month for people: `January 2024`. @param time milliseconds since 1970 */
export function monthOf(time: number): string {
  return new Date(time).toLocaleDateString("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
}

/** `yes` or `no`; null where it is unknown. */
export function yesNo(value: boolean | null): string | null {
  return value === null ? null : value ? "yes" : "no";
}

/** Cuts a text that nobody could read in its place; characters are kept whole. */
export function cut(text: string, most: number): string {
  // A text is never shorter in characters than half its length, so most need no look at each.
  if (text.length <= most) return text;
  const kept = Array.from(text.slice(0, 2 * most)).slice(0, most);
  return `${kept.join("")}…`;
}

/** Whether a text shows anything: marks that steer the direction or have no width do not. */
function shows(text: string): boolean {
  return text.replace(/[\s\p{Cf}\p{Cc}\u115f\u1160\u3164\uffa0]/gu, "") !== "";
}

/** What an account is called: its handle, or its number. */
export function handleOf({
  account,
  id,
  row,
}: {
  account: string | null;
  id: string | null;
  row: number;
}): string {
  if (account !== null && shows(account)) return `@${account}`;
  return id !== null && shows(id) ? id : `row ${row}`;
}

/** The name of an account as it calls itself; its handle where that shows nothing. */
export function nameOf(account: {
  account: string | null;
  id: string | null;
  row: number;
  name: string | null;
}): string {
  return account.name !== null && shows(account.name) ? account.name : handleOf(account);
}
