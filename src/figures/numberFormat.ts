import { numberInWords } from "../base/words.ts";

const NO_BREAK_SPACE = "\u00a0";

const SUFFIXES = [
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "K"],
] as const;

function trimmed(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** A count or quantity for people, to three digits: 0, 0.05, 7.5, 950, 1.2K, 29M, 1.13B. */
export function compactNumber(value: number): string {
  if (value < 0) return `−${compactNumber(-value)}`;
  if (value === 0) return "0";
  const rounded = Number(value.toPrecision(3));
  for (const [unit, suffix] of SUFFIXES) {
    if (rounded >= unit) return `${trimmed((rounded / unit).toPrecision(3))}${suffix}`;
  }
  if (rounded < 1e-3) return trimmed(value.toPrecision(2));
  return trimmed(rounded >= 1 ? rounded.toPrecision(3) : rounded.toFixed(3));
}

/** A measured number for people, to three digits whatever its size: 0.000124, 0.31, 7.5, 1.2K, 29M. */
export function briefNumber(value: number): string {
  return Math.abs(value) < 1 ? numberInWords(value).replace("-", "−") : compactNumber(value);
}

/** An exact count with thousands apart: 26,558. */
export function exactCount(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 0 });
}

/** A count of things with its noun: "1 row", "26,558 rows". */
export function countOf(value: number, one: string, many = `${one}s`): string {
  return `${exactCount(value)}${NO_BREAK_SPACE}${value === 1 ? one : many}`;
}

/** A share as percent: 0.043 is "4.3 %", 0.5 is "50 %"; below 10 % one digit after the point. */
export function percent(share: number): string {
  const value = share * 100;
  const digits = value !== 0 && Math.abs(value) < 9.95 ? 1 : 0;
  return `${trimmed(value.toFixed(digits))}${NO_BREAK_SPACE}%`;
}

/** A score or probability with two digits, or more where two would hide it: 0.93, 0.004. */
export function score(value: number): string {
  const text = Math.abs(value) < 0.01 && value !== 0 ? trimmed(value.toPrecision(1)) : value.toFixed(2);
  return text.replace("-", "−");
}

/** A text with a capital first letter. */
export function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** A column name for people: `like_engagement_rate` is "like engagement rate". */
export function columnLabel(column: string): string {
  return column.replaceAll("_", " ").trim();
}

/** Vega expression for axis labels of quantities, in the manner of `compactNumber`. */
export const COMPACT_LABEL =
  "datum.value == 0 ? '0' : abs(datum.value) < 1 ? format(datum.value, '.3~r') : replace(replace(format(datum.value, '.3~s'), 'k', 'K'), 'G', 'B')";

/** Vega expression for axis labels of shares: "40 %". */
export const PERCENT_LABEL = `format(datum.value * 100, '.3~r') + '${NO_BREAK_SPACE}%'`;
