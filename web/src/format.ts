import { daysInWords, NOTHING, unbroken } from "../../src/base/words.ts";

/** Numbers as the browser's own language writes them. */
const compact = new Intl.NumberFormat(undefined, { notation: "compact", maximumSignificantDigits: 3 });
const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });

/** By how many digits follow the point. To make one takes as long as to draw a row of the list. */
const withDigits = [0, 1].map(
  (digits) =>
    new Intl.NumberFormat(undefined, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
);
const day = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
const month = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });

const fixed = (value: number, digits: 0 | 1) => withDigits[digits].format(value);

/** What turns a value into words; what is unknown is a dash. */
function known(words: (value: number) => string): (value: number | null) => string {
  return (value) => (value === null ? NOTHING : words(value));
}

/** A count in little room: `1.2M`, `340K`, `999`. */
export const shortCount = known((value) => unbroken(compact.format(value)));

/** A whole count: `26,558`. */
export const wholeCount = known((value) => whole.format(value));

/** Posts a week: `2.5`, `3.0`. */
export const perWeek = known((value) => fixed(value, 1));

/** A length of time in days: `5 days`, `3 months`, `2.4 years`. */
export const age = known((days) => unbroken(daysInWords(days)));

/** A probability: `93 %`, and a dash where it is unknown. Where it is not quite certain it says 1 % or 99 %: nobody is sure of anybody. */
export const chance = known((value) => {
  const percent = value <= 0 || value >= 1 ? 100 * value : Math.min(99, Math.max(1, 100 * value));
  return unbroken(`${whole.format(percent)} %`);
});

/** A change as a share: `+3.2 %`, `−0.4 %`. */
export const signedShare = known((value) => {
  const text = fixed(Math.abs(100 * value), Math.abs(value) < 1 ? 1 : 0);
  return unbroken(`${value > 0 ? "+" : value < 0 ? "−" : "±"}${text} %`);
});

/** How many posts are expected in days to come, with the interval; null where it is unknown: `12 (5 to 20)`. */
export function postsExpected(expected: { mean: number; low: number; high: number } | null): string | null {
  if (expected === null) return null;
  const { mean, low, high } = expected;
  return unbroken(`${whole.format(mean)} (${whole.format(low)} to ${whole.format(high)})`);
}

/** A share, with as many digits in each so that a column of them is read easily: `4.3 %`, `6.0 %`. */
export function share(value: number | null, digits: 0 | 1 = 1): string {
  return known((part) => unbroken(`${fixed(100 * part, digits)} %`))(value);
}

/** A day for people: `31 Jan 2024`. @param time ISO 8601, or milliseconds since 1970 */
export function dayOf(time: string | number): string {
  return day.format(new Date(time));
}

/** A month for people: `January 2024`. @param time milliseconds since 1970 */
export function monthOf(time: number): string {
  return month.format(time);
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
export function handleOf({ account, id, person }: Named): string {
  if (account !== null && shows(account)) return `@${account}`;
  return id !== null && shows(id) ? id : `person ${person}`;
}

/** What an account is called by. */
interface Named {
  readonly account: string | null;
  readonly id: string | null;
  readonly person: number;
}

/** The name of an account as it calls itself; its handle where that shows nothing. */
export function nameOf(account: Named & { readonly name: string | null }): string {
  return account.name !== null && shows(account.name) ? account.name : handleOf(account);
}
