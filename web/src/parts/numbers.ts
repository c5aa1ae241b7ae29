const UNITS: readonly [number, string][] = [
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "K"],
];

/** A count for people: `1.2 M`, `340 K`, `999`. */
export function shortCount(value: number | null): string {
  if (value === null) return "–";
  const [unit, letter] = UNITS.find(([size]) => Math.abs(value) >= size) ?? [1, ""];
  const scaled = value / unit;
  const digits = letter === "" || Math.abs(scaled) >= 100 ? 0 : 1;
  return `${scaled.toLocaleString("en-GB", { maximumFractionDigits: digits })}${letter === "" ? "" : `\u00a0${letter}`}`;
}

/** A whole count: `26,558`. */
export function wholeCount(value: number | null): string {
  return value === null ? "–" : value.toLocaleString("en-GB", { maximumFractionDigits: 0 });
}

/** A share for people: `4.3 %`. */
export function share(value: number | null, digits = 1): string {
  if (value === null) return "–";
  return `${(100 * value).toLocaleString("en-GB", { maximumFractionDigits: digits })}\u00a0%`;
}

/** Days for people: `today`, `5 days`, `3 months`, `2.4 years`. */
export function daysInWords(days: number | null): string {
  if (days === null) return "unknown";
  if (days < 1) return "today";
  const [value, word] =
    days < 60 ? [days, "day"] : days < 730 ? [days / 30.44, "month"] : [days / 365.25, "year"];
  const rounded = value < 10 && word === "year" ? Math.round(10 * value) / 10 : Math.round(value);
  return `${rounded.toLocaleString("en-GB")}\u00a0${word}${rounded === 1 ? "" : "s"}`;
}
