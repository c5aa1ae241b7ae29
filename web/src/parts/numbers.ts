const UNITS: readonly [number, string][] = [
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "K"],
];

/** To make a format costs many times what it costs to use one. */
const FORMATS = [0, 1, 2].map((digits) => new Intl.NumberFormat("en-GB", { maximumFractionDigits: digits }));

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

/** A share for people: `4.3 %`. */
export function share(value: number | null, digits = 1): string {
  if (value === null) return "–";
  return `${decimal(100 * value, digits)}\u00a0%`;
}

/** Posts a week, for people: `2.5`. */
export function perWeek(value: number | null): string {
  return value === null ? "–" : decimal(value, 1);
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
