/** A whole number as people write it: 26,558. */
export function countInWords(count: number): string {
  // What knows every language takes a fiftieth of a second to wake, which a short command would feel.
  const digits = Math.round(Math.abs(count)).toFixed(0);
  return `${count < 0 ? "-" : ""}${digits.replace(/\B(?=(\d{3})+$)/g, ",")}`;
}

/** A number of things: `1 row`, `1,000 rows`. */
export function countOfThings(count: number, one: string, many = `${one}s`): string {
  return `${countInWords(count)} ${count === 1 ? one : many}`;
}

/** A share of 0..1 as a percentage: `80.9 %`; `less than 0.1 %` and `more than 99.9 %` where rounding would hide some. */
export function shareInWords(share: number): string {
  if (share > 0 && share < 0.001) return "less than 0.1 %";
  if (share < 1 && share > 0.999) return "more than 99.9 %";
  return `${(100 * share).toLocaleString("en-GB", { maximumFractionDigits: 1 })} %`;
}

/** A measured number to three significant digits: `0.0239`, `63.1`, `29,000,000`, `7e-15`. */
export function numberInWords(value: number): string {
  const size = Math.abs(value);
  if (size >= 1000) return countInWords(value);
  if (size > 0 && size < 1e-4) return value.toExponential(0);
  return value.toLocaleString("en-GB", { maximumSignificantDigits: 3 });
}
