const DAY = 86_400_000;
/** Longest time that is shown in weeks, and in months. */
const MOST_WEEKS = 60;
const MOST_MONTHS = 150;

/** Posts of a span of time. */
export interface Bucket {
  /** Its start, in milliseconds. */
  readonly from: number;
  readonly count: number;
}

const UNITS = [
  { unit: "week", most: MOST_WEEKS, start: weekOf, next: (from: number) => from + 7 * DAY },
  { unit: "month", most: MOST_MONTHS, start: monthOf, next: (from: number) => monthOf(from + 32 * DAY) },
  {
    unit: "year",
    most: Number.POSITIVE_INFINITY,
    start: yearOf,
    next: (from: number) => yearOf(from + 367 * DAY),
  },
] as const;

/**
 * Counts posts by week, by month where they span more than a year or so, or by year.
 *
 * @param until when the account was looked at: silence up to then is shown too
 * @returns null where no post has a date
 */
export function bucketPosts(
  posts: readonly string[],
  until: string | null,
): { readonly unit: "week" | "month" | "year"; readonly buckets: readonly Bucket[] } | null {
  const times = posts.map((post) => Date.parse(post)).filter((time) => Number.isFinite(time));
  if (times.length === 0) return null;
  let first = Number.POSITIVE_INFINITY;
  let last = until === null ? Number.NEGATIVE_INFINITY : Date.parse(until);
  for (const time of times) {
    first = Math.min(first, time);
    last = Math.max(last, time);
  }
  const days = (last - first) / DAY;
  const { unit, start, next } =
    UNITS.find(({ unit: name, most }) => days / (name === "week" ? 7 : 30.44) <= most) ?? UNITS[2];
  const counts = new Map<number, number>();
  for (let from = start(first); from <= last; from = next(from)) counts.set(from, 0);
  for (const time of times) counts.set(start(time), (counts.get(start(time)) ?? 0) + 1);
  return { unit, buckets: Array.from(counts, ([from, count]) => ({ from, count })) };
}

/** Monday of the week. */
function weekOf(time: number): number {
  const days = Math.floor(time / DAY);
  // The first of January 1970 was a Thursday.
  return (days - ((((days + 3) % 7) + 7) % 7)) * DAY;
}

function monthOf(time: number): number {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}

function yearOf(time: number): number {
  return Date.UTC(new Date(time).getUTCFullYear(), 0);
}
