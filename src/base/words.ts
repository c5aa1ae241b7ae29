const NO_BREAK_SPACE = "\u00a0";

/** What stands where there is no value. */
export const NOTHING = "–";

function withoutTrailingZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** A minus sign as typographers set it, and none before zero. */
function signed(text: string): string {
  return /^-0(\.0+)?$/.test(text) ? text.slice(1) : text.replace("-", "−");
}

/** A whole number with its thousands apart: `26,558`. Fractions are rounded. */
export function countInWords(count: number): string {
  // Intl takes a fiftieth of a second to load, which a short command would feel.
  return signed(Math.round(count).toFixed(0)).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A number of things: `1 row`, `1,000 rows`. */
export function countOfThings(count: number, one: string, many = `${one}s`): string {
  return `${countInWords(count)} ${count === 1 ? one : many}`;
}

/** The same for pages and pictures, which break lines: the number stays with the first word after it. */
export function countOf(count: number, one: string, many?: string): string {
  return countOfThings(count, one, many).replace(" ", NO_BREAK_SPACE);
}

/** A size: `12.3 MB`. */
export function bytesInWords(bytes: number): string {
  const unit = bytes >= 1e9 ? 3 : bytes >= 1e6 ? 2 : 1;
  return `${(bytes / 1000 ** unit).toFixed(1)} ${["", "KB", "MB", "GB"][unit]}`;
}

/** A share of 0..1 as a percentage: `80.9 %`; `less than 0.1 %` and `more than 99.9 %` where rounding would hide some. */
export function shareInWords(share: number): string {
  if (share > 0 && share < 0.001) return "less than 0.1 %";
  if (share < 1 && share > 0.999) return "more than 99.9 %";
  return `${withoutTrailingZeros((100 * share).toFixed(1))} %`;
}

/** A probability as a whole percentage: `93 %`. Where it is not quite certain it says 1 % or 99 %: nobody is sure of anybody. */
export function chanceInWords(probability: number): string {
  const percent =
    probability <= 0 || probability >= 1 ? 100 * probability : Math.min(99, Math.max(1, 100 * probability));
  return `${percent.toFixed(0)} %`;
}

/** A measured number to three significant digits: `0.0239`, `63.1`, `29,000,000`, `7e-15`. */
export function numberInWords(value: number): string {
  if (value < 0) return `−${numberInWords(-value)}`;
  if (value >= 999.5) return countInWords(value);
  if (value > 0 && value < 1e-4) return value.toExponential(0);
  return String(Number(value.toPrecision(3)));
}

const UNITS = [
  [1e12, "T"],
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "K"],
] as const;

/** A quantity to three digits in little room: `0`, `0.05`, `7.5`, `950`, `1.2K`, `29M`, `1.13B`. */
export function compactNumber(value: number): string {
  if (value < 0) return `−${compactNumber(-value)}`;
  const rounded = Number(value.toPrecision(3));
  for (const [unit, suffix] of UNITS) {
    if (rounded >= unit) return `${withoutTrailingZeros((rounded / unit).toPrecision(3))}${suffix}`;
  }
  if (value !== 0 && rounded < 1e-3) return withoutTrailingZeros(value.toPrecision(2));
  return withoutTrailingZeros(rounded >= 1 ? rounded.toPrecision(3) : rounded.toFixed(3));
}

/** A score with a fixed number of digits, so that columns line up: `0.926`, `−0.02`. */
export function scoreInWords(score: number, digits = 3): string {
  return signed(score.toFixed(digits));
}

/** The ends of an interval: `0.901 to 0.951`. */
export function intervalInWords(
  { low, high }: { readonly low: number; readonly high: number },
  digits = 3,
): string {
  return `${scoreInWords(low, digits)} to ${scoreInWords(high, digits)}`;
}

/** A duration in milliseconds: `38 ms`, `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`. */
export function durationInWords(milliseconds: number): string {
  if (milliseconds < 99.5) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const YEAR = 365.25;
const MONTH = YEAR / 12;

/** A length of time in days: `less than a day`, `1 day`, `5 months`, `2.4 years`. */
export function daysInWords(days: number): string {
  if (days < 1) return "less than a day";
  if (days < 2 * MONTH) return countOfThings(Math.floor(days), "day");
  if (days < 2 * YEAR) return countOfThings(Math.round(days / MONTH), "month");
  return `${Number((days / YEAR).toFixed(1))} years`;
}

const SMALL_COUNTS = "no one two three four five six seven eight nine ten eleven twelve".split(" ");

/** A small count as a word, for running text: `three`; from 13 on in digits. */
export function numberWord(count: number): string {
  return SMALL_COUNTS[count] ?? countInWords(count);
}

/** A text with a capital first letter. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A name of the code for people: `like_engagement_rate` is "like engagement rate". */
export function spaced(name: string): string {
  return name.replaceAll("_", " ").trim();
}

/** Things in a row: `a`, `a and b`, `a, b and c`; where there are more than `most`, `a, b, c, d, e and 2 more`. */
export function listed(things: readonly string[], most = 6): string {
  if (things.length < 2) return things[0] ?? "";
  if (things.length <= most) return `${things.slice(0, -1).join(", ")} and ${things.at(-1)}`;
  return `${things.slice(0, most - 1).join(", ")} and ${countInWords(things.length - most + 1)} more`;
}

/** A text that is not broken over two lines: with no-break spaces. */
export function unbroken(text: string): string {
  return text.replaceAll(" ", NO_BREAK_SPACE);
}
