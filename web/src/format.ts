const UNITS: readonly [number, string][] = [
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "K"],
];

/** To make a format costs many times what it costs to use one. */
const FORMATS = [0, 1, 2].map((digits) => new Intl.NumberFormat("en-GB", { maximumFractionDigits: digits }));

/** The same with as many digits in each number, so that those under one another are read as a column. */
const EVEN = [0, 1, 2].map(
  (digits) =>
    new Intl.NumberFormat("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits }),
);

/** A number with its thousands apart, and digits after the point: two at the most. */
function decimal(value: number, digits: number): string {
  return FORMATS[digits].format(value);
}

/** A count for people: `1.2 M`, `340 K`, `999`. */
export function shortCount(value: number | null): string {
  if (value === null) return "–";
  const [unit, letter] = UNITS.find(([size]) => Math.abs(value) >= size) ?? [1, ""];
  const scaled = value / unit;
  const digits = letter === "" || Math.abs(scaled) >= 100 ? 0 : 1;
  return `${decimal(scaled, digits)}${letter === "" ? "" : `\u00a0${letter}`}`;
}

/** A whole count: `26,558`. */
export function wholeCount(value: number | null): string {
  return value === null ? "–" : decimal(value, 0);
}

/** A share for people: `4.3 %`, `6.0 %`. */
export function share(value: number | null, digits = 1): string {
  if (value === null) return "–";
  return `${EVEN[digits].format(100 * value)}\u00a0%`;
}

/** Posts a week, for people: `2.5`, `3.0`. */
export function perWeek(value: number | null): string {
  return value === null ? "–" : EVEN[1].format(value);
}

/** Days for people: `today`, `5 days`, `3 months`, `2.4 years`. */
export function daysInWords(days: number | null): string {
  if (days === null) return "unknown";
  if (days < 1) return "today";
  const [value, word] =
    days < 60 ? [days, "day"] : days < 730 ? [days / 30.44, "month"] : [days / 365.25, "year"];
  const rounded = value < 10 && word === "year" ? Math.round(10 * value) / 10 : Math.round(value);
  return `${decimal(rounded, 1)}\u00a0${word}${rounded === 1 ? "" : "s"}`;
}

/** How long ago something was, in days, for people: `today`, `5 days ago`. */
export function daysAgo(days: number | null): string {
  if (days === null) return "–";
  return days < 1 ? "today" : `${daysInWords(days)}\u00a0ago`;
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
