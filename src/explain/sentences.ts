import { countOfThings, daysInWords } from "../base/words.ts";
import { LATE_DAYS, type PostingFacts } from "./postingFacts.ts";

/** Days of a mean month. */
const MONTH = 365.25 / 12;

/** A pace: `about 4 a day`, `about 3 a week`, `about once a month`, `less than once a month`. */
export function paceInWords(postsPerWeek: number): string {
  const about = (count: number, unit: string) =>
    count < 1.5 ? `about once a ${unit}` : `about ${Math.round(count)} a ${unit}`;
  if (postsPerWeek >= 6.5) return about(postsPerWeek / 7, "day");
  if (postsPerWeek >= 0.75) return about(postsPerWeek, "week");
  const perMonth = (postsPerWeek / 7) * MONTH;
  return perMonth >= 0.75 ? about(perMonth, "month") : "less than once a month";
}

/** How lately somebody posts: `posted 2 days ago, about 3 a week`, `last post 8 months ago, silent for longer than usual`. */
export function postingInWords({
  days_since_last_post: days,
  posts_per_week: pace,
  unusually_silent: silent,
}: Pick<PostingFacts, "days_since_last_post" | "posts_per_week" | "unusually_silent">): string {
  const ago = days < 1 ? "within a day" : `${daysInWords(days)} ago`;
  if (silent) return `last post ${ago}, silent for longer than usual`;
  return `posted ${ago}, ${pace === null ? "the only post known" : paceInWords(pace)}`;
}

/** Posts of late: `12 posts in the last 30 days`, `35 posts or more in the last 30 days`. */
export function latePostsInWords({
  posts_last_30_days: count,
  or_more,
}: Pick<PostingFacts, "posts_last_30_days" | "or_more">): string {
  return `${countOfThings(count, "post")}${or_more ? " or more" : ""} in the last ${LATE_DAYS} days`;
}

/** From the one to the other an account is answered like most. */
const LIKE_MOST = { from: 0.45, to: 0.55 };

/** How an account stands among those of its size, and which way that speaks. */
export interface Standing {
  readonly words: string;
  readonly speaks: "for" | "against" | "neither";
}

/**
 * How an account is answered: `answered better than 81 % of accounts of this size`.
 *
 * @param share of accounts of its size that are answered less well, 0 to 1
 */
export function answeredInWords(share: number): Standing {
  if (share >= LIKE_MOST.from && share <= LIKE_MOST.to)
    return { words: "answered as is usual for accounts of this size", speaks: "neither" };
  return share > 0.5
    ? { words: `answered better than ${beaten(share)} of accounts of this size`, speaks: "for" }
    : { words: `answered less well than ${beaten(1 - share)} of accounts of this size`, speaks: "against" };
}

/** A share of others that are below, rounded down: nobody is said to beat all. */
export function beaten(share: number): string {
  return `${Math.min(99, Math.floor(100 * share + 1e-9))} %`;
}
