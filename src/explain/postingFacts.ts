import { EARLIEST_SECONDS, SLACK_HOURS } from "../profiles/dates.ts";

const DAY = 86_400;

/** Days that "of late" is counted over. */
export const LATE_DAYS = 30;

/** The pace is that of the newest posts: how somebody posted years ago says little about now. */
const NEWEST = 10;

/** Shortest span that a pace is taken over, in days: two posts within a minute do not make ten thousand a week. */
const SHORTEST_SPAN = 7;

/** With fewer listed posts a full list within {@link LATE_DAYS} may be all there is; providers list 10 to 35. */
export const FULL_LIST = 10;

/**
 * A silence is unusual where at least 19 of 20 listed gaps are shorter. Of fewer gaps than this, or within two weeks, it is no
 * warning: those who post three times a day are soon silent for longer than usual, and go on.
 */
const FEWEST_GAPS = 5;
const USUAL_SHARE = 0.95;
const SHORTEST_SILENCE = 14;

/** What the dates of an account's listed posts tell, as of the moment when its profile was read. Days are of 24 hours. */
export interface PostingFacts {
  /** Different moments at which something was posted, 1 and up. */
  readonly posts: number;
  /** The newest, in Unix seconds. */
  readonly last_post: number;
  /** 0 and up. */
  readonly days_since_last_post: number;
  /** Posts within the 30 days before the snapshot. */
  readonly posts_last_30_days: number;
  /** Whether all listed posts are of these days, so that there may have been more. */
  readonly or_more: boolean;
  /** The pace of the newest ten posts over their span, at least a week; null with one post. */
  readonly posts_per_week: number | null;
  /** Whether the account has been silent for longer than 19 of 20 of its gaps. */
  readonly unusually_silent: boolean;
  /** Gaps among the newest ten posts, 0 to 9, and the days from the oldest to the newest of these posts. */
  readonly newest_gaps: number;
  readonly newest_span: number;
}

/**
 * Reads a posting history. Dates before 2014, or more than 48 hours after the snapshot, are no dates of posts; posts of one
 * second are one.
 *
 * @param posted Unix seconds, in any order
 * @param observed when the profile was read, in Unix seconds
 * @returns null where no post is dated
 */
export function postingFacts(posted: Iterable<number>, observed: number): PostingFacts | null {
  const times = momentsOf(posted, observed + SLACK_HOURS * 3600);
  if (times.length === 0) return null;
  const silence = Math.max(0, observed - times[0]);
  const late = times.findIndex((time) => time < observed - LATE_DAYS * DAY);
  const newest = times.slice(0, NEWEST);
  const span = (newest[0] - newest[newest.length - 1]) / DAY;
  const gaps = times.length - 1;
  const shorter = times.filter((time, i) => i > 0 && times[i - 1] - time < silence).length;
  return {
    posts: times.length,
    last_post: times[0],
    days_since_last_post: silence / DAY,
    posts_last_30_days: late < 0 ? times.length : late,
    or_more: late < 0 && times.length >= FULL_LIST,
    posts_per_week: newest.length < 2 ? null : ((newest.length - 1) * 7) / Math.max(span, SHORTEST_SPAN),
    unusually_silent:
      gaps >= FEWEST_GAPS && silence >= SHORTEST_SILENCE * DAY && shorter >= USUAL_SHARE * gaps,
    newest_gaps: newest.length - 1,
    newest_span: span,
  };
}

/** Believable moments in whole seconds, the newest first, each once. Nearly all lists come in that order. */
function momentsOf(posted: Iterable<number>, latest: number): number[] {
  const times: number[] = [];
  let sorted = true;
  for (const moment of posted) {
    if (!(moment >= EARLIEST_SECONDS && moment <= latest)) continue;
    const time = Math.floor(moment);
    if (time >= times[times.length - 1]) sorted = false;
    times.push(time);
  }
  return sorted ? times : [...new Set(times)].sort((a, b) => b - a);
}

/** Posts that are expected. */
export interface ExpectedPosts {
  readonly mean: number;
  /** The 10th and the 90th percentile, whole numbers: an interval of 80 %. */
  readonly low: number;
  readonly high: number;
}

/** A gamma distribution of posts a day, as posts and days, and how much a gap of somebody's own counts beside it. */
export interface PostsPrior {
  readonly posts: number;
  readonly days: number;
  readonly weight: number;
}

/**
 * The posts a day of those who go on (a power prior: Ibrahim and Chen 2000). Fitted by maximum likelihood on the published file,
 * cut 30 days before its snapshot: posting comes in bursts, so that ten gaps tell as much as one would of independent posts.
 * `npm run bench:expected` fits it anew and says how often the interval holds.
 */
export const POSTS_PRIOR: PostsPrior = { posts: 0.77, days: 2.1, weight: 0.1 };

/** Silence beyond this many days is the forecast's matter and not that of the pace. */
const SILENCE_DAYS = 30;

/** Ends of the interval. */
const LOW = 0.1;
const HIGH = 0.9;

/**
 * How many posts to expect: none with the chance of not going on, else at least one, by the negative binomial distribution that
 * gamma paces and Poisson counts make (Fader and Hardie's NBD), without its zero.
 *
 * @param goesOn probability that the account posts within the days, 0 to 1
 * @param days above 0
 */
export function expectedPosts(
  history: Pick<PostingFacts, "newest_gaps" | "newest_span" | "days_since_last_post">,
  goesOn: number,
  days: number,
  prior: PostsPrior = POSTS_PRIOR,
): ExpectedPosts {
  const { newest_gaps: gaps, newest_span: span, days_since_last_post: silence } = history;
  const shape = prior.posts + prior.weight * gaps;
  const rate = prior.days + prior.weight * (span + Math.min(silence, SILENCE_DAYS));
  const none = (rate / (rate + days)) ** shape;
  const quantile = (share: number) => {
    let left = share - (1 - goesOn);
    // Rounding may leave 1e-17 where 0 is meant.
    if (left <= 1e-12) return 0;
    left *= (1 - none) / goesOn;
    let count = 0;
    let mass = none;
    do {
      mass *= ((shape + count) / (count + 1)) * (days / (rate + days));
      count++;
      left -= mass;
    } while (left > 0 && mass > 1e-12);
    return count;
  };
  return { mean: (goesOn * shape * days) / rate / (1 - none), low: quantile(LOW), high: quantile(HIGH) };
}
