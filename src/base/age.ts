import { countOfThings, daysInWords } from "./words.ts";

/** When the profiles of a file were read, as far as it tells. Moments are Unix seconds. */
export interface WhenRead {
  /** The first and the last day on which one was read; null where no profile tells. */
  readonly first: number | null;
  readonly last: number | null;
  /** The newest date of the file, which stands in where a profile does not tell; null where there is no date at all. */
  readonly newest: number | null;
  /** Profiles that do not tell when they were read. */
  readonly untold: number;
}

/** How old profiles are, in words. */
export interface AgeInWords {
  /** One sentence without its full stop, beginning small: `profiles read on 12 Aug 2023, 3.3 years ago`. */
  readonly sentence: string;
  /** What to think of it, where the oldest are older than {@link OLD} days: a sentence without its full stop; else null. */
  readonly warning: string | null;
  /** Whole days since the oldest were read; null where no date tells. */
  readonly days: number | null;
}

/** Profiles older than so many days are warned of. */
export const OLD = 30;

const DAY = 86_400;
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** A day of the calendar (UTC): `12 Aug 2023`. */
export function dayInWords(moment: Date): string {
  return `${moment.getUTCDate()} ${MONTHS[moment.getUTCMonth()]} ${moment.getUTCFullYear()}`;
}

/** How long ago something was, by days of the calendar: `today`, `yesterday`, `3 days ago`, `3.3 years ago`. */
export function agoInWords(days: number): string {
  if (days < 0) return "in the future, by this machine's clock";
  if (days === 0) return "today";
  return days === 1 ? "yesterday" : `${daysInWords(days)} ago`;
}

/**
 * When the profiles of a file were read and how long ago that is.
 *
 * @param now the time of day
 * @param horizon days that a forecast reaches beyond the day of the profile; without it, nothing is said of a forecast
 */
export function ageInWords(read: WhenRead, now: Date, horizon?: number): AgeInWords {
  const { first, last, newest, untold } = read;
  const day = (seconds: number) => dayInWords(new Date(1000 * seconds));
  const since = (seconds: number) => Math.floor(now.getTime() / 1000 / DAY) - Math.floor(seconds / DAY);
  if (first === null || last === null) {
    if (newest === null)
      return { sentence: "the file does not say when its profiles were read", warning: null, days: null };
    const days = since(newest);
    return {
      sentence: `the file does not say when its profiles were read; its newest date is ${day(newest)}, ${agoInWords(days)}${forecast("that day", horizon)}`,
      warning: warningOf(days),
      days,
    };
  }
  const days = since(first);
  const one = day(first) === day(last);
  const when = one
    ? `on ${day(first)}, ${agoInWords(days)}`
    : `from ${day(first)} to ${day(last)}, the first ${agoInWords(days)}`;
  const rest = untold === 0 ? "" : ` (${countOfThings(untold, "profile")} without a day)`;
  const after = one ? "that day" : "the day of each";
  return {
    sentence: `profiles read ${when}${rest}${forecast(after, horizon)}`,
    warning: warningOf(days),
    days,
  };
}

function forecast(after: string, horizon: number | undefined): string {
  return horizon === undefined
    ? ""
    : `; the forecast is for the ${countOfThings(horizon, "day")} after ${after}`;
}

function warningOf(days: number): string | null {
  if (days <= OLD) return null;
  return `profiles older than ${OLD} days tell who was posting then: look at an account before you write to it, or read the profiles anew`;
}
