const NO_BREAK_SPACE = "\u00a0";

/** What stands where there is no value. */
export const NOTHING = "–";

const UNITS = [
  [1e12, "T"],
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "K"],
] as const;

/** A minus sign as typographers set it, and none before zero. */
function signed(text: string): string {
  return /^-0(\.0+)?$/.test(text) ? text.slice(1) : text.replace("-", "−");
}

function withoutTrailingZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** A count with its thousands apart: `26,558`. Fractions are rounded. */
export function exact(value: number): string {
  return signed(value.toLocaleString("en-US", { maximumFractionDigits: 0 }));
}

/** A count and its noun, kept on one line: `1 account`, `26,558 accounts`. */
export function countOf(value: number, one: string, many = `${one}s`): string {
  return `${exact(value)}${NO_BREAK_SPACE}${value === 1 ? one : many}`;
}

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A very small number as a power of ten: `7 × 10⁻¹⁵`. */
function power(value: number): string {
  const [digits, exponent] = value.toExponential(0).split("e-");
  return `${digits}${NO_BREAK_SPACE}×${NO_BREAK_SPACE}10⁻${[...exponent].map((digit) => SUPERSCRIPTS[Number(digit)]).join("")}`;
}

/**
 * A quantity of any size to three digits: `0.024`, `7.5`, `950`, `4,120`, `12.3 K`, `1.2 M`; `–` for null. From 100 to
 * 10,000 it is a whole number in full, below a ten-thousandth one digit.
 */
export function quantity(value: number | null): string {
  if (value === null) return NOTHING;
  if (value < 0) return `−${quantity(-value)}`;
  if (value === 0) return "0";
  if (value >= 100 && value < 9999.5) return exact(value);
  const rounded = Number(value.toPrecision(3));
  for (const [unit, suffix] of UNITS) {
    if (rounded >= unit)
      return `${withoutTrailingZeros((rounded / unit).toPrecision(3))}${NO_BREAK_SPACE}${suffix}`;
  }
  if (rounded < 1e-6) return power(value);
  if (rounded < 1e-4) return withoutTrailingZeros(Number(value.toPrecision(1)).toFixed(6));
  return withoutTrailingZeros(value.toPrecision(3));
}

/**
 * A share as percent with one digit after the point at most: `51 %`, `4.3 %`. What is not quite nothing or not quite
 * everything is never rounded to it: `less than 0.1 %`, `more than 99.9 %`.
 *
 * @param share a fraction, 0 to 1; null gives `–`
 */
export function percent(share: number | null): string {
  if (share === null) return NOTHING;
  if (share > 0 && share < 0.001) return `less than${NO_BREAK_SPACE}0.1${NO_BREAK_SPACE}%`;
  if (share < 1 && share > 0.999) return `more than${NO_BREAK_SPACE}99.9${NO_BREAK_SPACE}%`;
  return `${withoutTrailingZeros((share * 100).toFixed(1))}${NO_BREAK_SPACE}%`;
}

/** A score with a fixed number of digits, so that columns line up: `0.926`; `–` for null. */
export function score(value: number | null, digits = 3): string {
  return value === null ? NOTHING : signed(value.toFixed(digits));
}

/** The ends of an interval: `0.901 to 0.951`. */
export function range({ low, high }: { readonly low: number; readonly high: number }, digits = 3): string {
  return `${score(low, digits)} to${NO_BREAK_SPACE}${score(high, digits)}`;
}

/** A duration: `38 ms`, `0.4 s`, `12 s`, `3 min 20 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 99.5) return `${Math.round(milliseconds)}${NO_BREAK_SPACE}ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)}${NO_BREAK_SPACE}s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}${NO_BREAK_SPACE}s`;
  return `${Math.floor(whole / 60)}${NO_BREAK_SPACE}min ${whole % 60}${NO_BREAK_SPACE}s`;
}

/** A number of days: `12 days`, `97 days`, `2.6 years` from two years on. */
export function days(value: number): string {
  if (value >= 730) return `${(value / 365.25).toFixed(1)}${NO_BREAK_SPACE}years`;
  const rounded = value < 9.95 ? Number(value.toFixed(1)) : Math.round(value);
  return `${rounded === 0 ? "0" : withoutTrailingZeros(String(rounded))}${NO_BREAK_SPACE}${rounded === 1 ? "day" : "days"}`;
}
