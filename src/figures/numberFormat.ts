import { compactNumber, numberInWords, scoreInWords, unbroken } from "../base/words.ts";

const NO_BREAK_SPACE = "\u00a0";

/** A measured number for people, to three digits whatever its size: 0.000124, 0.31, 7.5, 1.2K, 29M. */
export function briefNumber(value: number): string {
  return Math.abs(value) < 1 ? numberInWords(value) : compactNumber(value);
}

/** A share as percent: 0.043 is "4.3 %", 0.5 is "50 %"; below 10 % one digit after the point. */
export function percent(share: number): string {
  const value = share * 100;
  const digits = value !== 0 && Math.abs(value) < 9.95 ? 1 : 0;
  return unbroken(`${Number(value.toFixed(digits))} %`);
}

/** A score or probability with two digits, or one significant digit where two would hide it: 0.93, 0.004. */
export function score(value: number): string {
  return Math.abs(value) < 0.01 && value !== 0
    ? numberInWords(Number(value.toPrecision(1)))
    : scoreInWords(value, 2);
}

/** Vega expression for axis labels of quantities, in the manner of `compactNumber`. */
export const COMPACT_LABEL =
  "datum.value == 0 ? '0' : abs(datum.value) < 1 ? format(datum.value, '.3~r') : replace(replace(format(datum.value, '.3~s'), 'k', 'K'), 'G', 'B')";

/** Vega expression for axis labels of shares: "40 %". */
export const PERCENT_LABEL = `format(datum.value * 100, '.3~r') + '${NO_BREAK_SPACE}%'`;

/**
 * Positions of at most `most` of `n` points, evenly spread, the first and the last among them. Curves over many
 * thousand rows need no more points than the picture has pixels.
 */
export function spreadPositions(n: number, most: number): number[] {
  if (n <= most) return Array.from({ length: n }, (_, i) => i);
  return Array.from({ length: most }, (_, i) => Math.round((i * (n - 1)) / (most - 1)));
}
