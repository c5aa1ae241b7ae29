import { EARLIEST_SECONDS, SLACK_HOURS } from "../profiles/dates.ts";
import type { Arithmetic } from "./arithmetic.ts";
import type { Dialect, MomentBounds } from "./dialect.ts";
import type { FeatureGraph } from "./featureGraph.ts";
import { type CanonicalProfile, LISTED_MOMENTS, momentsRow } from "./profile.ts";

/**
 * Newest posts that a history is told by. Providers list 35 at most, so that how many are listed before a moment betrays how many
 * came after it; the newest ten of any moment betray nothing.
 */
export const NEWEST_POSTS = 10;

/** How far after the snapshot a post may be dated and still be believed, in seconds. */
const SLACK = SLACK_HOURS * 3600;

/**
 * The newest posts as of the snapshot as an SQL list of DOUBLE, whole seconds of Unix time, newest first, each second once; empty
 * where there is none. Posts dated before 2014, or over 48 hours after the snapshot, are passed over.
 *
 * @param limits how many are looked at, and how many of them are given at most
 */
export function newestPostsSql(
  dialect: Dialect,
  limits: Pick<MomentBounds, "listed" | "most"> = { listed: LISTED_MOMENTS, most: NEWEST_POSTS },
): string {
  return dialect.newest("posted_at", {
    ...limits,
    earliest: EARLIEST_SECONDS,
    latest: `${dialect.seconds("observed_at")} + ${SLACK}e0`,
  });
}

/** The same as a tensor of shape [rows, 10], NaN where there are fewer posts. */
export function newestPostsOnnx(graph: FeatureGraph): string {
  const seconds = graph.node("Floor", graph.moments("posted_at"));
  const latest = graph.node("Add", graph.seconds("observed_at"), graph.constant(SLACK));
  const can = graph.node(
    "And",
    graph.node("GreaterOrEqual", seconds, graph.constant(EARLIEST_SECONDS)),
    graph.node("LessOrEqual", seconds, latest),
  );
  const none = graph.constant(0);
  let left = graph.where(can, seconds, none);
  // The newest, then the newest before that, and so on: a second that is there twice is passed over.
  const newest = Array.from({ length: NEWEST_POSTS }, () => {
    const largest = graph.largestOfRow(left);
    left = graph.where(graph.node("Less", left, largest), left, none);
    return largest;
  });
  const all = graph.beside(newest);
  return graph.where(graph.node("Greater", all, none), all, graph.constant(Number.NaN));
}

/** The same of one profile. */
export function newestPosts(profile: Partial<CanonicalProfile>): number[] {
  const latest = secondsOf(profile.observed_at) + SLACK;
  const can = momentsRow(profile.posted_at)
    .map(Math.floor)
    .filter((seconds) => seconds >= EARLIEST_SECONDS && seconds <= latest);
  return [...new Set(can)].slice(0, NEWEST_POSTS);
}

/** A moment in seconds of Unix time; NaN where it is unknown. */
export function secondsOf(moment: Date | null | undefined): number {
  return moment == null ? Number.NaN : moment.getTime() / 1000;
}

const DAY = 86_400;

/** What the newest posts say, in days. */
export interface History<Term, Terms> {
  /** Since the newest post; unknown without one. */
  readonly silence: Term;
  /** Of each post, newest first, how long ago it was: 0 where it is dated after the snapshot. */
  readonly ages: Terms;
  /** From each post to the one before it, the last one first. */
  readonly gaps: Terms;
  /** How old the account is. */
  readonly account: Term;
}

/** A history out of the newest posts, the snapshot and the account's making, in seconds. */
export function historyOf<Term, Terms>(
  math: Arithmetic<Term, Terms>,
  posts: Terms,
  observed: Term,
  created: Term,
): History<Term, Terms> {
  const inDays = (seconds: Term) => math.divide(seconds, math.constant(DAY));
  const daysSince = (moment: Term) => math.atLeast(inDays(math.subtract(observed, moment)), 0);
  return {
    silence: daysSince(math.element(posts, 0)),
    ages: math.each(posts, daysSince),
    gaps: math.each(math.steps(posts), inDays),
    account: daysSince(created),
  };
}

/** Names of the features of a history. */
export const HISTORY_FEATURES = [
  /** Whether the silence ends within the horizon, by how long the account's own gaps last: a logit. */
  "posts_go_on",
  /** ln(1 + days) since the 2nd, 4th and 10th newest post. */
  "posts_second",
  "posts_fourth",
  "posts_tenth",
  /** Mean of ln(1 + gap in days). */
  "posts_gap",
  /** Share of the gaps that are shorter than the silence. */
  "posts_gaps_shorter",
  /** ln(1 + days) from the account's making to the oldest of the ten. */
  "posts_account_before",
  /** 1 where there are fewer than ten. */
  "posts_few",
] as const;

/**
 * The features of a history, by name; unknown where there is no post, and those of gaps where there is but one.
 *
 * @param horizon days ahead that are asked about
 */
export function historyFeatures<Term, Terms>(
  math: Arithmetic<Term, Terms>,
  { silence, ages, gaps, account }: History<Term, Terms>,
  horizon: number,
): Record<(typeof HISTORY_FEATURES)[number], Term> {
  const one = math.constant(1);
  const ln1p = (x: Term) => math.log(math.add(one, x));
  const mean = (of: (gap: Term) => Term) =>
    math.where(math.element(gaps, 0), math.divide(math.sum(gaps, of), math.atLeast(math.count(gaps), 1)));
  const before = math.atLeast(math.subtract(account, math.largest(ages)), 0);
  return {
    posts_go_on: goesOn(math, silence, gaps, horizon),
    posts_second: ln1p(math.element(ages, 1)),
    posts_fourth: ln1p(math.element(ages, 3)),
    posts_tenth: ln1p(math.element(ages, 9)),
    posts_gap: mean(ln1p),
    posts_gaps_shorter: mean((gap) => math.less(gap, silence)),
    posts_account_before: ln1p(math.where(silence, before)),
    posts_few: math.where(silence, math.subtract(one, math.known(math.element(ages, NEWEST_POSTS - 1)))),
  };
}

/** How many gaps of anybody's are added to an account's own, and from how many days on they thin out. */
const PRIOR = { gaps: 1.5, days: 10 } as const;

/** Beyond one in a thousand own gaps say nothing more. */
const SUREST = 1e-3;

/**
 * The logit of the chance that a silence ends within the horizon, given that it has lasted so long: 1 - S(silence + horizon) /
 * S(silence), where S(x) is the share of gaps that last longer than x. A gap counts smoothly, (1 + gap)^2 / ((1 + gap)^2 + (1 + x)^2),
 * and 1.5 gaps of anybody's, (1 + x / 10)^-0.5, are added: a survival curve of the account's own gaps (Kaplan and Meier, 1958),
 * smoothed, and shrunk to what is usual. A single post has no gaps, and the usual is all that is known.
 */
function goesOn<Term, Terms>(
  math: Arithmetic<Term, Terms>,
  silence: Term,
  gaps: Terms,
  horizon: number,
): Term {
  const one = math.constant(1);
  const square = (x: Term) => math.multiply(math.add(one, x), math.add(one, x));
  const lasting = (x: Term) =>
    math.given("lasted", square(x), (lasted) => {
      const own = math.sum(gaps, (gap) => math.divide(square(gap), math.add(square(gap), lasted)));
      const thinned = math.sqrt(math.add(one, math.divide(x, math.constant(PRIOR.days))));
      return math.add(own, math.divide(math.constant(PRIOR.gaps), thinned));
    });
  const later = math.add(silence, math.constant(horizon));
  const ends = math.subtract(one, math.divide(lasting(later), lasting(silence)));
  return math.given("chance", math.atMost(math.atLeast(ends, SUREST), 1 - SUREST), (chance) =>
    math.subtract(math.log(chance), math.log(math.subtract(one, chance))),
  );
}
