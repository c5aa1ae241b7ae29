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
 * The newest posts as of the snapshot as an SQL list of DOUBLE, whole seconds of Unix time, newest first, each second once; NULL or
 * empty where there is none. Posts dated before 2014, or over 48 hours after the snapshot, are passed over.
 *
 * @param limits how many are looked at, and how many of them are given at most
 */
export function newestPostsSql(
  dialect: Dialect,
  limits: Pick<MomentBounds, "listed" | "most"> = { listed: LISTED_MOMENTS, most: NEWEST_POSTS },
): string {
  const newest = dialect.newest("posted_at", {
    ...limits,
    earliest: EARLIEST_SECONDS,
    latest: `${dialect.seconds("observed_at")} + ${SLACK}e0`,
  });
  // Where a file has no posts, this is all that is worked out.
  return `CASE WHEN posted_at IS NOT NULL AND observed_at IS NOT NULL THEN ${newest} END`;
}

/** The same as ten tensors of shape [rows, 1], NaN where there are fewer posts. */
export function newestPostsOnnx(graph: FeatureGraph): string[] {
  const seconds = graph.node("Floor", graph.moments("posted_at"));
  const latest = graph.node("Add", graph.seconds("observed_at"), graph.constant(SLACK));
  const can = graph.node(
    "And",
    graph.node("GreaterOrEqual", seconds, graph.constant(EARLIEST_SECONDS)),
    graph.node("LessOrEqual", seconds, latest),
  );
  const none = graph.constant(0);
  let left = graph.where(can, seconds, none);
  return Array.from({ length: NEWEST_POSTS }, () => {
    const newest = graph.largestOfRow(left);
    left = graph.where(graph.node("Less", left, newest), left, none);
    return graph.where(graph.node("Greater", newest, none), newest, graph.constant(Number.NaN));
  });
}

/** The same of one profile: ten numbers, NaN where there are fewer posts. */
export function newestPosts(profile: Partial<CanonicalProfile>): number[] {
  const latest = secondsOf(profile.observed_at) + SLACK;
  const can = momentsRow(profile.posted_at)
    .map(Math.floor)
    .filter((seconds) => seconds >= EARLIEST_SECONDS && seconds <= latest);
  const newest = [...new Set(can)].slice(0, NEWEST_POSTS);
  return [...newest, ...Array<number>(NEWEST_POSTS - newest.length).fill(Number.NaN)];
}

/** A moment in seconds of Unix time; NaN where it is unknown. */
export function secondsOf(moment: Date | null | undefined): number {
  return moment == null ? Number.NaN : moment.getTime() / 1000;
}

const DAY = 86_400;

/** What the newest posts say, in days. Unknown: gaps beyond the last, the age of an account without a date. */
export interface History<Term> {
  /** Of each post, newest first, how long ago it was: below 0 where it is dated after the snapshot. */
  readonly ages: readonly Term[];
  /** From each post to the one before it, the last one first. */
  readonly gaps: readonly Term[];
  /** How old the account is. */
  readonly account: Term;
}

/** A history out of the newest posts, the snapshot and the account's making, in seconds. */
export function historyOf<Term>(
  math: Arithmetic<Term>,
  posts: readonly Term[],
  observed: Term,
  created: Term,
): History<Term> {
  const days = (later: Term, earlier: Term) => math.divide(math.subtract(later, earlier), math.constant(DAY));
  return {
    ages: posts.map((post) => days(observed, post)),
    gaps: posts.slice(1).map((post, i) => days(posts[i], post)),
    account: math.atLeast(days(observed, created), 0),
  };
}

/** Names of the features of a history. */
export const HISTORY_FEATURES = [
  "posts_silence",
  "posts_gap_mean",
  "posts_gap_shortest",
  "posts_gap_longest",
  "posts_gap_last",
  "posts_silence_to_gap",
  "posts_gaps_shorter",
  "posts_days",
  "posts_account_age",
] as const;

/** The features of a history, by name; unknown where there is no post, and those of gaps where there is but one. */
export function historyFeatures<Term>(
  math: Arithmetic<Term>,
  { ages, gaps, account }: History<Term>,
): Record<(typeof HISTORY_FEATURES)[number], Term> {
  const one = math.constant(1);
  const ln1p = (x: Term) => math.log(math.add(one, x));
  const sum = (terms: readonly Term[]) => terms.reduce((total, term) => math.add(total, term));
  const [newest] = ages;
  const [last] = gaps;
  const silence = math.atLeast(newest, 0);
  const count = math.atLeast(sum(gaps.map(math.known)), 1);
  const mean = math.where(last, math.divide(sum(gaps.map((gap) => math.orElse(gap, 0))), count));
  const shorter = math.divide(sum(gaps.map((gap) => math.less(gap, silence))), count);
  const day = ages.map(math.floor);
  const changes = sum(day.slice(1).map((earlier, i) => math.less(day[i], earlier)));
  const lnHalf = (x: Term) => math.log(math.add(math.constant(0.5), x));
  return {
    posts_silence: ln1p(silence),
    posts_gap_mean: ln1p(mean),
    posts_gap_shortest: ln1p(math.smallest(gaps)),
    posts_gap_longest: ln1p(math.largest(gaps)),
    posts_gap_last: ln1p(last),
    // The silence against the usual gap; half a day keeps both from 0.
    posts_silence_to_gap: math.subtract(lnHalf(silence), lnHalf(mean)),
    // The share of gaps that were shorter than the silence is now.
    posts_gaps_shorter: math.where(last, shorter),
    posts_days: ln1p(math.where(newest, changes)),
    posts_account_age: ln1p(math.where(newest, account)),
  };
}
