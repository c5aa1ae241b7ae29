import { log10, normalProbability, pow10 } from "./arithmetic.ts";
import { population } from "./data.ts";
import type { Draw } from "./draw.ts";
import { conditionalProbability, conditionalQuantile, curveAt, quantile } from "./quantiles.ts";

const DAY = 86400;
const YEAR = 365.25 * DAY;
/** The most videos the provider lists. */
export const MOST_LISTED = 35;
/** The most accounts one can follow. */
export const MOST_FOLLOWING = 10000;
/** 2023-07-18T00:00:00Z, from which the days of reading are counted. */
const FIRST_DAY = 1689638400;
/** Hours from a profile's day (UTC) to the first hour in which it may have been read. */
const FIRST_READING_HOUR = -4;
/** 2018-01-01T00:00:00Z: about when account ids began to carry their date. */
const FIRST_DATED = 1514764800;
/** 2014-09-01T00:00:00Z: the first accounts of the predecessor application. */
export const FIRST_ACCOUNT = 1409529600;

/** The numbers of one profile. Times are Unix seconds. */
export interface Account {
  /** Of the second batch, read on the last two days. */
  late: boolean;
  /** Midnight (UTC) of the day in `timestamp`. */
  day: number;
  /** The full hour in which the profile was read. */
  hour: number;
  /** The second in which it was read, which nothing shows. */
  moment: number;
  /** log10 of the followers, before they were rounded: what other parts depend on. */
  size: number;
  verified: boolean;
  followers: number;
  following: number;
  /** Likes of all videos, exactly. */
  likes: number;
  videos: number;
  /** How many videos are listed: 1..35, never more than `videos`. */
  listed: number;
  /** Likes of the listed videos. */
  listedLikes: number;
  /** Comments of the listed videos. */
  listedComments: number;
  /** Time of the last post. */
  lastPost: number;
  /** Time the listed videos span as a share of the time from creation to the last post, if not all are listed. */
  spanShare: number;
  created: number;
  /** Whether the account's id carries `created`. */
  dated: boolean;
  /** Whether the ids of its videos carry their time. */
  videosDated: boolean;
}

/**
 * Draws the numbers of one account: the followers first, then what depends on them, by tables conditional on the
 * followers (or on the number of videos, which depends on them) whose normal scores are correlated.
 */
export function drawAccount(draw: Draw): Account {
  const { quantiles, conditional, curves, shares, counts } = population();
  const late = draw.chance(shares.late);
  const size = quantile(late ? quantiles.followersLate : quantiles.followersEarly, draw.uniform());
  const [pVideos, pRate, pFollowing, pSilence, pComments, pBeyond, pLifetime, pAge, pSpan] =
    drawProbabilities(draw);

  const followers = asShown(Math.max(Math.floor(pow10(size) + 0.5), 1));
  const videos = Math.max(Math.floor(pow10(conditionalQuantile(conditional.videos, size, pVideos)) + 0.5), 1);
  const following = Math.floor(pow10(conditionalQuantile(conditional.following, size, pFollowing)) + 0.5) - 1;
  const listed = drawListed(draw, videos);

  const rate = pow10(conditionalQuantile(conditional.likeRate, size, pRate));
  const listedLikes = Math.max(Math.floor(rate * followers * listed + 0.5), 1);
  const perLike = pow10(conditionalQuantile(conditional.commentsPerLike, size, pComments));
  const comments = Math.max(Math.floor(listedLikes * perLike + 0.5), 1);
  // With few videos the listed ones are all there are; with many, the likes go back years.
  const likes =
    videos > MOST_LISTED
      ? pow10(conditionalQuantile(conditional.lifetimeRate, size, pLifetime)) * videos * followers
      : pow10(conditionalQuantile(conditional.likesBeyondListed, log10(videos), pBeyond)) * listedLikes;

  const day = FIRST_DAY + DAY * draw.weighted(late ? counts.lateDays : counts.earlyDays);
  const hour = day + 3600 * (FIRST_READING_HOUR + draw.weighted(counts.readingHours));
  const moment = hour + Math.floor(3600 * draw.uniform());
  const silence = Math.max(pow10(conditionalQuantile(conditional.silence, size, pSilence)) - 0.1, 0);
  const lastPost = moment - Math.floor(DAY * silence);

  const dated = !draw.chance(curveAt(late ? curves.undatedLate : curves.undatedEarly, size));
  const created = dated
    ? Math.max(moment - YEAR * drawAge(size, silence, pAge), FIRST_DATED)
    : FIRST_ACCOUNT + (FIRST_DATED - FIRST_ACCOUNT) * draw.uniform();

  return {
    late,
    day,
    hour,
    moment,
    size,
    verified: draw.chance(curveAt(curves.verified, size)),
    followers,
    // Many accounts follow the most allowed; the table's two digits do not distinguish that from a little less.
    following: following > 0.995 * MOST_FOLLOWING ? MOST_FOLLOWING : Math.max(following, 0),
    likes: Math.floor(Math.max(likes, listedLikes)),
    videos,
    listed,
    listedLikes,
    listedComments: draw.chance(shares.noComments) ? 0 : comments,
    lastPost,
    spanShare: pow10(conditionalQuantile(conditional.spanShare, log10(videos / listed), pSpan)),
    created: Math.floor(Math.min(created, lastPost - 60)),
    dated,
    videosDated: dated || !draw.chance(shares.undatedVideos),
  };
}

/** Years since the account was made: at `p`, or among the ages above its silence (in days) where `p` is below them. */
function drawAge(size: number, silence: number, p: number): number {
  const ages = population().conditional.age;
  const age = conditionalQuantile(ages, size, p);
  if (age * YEAR > silence * DAY) return age;
  const least = conditionalProbability(ages, size, (silence * DAY) / YEAR);
  return conditionalQuantile(ages, size, least + (1 - least) * p);
}

function drawListed(draw: Draw, videos: number): number {
  const { listedOfMany, listedOfFew } = population().quantiles;
  const p = draw.uniform();
  const listed =
    videos > MOST_LISTED ? MOST_LISTED * quantile(listedOfMany, p) : videos * quantile(listedOfFew, p);
  return Math.min(Math.max(Math.floor(listed + 0.5), 1), videos, MOST_LISTED);
}

/** A count as TikTok shows it: exact below 10,000, then "12.3K" and "1.2M", cut off. */
export function asShown(count: number): number {
  if (count < 10_000) return count;
  return count < 1_000_000 ? count - (count % 100) : count - (count % 100_000);
}

/** The lower triangular L with L L' = matrix, by Cholesky's method: independent normal numbers times L are correlated. */
function lowerTriangle(matrix: readonly (readonly number[])[]): number[][] {
  const lower: number[][] = [];
  for (let i = 0; i < matrix.length; i++) {
    lower.push([]);
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i][j];
      for (let k = 0; k < j; k++) rest -= lower[i][k] * lower[j][k];
      lower[i].push(i === j ? Math.sqrt(rest) : rest / lower[j][j]);
    }
  }
  return lower;
}

let lower: number[][] | undefined;

/**
 * Draws the probabilities at which a profile stands in its nine conditional tables: a Gaussian copula with the measured
 * correlations.
 *
 * @returns nine numbers in 0..1 in the order of the matrix
 */
function drawProbabilities(draw: Draw): number[] {
  lower ??= lowerTriangle(population().correlations.matrix);
  const independent = lower.map(() => draw.normal());
  return lower.map((row) => normalProbability(row.reduce((z, weight, j) => z + weight * independent[j], 0)));
}
