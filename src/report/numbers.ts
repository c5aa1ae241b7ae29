import {
  chanceInWords,
  compactNumber,
  countInWords,
  daysInWords,
  durationInWords,
  NOTHING,
  numberInWords,
  scoreInWords,
  shareInWords,
  unbroken,
} from "../base/words.ts";

const NO_BREAK_SPACE = "\u00a0";

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A very small number as a power of ten: `7 × 10⁻¹⁵`. */
function power(value: number): string {
  const [digits, exponent] = value.toExponential(0).split("e-");
  return unbroken(`${digits} × 10⁻${[...exponent].map((digit) => SUPERSCRIPTS[Number(digit)]).join("")}`);
}

/**
 * A quantity of any size to three digits: `0.024`, `7.5`, `950`, `4,120`, `12.3 K`, `1.2 M`; `–` for null. From 100 to
 * 10,000 it is a whole number in full, below a ten-thousandth one digit.
 */
export function quantity(value: number | null): string {
  if (value === null) return NOTHING;
  if (value < 0) return `−${quantity(-value)}`;
  if (value >= 9999.5) return compactNumber(value).replace(/[A-Z]$/, `${NO_BREAK_SPACE}$&`);
  if (value >= 100) return countInWords(value);
  if (value > 0 && value < 1e-6) return power(value);
  if (value < 1e-4)
    return Number(value.toPrecision(1))
      .toFixed(6)
      .replace(/\.?0+$/, "");
  return numberInWords(value);
}

/**
 * A share as percent with one digit after the point at most: `51 %`, `4.3 %`. What is not quite nothing or not quite
 * everything is never rounded to it: `less than 0.1 %`, `more than 99.9 %`.
 *
 * @param share a fraction, 0 to 1; null gives `–`
 */
export function percent(share: number | null): string {
  return share === null ? NOTHING : unbroken(shareInWords(share));
}

/** A probability as a whole percentage, kept on one line: `93 %`, never 0 or 100 where it is not certain. */
export function chance(probability: number): string {
  return unbroken(chanceInWords(probability));
}

/** A score with a fixed number of digits, so that columns line up: `0.926`; `–` for null. */
export function score(value: number | null, digits = 3): string {
  return value === null ? NOTHING : scoreInWords(value, digits);
}

/** The ends of an interval: `0.901 to 0.951`. */
export function range({ low, high }: { readonly low: number; readonly high: number }, digits = 3): string {
  return `${score(low, digits)} to${NO_BREAK_SPACE}${score(high, digits)}`;
}

/** A duration, kept on one line: `38 ms`, `0.4 s`, `12 s`, `3 min 20 s`. */
export function duration(milliseconds: number): string {
  return unbroken(durationInWords(milliseconds));
}

/** A length of time in days, kept on one line: `12 days`, `3 months`, `2.6 years`. */
export function days(value: number): string {
  return unbroken(daysInWords(value));
}
